"""Approving: by another person, once, all or nothing, against the ledger as it is then."""

import pytest

from cva.core.errors import ConflictError, ForbiddenError, RuleError
from cva.core.permissions import Role
from cva.intake.approval import Approval
from cva.journal import service as journal
from cva.transfers.models import Transfer
from tests.makers import TWO_PAID, AtWork, at_once


def test_an_approved_sheet_is_posted(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    assert society.approve(sheet_id) == Approval(posted_rows=2)
    assert society.state(sheet_id) == "approved"
    paid = [(each.row_number, each.amount_minor) for each in society.all_of(Transfer)]
    assert sorted(paid) == [(2, 500000), (3, 725050)]


def test_sender_cannot_approve_their_own_sheet(society: AtWork) -> None:
    both = society.add_person("both", Role.FIELD, Role.FINANCE)
    sheet_id = society.submitted(TWO_PAID, by="both")
    with pytest.raises(ForbiddenError):
        society.approve(sheet_id, by="both")
    assert both.user_id == society.sheet(sheet_id).received_by
    assert society.state(sheet_id) == "submitted"
    assert society.all_of(Transfer) == []


def test_whoever_submitted_it_cannot_approve_it_either(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID)
    society.submit(sheet_id, by="finance")
    with pytest.raises(ForbiddenError):
        society.approve(sheet_id, by="finance")
    assert society.approve(sheet_id, by="finance2").posted_rows == 2


@pytest.mark.parametrize("role", ["field", "manager", "auditor", "partner", "admin"])
def test_only_finance_approves(sqlite_society: AtWork, role: str) -> None:
    sheet_id = sqlite_society.submitted(TWO_PAID, by="finance2")
    with pytest.raises(ForbiddenError):
        sqlite_society.approve(sheet_id, by=role)


def test_a_second_approval_is_refused(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    with pytest.raises(ConflictError, match="approved"):
        society.approve(sheet_id, by="finance2")
    assert len(society.all_of(Transfer)) == 2


def test_a_checked_sheet_cannot_be_approved_before_it_is_submitted(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID)
    with pytest.raises(RuleError):
        society.approve(sheet_id)
    assert society.all_of(Transfer) == []


def test_of_two_approvers_at_once_exactly_one_wins(society: AtWork) -> None:
    for turn in range(5):
        sheet_id = society.submitted(TWO_PAID.replace("R-0", f"R-{turn}"))
        ends = at_once(
            lambda: society.approve(sheet_id, by="finance"),  # noqa: B023
            lambda: society.approve(sheet_id, by="finance2"),  # noqa: B023
        )
        won = [end for end in ends if isinstance(end, Approval)]
        told = [end for end in ends if isinstance(end, ConflictError)]
        assert (won, len(told)) == ([Approval(posted_rows=2)], 1)
        entries = society.see(lambda session: journal.entries_of(session, sheet_id))  # noqa: B023
        assert [entry.number for entry in entries] == [turn + 1]
