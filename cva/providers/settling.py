"""What one row of a provider's answer means for its payment, given all that was told before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cva.providers.models import PaymentState, Told

PENDING = "pending"
#: What a provider says that does not tell who collected: paid is all there is.
_COLLECTED_IS_PAID = {"collected": Told.PAID}
#: What a provider says that does: until somebody collects it, the money is only there for them.
_PAID_IS_AVAILABLE = {"paid": Told.AVAILABLE}

#: The money reached the person.
REACHED = frozenset({Told.PAID, Told.COLLECTED})
#: It never will, by this payment.
CLOSED = frozenset({Told.FAILED, Told.EXPIRED})


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a provider's answer.

    Attributes:
        status: As ``cva.sheets`` read it, such as ``"paid"`` or ``"pending"``.
        minor: None where the row states no amount: then it is what was instructed.
        is_excepted: Finance says that it happened although a rule forbids it.
    """

    status: str
    on: date
    currency: str | None = None
    minor: int | None = None
    fee_minor: int = 0
    is_excepted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What was told of a payment, and where; ``minor`` is None where it failed."""

    kind: str
    on: date
    minor: int | None
    sheet_id: int
    row_number: int

    @property
    def what(self) -> str:
        """The same for the same answer told twice; see ``AnswerKey``."""
        return f"returned {self.on} {self.minor}" if self.kind == Told.RETURNED else str(self.kind)


@dataclass(frozen=True, slots=True)
class Instructed:
    """A payment, and all that was told of it.

    Attributes:
        paid_by: Sheet and row of another payment of the same, if there is one.
    """

    currency: str
    minor: int
    is_sent: bool
    tells_collection: bool
    events: Sequence[Event] = ()
    paid_by: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: a code of findings and what its message names."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a row comes to.

    Attributes:
        kind: What is recorded, or ``"pending"`` where the provider has no answer yet.
        minor: What is paid, is there to be collected or came back; None where it failed.
        fee_minor: What the provider keeps for it, where that is not recorded yet.
        fee_for: What it keeps it for.
        is_known: All of it was told before, so there is nothing to record.
    """

    kind: str
    minor: int | None = None
    fee_minor: int = 0
    fee_for: str = ""
    is_known: bool = False
    fault: Fault | None = None


def settle(payment: Instructed, answer: Answer) -> Settled:
    """Hold an answer against its payment."""
    if answer.status == PENDING:
        return Settled(PENDING)
    kind = _kind(payment, answer)
    minor = _minor(payment, kind, answer)
    fault = _fault(payment, kind, minor, answer)
    if fault is not None:
        return Settled(kind, minor, fault=fault)
    told = {event.what for event in payment.events}
    is_told = Event(kind, answer.on, minor, 0, 0).what in told or _is_overtaken(payment, kind)
    fee = 0 if fee_of(kind) in told else answer.fee_minor
    if is_told and fee:
        return Settled(str(Told.FEE), None, fee, kind)
    return Settled(kind, minor, fee, kind, is_known=is_told)


def fee_of(kind: str) -> str:
    """What a fee for a kind of answer is called among the events of a payment."""
    return f"{Told.FEE} {kind}"


def _kind(payment: Instructed, answer: Answer) -> str:
    """What is recorded of an answer.

    Where the provider tells of collection, paid only means that the money is there; and what
    comes back without having reached anybody was not paid.
    """
    words = _PAID_IS_AVAILABLE if payment.tells_collection else _COLLECTED_IS_PAID
    kind = words.get(answer.status, Told(answer.status))
    is_bounced = kind == Told.RETURNED and _reached(payment) is None
    return str(Told.FAILED if is_bounced else kind)


def _minor(payment: Instructed, kind: str, answer: Answer) -> int | None:
    if kind in REACHED or kind == Told.AVAILABLE:
        return available_minor(payment) if answer.minor is None else answer.minor
    if kind == Told.RETURNED:
        return _left(payment) if answer.minor is None else answer.minor
    return None


def _fault(payment: Instructed, kind: str, minor: int | None, answer: Answer) -> Fault | None:
    impossible = _impossible(payment, kind, minor, answer)
    if impossible is not None:
        return impossible
    if kind in REACHED or kind == Told.AVAILABLE:
        return None if answer.is_excepted else _ruled_out(payment, kind, minor)
    if kind in CLOSED:
        return _of_a_part(payment, answer)
    is_new_return = kind == Told.RETURNED and not _is_told(payment, kind, minor, answer.on)
    if is_new_return and (not minor or minor > _left(payment)):
        return Fault("returned-too-much")
    return None


def _impossible(payment: Instructed, kind: str, minor: int | None, answer: Answer) -> Fault | None:
    """Why a row cannot be true of its payment, or beside what was told before."""
    if not payment.is_sent:
        return Fault("payment-not-sent")
    if answer.currency not in {None, payment.currency}:
        return Fault("payment-currency", {"currency": payment.currency})
    contradicted = _contradicted(payment, kind, minor)
    if contradicted is not None:
        where = {"sheet_id": contradicted.sheet_id, "other_row": contradicted.row_number}
        details = {name: str(number) for name, number in where.items()}
        return Fault("answer-contradicts", {"before": str(contradicted.kind)} | details)
    return None


def _ruled_out(payment: Instructed, kind: str, minor: int | None) -> Fault | None:
    """A rule that a payment breaks which may have happened all the same."""
    if _reached(payment) is not None:
        return None
    if kind == Told.AVAILABLE:
        return None if minor == available_minor(payment) else Fault("amount-differs")
    if payment.paid_by is not None:
        sheet_id, row = payment.paid_by
        return Fault("already-paid", {"sheet_id": str(sheet_id), "other_row": str(row)})
    return None if minor == expected_minor(payment) else Fault("amount-differs")


def _of_a_part(payment: Instructed, answer: Answer) -> Fault | None:
    """Why what did not reach anybody is not taken as the whole: the row speaks of another amount.

    Else the whole would be free to be instructed anew, though somebody may have the rest.
    """
    whole = {payment.minor, available_minor(payment)}
    if not answer.minor or answer.minor in whole:
        return None
    return Fault("returned-too-much" if answer.minor > max(whole) else "part-returned")


def _contradicted(payment: Instructed, kind: str, minor: int | None) -> Event | None:
    """What was told before and cannot be true beside this."""
    for event in payment.events:
        if kind in REACHED and (
            event.kind in CLOSED or (event.kind in REACHED and event.minor != minor)
        ):
            return event
        if kind in CLOSED and event.kind in REACHED:
            return event
        if kind == Told.AVAILABLE and (
            event.kind in CLOSED
            or (event.kind == Told.AVAILABLE and minor != available_minor(payment))
        ):
            return event
    return None


def _is_overtaken(payment: Instructed, kind: str) -> bool:
    """Whether more is known already: a part of the answers came late."""
    kinds = {event.kind for event in payment.events}
    if kind == Told.AVAILABLE:
        return bool(kinds & REACHED)
    return kind in CLOSED and bool(kinds & CLOSED)


def _is_told(payment: Instructed, kind: str, minor: int | None, on: date) -> bool:
    return Event(kind, on, minor, 0, 0).what in {event.what for event in payment.events}


def _reached(payment: Instructed) -> Event | None:
    return next((event for event in payment.events if event.kind in REACHED), None)


def available_minor(payment: Instructed) -> int:
    """What is there for the person: what the provider told, else what was instructed."""
    told = (event.minor for event in payment.events if event.kind == Told.AVAILABLE)
    return next(told, None) or payment.minor


def expected_minor(payment: Instructed) -> int:
    """What can be collected without a question; what is above the plan is asked for when booked."""
    return min(available_minor(payment), payment.minor)


def uncollected_minor(payment: Instructed) -> int:
    """What was there for the person and did not reach them, where a part did; it was never paid."""
    reached = _reached(payment)
    return max(available_minor(payment) - (reached.minor or 0), 0) if reached else 0


def _left(payment: Instructed) -> int:
    """What of the money that reached the person has not come back."""
    reached = _reached(payment)
    paid = (reached.minor or 0) if reached else 0
    return paid - sum(event.minor or 0 for event in payment.events if event.kind == Told.RETURNED)


def state_of(events: Sequence[Event]) -> tuple[str, bool]:
    """Where a payment stands after all that was told of it, and whether it is live."""
    kinds = {event.kind for event in events}
    reached = sum(event.minor or 0 for event in events if event.kind in REACHED)
    returned = sum(event.minor or 0 for event in events if event.kind == Told.RETURNED)
    if reached:
        if returned >= reached:
            return str(PaymentState.RETURNED), False
        return str(PaymentState.COLLECTED if Told.COLLECTED in kinds else PaymentState.PAID), True
    for kind in (Told.EXPIRED, Told.FAILED):
        if kind in kinds:
            return str(PaymentState(kind)), False
    if Told.AVAILABLE in kinds:
        return str(PaymentState.AVAILABLE), True
    return str(PaymentState.INSTRUCTED), True
