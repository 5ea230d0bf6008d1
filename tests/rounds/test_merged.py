"""Two records of one person on one list: one plan, one person, and what was paid twice is twice."""

from typing import Any

import pytest

from cva.core.errors import ConflictError
from cva.core.money import Money
from cva.entitlements.delivery_comparison import Outcome
from cva.entitlements.list_rows import list_rows, rows_of, sites_of
from cva.programmes.models import ValueRule
from cva.programmes.transfer_values import TransferValue
from cva.rounds.field_lists import take_field_list
from cva.rounds.reconciliation import Reconciliation, reconcile
from cva.rounds.views import show_round
from tests.intake.test_reversing import assert_sound
from tests.makers import AtWork

LIST = """
number | name        | Distribution site | amount | currency
A-009  | Orlova Anna | School            | 2000   | RUB
A-010  | Anna Orlova | School            | 3000   | RUB
A-011  | Boris Lebed | School            | 1000   | RUB
"""
PAID = """
number | name        | day        | amount | currency
A-009  | Orlova Anna | 2022-11-05 | 2000   | RUB
A-010  | Anna Orlova | 2022-11-05 | 3000   | RUB
"""


def round_of(society: AtWork, instalments: int) -> int:
    round_id = society.plan_round(
        value=TransferValue(ValueRule.AS_LISTED), instalments=instalments, sites=["School"]
    )
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id


def reconciled(society: AtWork, round_id: int) -> Reconciliation:
    return society.see(lambda s: reconcile(s, round_id), society.people["finance"])


def planned_minor(society: AtWork, round_id: int) -> list[tuple[str, int]]:
    found = reconciled(society, round_id)
    lines = [line.planned for line in found.lines if line.planned]
    return sorted((found.numbers[each.person], each.amount) for each in lines)


@pytest.mark.parametrize(("instalments", "still_open"), [(1, 1), (2, 3)])
def test_what_the_book_holds_as_excess_is_given_twice(
    society: AtWork, instalments: int, still_open: int
) -> None:
    round_id = round_of(society, instalments)
    society.approved(PAID, round_code="2022-11")
    society.agreed("merge_people", keep="A-010", drop="A-009", money="recoverable")
    found = reconciled(society, round_id)
    (sums,) = found.sums
    assert (sums.doubled, sums.people["doubled"], sums.ties) == (200000, 1, True)
    assert found.instalments[Outcome.TWICE] == 1
    assert found.instalments[Outcome.OPEN] == still_open
    assert sums.planned == instalments * 400000
    assert_sound(society)


def test_the_next_instalment_is_still_given_after_a_merge(society: AtWork) -> None:
    round_id = round_of(society, 2)
    society.approved(PAID, round_code="2022-11")
    society.agreed("merge_people", keep="A-010", drop="A-009", money="loss")
    assert society.payments_made(society.add_provider(), round_id).totals == [Money("RUB", 400000)]


def test_the_second_instalment_is_paid_in_cash_after_a_merge(society: AtWork) -> None:
    round_id = round_of(society, 2)
    society.approved(PAID, round_code="2022-11")
    society.agreed("merge_people", keep="A-010", drop="A-009", money="loss")
    second = "number | name | day | amount\nA-010 | Anna Orlova | 2022-11-15 | 3000"
    sheet_id = society.checked(second, round_code="2022-11")
    assert "already-paid" not in [code for _row, code in society.findings(sheet_id)]
    society.submit(sheet_id)
    society.approve(sheet_id)
    found = reconciled(society, round_id)
    assert (found.instalments[Outcome.AS_PLANNED], found.instalments[Outcome.TWICE]) == (2, 1)
    assert_sound(society)


@pytest.mark.parametrize(
    ("keep", "drop", "minor"), [("A-010", "A-009", 300000), ("A-009", "A-010", 200000)]
)
def test_page_list_and_reconciliation_count_two_records_as_one(
    society: AtWork, keep: str, drop: str, minor: int
) -> None:
    round_id = round_of(society, 1)
    society.agreed("merge_people", keep=keep, drop=drop)
    finance = society.people["finance"]

    def seen(session: Any) -> tuple[Any, ...]:  # noqa: ANN401
        (planned,) = show_round(session, round_id).planned
        (site,) = sites_of(session, round_id, is_approved=True)
        shown = rows_of(session, round_id, is_approved=True)
        return planned, site, [(row.number, row.minor) for row in shown]

    planned, site, shown = society.see(seen, finance)
    found = reconciled(society, round_id)
    assert (planned.people, planned.minor) == (2, minor + 100000)
    assert (site.people, site.minor) == (2, minor + 100000)
    assert shown == [(keep, minor), ("A-011", 100000)]
    assert keep in found.numbers.values()
    assert drop not in found.numbers.values()
    assert (sum(found.people.values()), found.sums[0].planned) == (2, minor + 100000)


def test_who_was_on_the_list_under_the_other_number_is_changed_there(society: AtWork) -> None:
    round_id = round_of(society, 2)
    society.approved("number | name | day | amount\nB-001 | Dora Klein | 2022-12-05 | 100")
    society.agreed("merge_people", keep="B-001", drop="A-009")
    society.agreed(
        "amend_list",
        second="manager",
        changes="B-001/1 = off\nA-009/3 = 5",
        round=round_id,
        name="New",
    )

    def parts(session: Any) -> list[tuple[int, int]]:  # noqa: ANN401
        rows = [row.planned for row in list_rows(session, round_id)]
        return sorted((row.instalment, row.amount) for row in rows if row.amount in {200000, 500})

    assert society.see(parts, society.people["finance"]) == [(2, 200000), (3, 500)]
    society.agreed(
        "amend_list", second="manager", changes="A-009 = off", round=round_id, name="New"
    )
    assert society.see(parts, society.people["finance"]) == []
    assert_sound(society)


def test_off_the_list_stays_off_after_a_merge(society: AtWork) -> None:
    round_id = round_of(society, 1)
    society.agreed("merge_people", keep="A-010", drop="A-009")
    society.agreed(
        "amend_list", second="manager", changes="A-010 = off", round=round_id, name="New"
    )
    assert planned_minor(society, round_id) == [("A-011", 100000)]


def test_a_change_of_who_was_merged_since_is_asked_for_anew(society: AtWork) -> None:
    round_id = round_of(society, 1)
    asked = society.ask("amend_list", round=round_id, name="More", changes="A-009 = 2500")
    society.agreed("merge_people", keep="A-010", drop="A-009")
    with pytest.raises(ConflictError, match="Ask for it anew"):
        society.confirm(asked, by="manager")
    field_list = society.see(lambda s: take_field_list(s, round_id), society.people["field"])
    assert field_list.people == 2


def test_what_stands_under_the_other_number_is_still_paid(society: AtWork) -> None:
    round_id = round_of(society, 2)
    society.approved("number | name | day | amount\nB-001 | Dora Klein | 2022-12-05 | 100")
    society.approved(PAID, round_code="2022-11")
    society.agreed("merge_people", keep="B-001", drop="A-009")
    second = "number | name | day | amount\nB-001 | Dora Klein | 2022-11-15 | 2000"
    sheet_id = society.checked(second, round_code="2022-11")
    assert society.findings(sheet_id) == []
    society.submit(sheet_id)
    society.approve(sheet_id)
    third = society.checked(second.replace("-15", "-16"), round_code="2022-11")
    assert society.findings(third) == [(2, "already-paid")]
    assert reconciled(society, round_id).instalments[Outcome.AS_PLANNED] == 3
