"""Recording what providers reported of payments, and reversing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, true, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.core.db import batches, insert_rows, rows_among
from cva.core.identifiers import comparable
from cva.core.secret_columns import InRow
from cva.journal.row_digests import Behind
from cva.providers.models import (
    AnswerKey,
    Payment,
    PaymentAnswer,
    PaymentEvent,
    PaymentStatus,
    ReferenceKey,
)
from cva.providers.outcome_rules import AnswerEvent, state_of
from cva.transfers import service as transfers
from cva.transfers.models import Transfer

#: What entries of payment results are proved from.
BEHIND = Behind(PaymentEvent)
COLUMNS = BEHIND.columns


def is_standing() -> ColumnElement[bool]:
    """The condition that an event was not reversed, and reverses none."""
    later = aliased(PaymentEvent)
    return (col(PaymentEvent.kind) != PaymentAnswer.REVERSED) & ~exists().where(
        col(later.reverses_id) == col(PaymentEvent.id)
    )


def events_of(session: Session, payment_ids: Iterable[int]) -> dict[int, list[AnswerEvent]]:
    """What was reported of payments and not reversed, by payment, in the order of recording."""
    found: dict[int, list[AnswerEvent]] = defaultdict(list)
    query = (
        select_columns(
            col(PaymentEvent.payment_id),
            col(PaymentEvent.kind),
            col(PaymentEvent.happened_on),
            col(PaymentEvent.amount_minor),
            col(PaymentEvent.sheet_id),
            col(PaymentEvent.row_number),
            col(AnswerKey.what),
            col(PaymentEvent.reference),
        )
        .join(AnswerKey, col(AnswerKey.event_id) == PaymentEvent.id)
        .order_by(col(PaymentEvent.sheet_id), col(PaymentEvent.row_number))
    )
    for payment_id, *answer in rows_among(session, query, PaymentEvent.payment_id, payment_ids):
        found[payment_id].append(AnswerEvent(*answer))
    return found


def standing_of_sheet(
    session: Session, sheet_id: int, row_number: int | None = None
) -> list[dict[str, Any]]:
    """What a sheet, or one row of it, reported that is not reversed; every column."""
    return BEHIND.of_sheet(session, sheet_id, row_number, is_standing())


def standing_returns(session: Session, payment_ids: Sequence[int]) -> list[int]:
    """Ids of the events that say that money of these payments came back."""
    query = select_columns(col(PaymentEvent.id)).where(
        col(PaymentEvent.payment_id).in_(payment_ids),
        col(PaymentEvent.kind) == PaymentAnswer.RETURNED,
        is_standing(),
    )
    return [event_id for (event_id,) in session.execute(query)]


def instructed_anew(session: Session, payment_ids: Iterable[int]) -> bool:
    """Whether another payment of the same is live beside one of these, which are not."""
    other = aliased(PaymentStatus)
    is_same = transfers.is_same_instalment(other, PaymentStatus)
    query = (
        select_columns(col(PaymentStatus.payment_id))
        .join(other, is_same & col(other.is_live))
        .where(~col(PaymentStatus.is_live))
        .limit(1)
    )
    return any(rows_among(session, query, PaymentStatus.payment_id, payment_ids))


def rounds_of(session: Session, payment_ids: Iterable[int]) -> dict[int, int]:
    """The rounds of payments."""
    query = select_columns(col(Payment.id), col(Payment.round_id))
    return dict(rows_among(session, query, Payment.id, payment_ids))


def record(
    session: Session,
    rows: Sequence[Mapping[str, Any]],
    reasons: Mapping[int, str] | None = None,
) -> None:
    """Record events (every column of ``COLUMNS``, and ``what``) whose entries are posted.

    Args:
        session: The caller's transaction, which holds the book's lock.
        rows: The events.
        reasons: Why payments failed, by payment.

    Raises:
        sqlalchemy.exc.IntegrityError: One was recorded before, or a provider's reference belongs
            to another payment; nothing is recorded.
    """
    insert_rows(session, PaymentEvent, [{name: row[name] for name in COLUMNS} for row in rows])
    taken_back = [row["reverses_id"] for row in rows if row["reverses_id"] is not None]
    for part in batches(taken_back):
        session.execute(delete(AnswerKey).where(col(AnswerKey.event_id).in_(part)))
        session.execute(delete(ReferenceKey).where(col(ReferenceKey.event_id).in_(part)))
    answers = [row for row in rows if row["kind"] != PaymentAnswer.REVERSED]
    same = ("society_id", "payment_id", "what")
    keys = [{"event_id": row["id"]} | {name: row[name] for name in same} for row in answers]
    insert_rows(session, AnswerKey, keys)
    _keep_references(session, answers)
    update_statuses(session, {row["payment_id"] for row in rows}, reasons or {})


def _keep_references(session: Session, answers: Sequence[Mapping[str, Any]]) -> None:
    """Tie each provider's reference to its payment, where it is not yet."""
    referred = {row["payment_id"] for row in answers if row["reference"]}
    query = select_columns(
        col(ReferenceKey.provider_id),
        col(ReferenceKey.payment_id),
        col(ReferenceKey.reference_key),
    )
    known = {tuple(row) for row in rows_among(session, query, ReferenceKey.payment_id, referred)}
    new: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in answers:
        if row["reference"] is None:
            continue
        key = (row["provider_id"], row["payment_id"], comparable(row["reference"]))
        if key not in known:
            new.setdefault(
                key,
                {
                    "event_id": row["id"],
                    "society_id": row["society_id"],
                    "provider_id": key[0],
                    "payment_id": key[1],
                    "reference_key": key[2],
                },
            )
    insert_rows(session, ReferenceKey, list(new.values()))


#: Rows in the session are not brought up to date.
_IN_BULK = {"synchronize_session": None}


def update_statuses(
    session: Session, payment_ids: Iterable[int], reasons: Mapping[int, str]
) -> None:
    """Derive the states of payments again, from what was reported of them.

    Raises:
        sqlalchemy.exc.IntegrityError: One would be live though another one of the same is.
    """
    ids = set(payment_ids)
    events = events_of(session, ids)
    groups: dict[tuple[str, bool, Any], list[int]] = defaultdict(list)
    for payment_id in ids:
        own = events.get(payment_id, [])
        reported_on = max((event.on for event in own), default=None)
        groups[*state_of(own), reported_on].append(payment_id)
    # Those that are no more live first, so that they do not stand in the way of the others.
    for (state, is_live, reported_on), group in sorted(groups.items(), key=lambda each: each[0][1]):
        for part in batches(group):
            session.execute(
                update(PaymentStatus)
                .where(col(PaymentStatus.payment_id).in_(part))
                .values(state=state, is_live=is_live, reported_on=reported_on)
            )
    _keep_reasons(session, reasons)


def _keep_reasons(session: Session, reasons: Mapping[int, str]) -> None:
    rows = [
        {"payment_id": payment_id, "reason": InRow(reason, payment_id)}
        for payment_id, reason in reasons.items()
    ]
    if rows:
        session.execute(update(PaymentStatus), rows, execution_options=_IN_BULK)


def transfers_of(session: Session, payment_ids: Sequence[int]) -> list[tuple[int, dict[str, Any]]]:
    """Payments, each with its transfer (every column) that is not reversed."""
    same_row = and_(
        col(Transfer.sheet_id) == col(PaymentEvent.sheet_id),
        col(Transfer.row_number) == col(PaymentEvent.row_number),
    )
    rows = session.execute(
        select_columns(
            col(PaymentEvent.payment_id),
            *(getattr(Transfer, name) for name in transfers.COLUMNS),
        )
        .join(Transfer, same_row)
        .where(
            col(PaymentEvent.payment_id).in_(payment_ids),
            col(PaymentEvent.kind).in_((PaymentAnswer.PAID, PaymentAnswer.COLLECTED)),
            is_standing(),
            transfers.is_live(),
        )
        .order_by(col(Transfer.instalment))
    )
    return [
        (payment_id, dict(zip(transfers.COLUMNS, values, strict=True)))
        for payment_id, *values in rows
    ]


def live_instalments(session: Session, round_id: int) -> dict[int, set[int]]:
    """The instalments of a round that are or were paid by a provider, by person."""
    found: dict[int, set[int]] = defaultdict(set)
    person = func.coalesce(col(Beneficiary.merged_into_id), col(PaymentStatus.beneficiary_id))
    query = (
        select_columns(person, col(PaymentStatus.instalment))
        .join(Beneficiary, col(Beneficiary.id) == PaymentStatus.beneficiary_id)
        .where(col(PaymentStatus.round_id) == round_id, col(PaymentStatus.is_live) == true())
    )
    for person_id, instalment in session.execute(query):
        found[person_id].add(instalment)
    return found


def wrong_statuses(session: Session, society_id: int) -> int:
    """How many payments are not where their events say they are; 0 in a sound ledger."""
    rows = session.execute(
        select_columns(col(Payment.id), col(PaymentStatus.state), col(PaymentStatus.is_live))
        .join(PaymentStatus, col(PaymentStatus.payment_id) == Payment.id, isouter=True)
        .where(col(Payment.society_id) == society_id)
    ).all()
    events = events_of(session, [payment_id for payment_id, _state, _live in rows])
    return sum(
        (state, is_live) not in _right(events.get(payment_id, []))
        for payment_id, state, is_live in rows
    )


def _right(events: Sequence[AnswerEvent]) -> tuple[tuple[str, bool], ...]:
    return (state_of(events),) if events else (state_of(()), ("cancelled", False))
