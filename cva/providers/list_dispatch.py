"""A payment list on its way: taken out, sent, sent again for a reason, or cancelled."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary
from cva.beneficiaries.service import numbers_of
from cva.beneficiaries.status import departed_by_now
from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.journal.entry_posting import lock_book
from cva.programmes.service import get_round
from cva.providers.models import (
    ListSending,
    Payment,
    PaymentFile,
    PaymentList,
    PaymentListState,
    PaymentState,
    PaymentStatus,
)
from cva.transfers.models import PaymentKey
from cva.transfers.service import is_same_instalment

#: So many numbers are named in a message.
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Taken:
    """The file of a payment list."""

    filename: str
    content: bytes


def take_file(session: Session, list_id: int) -> Taken:
    """The file as it was made, the same bytes each time; the trail says who took it.

    Raises:
        ForbiddenError: The actor's role does not prepare payments.
        RuleError: The list is cancelled, or names a person who is not to be paid any more.
    """
    found = get_record(session, PaymentList, list_id, Permission.PREPARE)
    _refuse_cancelled(found)
    _refuse_outdated(session, found)
    content = session.exec(select(PaymentFile.content).where(PaymentFile.list_id == list_id)).one()
    audit.record_about(session, audit.Act.PAYMENT_LIST_READ, found, payments=found.payments)
    return Taken(found.filename, content)


def send_list(session: Session, list_id: int, reason: str = "") -> int:
    """Record that a list goes to its provider; return how often it went by now.

    Raises:
        InputError: It was sent before, and no reason is given to send it again.
        RuleError: It is cancelled, or names a person who is not to be paid any more.
        ForbiddenError: The actor's role does not accept payments.
    """
    found = get_record(session, PaymentList, list_id, Permission.DECIDE_SHEETS)
    lock_book(session, found.society_id)
    session.refresh(found)
    _refuse_cancelled(found)
    _refuse_outdated(session, found)
    sent = select(func.count()).select_from(ListSending).where(ListSending.list_id == list_id)
    turn = session.exec(sent).one() + 1
    if turn > 1 and not reason.strip():
        message = _("This list was sent before. Say why it is sent again.")
        raise InputError(message, {"reason": [message]}, code="sending_reason_missing")
    found.state = PaymentListState.SENT
    session.add(
        ListSending(
            society_id=found.society_id,
            list_id=list_id,
            turn=turn,
            reason=reason.strip() if turn > 1 else "",
            sent_by=actor_of(session).user_id,
            sent_at=clock.now(),
        )
    )
    audit.record_about(
        session, audit.Act.PAYMENT_LIST_SENT, found, turn=turn, payments=found.payments
    )
    return turn


def cancel_list(session: Session, list_id: int) -> None:
    """Drop a list that was never sent; its people can be on another one.

    Raises:
        ConflictError: It was sent, or is cancelled already.
        ForbiddenError: The actor's role does not prepare payments.
    """
    found = get_record(session, PaymentList, list_id, Permission.PREPARE)
    lock_book(session, found.society_id)
    session.refresh(found)
    if found.state != PaymentListState.MADE:
        raise ConflictError(
            _("Only a list that was never sent can be cancelled."), code="payment_list_sent"
        )
    found.state = PaymentListState.CANCELLED
    session.execute(
        update(PaymentStatus)
        .where(col(PaymentStatus.list_id) == list_id)
        .values(state=PaymentState.CANCELLED, is_live=False)
    )
    audit.record_about(session, audit.Act.PAYMENT_LIST_CANCELLED, found)


def _refuse_cancelled(found: PaymentList) -> None:
    if found.state == PaymentListState.CANCELLED:
        raise RuleError(_("This list is cancelled."), code="payment_list_cancelled")


def _refuse_outdated(session: Session, found: PaymentList) -> None:
    """Keep back a list that would pay a person who died, moved or was paid since it was made.

    What was sent is with the provider: there the people of it are paid, as they should be.
    """
    if found.state != PaymentListState.MADE:
        return
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id))
    rows = session.exec(
        select(person, col(PaymentKey.transfer_id).is_not(None))
        .select_from(Payment)
        .join(Beneficiary, col(Beneficiary.id) == Payment.beneficiary_id)
        .join(PaymentKey, is_same_instalment(PaymentKey, Payment, person), isouter=True)
        .where(Payment.list_id == found.id)
    )
    starts_on = get_round(session, found.round_id).starts_on
    left = departed_by_now(session, found.society_id, starts_on)
    outdated = {each for each, was_paid in rows if was_paid or each in left}
    if outdated:
        numbers = sorted(numbers_of(session, outdated).values())[:_MOST_NAMED]
        raise RuleError(
            _(
                "Cancel this list and make it anew: {numbers} died, moved or were paid since it "
                "was made."
            ).format(numbers=", ".join(numbers)),
            code="payment_list_outdated",
        )
