"""From the sheet to the reconciliation: the situations it must hold, figures and book."""

import pytest

from cva.core.dates import Month
from cva.core.errors import ForbiddenError, NotFoundError, RuleError
from cva.entitlements.delivery_comparison import Outcome
from cva.programmes.models import Modality, Restriction, ValueRule
from cva.programmes.transfer_values import TransferValue
from cva.reports.monthly import figures
from cva.reports.verification import prove
from cva.rounds import list_from_sheets
from cva.rounds.labels import instalments_text
from cva.rounds.list_amendments import carry_over_of
from cva.rounds.reconciliation import Reconciliation, reconcile
from cva.societies import service as societies
from tests.makers import AtWork

LIST = """
number | name
R-001  | Anna Orlova
R-002  | Boris Lebed
R-003  | Dora Klein
"""


def row(number: str, amount: int, day: str = "2022-11-05", got: str = "yes") -> str:
    return f"{number} | {day} | {amount} | RUB | {got}"


def table(*rows: str) -> str:
    return "\n".join(["number | day | amount | currency | received", *rows])


@pytest.fixture
def listed(society: AtWork) -> int:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id


def reconciled(society: AtWork, round_id: int, *, by: str = "finance") -> Reconciliation:
    found = society.see(lambda s: reconcile(s, round_id), society.people[by])
    assert found.ties
    return found


def answers(found: Reconciliation) -> dict[str, str]:
    return {
        f"{found.number(line)}/{line.instalment or '-'}": str(line.answer) for line in found.lines
    }


def money(found: Reconciliation) -> dict[str, int]:
    (sums,) = found.sums
    told = {
        name: getattr(sums, name)
        for name in sums.__slots__
        if name not in {"currency", "people", "instalments"}
    }
    return {name: minor for name, minor in told.items() if minor}


def assert_sound(society: AtWork) -> None:
    proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
    assert proof.is_sound, proof.fault


def people_in(society: AtWork, month: str) -> int | None:
    found = society.see(lambda s: figures(s, society.society_id, Month.parse(month)))
    return found.people


def test_before_anybody_spoke_all_is_open_with_an_age_and_an_owner(
    society: AtWork, listed: int
) -> None:
    found = reconciled(society, listed)
    assert money(found) == {"planned": 1500000, "open": 1500000}
    assert found.people == {Outcome.OPEN: 3}
    assert found.owner == society.email("field")
    assert found.open_days > 1000


def test_each_sum_tells_its_people_once_and_instalments_have_answers(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    society.approved(table(row("R-001", 5000), row("R-002", 3000)), round_code="2022-11")
    found = reconciled(society, round_id)
    (sums,) = found.sums
    assert sums.people == {"planned": 3, "told": 2, "confirmed": 2, "shortfall": 1, "open": 3}
    assert sums.instalments == {"planned": 6, "told": 2, "confirmed": 2, "shortfall": 1, "open": 4}
    assert found.people == {Outcome.OPEN: 3}
    assert found.is_in_instalments
    assert found.instalments == {Outcome.AS_PLANNED: 1, Outcome.LESS: 1, Outcome.OPEN: 4}
    assert instalments_text(found) == "1 as planned, 1 less, 4 open"


def test_told_becomes_confirmed_when_it_is_posted(society: AtWork, listed: int) -> None:
    sheet_id = society.checked(table(row("R-001", 5000)), round_code="2022-11")
    found = reconciled(society, listed)
    assert money(found) == {"planned": 1500000, "told": 500000, "open": 1000000}
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert money(reconciled(society, listed))["confirmed"] == 500000


def test_cash_runs_out_and_the_rest_is_given_next_month(society: AtWork, listed: int) -> None:
    society.approved(
        table(row("R-001", 5000), row("R-002", 3000), row("R-003", 5000)), round_code="2022-11"
    )
    found = reconciled(society, listed)
    assert answers(found)["R-002/1"] == "less"
    assert money(found)["shortfall"] == 200000
    rest = society.see(lambda s: carry_over_of(s, listed), society.people["field"])
    assert rest == ["R-002/1 = 3000.00", "R-002/2 = 2000.00"]
    society.agreed(
        "amend_list", second="manager", round=listed, name="The rest", changes="\n".join(rest)
    )
    found = reconciled(society, listed)
    assert answers(found)["R-002/2"] == "open"
    assert money(found)["planned"] == 1500000
    society.approved(table(row("R-002", 2000, "2022-12-03")), round_code="2022-11")
    found = reconciled(society, listed)
    assert found.differences == []
    assert found.people == {Outcome.AS_PLANNED: 3}
    assert (people_in(society, "2022-11"), people_in(society, "2022-12")) == (3, 1)
    assert_sound(society)


@pytest.mark.slow
def test_a_no_show_stays_not_received_until_a_later_payment(society: AtWork, listed: int) -> None:
    society.approved(
        table(row("R-001", 5000), "R-002 | | | RUB | no", "R-003 | | | RUB | no"),
        round_code="2022-11",
    )
    found = reconciled(society, listed)
    assert found.people == {Outcome.AS_PLANNED: 1, Outcome.NOT_RECEIVED: 2}
    assert money(found)["not_received"] == 1000000
    assert people_in(society, "2022-11") == 1
    society.approved(table(row("R-002", 5000, "2022-11-12")), round_code="2022-11")
    assert reconciled(society, listed).people[Outcome.NOT_RECEIVED] == 1
    assert_sound(society)


def test_paid_though_not_on_the_list_is_recorded_as_an_exception(
    society: AtWork, listed: int
) -> None:
    paid = table(row("R-001", 5000), row("R-099", 5000))
    sheet_id = society.checked(paid, round_code="2022-11")
    assert society.findings(sheet_id) == [(3, "not-on-list")]
    assert society.told(sheet_id, "not-on-list")["value"] == "R-099"
    found = reconciled(society, listed)
    assert found.left_out == {sheet_id: 1}
    assert found.strangers_out == {sheet_id: (1, 3)}
    society.submit(sheet_id)
    society.except_row(sheet_id, 3, "recoverable")
    assert answers(reconciled(society, listed))["R-099/-"] == "not_on_list"
    society.approve(sheet_id)
    found = reconciled(society, listed)
    assert answers(found)["R-099/1"] == "not_on_list"
    assert money(found)["not_on_list"] == 500000
    assert found.left_out == {}
    assert_sound(society)


def test_strangers_in_one_row_of_two_sheets_are_two_people(society: AtWork, listed: int) -> None:
    for number, day in (("R-098", "2022-11-05"), ("R-099", "2022-11-06"), ("R-098", "2022-11-07")):
        sheet_id = society.checked(table(row(number, 5000, day)), round_code="2022-11")
        society.except_row(sheet_id, 2, "recoverable")
        society.submit(sheet_id)
    found = reconciled(society, listed)
    assert found.people[Outcome.NOT_ON_LIST] == 2
    assert money(found)["not_on_list"] == 1500000


def test_paid_twice_by_exception_is_told_as_twice(society: AtWork, listed: int) -> None:
    society.approved(table(row("R-001", 5000)), round_code="2022-11")
    again = society.submitted(
        table(row("R-001", 5000, "2022-11-06"), row("R-002", 5000)), round_code="2022-11"
    )
    society.except_row(again, 2, "loss")
    society.approve(again)
    found = reconciled(society, listed)
    assert found.people[Outcome.TWICE] == 1
    assert money(found)["doubled"] == 500000


@pytest.mark.usefixtures("listed")
def test_the_same_person_twice_in_one_sheet_is_found(society: AtWork) -> None:
    paid = table(row("R-001", 5000), row("R-001", 4000))
    sheet_id = society.checked(paid, round_code="2022-11")
    assert society.findings(sheet_id) == [(3, "already-paid")]


@pytest.mark.usefixtures("listed")
def test_less_and_more_are_warned_of_in_any_sheet_of_the_round(society: AtWork) -> None:
    paid = table(row("R-001", 4000), row("R-002", 6000))
    sheet_id = society.checked(paid, round_code="2022-11")
    assert society.findings(sheet_id, "warning") == [
        (2, "less-than-planned"),
        (3, "more-than-planned"),
    ]
    told = society.told(sheet_id, "less-than-planned")
    assert told["details"] == {"given": "4000.00 RUB", "planned": "5000.00 RUB"}


def test_a_reversed_payment_is_open_again(society: AtWork, listed: int) -> None:
    sheet_id = society.approved(
        table(row("R-001", 5000), "R-002 | | | RUB | no"), round_code="2022-11"
    )
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert reconciled(society, listed).people == {Outcome.OPEN: 3}


def test_a_voucher_handed_out_is_the_receipt(society: AtWork) -> None:
    round_id = society.plan_round(
        modality=Modality.VALUE_VOUCHER,
        restriction=Restriction.RESTRICTED,
        value=TransferValue(ValueRule.FIXED, 500000),
    )
    society.list_kept(LIST)
    society.list_approved(round_id)
    society.approved(
        """
        number | day        | voucher | amount | currency | type
        R-001  | 2022-11-05 | V-1     | 3000   | RUB      | food
        R-001  | 2022-11-05 | V-2     | 2000   | RUB      | food
        R-002  | 2022-11-05 | V-3     | 3000   | RUB      | food
        """,
        round_code="2022-11",
    )
    found = reconciled(society, round_id)
    assert answers(found) == {"R-001/1": "as_planned", "R-002/1": "less", "R-003/1": "open"}


def test_only_an_approved_list_and_only_ours(society: AtWork) -> None:
    round_id = society.plan_round()
    with pytest.raises(NotFoundError):
        society.see(lambda s: reconcile(s, round_id))
    society.list_kept(LIST)
    society.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id))
    with pytest.raises(RuleError):
        society.see(lambda s: reconcile(s, round_id))
    for name in ("partner", "admin"):
        with pytest.raises(ForbiddenError):
            society.see(lambda s: reconcile(s, round_id), society.people[name])
