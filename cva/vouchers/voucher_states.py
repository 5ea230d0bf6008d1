"""What each number is now: derived from hand-outs and events, dropped and made again at will."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.core.db import batches, insert_rows
from cva.journal.row_digests import with_ids
from cva.vouchers.book_locations import LocatedRange, place_of, runs_of
from cva.vouchers.models import (
    ENDINGS,
    UNDOING,
    BookLocation,
    BookMovement,
    Voucher,
    VoucherBook,
    VoucherEvent,
    VoucherEventKind,
    VoucherKey,
    VoucherState,
    VoucherStatus,
)
from cva.vouchers.numbering import Shelf


def refresh(session: Session, society_id: int, number_keys: Iterable[str]) -> None:
    """Make the states of some numbers again."""
    shelved = Shelved(session, society_id)
    for part in batches(number_keys):
        session.execute(
            delete(VoucherState).where(
                col(VoucherState.society_id) == society_id, col(VoucherState.number_key).in_(part)
            )
        )
        insert_rows(session, VoucherState, with_ids(_computed(session, society_id, shelved, part)))


def rebuild(session: Session, society_id: int) -> None:
    """Drop the states of a society and make them again."""
    session.execute(delete(VoucherState).where(col(VoucherState.society_id) == society_id))
    shelved = Shelved(session, society_id)
    insert_rows(session, VoucherState, with_ids(_computed(session, society_id, shelved, None)))


def agree(session: Session, society_id: int) -> bool:
    """Whether the states are what hand-outs and events make of them."""
    shelved = Shelved(session, society_id)
    made = {row["number_key"]: row for row in _computed(session, society_id, shelved, None)}
    names = VoucherState.model_fields.keys() - {"id"}
    query = select_columns(*(getattr(VoucherState, name) for name in names)).where(
        col(VoucherState.society_id) == society_id
    )
    stored = session.execute(query).mappings()
    return {row["number_key"]: dict(row) for row in stored} == made


def state_of(session: Session, society_id: int, number_key: str) -> VoucherState | None:
    """What a number is now; None where it was not handed out and can still be."""
    query = select(VoucherState).where(
        VoucherState.society_id == society_id, VoucherState.number_key == number_key
    )
    return session.exec(query).one_or_none()


def movements(session: Session, society_id: int) -> defaultdict[int, list[BookMovement]]:
    """The movements of a society's books, by book, the oldest first."""
    found: defaultdict[int, list[BookMovement]] = defaultdict(list)
    query = select(BookMovement).where(BookMovement.society_id == society_id)
    for move in session.exec(query.order_by(col(BookMovement.step))):
        found[move.book_id].append(move)
    return found


class Shelved:
    """The society's books, and where their numbers are."""

    def __init__(self, session: Session, society_id: int) -> None:
        books = session.exec(select(VoucherBook).where(VoucherBook.society_id == society_id)).all()
        moves = movements(session, society_id)
        self.shelf = Shelf(books)
        self._moved = {book_id for book_id, own in moves.items() if own}
        self._runs: dict[int, list[LocatedRange]] = {
            book_id: runs_of(book, moves[book_id]) for book_id, book in self.shelf.books.items()
        }

    def place(self, book: VoucherBook, serial: int) -> BookLocation:
        """Where a number of a book is."""
        return place_of(self._runs[book.id], serial)

    def is_in_store(self, book: VoucherBook, serial: int) -> bool:
        """Whether no team took a number yet of a book whose movements are recorded."""
        return book.id in self._moved and self.place(book, serial) != BookLocation.TEAM


@dataclass(slots=True)
class _Number:
    voucher_id: int | None = None
    programme_id: int | None = None
    currency: str | None = None
    face_minor: int | None = None
    events: list[tuple[int | None, str, int | None]] = field(default_factory=list)


def _computed(
    session: Session, society_id: int, shelved: Shelved, keys: Sequence[str] | None
) -> list[dict[str, Any]]:
    numbers: dict[str, _Number] = defaultdict(_Number)
    for key, *given in session.execute(
        select_columns(
            col(VoucherKey.number_key),
            *(col(Voucher.id), col(Voucher.programme_id)),
            *(col(Voucher.currency), col(Voucher.amount_minor)),
        )
        .join(Voucher, col(Voucher.id) == VoucherKey.voucher_id)
        .where(col(VoucherKey.society_id) == society_id, _among(VoucherKey.number_key, keys))
    ):
        numbers[key] = _Number(*given)
    for key, *event in session.execute(
        select_columns(
            col(VoucherEvent.number_key),
            *(col(VoucherEvent.voucher_id), col(VoucherEvent.kind)),
            col(VoucherEvent.amount_minor),
        )
        .where(col(VoucherEvent.society_id) == society_id, _among(VoucherEvent.number_key, keys))
        .order_by(col(VoucherEvent.number_key), col(VoucherEvent.nth))
    ):
        numbers[key].events.append(tuple(event))
    return [
        row
        for key, number in numbers.items()
        if (row := _row(society_id, key, number, shelved)) is not None
    ]


def _among(column: Any, keys: Sequence[str] | None) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(true()) if keys is None else col(column).in_(keys)


def _row(society_id: int, key: str, number: _Number, shelved: Shelved) -> dict[str, Any] | None:
    known = shelved.shelf.find(key)
    book, serial = known or (None, None)
    redeemed, minor, ended = _folded(number)
    if number.voucher_id is None:
        if ended is None or book is None:
            return None
        number.programme_id, number.currency = book.programme_id, book.currency
        number.face_minor = book.face_minor
    return {
        "society_id": society_id,
        "book_id": book.id if book else None,
        "serial": serial,
        "place": str(shelved.place(*known)) if known else None,
        "number_key": key,
        "programme_id": number.programme_id,
        "voucher_id": number.voucher_id,
        "state": str(ended or _state(number.face_minor, redeemed, minor)),
        "currency": number.currency,
        "face_minor": number.face_minor,
        "redeemed_minor": minor,
        "redeemed": redeemed,
    }


def _folded(number: _Number) -> tuple[int, int, VoucherStatus | None]:
    """Redemptions that stand, what they took of the face value, and how the voucher ended."""
    redeemed, minor, ended = 0, 0, None
    for voucher_id, kind, amount in number.events:
        if voucher_id != number.voucher_id:
            continue  # of a hand-out that was reversed
        sign = 1 if kind == VoucherEventKind.REDEEMED else -1 if kind in UNDOING else 0
        redeemed += sign
        minor += sign * (amount or 0) if number.face_minor is not None else 0
        if kind in ENDINGS:
            ended = VoucherStatus(kind)
    return redeemed, minor, ended


def _state(face_minor: int | None, redeemed: int, minor: int) -> VoucherStatus:
    is_used = redeemed > 0 if face_minor is None else minor >= face_minor
    return VoucherStatus.REDEEMED if is_used else VoucherStatus.OUT
