"""Whose payment failed or came back stands in the reconciliation as not received, until paid."""

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from cva.entitlements.delivery_comparison import Outcome
from cva.rounds.field_lists import take_field_list
from cva.rounds.reconciliation import reconcile
from cva.rounds.reconciliation_export import export
from tests.makers import AtWork, answered
from tests.providers.results import paid, result

LIST = "number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed"


def answers(society: AtWork, round_id: int) -> dict[str, Outcome]:
    found = society.see(lambda session: reconcile(session, round_id))
    return {found.number(line): line.answer for line in found.lines}


def people(society: AtWork, round_id: int) -> dict[str, int]:
    """How many lack what was planned for them, by why."""
    (sums,) = society.see(lambda session: reconcile(session, round_id)).sums
    return {name: n for name, n in sums.people.items() if name.startswith(("open", "not_rec"))}


def test_a_failed_payment_is_not_received_until_it_is_paid(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    provider = society.add_provider()
    sent = society.payments_sent(provider, round_id)
    assert set(answers(society, round_id).values()) == {Outcome.OPEN}

    society.approved(answered([sent["R-001"]]))
    society.approved(answered([sent["R-002"]], status="failed"))
    assert answers(society, round_id) == {
        "R-001": Outcome.AS_PLANNED,
        "R-002": Outcome.NOT_RECEIVED,
    }

    assert people(society, round_id) == {"not_received": 1, "not_received_failed": 1}

    again = society.payments_sent(provider, round_id)
    assert answers(society, round_id)["R-002"] == Outcome.OPEN
    assert people(society, round_id) == {"open": 1, "open_failed": 1}
    society.approved(answered([again["R-002"]]))
    assert set(answers(society, round_id).values()) == {Outcome.AS_PLANNED}


def test_a_payment_that_came_back_is_not_received_until_it_is_paid_anew(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    provider = society.add_provider()
    sent = society.payments_sent(provider, round_id)
    society.approved(result(paid(sent["R-001"]), paid(sent["R-002"])))
    society.approved(
        result(
            paid(sent["R-001"], status="returned"),
            f"{sent['R-002']} | | | 2022-11-08 | 2000 | | returned",
        )
    )
    assert answers(society, round_id) == {"R-001": Outcome.NOT_RECEIVED, "R-002": Outcome.LESS}
    assert money(society, round_id) == (1000000, 300000, 300000, 500000, 200000, 700000)
    said = society.see(lambda session: reconcile(session, round_id)).differences
    assert [(each.delivery.sheet_id, each.delivery.row) for each in said if each.delivery] == [
        (3, 2),
        (2, 3),
    ]

    again = society.payments_sent(provider, round_id)
    assert set(again) == {"R-001"}
    assert answers(society, round_id)["R-001"] == Outcome.OPEN
    society.approved(answered([again["R-001"]]))
    assert answers(society, round_id)["R-001"] == Outcome.AS_PLANNED
    assert money(society, round_id) == (1000000, 800000, 800000, 0, 200000, 700000)


def test_cash_brought_back_can_be_handed_out_again(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    hand_out = "number | day | amount | currency\nR-001 | {day} | 5000 | RUB"
    society.approved(hand_out.format(day="2022-11-05"), round_code="2022-11")
    society.approved(result(" | | R-001 | 2022-11-07 | 5000 | | returned"), round_code="2022-11")
    assert answers(society, round_id)["R-001"] == Outcome.NOT_RECEIVED
    due = society.do(lambda session: take_field_list(session, round_id))
    assert due.people == 2

    again = society.checked(hand_out.format(day="2022-11-09"), round_code="2022-11")
    assert society.findings(again) == []
    society.submit(again)
    society.approve(again)
    assert answers(society, round_id)["R-001"] == Outcome.AS_PLANNED


def test_what_a_result_tells_counts_before_it_is_approved(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST + "\nR-003 | Dora Klein\nR-004 | Fay Petrova")
    society.list_approved(round_id)
    sent = society.payments_sent(society.add_provider(), round_id)
    society.approved(answered([sent["R-001"], sent["R-002"]]))
    part = society.submitted(
        result(
            paid(sent["R-001"], status="returned"),
            f"{sent['R-002']} | | | 2022-11-08 | 2000 | | returned",
            paid(sent["R-003"]),
            paid(sent["R-004"], status="failed"),
        )
    )
    society.checked(result(paid(sent["R-003"]), paid(sent["R-002"])))
    told = {
        "R-001": Outcome.NOT_RECEIVED,
        "R-002": Outcome.LESS,
        "R-003": Outcome.AS_PLANNED,
        "R-004": Outcome.NOT_RECEIVED,
    }
    assert answers(society, round_id) == told
    assert money(society, round_id) == (2000000, 800000, 0, 1000000, 200000, 700000)
    society.approve(part)
    assert answers(society, round_id) == told
    assert money(society, round_id) == (2000000, 800000, 800000, 1000000, 200000, 700000)


def test_cash_that_came_back_counts_before_it_is_approved(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    hand_out = "number | day | amount | currency\nR-001 | 2022-11-05 | 5000 | RUB"
    society.approved(hand_out, round_code="2022-11")
    society.checked(result(" | | R-001 | 2022-11-07 | 5000 | | returned"), round_code="2022-11")
    assert answers(society, round_id)["R-001"] == Outcome.NOT_RECEIVED


def money(society: AtWork, round_id: int) -> tuple[int, ...]:
    """Planned, told, confirmed, not received, short, come back; as the workbook has it too."""
    found = society.see(lambda session: reconcile(session, round_id))
    assert found.ties
    (sums,) = found.sums
    book = load_workbook(BytesIO(export(found)[1]))
    rows = list(book["Rows"].iter_rows(min_row=2, max_col=10, values_only=True))
    told = [sum(Decimal(str(row[at])) for row in rows) for at in (6, 7, 8, 9)]
    assert told == [
        Decimal(minor) / 100 for minor in (sums.planned, sums.told, sums.confirmed, sums.returned)
    ]
    names = ("planned", "told", "confirmed", "not_received", "shortfall", "returned")
    return tuple(getattr(sums, name) for name in names)
