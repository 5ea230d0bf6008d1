"""Whose payment failed in a round or waits for them: the provider's side of its reconciliation."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.core.money import Money
from cva.entitlements.delivery_comparison import Delivery
from cva.providers.models import AnswerKey, PaymentAnswer, PaymentEvent, PaymentState, PaymentStatus

_NOT_PAID = (PaymentAnswer.FAILED, PaymentAnswer.EXPIRED)


class Available(NamedTuple):
    """Money that a provider says is there for somebody, who did not collect it yet.

    Attributes:
        is_confirmed: It is posted. Else it is reported by a sheet that is not approved yet.
        sheet_id: The sheet, with ``row`` its row, that says so.
    """

    since: date
    money: Money
    is_confirmed: bool
    sheet_id: int
    row: int


def failed_in(session: Session, round_id: int) -> list[Delivery]:
    """Payments that failed or expired: nobody received."""
    rows = session.execute(
        select_columns(
            *(col(Beneficiary.id), col(Beneficiary.merged_into_id)),
            col(PaymentStatus.instalment),
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
    last = {
        (merged_into or person, instalment): (sheet_id, row)
        for person, merged_into, instalment, sheet_id, row in rows
    }
    return [Delivery.missed(*of, *where, is_failed=True) for of, where in last.items()]


def available_in(session: Session, round_id: int) -> dict[tuple[int, int], Available]:
    """What waits to be collected in a round, by person and instalment."""
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id))
    rows = session.execute(
        select_columns(
            *(person, col(PaymentStatus.instalment), col(PaymentEvent.happened_on)),
            *(col(PaymentEvent.currency), col(PaymentEvent.amount_minor)),
            *(col(PaymentEvent.sheet_id), col(PaymentEvent.row_number)),
        )
        .select_from(PaymentStatus)
        .join(AnswerKey, col(AnswerKey.payment_id) == PaymentStatus.payment_id)
        .join(PaymentEvent, col(PaymentEvent.id) == AnswerKey.event_id)
        .join(Beneficiary, col(Beneficiary.id) == PaymentStatus.beneficiary_id)
        .where(
            col(PaymentStatus.round_id) == round_id,
            col(PaymentStatus.state) == PaymentState.AVAILABLE,
            col(AnswerKey.what) == PaymentAnswer.AVAILABLE,
        )
    )
    return {
        (person_id, instalment): Available(since, Money(currency, minor), True, *where)  # noqa: FBT003
        for person_id, instalment, since, currency, minor, *where in rows
    }
