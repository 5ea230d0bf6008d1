"""One number looked up: what it is, whose book it is in, what happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from cva.beneficiaries.proxies import collectors_of
from cva.beneficiaries.service import numbers_of
from cva.core import clock
from cva.core.errors import NotFoundError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.money import Money, money_of
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.journal import service as journal
from cva.journal.service import Recorded
from cva.societies import service as societies
from cva.vouchers import books, vendors, voucher_states
from cva.vouchers.models import Voucher, VoucherBook, VoucherState, VoucherStatus
from cva.vouchers.numbering import Shelf, number_of
from cva.vouchers.voucher_history import HANDED_OUT, Happened, histories


@dataclass(frozen=True, slots=True)
class NumberView:
    """A voucher as people are shown it; of a person the registration number.

    Attributes:
        state: A ``State``, ``"expired"``, or ``"unissued"``.
        rest: What is left of its face value.
        registration_no: Of whoever it was handed out to.
        collected: By the ids of hand-outs, who collected and how it was confirmed; told to those
            who see sheets.
        entries: By id, when and by whom an entry was posted. ``people``: e-mail addresses.
        vendors: Codes by id. ``numbers``: of vouchers that took its place, by their ids.
    """

    number: str
    state: str
    book: VoucherBook | None
    face: Money | None
    rest: Money | None
    registration_no: str | None
    steps: Sequence[Happened]
    collected: Mapping[int, Mapping[str, str]]
    entries: Mapping[int, Recorded]
    people: Mapping[int, str]
    vendors: Mapping[int, str]
    numbers: Mapping[int, str]


def look_up(session: Session, society_id: int, text: str) -> NumberView:
    """The voucher with a number.

    Raises:
        NotFoundError: No voucher of the society has it.
        ForbiddenError: The actor's role does not see vouchers.
    """
    actor_of(session).require(Permission.SEE_ROUNDS, society_id)
    key = comparable(text)
    state = voucher_states.state_of(session, society_id, key)
    known = Shelf(books.list_books(session, society_id)).find(key)
    steps = histories(session, society_id, [key])[key]
    if state is None and known is None and not steps:
        raise NotFoundError(_("There is no voucher with this number."), code="voucher_unknown")
    book = known[0] if known else None
    valued = state or book
    query = select(Voucher).where(Voucher.id == (state.voucher_id if state else None))
    voucher = session.exec(query).one_or_none()
    holders = [voucher.beneficiary_id] if voucher else []
    entries = journal.recorded(session, {step.entry_id for step in steps})
    return NumberView(
        number=voucher.number if voucher else number_of(*known) if known else text.strip(),
        state=_state(session, society_id, state, book),
        book=book,
        face=money_of(valued.currency, valued.face_minor) if valued else None,
        rest=_rest(state),
        registration_no=next(iter(numbers_of(session, holders).values()), None),
        steps=steps,
        collected=_collected(session, society_id, steps),
        entries=entries,
        people=societies.emails(session, [each.by for each in entries.values()]),
        vendors={each.id: each.code for each in vendors.list_vendors(session, society_id)},
        numbers=_numbers(session, steps),
    )


def _state(
    session: Session, society_id: int, state: VoucherState | None, book: VoucherBook | None
) -> str:
    if state is None:
        return "unissued"
    today = clock.today(societies.get_society(session, society_id).time_zone)
    is_past = book is not None and book.expires_on is not None and book.expires_on < today
    return "expired" if state.state == VoucherStatus.OUT and is_past else state.state


def _rest(state: VoucherState | None) -> Money | None:
    if state is None or state.rest_minor is None or state.currency is None:
        return None
    return Money(state.currency, state.rest_minor if state.state == VoucherStatus.OUT else 0)


def _collected(
    session: Session, society_id: int, steps: Sequence[Happened]
) -> dict[int, dict[str, str]]:
    if not actor_of(session).may(Permission.SEE_SHEETS, society_id):
        return {}
    given = [step.voucher_id for step in steps if step.kind == HANDED_OUT and step.voucher_id]
    return collectors_of(session, given)


def _numbers(session: Session, steps: Sequence[Happened]) -> dict[int, str]:
    ids = [step.replacement_id for step in steps if step.replacement_id is not None]
    query = select(Voucher.id, Voucher.number).where(col(Voucher.id).in_(ids))
    return dict(session.exec(query).all())
