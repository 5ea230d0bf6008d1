"""The history of one person: registered, listed, given, reversed; oldest to newest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, literal, or_, select

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.ages import Age, age_of
from cva.beneficiaries.models import Beneficiary, PersonEvent, PersonEventKind
from cva.beneficiaries.proxies import collectors_of
from cva.beneficiaries.service import name_of
from cva.beneficiaries.status import SAYABLE, get_person, numbers_of
from cva.core import audit, clock
from cva.core.money import Money, money_of
from cva.entitlements.models import Entitlement, ListVersion
from cva.journal import service as journal
from cva.programmes.models import Round
from cva.providers.models import Payment, PaymentAnswer, PaymentEvent, Provider
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.row_names import RowNames
from cva.transfers.models import Transfer, TransferEvent
from cva.vouchers.models import Voucher, VoucherEvent

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened.

    Attributes:
        what: ``registered``, ``listed``, ``off_list``, ``paid``, ``handed_out``, or the kind of
            an event of the person, the transfer, the voucher or the payment.
        about: The voucher number, the round, the note; may be empty.
        sheet_id: Where it stands; ``row`` the row in it.
        collection: Who collected and how it was confirmed, by the fields of the sheet.
        is_minor: A hand-out on a day when the person was under 18.
        recorded_at: When it came into the ledger; ``recorded_by`` the person who accepted it.
        request_id: The request that a second person confirmed, which has the reason.
        entry: The number of the entry it is booked by; of two on one day the lower was first.
        successor_id: Who receives for the household from then on.
        instalment: Of a list. ``version``: which one of the list; ``change`` what it is called.
    """

    on: date
    what: str
    money: Money | None = None
    about: str = ""
    round_id: int | None = None
    sheet_id: int | None = None
    row: int | None = None
    collection: Mapping[str, str] = field(default_factory=dict)
    is_minor: bool = False
    entry_id: int | None = None
    request_id: int | None = None
    recorded_at: datetime | None = None
    recorded_by: int | None = None
    entry: int = 0
    successor_id: int | None = None
    instalment: int | None = None
    version: int | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """A person and all that happened to them.

    Attributes:
        status: ``active``, ``deceased`` or ``moved``.
        is_minor: Whether the person is under 18 on this day of the society's calendar.
        numbers: What they are registered under; more than one after a merge.
        people: E-mail addresses of those who recorded it.
        successors: Numbers of those who receive for the household, by person.
        row_names: Of the sheets that told of it.
    """

    person: Beneficiary
    society: Society
    name: str
    numbers: Sequence[str]
    status: str
    is_minor: bool
    lines: Sequence[HistoryLine]
    people: Mapping[int, str]
    successors: Mapping[int, str]
    row_names: RowNames

    @property
    def successor_id(self) -> int | None:
        """Who receives for the household now, where the person is gone and somebody was named."""
        statuses = [line for line in self.lines if line.what in SAYABLE]
        last = max(statuses, key=lambda line: line.recorded_at or _NEVER, default=None)
        return last.successor_id if last else None


def person_history(session: Session, person_id: int) -> PersonHistory:
    """The history of a person, with the records that were merged into theirs.

    Raises:
        NotFoundError: There is none, or the actor does not see the people of their society.
    """
    person = get_person(session, person_id)
    records = session.exec(
        select(Beneficiary).where(
            or_(col(Beneficiary.id) == person.id, col(Beneficiary.merged_into_id) == person.id)
        )
    ).all()
    society = societies.get_society(session, person.society_id)
    ids = [record.id for record in records]
    events = session.exec(
        select(PersonEvent)
        .where(col(PersonEvent.beneficiary_id).in_(ids))
        .order_by(col(PersonEvent.made_at), col(PersonEvent.id))
    ).all()
    rounds = _rounds(session, person.society_id)
    age = age_of(person)
    lines = [
        *(_registered(record, society.time_zone) for record in records),
        *map(_became, events),
        *_listed(session, ids, rounds, society.time_zone),
        *_given(session, ids, rounds, age),
        *_happened(session, ids),
    ]
    lines = _recorded(session, lines)
    return PersonHistory(
        person=person,
        society=society,
        name=name_of(person.identity),
        numbers=numbers_of(session, person.id),
        status=_status(events),
        is_minor=age.was_minor(clock.today(society.time_zone)),
        # Of one day by when it was recorded, and by which entry.
        lines=sorted(lines, key=lambda one: (one.on, one.recorded_at or _NEVER, one.entry)),
        people=societies.emails(session, [line.recorded_by for line in lines]),
        successors=beneficiaries.numbers_of(
            session, [each.successor_id for each in lines if each.successor_id]
        ),
        row_names=RowNames(session, [line.sheet_id for line in lines]),
    )


def _recorded(session: Session, lines: Sequence[HistoryLine]) -> list[HistoryLine]:
    """With the moment of each line's entry, and who accepted it."""
    entries = journal.recorded(session, {line.entry_id for line in lines if line.entry_id})
    return [
        replace(line, recorded_at=entry.at, recorded_by=entry.by, entry=entry.number)
        if (entry := entries.get(line.entry_id or 0))
        else line
        for line in lines
    ]


def look_up(session: Session, person_id: int) -> PersonHistory:
    """``person_history``, and the trail says who looked."""
    found = person_history(session, person_id)
    audit.record(session, audit.Act.PERSON_READ, society_id=found.person.society_id, subject_id=0)
    return found


def _status(events: Sequence[PersonEvent]) -> str:
    kinds = [event.kind for event in events if event.kind != PersonEventKind.MERGED]
    return kinds[-1] if kinds else str(PersonEventKind.ACTIVE)


def _registered(record: Beneficiary, time_zone: str) -> HistoryLine:
    day = clock.day_of(record.made_at, time_zone)
    return HistoryLine(
        day,
        "registered",
        sheet_id=record.sheet_id,
        row=record.row_number,
        recorded_at=record.made_at,
    )


def _became(event: PersonEvent) -> HistoryLine:
    return HistoryLine(
        event.from_on,
        event.kind,
        about=event.note,
        request_id=event.request_id,
        recorded_at=event.made_at,
        recorded_by=event.made_by,
        successor_id=event.other_id if event.kind in SAYABLE else None,
    )


def _rounds(session: Session, society_id: int) -> dict[int | None, str]:
    """Codes of named rounds by id."""
    rows = session.exec(
        select(Round.id, Round.code).where(Round.society_id == society_id, col(Round.is_named))
    )
    return dict(rows.all())


def _listed(
    session: Session, ids: Sequence[int], rounds: dict[int | None, str], time_zone: str
) -> Iterator[HistoryLine]:
    """What lists said; of two records of one person on the same list one line tells it."""
    rows = session.exec(
        select(Entitlement, ListVersion.approved_at, ListVersion.name)
        .join(
            ListVersion,
            (col(ListVersion.round_id) == Entitlement.round_id)
            & (col(ListVersion.version) == Entitlement.version),
        )
        .where(col(Entitlement.beneficiary_id).in_(ids))
        .order_by(col(Entitlement.id))
    )
    known = set()
    for entitled, approved_at, change in rows:
        same = (entitled.round_id, entitled.version, entitled.instalment, entitled.is_withdrawn)
        money = money_of(entitled.currency, entitled.amount_minor)
        if (*same, money) in known:
            continue
        known.add((*same, money))
        yield HistoryLine(
            clock.day_of(approved_at, time_zone),
            "off_list" if entitled.is_withdrawn else "listed",
            money,
            rounds.get(entitled.round_id, ""),
            round_id=entitled.round_id,
            entry_id=entitled.entry_id,
            instalment=entitled.instalment,
            version=entitled.version,
            change=change,
        )


def _given(
    session: Session, ids: Sequence[int], rounds: dict[int | None, str], age: Age
) -> Iterator[HistoryLine]:
    """Cash that was paid and vouchers that were handed out, with a word on each to a minor."""
    rows: list[Transfer | Voucher] = [
        *session.exec(select(Transfer).where(col(Transfer.beneficiary_id).in_(ids))),
        *session.exec(select(Voucher).where(col(Voucher.beneficiary_id).in_(ids))),
    ]
    collectors = collectors_of(session, [row.id for row in rows])
    for row in rows:
        round_code = rounds.get(row.round_id, "")
        what, on, about = (
            ("paid", row.paid_on, round_code)
            if isinstance(row, Transfer)
            else ("handed_out", row.issued_on, row.number)
        )
        yield HistoryLine(
            on,
            what,
            money_of(row.currency, row.amount_minor),
            about,
            round_id=row.round_id if row.round_id in rounds else None,
            sheet_id=row.sheet_id,
            row=row.row_number,
            collection=collectors.get(row.id, {}),
            is_minor=age.was_minor(on),
            entry_id=row.entry_id,
        )


#: What providers report beside payments and returns, which are reported as such.
_ANSWERS = (
    PaymentAnswer.AVAILABLE,
    PaymentAnswer.COLLECTED,
    PaymentAnswer.FAILED,
    PaymentAnswer.EXPIRED,
)


def _happened(session: Session, ids: Sequence[int]) -> Iterator[HistoryLine]:
    """What became of transfers, vouchers and payments."""
    queries: tuple[Any, ...] = (
        select(TransferEvent, literal(""))
        .join(Transfer, col(Transfer.id) == TransferEvent.transfer_id)
        .where(col(Transfer.beneficiary_id).in_(ids)),
        select(VoucherEvent, Voucher.number)
        .join(Voucher, col(Voucher.id) == VoucherEvent.voucher_id)
        .where(col(Voucher.beneficiary_id).in_(ids)),
        select(PaymentEvent, Provider.name)
        .join(Payment, col(Payment.id) == PaymentEvent.payment_id)
        .join(Provider, col(Provider.id) == PaymentEvent.provider_id)
        .where(col(Payment.beneficiary_id).in_(ids), col(PaymentEvent.kind).in_(_ANSWERS)),
    )
    for event, about in (row for query in queries for row in session.exec(query)):
        is_answer = isinstance(event, PaymentEvent)
        yield HistoryLine(
            event.happened_on,
            event.kind,
            None if is_answer else money_of(event.currency, event.amount_minor),
            about,
            sheet_id=event.sheet_id,
            row=event.row_number,
            entry_id=event.entry_id,
            request_id=event.request_id,
        )
