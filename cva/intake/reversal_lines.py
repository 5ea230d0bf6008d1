"""What would be reversed, row by row, for the second person: numbers and amounts, no names."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.service import number_of, numbers_of
from cva.core.maker_checker import ApprovalLine, ApprovalLines
from cva.core.money import Money
from cva.providers.models import Payment
from cva.staging.models import RowState, StagedRow, is_summed
from cva.staging.rows import values_of

#: Rows that were posted, and those of them that were reversed since.
_POSTED = (RowState.READY, RowState.EXCEPTED, RowState.REVERSED)


def parts_of(session: Session, details: Mapping[str, Any], most: int) -> ApprovalLines:
    """The rows of a sheet, or the one row, that would be reversed or were."""
    sheet_id, number = details["sheet"], details.get("row")
    conditions = [col(StagedRow.sheet_id) == sheet_id, col(StagedRow.state).in_(_POSTED)]
    if number is not None:
        conditions.append(col(StagedRow.number) == number)
    of_payment = (col(Payment.society_id) == col(StagedRow.society_id)) & (
        col(Payment.reference_key) == col(StagedRow.reference_key)
    )
    rows = session.execute(
        select_columns(
            *(col(StagedRow.number), col(StagedRow.record), col(StagedRow.currency)),
            *(col(StagedRow.amount_minor), col(Payment.beneficiary_id)),
        )
        .join(Payment, of_payment, isouter=True)
        .where(*conditions)
        .order_by(col(StagedRow.number))
        .limit(most)
    ).all()
    numbers = numbers_of(session, [person for *_row, person in rows if person])
    sums = session.execute(
        select_columns(col(StagedRow.currency), func.sum(StagedRow.amount_minor))
        .where(*conditions, col(StagedRow.amount_minor).is_not(None), is_summed())
        .group_by(col(StagedRow.currency))
        .order_by(col(StagedRow.currency))
    )
    count = session.execute(select_columns(func.count()).where(*conditions)).scalar_one()
    return ApprovalLines(
        [
            ApprovalLine(
                number=numbers.get(person) or _number(values_of(record)),
                before=None if minor is None else Money(currency, minor),
                sheet_id=sheet_id,
                row=row,
            )
            for row, record, currency, minor, person in rows
        ],
        count,
        [Money(currency, int(minor)) for currency, minor in sums if currency],
        sheet_id=sheet_id,
    )


def _number(values: Mapping[str, Any]) -> str:
    """Of the person; of a voucher redeemed its own."""
    return number_of(values) or str(values.get("voucher_number") or "")
