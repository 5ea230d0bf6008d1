"""What was submitted is what is approved and posted: one stored amount, added up at each step."""

import pytest
from sqlmodel import col, update

from cva.core.db import transaction
from cva.core.errors import ConflictError
from cva.core.tenancy import SYSTEM
from cva.staging.models import StagedRow
from cva.transfers.models import Transfer
from tests.makers import TWO_PAID, AtWork


def change_amount(society: AtWork, sheet_id: int, number: int, minor: int) -> None:
    """Change a staged amount behind the back of the workflow."""
    with transaction(society.engine, SYSTEM) as session:
        session.execute(
            update(StagedRow)
            .where(col(StagedRow.sheet_id) == sheet_id, col(StagedRow.number) == number)
            .values(amount_minor=minor)
        )


def test_the_totals_that_were_submitted_stand_with_the_sheet(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    assert society.sheet(sheet_id).submitted_totals == [["RUB", 1225050, 2]]


def test_an_amount_that_changed_after_submission_is_not_approved(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    change_amount(society, sheet_id, 3, 725051)
    with pytest.raises(ConflictError) as refused:
        society.approve(sheet_id)
    assert refused.value.code == "totals_changed"
    assert society.all_of(Transfer) == []
    assert society.state(sheet_id) == "submitted"  # whoever approves can send it back


def test_amounts_that_changed_to_the_same_sum_are_posted_as_they_stand(society: AtWork) -> None:
    """The amount of a row is stored once: there is no second copy to differ from it."""
    sheet_id = society.submitted(TWO_PAID)
    change_amount(society, sheet_id, 2, 500001)
    change_amount(society, sheet_id, 3, 725049)
    assert society.approve(sheet_id).posted_rows == 2
    assert [each.amount_minor for each in society.all_of_key(Transfer, "row_number")] == [
        500001,
        725049,
    ]


def test_an_exception_recorded_after_submission_counts_with_what_is_approved(
    society: AtWork,
) -> None:
    society.approved(TWO_PAID)
    again = "number | name | day | amount\nR-001 | Anna Orlova | 2022-11-05 | 5000\n"
    sheet_id = society.checked(again + "R-003 | Dora Klein | 2022-11-05 | 100")
    society.submit(sheet_id)
    society.except_row(sheet_id, 2, "recoverable")
    assert society.sheet(sheet_id).submitted_totals == [["RUB", 510000, 2]]
    assert society.approve(sheet_id).posted_rows == 2
