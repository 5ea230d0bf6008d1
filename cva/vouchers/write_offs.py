"""Vouchers that end without being redeemed: void, lost, destroyed. Two people each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from cva.core.errors import InputError, RuleError
from cva.core.i18n import N_, apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.vouchers import books, voucher_events
from cva.vouchers.models import Voucher, VoucherBook, VoucherEventKind, VoucherState, VoucherStatus
from cva.vouchers.numbering import Shelf, number_of, range_of
from cva.vouchers.request_schemas import DestructionSchema, WriteOffSchema, day_of_request
from cva.vouchers.voucher_lines import ended_lines

#: So many numbers one request may name.
MOST_NUMBERS = 10_000


@dataclass(frozen=True, slots=True)
class WriteOff:
    """A number that would end.

    Attributes:
        number: As it was handed out, else as it is printed.
        state: None where it was not handed out.
        rest_minor: What was not redeemed of a voucher that was handed out.
    """

    number: str
    programme_id: int
    voucher_id: int | None = None
    state: str | None = None
    round_id: int | None = None
    currency: str | None = None
    rest_minor: int | None = None


def _numbers(first: str, last: str) -> dict[str, str]:
    """As they are written, by how they are compared."""
    if not last or comparable(first) == comparable(last):
        return {comparable(first): first}
    found = range_of(first, last)
    written = (number_of(found, serial) for serial in range(found.first, found.last + 1))
    return {comparable(number): number for number in written}


def write_offs_of(
    session: Session,
    society_id: int,
    first: str,
    last: str,
    on: date,
    *,
    among: Collection[VoucherStatus] = (VoucherStatus.OUT,),
) -> list[WriteOff]:
    """The vouchers with these numbers, each of them still good on the day.

    Args:
        session: The caller's transaction.
        society_id: Whose they are.
        first: As written.
        last: Blank where it is one number.
        on: The day on which they end.
        among: What those that were handed out may be.

    Raises:
        RuleError: One of them is not known, redeemed, ended, or was handed out later.
    """
    numbers = _numbers(first, last)
    known = _known(session, society_id, numbers)
    shelf = Shelf(books.list_books(session, society_id))
    return [
        _unissued_of(number, shelf.find(key))
        if key not in known
        else _write_off(*known[key], number, on, among)
        for key, number in numbers.items()
    ]


def _known(
    session: Session, society_id: int, keys: Collection[str]
) -> dict[str, tuple[VoucherState, Voucher | None]]:
    """What the numbers are that were handed out, or can no longer be, each with its hand-out."""
    query = (
        select(VoucherState, Voucher)
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id, isouter=True)
        .where(VoucherState.society_id == society_id, col(VoucherState.number_key).in_(keys))
    )
    return {state.number_key: (state, voucher) for state, voucher in session.exec(query)}


def _unissued_of(number: str, found: tuple[VoucherBook, int] | None) -> WriteOff:
    if found is None:
        raise RuleError(
            _('There is no voucher "{number}".').format(number=number), code="voucher_unknown"
        )
    book, serial = found
    return WriteOff(number_of(book, serial), book.programme_id)


def _write_off(
    state: VoucherState,
    voucher: Voucher | None,
    written: str,
    on: date,
    among: Collection[VoucherStatus],
) -> WriteOff:
    number = voucher.number if voucher else written
    if voucher is None or state.state not in among:
        message = {
            VoucherStatus.REDEEMED: _('The voucher "{number}" is redeemed already.'),
            VoucherStatus.REPLACED: _('The voucher "{number}" is replaced already.'),
            VoucherStatus.LOST: _('The voucher "{number}" was reported lost already.'),
        }.get(VoucherStatus(state.state), _('The voucher "{number}" is void already.'))
        raise RuleError(message.format(number=number), code="voucher_not_as_asked")
    if on < voucher.issued_on:
        raise RuleError(
            _('The voucher "{number}" was handed out later.').format(number=number),
            code="day_before_hand_out",
        )
    return WriteOff(
        number,
        state.programme_id,
        voucher.id,
        state.state,
        voucher.round_id,
        state.currency,
        state.rest_minor,
    )


def event_of(write_off: WriteOff) -> dict[str, Any]:
    """What the event of a number that ends has, whatever its kind and day."""
    return {
        "number_key": comparable(write_off.number),
        "voucher_id": write_off.voucher_id,
        "currency": write_off.currency if write_off.rest_minor else None,
        "amount_minor": write_off.rest_minor or None,
    }


def day_of(details: Mapping[str, Any]) -> date:
    """The day that was said."""
    return date.fromisoformat(details["on"])


def _read(
    kind: VoucherEventKind, session: Session, society_id: int, texts: Mapping[str, str]
) -> dict[str, Any]:
    schema = DestructionSchema() if kind == VoucherEventKind.DESTROYED else WriteOffSchema()
    asked = schema.take(texts)
    if len(_numbers(asked["first"], asked["last"])) > MOST_NUMBERS:
        message = _("Ask for at most {count} numbers at once.").format(count=MOST_NUMBERS)
        raise InputError(message, {"last": [message]}, code="numbers_too_many")
    details = {name: text for name, text in asked.items() if name != "reason"}
    details["on"] = day_of_request(session, society_id, asked["on"]).isoformat()
    _ending(kind, session, society_id, details)
    return details


def _ending(
    kind: VoucherEventKind, session: Session, society_id: int, details: Mapping[str, Any]
) -> list[WriteOff]:
    """The vouchers that end.

    Raises:
        RuleError: One cannot end, or was handed out and so is not destroyed.
    """
    found = write_offs_of(session, society_id, details["first"], details["last"], day_of(details))
    given = next((each for each in found if each.voucher_id is not None), None)
    if kind == VoucherEventKind.DESTROYED and given is not None:
        raise RuleError(
            _('The voucher "{number}" is handed out. Make it void instead.').format(
                number=given.number
            ),
            code="voucher_handed_out",
        )
    return found


def _end(kind: VoucherEventKind, session: Session, request: ApprovedRequest) -> None:
    details = request.details
    found = _ending(kind, session, request.society_id, details)
    by_programme: dict[int, list[dict[str, Any]]] = defaultdict(list)
    expired = voucher_events.expired_of(session, (each.voucher_id for each in found))
    for each in found:
        if each.voucher_id is not None and each.voucher_id not in expired:
            by_programme[each.programme_id].append(asdict(each))
    lines = [
        line
        for programme_id, rows in by_programme.items()
        for line in ended_lines(programmes.get_programme(session, programme_id), rows)
    ]
    events = [event_of(each) for each in found]
    voucher_events.post_request(session, request, kind, day_of(details), events, lines)


def _shown(details: Mapping[str, Any]) -> str:
    if not details["last"]:
        return apart(str(details["first"]))
    return _("{first} to {last}").format(first=apart(details["first"]), last=apart(details["last"]))


def _action(name: str, kind: VoucherEventKind, text: str) -> ApprovalAction:
    """The action of ending vouchers in one way; ``text`` says what would be done."""
    return ApprovalAction(
        name,
        Permission.PREPARE,
        Permission.DECIDE_SHEETS,
        partial(_read, kind),
        partial(_end, kind),
        lambda _session, details: _(text).format(numbers=_shown(details)),
    )


VOID = _action("void_vouchers", VoucherEventKind.VOID, N_("Make void: {numbers}."))
LOST = _action("lose_vouchers", VoucherEventKind.LOST, N_("Report lost: {numbers}."))
DESTROYED = _action(
    "destroy_vouchers",
    VoucherEventKind.DESTROYED,
    N_("Record as destroyed before witnesses: {numbers}."),
)
