"""Whose payment failed in a round: the provider's side of its reconciliation."""

from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.entitlements.answers import Told as ToldOf
from cva.providers.models import PaymentEvent, PaymentStatus, Told

_NOT_PAID = (Told.FAILED, Told.EXPIRED)


def failed_in(session: Session, round_id: int) -> list[ToldOf]:
    """Payments that failed or expired: nobody received."""
    rows = session.execute(
        select_columns(
            *(col(Beneficiary.id), col(Beneficiary.merged_into_id)),
            *(col(PaymentStatus.instalment), col(PaymentEvent.happened_on)),
            *(col(PaymentEvent.sheet_id), col(PaymentEvent.row_number)),
        )
        .join(PaymentEvent, col(PaymentEvent.payment_id) == PaymentStatus.payment_id)
        .join(Beneficiary, col(Beneficiary.id) == PaymentStatus.beneficiary_id)
        .where(
            col(PaymentStatus.round_id) == round_id,
            col(PaymentStatus.state).in_(_NOT_PAID),
            col(PaymentEvent.kind) == col(PaymentStatus.state),
        )
        .order_by(col(PaymentEvent.happened_on), col(PaymentEvent.row_number))
    )
    last: dict[tuple[int, int], tuple[date, int, int]] = {}
    for person, merged_into, instalment, on, sheet_id, row in rows:
        last[merged_into or person, instalment] = (on, sheet_id, row)
    return [
        ToldOf(
            person,
            instalment,
            None,
            0,
            is_received=False,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
            is_failed=True,
        )
        for (person, instalment), (_on, sheet_id, row) in last.items()
    ]
