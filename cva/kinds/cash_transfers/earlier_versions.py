"""Cash that earlier versions of a sheet paid: the same again, or under another number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, select

from cva.beneficiaries.models import Registration
from cva.kinds.handouts.posted_before import posted_the_same
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import RowState, Sheet, StagedRow
from cva.transfers.models import Transfer
from cva.transfers.service import is_live


def paid_before(sheet: Sheet, earlier: Sequence[int]) -> Select[Any]:
    """Select the rows of whom person, day, amount and currency were posted before."""
    is_same = and_(
        col(Transfer.beneficiary_id) == Registration.beneficiary_id,
        col(Transfer.paid_on) == StagedRow.day,
        col(Transfer.currency) == StagedRow.currency,
        col(Transfer.amount_minor) == StagedRow.amount_minor,
        is_live(),
    )
    return posted_the_same(sheet, earlier, Transfer, is_same)


def compare_renumbered(context: SheetContext, earlier: Sequence[int]) -> list[Finding]:
    """Rows that were paid under a number that is gone from the sheet.

    Most likely the number was changed, and the same money would be paid again.
    """
    sheet = context.sheet
    here = aliased(StagedRow)
    is_here = exists().where(
        col(here.sheet_id) == sheet.id,
        col(here.registration_key) == Registration.number_key,
    )
    rows = context.session.exec(
        select(StagedRow.number, Registration.number, Transfer.sheet_id)
        .join(
            Transfer,
            and_(
                col(Transfer.sheet_id).in_(earlier),
                col(Transfer.row_number) == StagedRow.number,
                col(Transfer.paid_on) == StagedRow.day,
                col(Transfer.currency) == StagedRow.currency,
                col(Transfer.amount_minor) == StagedRow.amount_minor,
            ),
        )
        .join(Registration, col(Registration.beneficiary_id) == Transfer.beneficiary_id)
        .where(
            StagedRow.sheet_id == sheet.id,
            StagedRow.state == RowState.READY,
            Registration.society_id == sheet.society_id,
            ~is_here,
            is_live(),
        )
        .order_by(col(StagedRow.number))
    )
    return [
        context.locator.finding(
            "error",
            "already-paid",
            number,
            "registration_no",
            posted,
            sheet_id=str(sheet_id),
            other_row=str(number),
        )
        for number, posted, sheet_id in rows
    ]
