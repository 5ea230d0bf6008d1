"""What a provider holds for somebody who did not collect it stands in the reconciliation."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from cva.providers.views import show_list
from cva.rounds.reconciliation import Reconciliation, reconcile
from cva.rounds.reconciliation_export import export
from cva.rounds.schemas import ReconciliationSchema
from tests.makers import AtWork
from tests.providers.results import paid, result


def found_in(society: AtWork, round_id: int) -> Reconciliation:
    return society.see(lambda session: reconcile(session, round_id))


def waiting(found: Reconciliation) -> dict[str, tuple[str, str, bool, int, int]]:
    return {
        found.number(line): (
            waits.since.isoformat(), str(waits.money), waits.is_confirmed, waits.sheet_id, waits.row
        )
        for line in found.differences
        if (waits := found.available_of(line))
    }  # fmt: skip


def test_what_is_available_stands_beside_who_is_open(society: AtWork, listed: int) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    less = f"{sent['R-001']} | | | 2022-11-05 | 4500 | | available"
    sheet_id = society.checked(result(less, paid(sent["R-002"])))
    assert list(waiting(found_in(society, listed))) == ["R-002"]
    society.except_row(sheet_id, 2, "recoverable")
    told = {
        "R-001": ("2022-11-05", "4500.00 RUB", False, sheet_id, 2),
        "R-002": ("2022-11-05", "5000.00 RUB", False, sheet_id, 3),
    }
    assert waiting(found_in(society, listed)) == told
    society.submit(sheet_id)
    society.approve(sheet_id)
    found = found_in(society, listed)
    posted = {number: (*facts[:2], True, *facts[3:]) for number, facts in told.items()}
    assert waiting(found) == posted
    assert found.ties

    first, _second, third = ReconciliationSchema().dump(found)["differences"]
    assert (first["available"], first["available_since"]) == ("4500.00", "2022-11-05")
    assert (first["told"], first["sheet"], first["row"]) == (None, sheet_id, 2)
    assert (third["available"], third["sheet"]) == (None, None)
    head, row, *_rest = load_workbook(BytesIO(export(found)[1]))["Rows"].iter_rows(values_only=True)
    shown = dict(zip(head, row, strict=True))
    assert (shown["Available"], shown["Sheet"], shown["Row"]) == (4500, sheet_id, 2)
    assert shown["Available since"] in {date(2022, 11, 5), datetime(2022, 11, 5)}  # noqa: DTZ001

    society.approved(result(f"{sent['R-001']} | | | 2022-11-06 | 4500 | | collected"))
    assert list(waiting(found_in(society, listed))) == ["R-002"]


def test_a_payment_list_names_what_is_available(society: AtWork, listed: int) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    sheet_id = society.checked(result(f"{sent['R-001']} | | | 2022-11-05 | 4500 | | available"))
    society.except_row(sheet_id, 2, "recoverable")
    society.submit(sheet_id)
    society.approve(sheet_id)
    view = society.see(lambda session: show_list(session, 1))
    assert {each.number: str(each.money) for each in view.open} == {
        "R-001": "4500.00 RUB",
        "R-002": "5000.00 RUB",
        "R-003": "5000.00 RUB",
    }
