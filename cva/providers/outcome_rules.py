"""What one row of a provider's answer means for its payment, given all that was reported before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cva.core.identifiers import comparable
from cva.providers.models import PaymentAnswer, PaymentState

PENDING = "pending"
#: What a provider says that does not tell who collected: paid is all there is.
_COLLECTED_IS_PAID = {"collected": PaymentAnswer.PAID}
#: What a provider says that does: until somebody collects it, the money is only there for them.
_PAID_IS_AVAILABLE = {"paid": PaymentAnswer.AVAILABLE}

#: The money reached the person.
REACHED = frozenset({PaymentAnswer.PAID, PaymentAnswer.COLLECTED})
#: It never will, by this payment.
CLOSED = frozenset({PaymentAnswer.FAILED, PaymentAnswer.EXPIRED})


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """One row of a provider's answer.

    Attributes:
        status: As ``cva.sheets`` read it, such as ``"paid"`` or ``"pending"``.
        minor: None where the row states no amount: then it is what was instructed.
        transaction: The provider's own reference, where the row gives one.
        is_excepted: Finance says that it happened although a rule forbids it.
    """

    status: str
    on: date
    currency: str | None = None
    minor: int | None = None
    fee_minor: int = 0
    is_excepted: bool = False
    transaction: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """What was reported of a payment, and where; ``minor`` is None where it failed.

    Attributes:
        what: The same for the same answer reported twice; see ``AnswerKey``.
        transaction: The provider's own reference, where it gave one.
    """

    kind: str
    on: date
    minor: int | None
    sheet_id: int
    row_number: int
    what: str
    transaction: str | None = None


@dataclass(frozen=True, slots=True)
class Instructed:
    """A payment, and all that was reported of it.

    Attributes:
        paid_by: Sheet and row of another payment of the same, if there is one.
    """

    currency: str
    minor: int
    is_sent: bool
    tells_collection: bool
    events: Sequence[AnswerEvent] = ()
    paid_by: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ResultFault:
    """Why a row cannot be taken: a code of findings and what its message names."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a row comes to.

    Attributes:
        kind: What is recorded, or ``"pending"`` where the provider has no answer yet.
        minor: What is paid, is there to be collected or came back; None where it failed.
        what: The same for the same answer reported twice; ``fee_what`` for what is kept for it.
        fee_minor: What the provider keeps for it, where that is not recorded yet.
        is_known: All of it was reported before, so there is nothing to record.
    """

    kind: str
    minor: int | None = None
    what: str = ""
    fee_minor: int = 0
    fee_what: str = ""
    is_known: bool = False
    fault: ResultFault | None = None


def settle(payment: Instructed, answer: ProviderAnswer) -> Settled:
    """Hold an answer against its payment."""
    if answer.status == PENDING:
        return Settled(PENDING)
    kind = _kind(payment, answer)
    minor = _minor(payment, kind, answer)
    fault = _fault(payment, kind, minor, answer)
    if fault is not None:
        return Settled(kind, minor, fault=fault)
    known = {event.what for event in payment.events}
    what = _what(payment, kind, minor, answer)
    is_repeated = what in known or _is_overtaken(payment, kind)
    fee_what = f"{PaymentAnswer.FEE} {kind}"
    fee = 0 if _is_charged(payment, fee_what, answer) else answer.fee_minor
    if fee_what in known:
        fee_what = _of_transaction(fee_what, answer)
    if is_repeated and fee:
        return Settled(str(PaymentAnswer.FEE), fee_minor=fee, fee_what=fee_what)
    return Settled(kind, minor, what, fee, fee_what, is_known=is_repeated)


def _what(payment: Instructed, kind: str, minor: int | None, answer: ProviderAnswer) -> str:
    """How an answer is told apart from every other of its payment."""
    if kind == PaymentAnswer.RETURNED:
        return f"{kind} {answer.on} {minor}"
    reached = [event for event in payment.events if event.kind in REACHED]
    if kind not in REACHED or not reached:
        return kind
    same = (event.what for event in reached if not _is_other(event, answer))
    return next(same, _of_transaction(kind, answer))


def _of_transaction(what: str, answer: ProviderAnswer) -> str:
    return f"{what} {comparable(answer.transaction or '')}".strip()


def _is_other(event: AnswerEvent, answer: ProviderAnswer) -> bool:
    """Whether they are two transactions of the provider, which gave both a reference."""
    if event.transaction is None or answer.transaction is None:
        return False
    return comparable(event.transaction) != comparable(answer.transaction)


def _is_charged(payment: Instructed, fee_what: str, answer: ProviderAnswer) -> bool:
    """Whether a fee was reported before: of one transaction for one step, or just that amount."""
    return any(
        event.kind == PaymentAnswer.FEE
        and not _is_other(event, answer)
        and (event.what.startswith(fee_what) or event.minor == answer.fee_minor)
        for event in payment.events
    )


def _kind(payment: Instructed, answer: ProviderAnswer) -> str:
    """What is recorded of an answer.

    Where the provider tells of collection, paid only means that the money is there; and what
    comes back without having reached anybody was not paid.
    """
    words = _PAID_IS_AVAILABLE if payment.tells_collection else _COLLECTED_IS_PAID
    kind = words.get(answer.status, PaymentAnswer(answer.status))
    is_bounced = kind == PaymentAnswer.RETURNED and _reached(payment) is None
    return str(PaymentAnswer.FAILED if is_bounced else kind)


def _minor(payment: Instructed, kind: str, answer: ProviderAnswer) -> int | None:
    if kind in REACHED or kind == PaymentAnswer.AVAILABLE:
        return available_minor(payment) if answer.minor is None else answer.minor
    if kind == PaymentAnswer.RETURNED:
        return _left(payment) if answer.minor is None else answer.minor
    return None


def _fault(
    payment: Instructed, kind: str, minor: int | None, answer: ProviderAnswer
) -> ResultFault | None:
    impossible = _impossible(payment, kind, minor, answer)
    if impossible is not None:
        return impossible
    if kind in REACHED or kind == PaymentAnswer.AVAILABLE:
        return None if answer.is_excepted else _ruled_out(payment, kind, minor, answer)
    if kind in CLOSED:
        return _of_a_part(payment, answer)
    known = {event.what for event in payment.events}
    is_new_return = (
        kind == PaymentAnswer.RETURNED and _what(payment, kind, minor, answer) not in known
    )
    if is_new_return and (not minor or minor > _left(payment)):
        return ResultFault("returned-too-much")
    return None


def _impossible(
    payment: Instructed, kind: str, minor: int | None, answer: ProviderAnswer
) -> ResultFault | None:
    """Why a row cannot be true of its payment, or beside what was reported before."""
    if not payment.is_sent:
        return ResultFault("payment-not-sent")
    if answer.currency not in {None, payment.currency}:
        return ResultFault("payment-currency", {"currency": payment.currency})
    other = _contradicted(payment, kind, minor, answer)
    return _beside("answer-contradicts", other, other.kind) if other is not None else None


def _beside(code: str, event: AnswerEvent, before: str) -> ResultFault:
    where = {"sheet_id": str(event.sheet_id), "other_row": str(event.row_number)}
    return ResultFault(code, {"before": str(before)} | where)


def _ruled_out(
    payment: Instructed, kind: str, minor: int | None, answer: ProviderAnswer
) -> ResultFault | None:
    """A rule that a payment breaks which may have happened all the same."""
    reached = [event for event in payment.events if event.kind in REACHED]
    if kind in REACHED and reached and all(_is_other(event, answer) for event in reached):
        return _beside("paid-again", reached[0], reached[0].transaction or "")
    if reached:
        return None
    if kind == PaymentAnswer.AVAILABLE:
        return None if minor == available_minor(payment) else ResultFault("amount-differs")
    if payment.paid_by is not None:
        sheet_id, row = payment.paid_by
        return ResultFault("already-paid", {"sheet_id": str(sheet_id), "other_row": str(row)})
    return None if minor == expected_minor(payment) else ResultFault("amount-differs")


def _of_a_part(payment: Instructed, answer: ProviderAnswer) -> ResultFault | None:
    """Why what did not reach anybody is not taken as the whole: the row speaks of another amount.

    Else the whole would be free to be instructed again, though somebody may have the rest.
    """
    whole = {payment.minor, available_minor(payment)}
    if not answer.minor or answer.minor in whole:
        return None
    return ResultFault("returned-too-much" if answer.minor > max(whole) else "part-returned")


def _contradicted(
    payment: Instructed, kind: str, minor: int | None, answer: ProviderAnswer
) -> AnswerEvent | None:
    """What was reported before and cannot be true beside this."""
    if kind in REACHED:
        closed = [event for event in payment.events if event.kind in CLOSED]
        return next(iter([*closed, *_of_another_amount(payment, minor, answer)]), None)
    for event in payment.events:
        if kind in CLOSED and event.kind in REACHED:
            return event
        if kind == PaymentAnswer.AVAILABLE and (
            event.kind in CLOSED
            or (event.kind == PaymentAnswer.AVAILABLE and minor != available_minor(payment))
        ):
            return event
    return None


def _of_another_amount(
    payment: Instructed, minor: int | None, answer: ProviderAnswer
) -> list[AnswerEvent]:
    """What reached the person by the same transaction, where none of it was this amount."""
    reached = (event for event in payment.events if event.kind in REACHED)
    same = [event for event in reached if not _is_other(event, answer)]
    return [] if any(event.minor == minor for event in same) else same


def _is_overtaken(payment: Instructed, kind: str) -> bool:
    """Whether more is known already: a part of the answers came late."""
    kinds = {event.kind for event in payment.events}
    if kind == PaymentAnswer.AVAILABLE:
        return bool(kinds & REACHED)
    return kind in CLOSED and bool(kinds & CLOSED)


def _reached(payment: Instructed) -> AnswerEvent | None:
    return next((event for event in payment.events if event.kind in REACHED), None)


def available_minor(payment: Instructed) -> int:
    """What is there for the person: what the provider reported, else what was instructed."""
    available = (event.minor for event in payment.events if event.kind == PaymentAnswer.AVAILABLE)
    return next(available, None) or payment.minor


def expected_minor(payment: Instructed) -> int:
    """What can be collected without a question; what is above the plan is asked for when booked."""
    return min(available_minor(payment), payment.minor)


def uncollected_minor(payment: Instructed) -> int:
    """What was there for the person and did not reach them, where a part did; it was never paid."""
    reached = _reached(payment)
    return max(available_minor(payment) - (reached.minor or 0), 0) if reached else 0


def _left(payment: Instructed) -> int:
    """What of the money that reached the person has not come back."""
    paid = sum(event.minor or 0 for event in payment.events if event.kind in REACHED)
    return paid - sum(
        event.minor or 0 for event in payment.events if event.kind == PaymentAnswer.RETURNED
    )


def state_of(events: Sequence[AnswerEvent]) -> tuple[str, bool]:
    """The state of a payment after all that was reported of it, and whether it is live."""
    kinds = {event.kind for event in events}
    reached = sum(event.minor or 0 for event in events if event.kind in REACHED)
    returned = sum(event.minor or 0 for event in events if event.kind == PaymentAnswer.RETURNED)
    if reached:
        if returned >= reached:
            return str(PaymentState.RETURNED), False
        return str(
            PaymentState.COLLECTED if PaymentAnswer.COLLECTED in kinds else PaymentState.PAID
        ), True
    for kind in (PaymentAnswer.EXPIRED, PaymentAnswer.FAILED):
        if kind in kinds:
            return str(PaymentState(kind)), False
    if PaymentAnswer.AVAILABLE in kinds:
        return str(PaymentState.AVAILABLE), True
    return str(PaymentState.INSTRUCTED), True
