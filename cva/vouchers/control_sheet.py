"""The voucher control sheet: every voucher of every book is somewhere, in pieces and in value."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.core import clock
from cva.core.money import Money, money_of
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.vouchers import books, voucher_states
from cva.vouchers.book_locations import counted, runs_of
from cva.vouchers.models import BookMovement, MoveKind, VoucherBook, VoucherState, VoucherStatus

#: Where what was printed is; each is a column of the control sheet.
PRINTED = ("printer", "store", "team", "handed_out", "void", "lost", "destroyed")
#: What became of what was handed out.
HANDED_OUT = ("redeemed", "expired", "outstanding", "void", "lost", "replaced")


@dataclass(frozen=True, slots=True)
class ControlCount:
    """Vouchers, and their value in minor units of the currency of their line."""

    pieces: int = 0
    minor: int = 0

    def __add__(self, other: "ControlCount") -> "ControlCount":
        return ControlCount(self.pieces + other.pieces, self.minor + other.minor)


@dataclass(frozen=True, slots=True)
class ControlIdentity:
    """A whole and the parts it must be the sum of, in pieces and in value."""

    whole: ControlCount
    parts: Mapping[str, ControlCount]

    @property
    def difference(self) -> ControlCount:
        """What the parts lack; nothing where the identity holds."""
        total = sum(self.parts.values(), ControlCount())
        return ControlCount(self.whole.pieces - total.pieces, self.whole.minor - total.minor)

    @property
    def holds(self) -> bool:
        """Whether pieces and value agree."""
        return self.difference == ControlCount()


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A book on the control sheet, or the vouchers of a programme that are in no book.

    Attributes:
        book: None for vouchers in no book; then ``printed`` is None too.
        currency: None for vouchers for goods, which have no value.
        moved: How many were received, given to teams and brought back so far.
    """

    book: VoucherBook | None
    programme: str
    currency: str | None
    printed: ControlIdentity | None
    handed_out: ControlIdentity
    moved: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether both identities hold."""
        return self.handed_out.holds and (self.printed is None or self.printed.holds)

    def money(self, count: ControlCount) -> Money | None:
        """The value of some of its vouchers."""
        return money_of(self.currency, count.minor)


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """The control sheet of a society on a day."""

    society: str
    on: date
    lines: Sequence[ControlLine]

    @property
    def holds(self) -> bool:
        """Whether every line holds."""
        return all(line.holds for line in self.lines)


def control(session: Session, society_id: int) -> ControlSheet:
    """Count every voucher of a society as it is today.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see vouchers.
    """
    actor_of(session).require(Permission.SEE_ROUNDS, society_id)
    society = societies.get_society(session, society_id)
    today = clock.today(society.time_zone)
    listed = books.list_books(session, society_id)
    found = _states(session, society_id)
    moves = voucher_states.movements(session, society_id)
    codes = {each.id: each.code for each in programmes.list_programmes(session, society_id)}
    lines = [
        _book_line(
            book,
            codes[book.programme_id],
            found.pop((book.programme_id, book.id, book.currency), []),
            moves[book.id],
            today,
        )
        for book in listed
    ]
    lines += [
        ControlLine(None, codes[programme_id], currency, None, _given(rows, None, today))
        for (programme_id, _none, currency), rows in sorted(found.items(), key=repr)
    ]
    return ControlSheet(society.code, today, lines)


def book_line(session: Session, book: VoucherBook) -> ControlLine:
    """The line of one book."""
    found = control(session, book.society_id)
    return next(line for line in found.lines if line.book is not None and line.book.id == book.id)


_Group = Any


def _states(
    session: Session, society_id: int
) -> dict[tuple[int, int | None, str | None], list[_Group]]:
    is_unissued = col(VoucherState.voucher_id).is_(None)
    by = (
        col(VoucherState.programme_id),
        col(VoucherState.book_id),
        col(VoucherState.currency),
        col(VoucherState.state),
        col(VoucherState.place),
    )
    query = (
        select_columns(
            *by,
            is_unissued.label("is_unissued"),
            func.count().label("pieces"),
            func.sum(func.coalesce(VoucherState.face_minor, 0)).label("face"),
            func.sum(VoucherState.redeemed_minor).label("redeemed"),
        )
        .where(col(VoucherState.society_id) == society_id)
        .group_by(*by, is_unissued)
    )
    found: dict[tuple[int, int | None, str | None], list[_Group]] = defaultdict(list)
    for row in session.execute(query):
        found[row.programme_id, row.book_id, row.currency].append(row)
    return found


def _book_line(
    book: VoucherBook,
    programme: str,
    rows: Sequence[_Group],
    moves: Sequence[BookMovement],
    today: date,
) -> ControlLine:
    face = book.face_minor or 0
    places = counted(runs_of(book, moves))
    unissued: Counter[str] = Counter()
    for row in rows:
        places[row.place] -= row.pieces
        if row.is_unissued:
            unissued[row.state] += row.pieces
    given = _given(rows, book, today)
    parts = {name: ControlCount(places[name], places[name] * face) for name in PRINTED[:3]}
    parts["handed_out"] = given.whole
    parts |= {name: ControlCount(unissued[name], unissued[name] * face) for name in PRINTED[4:]}
    whole = ControlCount(book.printed, book.printed * face)
    moved: Counter[str] = Counter()
    for move in moves:
        moved[move.kind] += move.last - move.first + 1
    return ControlLine(
        book=book,
        programme=programme,
        currency=book.currency,
        printed=ControlIdentity(whole, parts),
        handed_out=given,
        moved={str(kind): moved[kind] for kind in MoveKind},
    )


def _given(rows: Sequence[_Group], book: VoucherBook | None, today: date) -> ControlIdentity:
    """What became of the vouchers that were handed out; a voucher used in part is in two parts."""
    is_expired = book is not None and book.expires_on is not None and book.expires_on < today
    whole, parts = ControlCount(), dict.fromkeys(HANDED_OUT, ControlCount())
    for row in rows:
        if row.is_unissued:
            continue
        face, redeemed = int(row.face), int(row.redeemed)
        whole += ControlCount(row.pieces, face)
        parts["redeemed"] += ControlCount(0, redeemed)
        open_now = "expired" if is_expired else "outstanding"
        name = open_now if row.state == VoucherStatus.OUT else row.state
        parts[name] += ControlCount(row.pieces, face - redeemed)
    return ControlIdentity(whole, parts)
