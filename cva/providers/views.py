"""Providers and payment lists as people are shown them: what they hold, what has no answer yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.core import clock
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.programmes.models import Round
from cva.providers import floats, service, stated_balances
from cva.providers.models import (
    UNDER_WAY,
    AnswerKey,
    ListSending,
    Payment,
    PaymentAnswer,
    PaymentEvent,
    PaymentList,
    PaymentListState,
    PaymentState,
    PaymentStatus,
    Provider,
)
from cva.societies import service as societies
from cva.societies.models import Society
from cva.transfers.models import PaymentKey
from cva.transfers.service import is_same_instalment

#: So many payments are named on a list's page.
MOST_NAMED = 500
#: It was not paid, and its person can be instructed again.
NOT_PAID = (PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.RETURNED)
_IS_AVAILABLE = (
    (col(AnswerKey.payment_id) == col(PaymentStatus.payment_id))
    & (col(PaymentStatus.state) == PaymentState.AVAILABLE)
    & (col(AnswerKey.what) == PaymentAnswer.AVAILABLE)
)
#: Another amount than was instructed may be available, by an exception.
_STANDS_FOR = func.coalesce(col(PaymentEvent.amount_minor), col(Payment.amount_minor))


@dataclass(frozen=True, slots=True)
class Standing:
    """The payments of a list in one state, in one currency."""

    state: str
    money: Money
    payments: int


@dataclass(frozen=True, slots=True)
class Named:
    """One payment, by its person's registration number.

    Attributes:
        reason: Why it failed, in the provider's words; None for who does not prepare payments.
    """

    number: str
    reference: str
    money: Money
    state: str
    reported_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ListLine:
    """A payment list in short.

    Attributes:
        sent_by: Who sent it first, and so asks the provider for what has no answer.
        open_days: How long ago that was, where something still has no answer.
    """

    payment_list: PaymentList
    provider: Provider
    society: Society
    round_code: str
    standings: Sequence[Standing]
    sent_by: str
    open_days: int | None

    @property
    def line(self) -> "ListLine":
        """Itself: what a view has is read from a line alike."""
        return self

    @property
    def unanswered(self) -> int:
        """Payments that have no answer yet, or not the last one."""
        return sum(each.payments for each in self.standings if each.state in UNDER_WAY)

    @property
    def not_paid(self) -> int:
        """Payments that failed, expired or came back."""
        return sum(each.payments for each in self.standings if each.state in NOT_PAID)


@dataclass(frozen=True, slots=True)
class ListView:
    """A payment list with what is to be done about it; people by registration number alone.

    Attributes:
        is_due_anew: Somebody whom it did not pay is neither paid nor being paid since.
    """

    line: ListLine
    sendings: Sequence[ListSending]
    people: Mapping[int, str]
    open: Sequence[Named]
    not_paid: Sequence[Named]
    is_due_anew: bool


def list_payment_lists(
    session: Session, provider_id: int | None = None, society_id: int | None = None
) -> list[ListLine]:
    """Payment lists of a provider, a society or all the actor's societies, the newest first."""
    wanted = ((PaymentList.provider_id, provider_id), (PaymentList.society_id, society_id))
    return _lines(session, *(col(each) == one for each, one in wanted if one is not None))


def show_list(session: Session, list_id: int) -> ListView:
    """One payment list.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not see payments.
    """
    found = get_record(session, PaymentList, list_id, Permission.SEE_ROUNDS)
    (line,) = _lines(session, col(PaymentList.id) == list_id)
    sendings = session.exec(
        select(ListSending).where(ListSending.list_id == list_id).order_by(col(ListSending.turn))
    ).all()
    tells_reasons = actor_of(session).may(Permission.PREPARE, found.society_id)
    named = _named(session, list_id, tells_reasons=tells_reasons)
    return ListView(
        line=line,
        sendings=sendings,
        people=societies.emails(session, [found.made_by, *(each.sent_by for each in sendings)]),
        open=[each for each in named if each.state in UNDER_WAY],
        not_paid=[each for each in named if each.state in NOT_PAID],
        is_due_anew=_is_due_anew(session, list_id),
    )


def _is_due_anew(session: Session, list_id: int) -> bool:
    other = aliased(PaymentStatus)
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id))
    is_under_way = exists().where(
        is_same_instalment(other, PaymentStatus, person), col(other.is_live)
    )
    is_paid = exists().where(is_same_instalment(PaymentKey, PaymentStatus, person))
    query = (
        select(PaymentStatus.payment_id)
        .join(Beneficiary, col(Beneficiary.id) == PaymentStatus.beneficiary_id)
        .where(
            PaymentStatus.list_id == list_id,
            col(PaymentStatus.state).in_(NOT_PAID),
            ~is_under_way,
            ~is_paid,
        )
    )
    return session.exec(query.limit(1)).first() is not None


def under_way(lines: Sequence[ListLine]) -> list[Standing]:
    """What was sent and is not booked by us yet: available, or without an answer; per currency."""
    found: dict[tuple[str, str], Standing] = {}
    sent = (line for line in lines if line.payment_list.state == PaymentListState.SENT)
    for each in (standing for line in sent for standing in line.standings):
        if each.state not in UNDER_WAY:
            continue
        key = (each.state, each.money.currency)
        before = found.get(key, Standing(each.state, Money(each.money.currency, 0), 0))
        money = Money(each.money.currency, before.money.minor + each.money.minor)
        found[key] = Standing(each.state, money, before.payments + each.payments)
    return [found[key] for key in sorted(found)]


def _lines(session: Session, *conditions: ColumnElement[bool]) -> list[ListLine]:
    """The payment lists that the actor may see and for which all conditions hold."""
    query = (
        select(PaymentList, Provider, Society, Round.code)
        .join(Provider, col(Provider.id) == PaymentList.provider_id)
        .join(Society, col(Society.id) == PaymentList.society_id)
        .join(Round, col(Round.id) == PaymentList.round_id)
        .where(*conditions)
        .order_by(col(PaymentList.id).desc())
    )
    actor = actor_of(session)
    rows = [row for row in session.exec(query) if actor.may(Permission.SEE_ROUNDS, row[2].id)]
    ids = [row[0].id for row in rows]
    standings = _standings(session, ids)
    first_sent = select(ListSending).where(col(ListSending.list_id).in_(ids), ListSending.turn == 1)
    sent = {each.list_id: each for each in session.exec(first_sent)}
    emails = societies.emails(session, [each.sent_by for each in sent.values()])
    lines = []
    for each, provider, society, round_code in rows:
        first, own = sent.get(each.id), standings.get(each.id, [])
        days = None
        if first is not None and any(standing.state in UNDER_WAY for standing in own):
            sent_on = clock.day_of(first.sent_at, society.time_zone)
            days = (clock.today(society.time_zone) - sent_on).days
        lines.append(
            ListLine(
                payment_list=each,
                provider=provider,
                society=society,
                round_code=round_code,
                standings=own,
                sent_by=emails.get(first.sent_by, "") if first else "",
                open_days=days,
            )
        )
    return lines


def _standings(session: Session, ids: Sequence[int]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = defaultdict(list)
    rows = session.execute(
        select_columns(
            col(PaymentStatus.list_id),
            col(PaymentStatus.state),
            col(Payment.currency),
            func.sum(_STANDS_FOR),
            func.count(),
        )
        .join(Payment, col(Payment.id) == PaymentStatus.payment_id)
        .join(AnswerKey, _IS_AVAILABLE, isouter=True)
        .join(PaymentEvent, col(PaymentEvent.id) == AnswerKey.event_id, isouter=True)
        .where(col(PaymentStatus.list_id).in_(ids))
        .group_by(col(PaymentStatus.list_id), col(PaymentStatus.state), col(Payment.currency))
        .order_by(col(PaymentStatus.list_id), col(PaymentStatus.state), col(Payment.currency))
    )
    for list_id, state, currency, minor, payments in rows:
        found[list_id].append(Standing(state, Money(currency, int(minor)), payments))
    return found


def _named(session: Session, list_id: int, *, tells_reasons: bool) -> list[Named]:
    number = (
        select_columns(func.min(Registration.number))
        .where(col(Registration.beneficiary_id) == Payment.beneficiary_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select_columns(
            number,
            *(col(Payment.reference), col(Payment.currency), _STANDS_FOR),
            *(col(PaymentStatus.state), col(PaymentStatus.reported_on), col(PaymentStatus.reason)),
        )
        .join(PaymentStatus, col(PaymentStatus.payment_id) == Payment.id)
        .join(AnswerKey, _IS_AVAILABLE, isouter=True)
        .join(PaymentEvent, col(PaymentEvent.id) == AnswerKey.event_id, isouter=True)
        .where(
            col(Payment.list_id) == list_id,
            col(PaymentStatus.state).in_((*UNDER_WAY, *NOT_PAID)),
        )
        .order_by(col(Payment.reference))
        .limit(MOST_NAMED)
    )
    return [
        Named(
            number=who or "",
            reference=reference,
            money=Money(currency, minor),
            state=state,
            reported_on=reported_on,
            reason=reason if tells_reasons else None,
        )
        for who, reference, currency, minor, state, reported_on, reason in rows
    ]


@dataclass(frozen=True)
class ProviderOf:
    """A provider, and the code of its society."""

    provider: Provider
    society: str


@dataclass(frozen=True)
class ProviderView(ProviderOf):
    """A provider with its float per currency, the balances it stated, and what is under way."""

    statements: Sequence[floats.FloatStatement]
    compared: Sequence[stated_balances.Compared]
    under_way: Sequence[Standing]


def list_views(session: Session, society_id: int | None = None) -> list[ProviderOf]:
    """The providers of a society, or of all in which the actor sees providers, by name."""
    codes = societies.codes(session)
    listed = service.list_providers(session, society_id)
    return [ProviderOf(each, codes[each.society_id]) for each in listed]


def show_provider(session: Session, provider: Provider) -> ProviderView:
    """A provider with what it holds for us."""
    return ProviderView(
        provider=provider,
        society=societies.get_society(session, provider.society_id).code,
        statements=floats.float_of(session, provider),
        compared=stated_balances.compared(session, provider),
        under_way=under_way(list_payment_lists(session, provider.id)),
    )
