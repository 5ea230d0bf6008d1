"""Two records made one: not while a provider may still pay one of them twice in a round."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from cva.beneficiaries.service import numbers_of
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.providers.models import UNDER_WAY, PaymentStatus
from cva.transfers.models import PaymentKey


def refuse_under_way(session: Session, keep_id: int, drop_id: int) -> None:
    """Refuse to make two people one while it is open whether both are paid in a round.

    Raises:
        RuleError: A provider is paying one of them in a round in which the other one is paid, or
            being paid.
    """
    paying = {each: _under_way(session, each) for each in (keep_id, drop_id)}
    for person, other in ((drop_id, keep_id), (keep_id, drop_id)):
        paid = select(PaymentKey.round_id).where(PaymentKey.beneficiary_id == other)
        taken = set(session.exec(paid)) | set(paying[other])
        for round_id, list_id in sorted(paying[person].items()):
            if round_id in taken:
                numbers = numbers_of(session, [person, other])
                message = _(
                    "{number} is being paid by payment list {list}, and {other} is paid or being "
                    "paid in the same round. Wait for the answer of the provider, or have the "
                    "payment cancelled first."
                )
                raise RuleError(
                    message.format(number=numbers[person], list=list_id, other=numbers[other]),
                    code="merge_under_way",
                )


def move_under_way(session: Session, from_id: int, to_id: int) -> None:
    """Let what a provider is paying one person stand for another, so nobody pays it beside."""
    session.execute(
        update(PaymentStatus)
        .where(
            col(PaymentStatus.beneficiary_id) == from_id,
            col(PaymentStatus.is_live),
            col(PaymentStatus.state).in_(UNDER_WAY),
        )
        .values(beneficiary_id=to_id)
    )


def _under_way(session: Session, person_id: int) -> dict[int, int]:
    """The list by which a provider is paying a person, by round."""
    query = select(PaymentStatus.round_id, PaymentStatus.list_id).where(
        PaymentStatus.beneficiary_id == person_id,
        col(PaymentStatus.is_live),
        col(PaymentStatus.state).in_(UNDER_WAY),
    )
    return dict(session.exec(query).all())
