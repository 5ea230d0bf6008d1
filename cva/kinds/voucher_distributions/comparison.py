"""Vouchers handed out compared with books, with hand-outs before, and with the round's list."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import and_, col, select

from cva.core.money import Money
from cva.kinds.handouts.list_comparison import compare_with_list
from cva.kinds.voucher_findings import VoucherFinding, has_state, with_histories
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.vouchers.models import Voucher, VoucherBook, VoucherKey, VoucherState, VoucherStatus
from cva.vouchers.voucher_states import Shelved


def compare_handed_out(context: SheetContext) -> list[Finding]:
    """Numbers that were handed out before."""
    rows = context.session.exec(
        select(StagedRow.number, Voucher.number, Voucher.sheet_id, Voucher.row_number)
        .join(
            VoucherKey,
            and_(
                col(VoucherKey.society_id) == context.sheet.society_id,
                col(VoucherKey.number_key) == StagedRow.voucher_key,
            ),
        )
        .join(Voucher, col(Voucher.id) == VoucherKey.voucher_id)
        .where(context.is_ready)
        .order_by(col(StagedRow.number))
    )
    return [
        context.locator.finding(
            "duplicate-voucher", number, "voucher_number", value, sheet_id=sheet_id, other_row=row
        )
        for number, value, sheet_id, row in rows
    ]


def compare_records(context: SheetContext) -> list[Finding]:
    """What books and the list of the round say; the vouchers of one person are one delivery."""
    found = with_histories(context, list(_against_books(context)))
    return [*found, *compare_with_list(context, is_one_per_person=True)]


def _against_books(context: SheetContext) -> Iterator[VoucherFinding]:
    locator, programme_id = context.locator, context.programme.id
    shelved = Shelved(context.session, context.sheet.society_id)
    shelf = shelved.shelf
    if not shelf.books:
        return
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.voucher_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor)),
            *(col(VoucherState.voucher_id), col(VoucherState.state)),
        )
        .join(VoucherState, has_state(context), isouter=True)
        .where(context.is_ready)
        .order_by(col(StagedRow.number))
    )
    has_books = shelf.of_programme(programme_id)
    for row, key, day, currency, minor, voucher_id, state in context.session.execute(query):
        known = shelf.find(key or "")
        book = known[0] if known else None
        if voucher_id is not None or (book is None and not has_books):
            continue  # handed out before is found elsewhere; without books any number goes
        code = _wrong_number(book, programme_id, day, state)
        if code is not None:
            until = book.expires_on.isoformat() if book and book.expires_on else ""
            yield key or "", locator.finding(code, row, "voucher_number", "", day=until)
            continue
        if known and shelved.is_in_store(*known):
            at = (row, "voucher_number", "")
            yield key or "", locator.finding("voucher-in-store", *at, book=known[0].code)
        if book is not None and (currency, minor) != (book.currency, book.face_minor):
            amount = str(Money(currency, minor)) if currency and minor is not None else ""
            details = {"book": book.code, "face": _face(book)}
            found = locator.finding("voucher-face-differs", row, "amount", amount, **details)
            yield key or "", found


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
        return str(Money(book.currency, book.face_minor))
    return book.goods or ""
