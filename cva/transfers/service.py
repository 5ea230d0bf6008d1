"""Recording cash transfers."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from cva.core.db import batches, insert_columns, insert_rows, rows_among
from cva.journal.row_digests import Behind
from cva.transfers.models import EXCESS, PaymentKey, Transfer, TransferEvent, TransferEventKind

#: What entries of payments are proved from.
BEHIND = Behind(Transfer)
COLUMNS = BEHIND.columns
#: What entries of reversals and returns are proved from.
EVENTS_BEHIND = Behind(TransferEvent)
#: What a key has as its transfer.
_KEYED = ("society_id", "round_id", "beneficiary_id", "instalment")


def record(session: Session, rows: Sequence[dict[str, Any]], *, round_is_named: bool) -> None:
    """Record transfers (every column of ``COLUMNS``) whose entries are posted.

    Raises:
        sqlalchemy.exc.IntegrityError: One of them was paid before; nothing is recorded.
    """
    insert_rows(session, Transfer, rows)
    insert_columns(
        session,
        PaymentKey,
        {
            "transfer_id": [row["id"] for row in rows],
            **{name: [row[name] for row in rows] for name in _KEYED},
            "day_key": [
                None if round_is_named or row["exception"] else day_key(row) for row in rows
            ],
        },
    )


def day_key(row: dict[str, Any]) -> str:
    """Programme, person, day and amount as one text."""
    return (
        f"{row['programme_id']} {row['beneficiary_id']} {row['paid_on']} "
        f"{row['currency']} {row['amount_minor']}"
    )


def event_of(
    transfer: Mapping[str, Any], kind: TransferEventKind, **columns: object
) -> dict[str, Any]:
    """What happened to a transfer, without an id; ``columns`` say what is not as it was paid."""
    taken_over = ("society_id", "currency", "amount_minor", "sheet_id", "row_number")
    return {
        **{name: transfer[name] for name in taken_over},
        "transfer_id": transfer["id"],
        "kind": str(kind),
        "happened_on": transfer["paid_on"],
        "request_id": None,
        **columns,
    }


def is_live() -> ColumnElement[bool]:
    """The condition that a transfer was not reversed."""
    return ~exists().where(
        col(TransferEvent.transfer_id) == col(Transfer.id),
        col(TransferEvent.kind) == TransferEventKind.REVERSED,
    )


def exception_of() -> ColumnElement[str | None]:
    """Why a transfer is no assistance: recorded so, or found to be one later."""
    later = (
        select_columns(func.min(col(TransferEvent.kind)))
        .where(
            col(TransferEvent.transfer_id) == col(Transfer.id),
            col(TransferEvent.kind).in_(EXCESS),
        )
        .scalar_subquery()
    )
    return func.coalesce(col(Transfer.exception), later)


def paid_to_both(session: Session, keep_id: int, drop_id: int) -> list[dict[str, Any]]:
    """Of two people, what the second was paid in rounds where the first was paid too.

    Live transfers of the same instalment, every column; exceptions are known as such already.
    """
    other = aliased(PaymentKey)
    rows = session.execute(
        select_columns(*(getattr(Transfer, name) for name in COLUMNS))
        .join(PaymentKey, col(PaymentKey.transfer_id) == Transfer.id)
        .join(
            other,
            (col(other.round_id) == PaymentKey.round_id)
            & (col(other.instalment) == PaymentKey.instalment),
        )
        .where(
            col(PaymentKey.beneficiary_id) == drop_id,
            col(other.beneficiary_id) == keep_id,
            exception_of().is_(None),
        )
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def move_keys(session: Session, from_id: int, to_id: int) -> None:
    """Let the keys of one person stand for another: what either was paid is paid.

    Where both were paid the same instalment, the second answers none: it was paid twice.
    """
    keys = session.exec(select(PaymentKey).where(PaymentKey.beneficiary_id == from_id)).all()
    for key in keys:
        taken = instalments_paid(session, key.round_id, [to_id]).get(to_id, set())
        if key.instalment in taken:
            key.instalment = min(1, *taken) - 1
        key.beneficiary_id = to_id
        session.flush()


def is_same_instalment(one: Any, other: Any, person: Any = None) -> ColumnElement[bool]:  # noqa: ANN401
    """The condition that a row is about the same instalment of the same person as another.

    Args:
        one: A table of people's instalments in rounds.
        other: Another one.
        person: Whom the other one is about, where that is not its ``beneficiary_id``.
    """
    return and_(
        col(one.society_id) == other.society_id,
        col(one.round_id) == other.round_id,
        col(one.beneficiary_id) == (other.beneficiary_id if person is None else person),
        col(one.instalment) == other.instalment,
    )


def returned_minor() -> ColumnElement[int]:
    """How much of a transfer came back."""
    amount = col(TransferEvent.amount_minor)
    signed = case(
        (col(TransferEvent.kind) == TransferEventKind.RETURNED, amount),
        (col(TransferEvent.kind) == TransferEventKind.RETURN_REVERSED, -amount),
        else_=0,
    )
    return (
        select_columns(func.coalesce(func.sum(signed), 0))
        .where(col(TransferEvent.transfer_id) == col(Transfer.id))
        .scalar_subquery()
    )


def is_excess() -> ColumnElement[bool]:
    """The condition that a transfer was found to be paid twice: it answers no instalment."""
    return exists().where(
        col(TransferEvent.transfer_id) == col(Transfer.id),
        col(TransferEvent.kind).in_(EXCESS),
    )


def holds_key() -> ColumnElement[bool]:
    """The condition that a transfer stands in the way of another one of the same."""
    return is_live() & (returned_minor() < col(Transfer.amount_minor))


def live_of_sheet(
    session: Session, sheet_id: int, row_number: int | None = None
) -> list[dict[str, Any]]:
    """What was posted from a sheet, or from one row of it, and was not reversed.

    Every column; ``exception`` says too what was found to be one later.
    """
    columns = [
        exception_of() if name == "exception" else getattr(Transfer, name) for name in COLUMNS
    ]
    query = select_columns(*columns).where(col(Transfer.sheet_id) == sheet_id, is_live())
    if row_number is not None:
        query = query.where(col(Transfer.row_number) == row_number)
    return [dict(zip(COLUMNS, row, strict=True)) for row in session.execute(query)]


def returns_of_sheet(
    session: Session, sheet_id: int, row_number: int | None = None
) -> list[dict[str, Any]]:
    """What a sheet, or one row of it, said came back and was not reversed; every column."""
    taken = aliased(TransferEvent)
    is_taken_back = exists().where(
        col(taken.kind) == TransferEventKind.RETURN_REVERSED,
        col(taken.transfer_id) == col(TransferEvent.transfer_id),
        col(taken.sheet_id) == col(TransferEvent.sheet_id),
        col(taken.row_number) == col(TransferEvent.row_number),
    )
    is_return = col(TransferEvent.kind) == TransferEventKind.RETURNED
    return EVENTS_BEHIND.of_sheet(session, sheet_id, row_number, is_return, ~is_taken_back)


def transfers_by_id(session: Session, transfer_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Transfers, every column, by id."""
    return {row["id"]: row for row in BEHIND.among(session, "id", transfer_ids)}


def record_events(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Record what happened to transfers (every column of ``EVENTS_BEHIND``), entries posted.

    A reversal, or the return of the whole amount, frees the key, so that the person can be paid;
    taking back such a return takes the key again.

    Raises:
        sqlalchemy.exc.IntegrityError: A key would be taken that another transfer has by now.
    """
    insert_rows(session, TransferEvent, rows)
    session.flush()
    for part in batches(row["transfer_id"] for row in rows):
        holding = set(
            session.exec(select(Transfer.id).where(col(Transfer.id).in_(part), holds_key()))
        )
        freed = [transfer_id for transfer_id in part if transfer_id not in holding]
        session.execute(delete(PaymentKey).where(col(PaymentKey.transfer_id).in_(freed)))
        _take_keys_again(session, holding)


def _take_keys_again(session: Session, holding: set[int]) -> None:
    query = select(Transfer).where(
        col(Transfer.id).in_(holding),
        ~exists().where(col(PaymentKey.transfer_id) == col(Transfer.id)),
    )
    keys = [
        {"transfer_id": each.id, **{name: getattr(each, name) for name in _KEYED}}
        for each in session.exec(query)
    ]
    insert_rows(session, PaymentKey, keys)


def returned_of(session: Session, transfer_ids: Sequence[int]) -> dict[int, int]:
    """How much of each of these transfers came back, where something did."""
    query = select_columns(col(Transfer.id), returned_minor()).where(returned_minor() != 0)
    rows = rows_among(session, query, Transfer.id, transfer_ids)
    return {transfer_id: int(minor) for transfer_id, minor in rows}


def paid_anew(session: Session, transfer_ids: Iterable[int]) -> bool:
    """Whether the same as one of these transfers was paid again since its money came back."""
    is_other = col(PaymentKey.transfer_id) != col(Transfer.id)
    is_same = is_same_instalment(PaymentKey, Transfer) & is_other
    query = select_columns(col(PaymentKey.transfer_id)).join(Transfer, is_same).limit(1)
    return any(rows_among(session, query, Transfer.id, transfer_ids))


def first_unpaid(paid: Container[int]) -> int:
    """The first instalment that is none of those paid."""
    return next(instalment for instalment in count(1) if instalment not in paid)


def instalments_paid(session: Session, round_id: int, people: Sequence[int]) -> dict[int, set[int]]:
    """The instalments each of these people was paid in a round."""
    paid: dict[int, set[int]] = defaultdict(set)
    query = select_columns(col(PaymentKey.beneficiary_id), col(PaymentKey.instalment)).where(
        col(PaymentKey.round_id) == round_id
    )
    for person_id, instalment in rows_among(session, query, PaymentKey.beneficiary_id, people):
        paid[person_id].add(instalment)
    return paid
