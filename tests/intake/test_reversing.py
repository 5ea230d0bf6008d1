"""Taking back what was posted: two people, an entry of its own, and everything follows."""

from collections.abc import Callable
from datetime import date

import pytest

from cva.approvals import service as approvals
from cva.approvals.models import ApprovalRequest
from cva.core.audit import Act
from cva.core.dates import Month
from cva.core.errors import ConflictError, CvaError, ForbiddenError, InputError, RuleError
from cva.intake.views import sheet_history, show
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.reports.control_totals import control_totals
from cva.reports.monthly import figures
from cva.reports.verification import prove
from cva.sheets.findings.finding import message
from cva.societies import service as societies
from cva.staging.workflow import get_sheet
from cva.transfers.models import TransferEvent
from tests.makers import TWO_PAID, AtWork, at_once

MENDED = TWO_PAID.replace("7250.50", "7520.50")


def november(society: AtWork) -> tuple[int | None, dict[str, int]]:
    """People, and minor units of cash by currency."""
    found = society.see(
        lambda session: figures(session, society.society_id, Month.parse("2022-11"))
    )
    return found.people, {sum_.money.currency: sum_.money.minor for sum_ in found.amounts}


def spent(society: AtWork) -> dict[str, int]:
    """What the book says was spent on cash assistance, by currency."""
    return {
        balance.currency: balance.debit_minor - balance.credit_minor
        for balance in society.see(lambda s: journal.balances(s, society.society_id))
        if balance.account == Account.CASH_ASSISTANCE
    }


def assert_sound(society: AtWork) -> None:
    proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
    assert proof.is_sound, proof.fault
    assert society.see(lambda s: control_totals(s, society.society_id)).tie


def test_a_reversed_sheet_is_gone_from_figures_and_book(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    assert november(society) == (2, {"RUB": 1225050})

    society.agreed("reverse_sheet", sheet=sheet_id)

    assert society.state(sheet_id) == "reversed"
    assert november(society) == (0, {})
    assert spent(society) == {"RUB": 0}
    assert society.all_of(TransferEvent)[0].happened_on == date(2022, 11, 5)
    assert_sound(society)


def test_the_mended_sheet_is_posted_anew(society: AtWork) -> None:
    first = society.approved(TWO_PAID)
    society.agreed("reverse_sheet", sheet=first)

    society.approved(MENDED, replaces_id=first)

    assert november(society) == (2, {"RUB": 1252050})
    assert_sound(society)


def test_the_very_same_sheet_may_come_again(society: AtWork) -> None:
    society.agreed("reverse_sheet", sheet=society.approved(TWO_PAID))
    society.approved(TWO_PAID)
    assert november(society) == (2, {"RUB": 1225050})
    assert_sound(society)


def test_one_row_is_reversed_and_paid_as_it_should_have_been(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID, round_code="2022-11")
    society.agreed("reverse_row", sheet=sheet_id, row=3)
    assert society.rows(sheet_id) == {2: "ready", 3: "reversed"}
    assert november(society) == (1, {"RUB": 500000})
    assert_sound(society)

    again = "number | name | day | amount | currency\nR-002 | Boris Lebed | 2022-11-05 | 700 | RUB"
    society.approved(again, round_code="2022-11")
    assert november(society) == (2, {"RUB": 570000})

    society.agreed("reverse_sheet", sheet=sheet_id)
    assert november(society) == (1, {"RUB": 70000})
    assert len(society.all_of(TransferEvent)) == 2
    assert_sound(society)


def test_the_same_sheet_comes_again_once_its_rows_are_reversed_one_by_one(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    society.agreed("reverse_row", sheet=sheet_id, row=2)
    again = society.checked(TWO_PAID)
    assert society.state(again) == "refused"
    (finding,) = society.see(lambda s: show(s, again)).whole
    assert "reversed since: 1. Send those alone" in message(finding)

    society.agreed("reverse_row", sheet=sheet_id, row=3)
    assert society.state(sheet_id) == "reversed"
    society.approved(TWO_PAID)
    assert november(society) == (2, {"RUB": 1225050})
    assert_sound(society)


def test_a_reversed_row_is_mended_in_its_sheet(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    society.agreed("reverse_row", sheet=sheet_id, row=3)
    mended = society.checked(MENDED, replaces_id=sheet_id)
    assert society.rows(mended) == {2: "posted", 3: "ready"}
    society.submit(mended)
    society.approve(mended)
    assert november(society) == (2, {"RUB": 1252050})
    assert_sound(society)


def refused(error: type[CvaError], act: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        act()
    return str(caught.value)


def test_it_takes_a_reason_and_a_second_person(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    refused(InputError, lambda: society.ask("reverse_sheet", sheet=sheet_id, reason=" "))
    asked = society.ask("reverse_sheet", by="finance", sheet=sheet_id)
    refused(ForbiddenError, lambda: society.confirm(asked, by="finance"))
    refused(ForbiddenError, lambda: society.confirm(asked, by="field"))
    refused(ConflictError, lambda: society.ask("reverse_sheet", sheet=sheet_id))
    assert society.state(sheet_id) == "approved"
    society.confirm(asked, by="finance2")
    refused(ConflictError, lambda: society.confirm(asked, by="finance2"))


def test_what_is_not_posted_is_not_reversed(society: AtWork) -> None:
    waiting = society.submitted(TWO_PAID)
    refused(RuleError, lambda: society.ask("reverse_sheet", sheet=waiting))
    society.approve(waiting)
    refused(RuleError, lambda: society.ask("reverse_row", sheet=waiting, row=9))
    society.agreed("reverse_row", sheet=waiting, row=2)
    refused(RuleError, lambda: society.ask("reverse_row", sheet=waiting, row=2))


def test_of_two_who_confirm_at_once_one_does_it(society: AtWork) -> None:
    asked = society.ask("reverse_sheet", sheet=society.approved(TWO_PAID))
    results = at_once(
        lambda: society.confirm(asked, by="finance"), lambda: society.confirm(asked, by="finance2")
    )
    assert sorted(type(result).__name__ for result in results) == ["ConflictError", "NoneType"]
    assert len(society.all_of(TransferEvent)) == 2
    assert_sound(society)


def test_a_refused_request_changes_nothing_and_may_be_made_again(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    asked = society.ask("reverse_sheet", sheet=sheet_id)
    society.do(lambda s: approvals.refuse(s, asked, "It is right."), society.people["finance"])
    assert society.state(sheet_id) == "approved"
    again = society.ask("reverse_sheet", sheet=sheet_id)
    society.do(lambda s: approvals.withdraw(s, again), society.people["field"])
    assert [each.state for each in society.all_of(ApprovalRequest)] == ["refused", "withdrawn"]


def test_who_sees_no_sheets_sees_no_request(society: AtWork) -> None:
    society.ask("reverse_sheet", sheet=society.approved(TWO_PAID))
    for name, count in (("field", 1), ("finance", 1), ("auditor", 1), ("partner", 0), ("admin", 0)):
        seen = society.see(approvals.list_requests, society.people[name])
        assert len(seen) == count, name


def test_the_history_of_the_sheet_leads_to_the_request(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    society.agreed("reverse_row", sheet=sheet_id, row=2)
    history = society.see(lambda s: sheet_history(s, get_sheet(s, sheet_id)))
    (reversed_row,) = [line for line in history if line.act == Act.ROW_REVERSED]
    assert (reversed_row.row, reversed_row.request_id) == (2, 1)
