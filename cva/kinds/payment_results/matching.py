"""The payments that the rows of a results sheet speak of, found set-wise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.core import clock
from cva.core.db import batches
from cva.kinds.payment_results.by_phone import payments_by_phone
from cva.programmes.models import Round
from cva.providers.models import (
    Payment,
    PaymentEvent,
    PaymentList,
    PaymentListState,
    PaymentStatus,
    Provider,
    ReferenceKey,
)
from cva.providers.outcome_rules import AnswerEvent, Instructed
from cva.providers.payment_events import events_of
from cva.staging.context import SheetContext
from cva.staging.models import RowState, Sheet, StagedRow
from cva.staging.rows import values_of
from cva.transfers import service as transfers
from cva.transfers.models import PaymentKey, Transfer, TransferEvent, TransferEventKind
from cva.transfers.service import returned_minor


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of a results sheet.

    Attributes:
        values: What was read, by field.
        ours: Our reference as the sheet gives it; ``theirs``: the provider's.
    """

    number: int
    values: Mapping[str, Any]
    ours: str | None
    theirs: str | None
    day: date | None
    currency: str | None
    minor: int | None
    exception: str | None


@dataclass(frozen=True, slots=True)
class MatchedPayment:
    """A payment as it is now.

    Attributes:
        beneficiary_id: Of two records made one the one that stands for the person.
    """

    payment_id: int
    provider_id: int
    mechanism: str
    round_id: int
    beneficiary_id: int
    instalment: int
    reference_key: str
    is_live: bool
    instructed: Instructed
    not_before: date


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Cash that a person of the round has, of which money may come back.

    Attributes:
        transfer: Every column of it. ``left_minor``: what did not come back yet.
        returns: By day and amount, where it was reported that money came back.
    """

    transfer: Mapping[str, Any]
    left_minor: int
    returns: Mapping[tuple[date, int | None], AnswerEvent]


@dataclass(slots=True)
class Matches:
    """By row number, which payments it may speak of.

    Attributes:
        ours: By our reference, wherever it stands in the row. ``theirs``: by the provider's.
        people: By the registration number.
        phones: Of rows that name only a telephone, by it: of the sheet's own payment list.
        handed_out: Cash of the round's people that no provider paid.
    """

    ours: Mapping[int, int]
    theirs: Mapping[int, set[int]]
    people: Mapping[int, set[int]]
    phones: Mapping[int, set[int]]
    payments: Mapping[int, MatchedPayment]
    handed_out: Mapping[int, Sequence[HandedOut]]


def rows_of(session: Session, sheet: Sheet, states: Sequence[RowState]) -> list[ResultRow]:
    """The rows of a sheet that are in some states, from the top."""
    rows = session.execute(
        select_columns(
            *(col(StagedRow.number), col(StagedRow.record)),
            *(col(StagedRow.reference_key), col(StagedRow.transaction_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor), col(StagedRow.exception)),
        )
        .where(col(StagedRow.sheet_id) == sheet.id, col(StagedRow.state).in_(states))
        .order_by(col(StagedRow.number))
    )
    return [ResultRow(number, values_of(record), *rest) for number, record, *rest in rows]


def matches_of(context: SheetContext) -> Matches:
    """The payments that a sheet speaks of, within its programme and round."""
    sheet = context.sheet
    # Where the sheet has a column for our references, the other one holds the provider's.
    in_transaction = and_(
        col(StagedRow.reference_key).is_(None),
        col(StagedRow.transaction_key) == col(Payment.reference_key),
    )
    in_own_column = col(StagedRow.reference_key) == col(Payment.reference_key)
    of_society = col(Payment.society_id) == sheet.society_id
    ours = {
        number: payment_id
        for is_same in (in_transaction, in_own_column)
        for number, payment_id in _pairs(context, (Payment, of_society & is_same))
    }
    is_theirs = and_(
        col(ReferenceKey.society_id) == sheet.society_id,
        col(ReferenceKey.reference_key) == col(StagedRow.transaction_key),
    )
    its_payment = col(Payment.id) == col(ReferenceKey.payment_id)
    theirs = _gathered(_pairs(context, (ReferenceKey, is_theirs), (Payment, its_payment)))
    of_person = col(Payment.beneficiary_id) == col(Registration.beneficiary_id)
    people = _gathered(_pairs(context, (Registration, context.is_registered), (Payment, of_person)))
    phones = payments_by_phone(context)
    ids = set(ours.values()).union(*theirs.values(), *people.values(), *phones.values())
    return Matches(ours, theirs, people, phones, _payments(context, ids), _handed_out(context))


def _pairs(
    context: SheetContext, *joined: tuple[type[SQLModel], ColumnElement[bool]]
) -> list[tuple[int, int]]:
    """Row numbers with a payment each, by way of these tables."""
    query: Any = select_columns(col(StagedRow.number), col(Payment.id))
    for table, condition in joined:
        query = query.join(table, condition)
    rows = context.session.execute(
        query.join(Round, col(Round.id) == Payment.round_id).where(
            col(StagedRow.sheet_id) == context.sheet.id, _is_of_round(context.sheet)
        )
    )
    return [(number, payment_id) for number, payment_id in rows]


def _is_of_round(sheet: Sheet) -> ColumnElement[bool]:
    of_programme = col(Round.programme_id) == sheet.programme_id
    return and_(of_programme, col(Round.id) == sheet.round_id) if sheet.round_id else of_programme


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for number, payment_id in pairs:
        found[number].add(payment_id)
    return found


def _payments(context: SheetContext, ids: set[int]) -> dict[int, MatchedPayment]:
    session = context.session
    events = events_of(session, ids)
    found: dict[int, MatchedPayment] = {}
    for part in batches(ids):
        for row in session.execute(_facts().where(col(Payment.id).in_(part))):
            instructed = _instructed(row, events.get(row.id, []))
            not_before = min(filter(None, (_day_made(context, row.made_at), row.starts_on)))
            found[row.id] = MatchedPayment(*(*row[:8], instructed, not_before))
    return found


def _facts() -> Any:  # noqa: ANN401
    """Payments as ``MatchedPayment`` has them, and by which sheet the same was paid, if it was."""
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Payment.beneficiary_id))
    is_paid = and_(
        col(PaymentKey.society_id) == col(Payment.society_id),
        col(PaymentKey.round_id) == col(Payment.round_id),
        col(PaymentKey.beneficiary_id) == person,
        col(PaymentKey.instalment) == col(Payment.instalment),
    )
    return (
        select_columns(
            *(col(Payment.id), col(Payment.provider_id), col(Provider.mechanism)),
            *(col(Payment.round_id), person, col(Payment.instalment)),
            *(col(Payment.reference_key), col(PaymentStatus.is_live)),
            *(col(Payment.currency), col(Payment.amount_minor)),
            *(col(Provider.tells_collection), col(PaymentList.state)),
            *(col(Transfer.sheet_id), col(Transfer.row_number)),
            *(col(PaymentList.made_at), col(Round.starts_on)),
        )
        .join(Beneficiary, col(Beneficiary.id) == Payment.beneficiary_id)
        .join(Provider, col(Provider.id) == Payment.provider_id)
        .join(PaymentList, col(PaymentList.id) == Payment.list_id)
        .join(Round, col(Round.id) == Payment.round_id)
        .join(PaymentStatus, col(PaymentStatus.payment_id) == Payment.id)
        .join(PaymentKey, is_paid, isouter=True)
        .join(Transfer, col(Transfer.id) == PaymentKey.transfer_id, isouter=True)
    )


def _day_made(context: SheetContext, moment: datetime) -> date:
    return clock.day_of(moment, context.society.time_zone)


def _instructed(row: Any, events: Sequence[AnswerEvent]) -> Instructed:  # noqa: ANN401
    return Instructed(
        currency=row.currency,
        minor=row.amount_minor,
        is_sent=row.state == PaymentListState.SENT,
        tells_collection=row.tells_collection,
        events=events,
        paid_by=(row.sheet_id, row.row_number) if row.sheet_id is not None else None,
    )


def _handed_out(context: SheetContext) -> dict[int, list[HandedOut]]:
    """Cash of the named round that was handed out and has not come back, by row."""
    session, sheet = context.session, context.sheet
    if sheet.round_id is None:
        return {}
    by_provider = exists().where(col(PaymentEvent.transfer_id) == col(Transfer.id))
    left = (col(Transfer.amount_minor) - returned_minor()).label("left_minor")
    rows = session.execute(
        select_columns(
            col(StagedRow.number), left, *(getattr(Transfer, name) for name in transfers.COLUMNS)
        )
        .join(Registration, context.is_registered)
        .join(Transfer, col(Transfer.beneficiary_id) == Registration.beneficiary_id)
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(Transfer.round_id) == sheet.round_id,
            transfers.is_live(),
            ~by_provider,
        )
        .order_by(col(StagedRow.number), col(Transfer.instalment).desc())
    )
    listed = [(number, left_minor, values) for number, left_minor, *values in rows]
    returns = _returns(session, {values[0] for _number, _left, values in listed})
    found: dict[int, list[HandedOut]] = defaultdict(list)
    for number, left_minor, values in listed:
        transfer = dict(zip(transfers.COLUMNS, values, strict=True))
        own = returns.get(transfer["id"], {})
        found[number].append(HandedOut(transfer, int(left_minor), own))
    return found


def _returns(
    session: Session, transfer_ids: set[int]
) -> dict[int, dict[tuple[date, int | None], AnswerEvent]]:
    found: dict[int, dict[tuple[date, int | None], AnswerEvent]] = defaultdict(dict)
    for part in batches(transfer_ids):
        query = select(TransferEvent).where(
            col(TransferEvent.transfer_id).in_(part),
            TransferEvent.kind == TransferEventKind.RETURNED,
        )
        for each in session.exec(query):
            where = (each.sheet_id or 0, each.row_number or 0)
            event = AnswerEvent(each.kind, each.happened_on, each.amount_minor, *where, each.kind)
            found[each.transfer_id][each.happened_on, each.amount_minor] = event
    return found
