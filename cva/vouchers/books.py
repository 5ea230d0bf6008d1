"""Books of voucher numbers: registered when printed, moved between printer, store and teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, update

from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_id
from cva.core.money import digits_of
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.journal.entry_posting import lock_book
from cva.programmes import service as programmes
from cva.vouchers import voucher_states
from cva.vouchers.book_locations import WAYS, LocatedRange, elsewhere, runs_of
from cva.vouchers.models import (
    BookLocation,
    BookMovement,
    MoveKind,
    Vendor,
    VoucherBook,
    VoucherState,
)
from cva.vouchers.numbering import Shelf, number_of, overlap, range_of

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class NewBook:
    """A book to register.

    Attributes:
        first: The number on the first voucher as it is printed. ``last``: on the last.
        face_minor: In minor units of ``currency``; None for vouchers for goods.
        vendor: The only one that may take them.
    """

    programme_id: int
    code: str
    first: str
    last: str
    kind: str = ""
    goods: str = ""
    currency: str | None = None
    face_minor: int | None = None
    expires_on: date | None = None
    vendor: Vendor | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Numbers of a book that move.

    Attributes:
        first: As printed; blank for the first of the book. ``last``: blank for the last.
    """

    book_id: int
    kind: MoveKind
    moved_on: date
    first: str = ""
    last: str = ""
    team: str = ""


def add_book(session: Session, new: NewBook) -> VoucherBook:
    """Register a book. Numbers that were handed out before become numbers of it.

    Raises:
        InputError: The code is blank, the numbers cannot be read, or face value and goods miss.
        ConflictError: A number is in another book.
        RuleError: A number was handed out with another value or for another programme.
    """
    programme = programmes.get_programme(session, new.programme_id)
    actor = actor_of(session)
    actor.require(Permission.PREPARE, programme.society_id)
    book = _made(new, programme.society_id, actor.user_id)
    lock_book(session, programme.society_id)
    for other in list_books(session, programme.society_id):
        if other.code_key == book.code_key:
            raise ConflictError(
                _("There is a book {code} already.").format(code=book.code), code="book_exists"
            )
        if overlap(book, other):
            message = _("Book {code} has some of these numbers already.").format(code=other.code)
            raise ConflictError(message, {"first": [message]}, code="book_numbers_taken")
    given = _handed_out(session, book)
    _refuse_others(book, given)
    session.add(book)
    session.flush()
    voucher_states.refresh(session, book.society_id, [state.number_key for state in given])
    audit.record_about(session, audit.Act.VOUCHER_BOOK_ADDED, book, printed=book.printed)
    return book


def _made(new: NewBook, society_id: int, user_id: int) -> VoucherBook:
    code = new.code.strip()
    if not code or len(code) > LONGEST_CODE:
        message = _("A book needs a code, such as A-2026.")
        raise InputError(message, {"code": [message]}, code="book_code_missing")
    is_valued = new.face_minor is not None and bool(new.currency)
    if not is_valued and not new.goods.strip():
        message = _("Write the face value, or the goods the vouchers are for.")
        raise InputError(message, {"face": [message]}, code="book_face_missing")
    if is_valued:
        digits_of(new.currency or "")
        if (new.face_minor or 0) <= 0:
            message = _("The face value is above zero.")
            raise InputError(message, {"face": [message]}, code="face_value_zero")
    numbers = range_of(new.first, new.last)
    return VoucherBook(
        society_id=society_id,
        programme_id=new.programme_id,
        code=code,
        code_key=comparable(code),
        prefix=numbers.prefix,
        prefix_key=comparable(numbers.prefix),
        width=numbers.width,
        first=numbers.first,
        last=numbers.last,
        kind=new.kind.strip() or None,
        goods=new.goods.strip() or None,
        currency=new.currency if is_valued else None,
        face_minor=new.face_minor if is_valued else None,
        expires_on=new.expires_on,
        vendor_id=new.vendor.id if new.vendor else None,
        made_at=clock.now(),
        made_by=user_id,
    )


def _handed_out(session: Session, book: VoucherBook) -> list[VoucherState]:
    shelf = Shelf([book])
    query = select(VoucherState).where(
        VoucherState.society_id == book.society_id,
        col(VoucherState.number_key).startswith(book.prefix_key, autoescape=True),
    )
    return [state for state in session.exec(query) if shelf.find(state.number_key)]


def _refuse_others(book: VoucherBook, given: Sequence[VoucherState]) -> None:
    for state in given:
        if state.programme_id != book.programme_id:
            raise RuleError(
                _("Some of these numbers were handed out for another programme."),
                code="book_other_programme",
            )
        if (state.currency, state.face_minor) != (book.currency, book.face_minor):
            raise RuleError(
                _("Some of these numbers were handed out with another face value."),
                code="book_other_face",
            )


def list_books(session: Session, society_id: int) -> Sequence[VoucherBook]:
    """The books of a society, by code."""
    query = select(VoucherBook).where(VoucherBook.society_id == society_id)
    return session.exec(query.order_by(col(VoucherBook.code_key))).all()


def get_book(
    session: Session, book_id: int, right: Permission = Permission.SEE_ROUNDS
) -> VoucherBook:
    """A book the actor has a right over.

    Raises:
        NotFoundError: There is none within the actor's societies.
    """
    return get_record(session, VoucherBook, book_id, right)


def find_book(session: Session, society_id: int, code: str) -> VoucherBook:
    """The book of a society with a code.

    Raises:
        InputError: There is none.
    """
    query = select(VoucherBook).where(
        VoucherBook.society_id == society_id, VoucherBook.code_key == comparable(code)
    )
    found = session.exec(query).one_or_none()
    if found is None:
        message = _("There is no book {code}.").format(code=code)
        raise InputError(message, {"book": [message]}, code="book_unknown")
    return found


def movements_of(session: Session, book: VoucherBook) -> Sequence[BookMovement]:
    """The movements of a book, the oldest first."""
    query = select(BookMovement).where(BookMovement.book_id == book.id)
    return session.exec(query.order_by(col(BookMovement.step))).all()


def serials_of(book: VoucherBook, first: str, last: str) -> tuple[int, int]:
    """Numbers of a book as printed, as places in it; blank is its first, or its last.

    Raises:
        InputError: They are not numbers of this book.
    """
    first = first.strip() or number_of(book, book.first)
    last = last.strip() or number_of(book, book.last)
    found = range_of(first, last)
    low, high = found.first, found.last
    if comparable(found.prefix) != book.prefix_key:
        low = book.first - 1
    if not book.first <= low <= high <= book.last:
        message = _("Book {code} has the numbers {first} to {last}.").format(
            code=book.code, first=number_of(book, book.first), last=number_of(book, book.last)
        )
        raise InputError(message, {"first": [message]}, code="numbers_not_in_book")
    return low, high


def move(session: Session, new: Move) -> BookMovement:
    """Move numbers of a book: into the store, to a team, or back.

    Raises:
        InputError: The numbers are not of this book.
        RuleError: Some of them are elsewhere, or handed out already.
    """
    book = get_book(session, new.book_id, Permission.PREPARE)
    actor = actor_of(session)
    first, last = serials_of(book, new.first, new.last)
    lock_book(session, book.society_id)
    movements = movements_of(session, book)
    runs = runs_of(book, movements)
    wrong = elsewhere(runs, first, last, WAYS[new.kind][0])
    if wrong is not None:
        raise RuleError(_described(book, wrong), code="move_impossible")
    if new.kind != MoveKind.RECEIVED:
        _refuse_given(session, book, first, last)
    made = BookMovement(
        id=new_id(),
        society_id=book.society_id,
        book_id=book.id,
        step=len(movements) + 1,
        kind=str(new.kind),
        first=first,
        last=last,
        moved_on=new.moved_on,
        team=new.team.strip() or None,
        made_at=clock.now(),
        made_by=actor.user_id,
    )
    session.add(made)
    session.flush()
    session.execute(
        update(VoucherState)
        .where(col(VoucherState.book_id) == book.id, col(VoucherState.serial).between(first, last))
        .values(place=str(WAYS[new.kind][1]))
    )
    audit.record_about(
        session, audit.Act.VOUCHERS_MOVED, book, kind=str(new.kind), count=last - first + 1
    )
    return made


def _described(book: VoucherBook, run: LocatedRange) -> str:
    where = {
        BookLocation.PRINTER: _("Vouchers {first} to {last} are not received in store yet."),
        BookLocation.STORE: _("Vouchers {first} to {last} are in store."),
        BookLocation.TEAM: _("Vouchers {first} to {last} are with a team."),
    }[run.place]
    return where.format(first=number_of(book, run.first), last=number_of(book, run.last))


def _refuse_given(session: Session, book: VoucherBook, first: int, last: int) -> None:
    query = (
        select(VoucherState.serial)
        .where(
            VoucherState.book_id == book.id,
            col(VoucherState.serial).between(first, last),
        )
        .order_by(col(VoucherState.serial))
    )
    serial = session.exec(query).first()
    if serial is not None:
        raise RuleError(
            _("Voucher {number} is handed out, void or lost, so it does not move.").format(
                number=number_of(book, serial)
            ),
            code="voucher_given_out",
        )
