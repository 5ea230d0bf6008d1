"""Vouchers in a staged sheet held against books, hand-outs and what happened since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cva.core.money import plain
from cva.kinds.voucher_redemptions.claimants import CHOICE
from cva.programmes.models import Programme
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.findings.voucher_steps import VoucherStep, pack
from cva.staging.check_context import CellLocator
from cva.staging.models import RowState, Sheet, StagedRow
from cva.vouchers.claim_rules import ClaimedVoucher, ClaimFault, HeldVoucher, fault_of
from cva.vouchers.models import (
    Voucher,
    VoucherBook,
    VoucherEvent,
    VoucherEventKind,
    VoucherState,
    VoucherStatus,
)
from cva.vouchers.voucher_history import Happened, histories
from cva.vouchers.voucher_states import BATCH, Shelved

#: Fields whose text is told as it was typed.
_TYPED = frozenset({"voucher_number", "vendor"})


@dataclass(frozen=True, slots=True)
class _VoucherFinding:
    """A finding about the number of a row, before its history is added."""

    row: int
    number_key: str
    finding: Finding


def compare_vouchers(
    session: Session, sheet: Sheet, programme: Programme, places: CellLocator
) -> list[Finding]:
    """What stands against the vouchers of a sheet, each with what happened to it so far."""
    if sheet.kind not in {"voucher_distributions", "voucher_redemptions"}:
        return []
    if any(ask["choice"] == CHOICE for ask in sheet.asks):
        return []  # once it is known who claims, the sheet is checked anew
    shelved = Shelved(session, sheet.society_id)
    compare = _claimed if sheet.kind == "voucher_redemptions" else _handed_out
    found = _as_typed(session, sheet, list(compare(session, sheet, programme, places, shelved)))
    return _with_histories(session, sheet, found)


def _claimed(
    session: Session, sheet: Sheet, programme: Programme, places: CellLocator, shelved: Shelved
) -> Iterator[_VoucherFinding]:
    shelf = shelved.shelf
    has_books = shelf.of_programme(programme.id)
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.voucher_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor), col(StagedRow.vendor_id)),
            *(col(VoucherState.programme_id), col(VoucherState.voucher_id)),
            *(col(VoucherState.state), col(VoucherState.currency)),
            *(col(VoucherState.face_minor), col(VoucherState.redeemed_minor)),
            *(col(Voucher.issued_on), col(VoucherState.book_id)),
            _was_claimed(sheet),
        )
        .join(VoucherState, _state_of(sheet), isouter=True)
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id, isouter=True)
        .where(_ready(sheet))
        .order_by(col(StagedRow.number))
    )
    spent: dict[str, tuple[HeldVoucher, int]] = {}
    for row, key, day, currency, minor, vendor_id, *known, book_id, again in session.execute(query):
        held = HeldVoucher(*known) if known[2] is not None else None
        held, above = spent.get(key or "", (held, None))
        place = shelf.find(key or "")
        book = shelf.books.get(book_id) if held else place[0] if place else None
        claimed = ClaimedVoucher(key or "", day, currency, minor, vendor_id, was_claimed=again)
        fault = fault_of(claimed, held, book, programme.id, has_books=has_books)
        if fault is None and held is not None:
            spent[key or ""] = held.after(claimed), row
        if fault is not None and fault.code == "voucher-already-redeemed" and above is not None:
            fault = ClaimFault("duplicate-voucher", {"other_row": str(above)})
        if fault is not None:
            field = "vendor" if fault.code == "vendor-unknown" else "voucher_number"
            yield _found(places, fault.code, row, field, "", key or "", **fault.details)


def _was_claimed(sheet: Sheet) -> ColumnElement[bool]:
    """Whether a redemption that stands is the same: number, day, vendor and amount."""
    undone = aliased(VoucherEvent)
    return exists().where(
        col(VoucherEvent.society_id) == sheet.society_id,
        col(VoucherEvent.number_key) == StagedRow.voucher_key,
        col(VoucherEvent.kind) == VoucherEventKind.REDEEMED,
        col(VoucherEvent.happened_on) == StagedRow.day,
        col(VoucherEvent.vendor_id) == StagedRow.vendor_id,
        col(VoucherEvent.amount_minor) == StagedRow.amount_minor,
        ~exists().where(col(undone.undoes_id) == col(VoucherEvent.id)),
    )


def _handed_out(
    session: Session, sheet: Sheet, programme: Programme, places: CellLocator, shelved: Shelved
) -> Iterator[_VoucherFinding]:
    shelf = shelved.shelf
    if not shelf.books:
        return
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.voucher_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor)),
            *(col(VoucherState.voucher_id), col(VoucherState.state)),
        )
        .join(VoucherState, _state_of(sheet), isouter=True)
        .where(_ready(sheet))
        .order_by(col(StagedRow.number))
    )
    has_books = shelf.of_programme(programme.id)
    for row, key, day, currency, minor, voucher_id, state in session.execute(query):
        known = shelf.find(key or "")
        book = known[0] if known else None
        if voucher_id is not None or (book is None and not has_books):
            continue  # handed out before is found elsewhere; without books any number goes
        code = _wrong_number(book, programme.id, day, state)
        if code is not None:
            until = book.expires_on.isoformat() if book and book.expires_on else ""
            yield _found(places, code, row, "voucher_number", "", key or "", day=until)
            continue
        if known and shelved.is_in_store(*known):
            code, details = "voucher-in-store", {"book": known[0].code}
            yield _found(places, code, row, "voucher_number", "", key or "", **details)
        if book is not None and (currency, minor) != (book.currency, book.face_minor):
            said = f"{plain(currency, minor)} {currency}" if currency and minor is not None else ""
            details = {"book": book.code, "face": _face(book)}
            yield _found(places, "voucher-face-differs", row, "amount", said, key or "", **details)


def _wrong_number(
    book: VoucherBook | None, programme_id: int, day: date | None, state: str | None
) -> str | None:
    if book is None or book.programme_id != programme_id:
        return "voucher-not-in-book"
    if state is not None:
        return "voucher-lost" if state == VoucherStatus.LOST else "voucher-void"
    if day is not None and book.expires_on is not None and day > book.expires_on:
        return "voucher-expired"
    return None


def _face(book: VoucherBook) -> str:
    if book.currency and book.face_minor is not None:
        return f"{plain(book.currency, book.face_minor)} {book.currency}"
    return book.goods or ""


def _ready(sheet: Sheet) -> ColumnElement[bool]:
    return and_(col(StagedRow.sheet_id) == sheet.id, col(StagedRow.state) == RowState.READY)


def _state_of(sheet: Sheet) -> ColumnElement[bool]:
    return and_(
        col(VoucherState.society_id) == sheet.society_id,
        col(VoucherState.number_key) == StagedRow.voucher_key,
    )


def _found(
    places: CellLocator, code: str, row: int, field: str, value: str, key: str, **details: str
) -> _VoucherFinding:
    finding = places.finding(severity_of(code), code, row, field, value, **details)
    return _VoucherFinding(row, key, finding)


def _as_typed(
    session: Session, sheet: Sheet, found: list[_VoucherFinding]
) -> list[_VoucherFinding]:
    """Number, or the vendor's code or name, as typed, which only the encrypted row has."""
    rows = sorted({each.row for each in found})
    records: dict[int, Mapping[str, object]] = {}
    for start in range(0, len(rows), BATCH):
        query = select_columns(col(StagedRow.number), col(StagedRow.record)).where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.number).in_(rows[start : start + BATCH]),
        )
        records |= {number: record[1] for number, record in session.execute(query)}
    beside = {"vendor": sheet.settled.get(CHOICE, "")}
    told = []
    for each in found:
        name = each.finding.field or ""
        if name in _TYPED:
            value = str(records[each.row].get(name) or beside.get(name, ""))
            each = replace(each, finding=replace(each.finding, value=value))  # noqa: PLW2901
        told.append(each)
    return told


def _with_histories(
    session: Session, sheet: Sheet, found: Sequence[_VoucherFinding]
) -> list[Finding]:
    known = histories(session, sheet.society_id, {each.number_key for each in found})
    return [_told(each.finding, known.get(each.number_key, [])) for each in found]


def _told(finding: Finding, happened: Sequence[Happened]) -> Finding:
    if not happened:
        return finding
    details = dict(finding.details) | {"history": pack(map(_step, happened))}
    redeemed = [each for each in happened if each.kind == VoucherEventKind.REDEEMED]
    if finding.code == "voucher-already-redeemed" and redeemed:
        details["day"] = redeemed[-1].happened_on.isoformat()
    return replace(finding, details=details)


def _step(happened: Happened) -> VoucherStep:
    money = happened.money
    return VoucherStep(
        kind=happened.kind,
        day=happened.happened_on.isoformat(),
        sheet=str(happened.sheet_id or ""),
        row=str(happened.row_number or ""),
        amount=f"{plain(money.currency, money.minor)} {money.currency}" if money else "",
    )
