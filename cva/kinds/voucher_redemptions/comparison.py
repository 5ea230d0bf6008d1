"""Whose claim a sheet is, compared with hand-outs, books and what was redeemed before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_

from cva.kinds.voucher_findings import VENDOR, VoucherFinding, has_state, with_histories
from cva.sheets.checking.checked import Checked
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import Sheet, StagedRow
from cva.staging.rows import update_rows
from cva.vouchers import vendors
from cva.vouchers.claim_rules import ClaimedVoucher, ClaimFault, HeldVoucher, fault_of
from cva.vouchers.models import Voucher, VoucherEvent, VoucherEventKind, VoucherState
from cva.vouchers.voucher_states import Shelved


def find_claimants(context: SheetContext, checked: Checked) -> Mapping[str, list[Any]]:
    """For each row the vendor it names, else the one named beside the file.

    Where a row has neither, the sheet asks which vendor it is.
    """
    session, sheet, rows = context.session, context.sheet, checked.rows
    chosen = sheet.settled.get(VENDOR)
    whole = vendors.ids_of(session, sheet.society_id, [chosen])[0]
    named: list[Any] = [row.values.get(VENDOR) for row in rows]
    if chosen is None and not all(named):
        listed = vendors.list_vendors(session, sheet.society_id)
        options = [vendor.code for vendor in listed]
        sheet.asks = [*sheet.asks, {"choice": VENDOR, "options": options, "heading": ""}]
    found = vendors.ids_of(session, sheet.society_id, named)
    return {"vendor_id": [own if text else whole for own, text in zip(found, named, strict=True)]}


def compare_claim(context: SheetContext) -> list[Finding]:
    """What stands against paying for the vouchers of a claim.

    A row without an amount claims all that is left of its voucher, which is kept with the row.
    """
    if any(ask["choice"] == VENDOR for ask in context.sheet.asks):
        return []  # once it is known who claims, the sheet is checked again
    return with_histories(context, list(_claimed(context)))


def _claimed(context: SheetContext) -> Iterator[VoucherFinding]:
    session, sheet, programme_id = context.session, context.sheet, context.programme.id
    locator = context.locator
    shelf = Shelved(session, sheet.society_id).shelf
    has_books = shelf.of_programme(programme_id)
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
        .join(VoucherState, has_state(context), isouter=True)
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id, isouter=True)
        .where(context.is_ready)
        .order_by(col(StagedRow.number))
    )
    spent: dict[str, tuple[HeldVoucher, int]] = {}
    unstated: dict[tuple[str | None, int], list[int]] = defaultdict(list)
    for (
        row,
        key,
        day,
        currency,
        minor,
        vendor_id,
        *known,
        book_id,
        again,
    ) in context.session.execute(query):
        held = HeldVoucher(*known) if known[2] is not None else None
        held, above = spent.get(key or "", (held, None))
        place = shelf.find(key or "")
        book = shelf.books.get(book_id) if held else place[0] if place else None
        claimed = ClaimedVoucher(key or "", day, currency, minor, vendor_id, was_claimed=again)
        fault = fault_of(claimed, held, book, programme_id, has_books=has_books)
        if fault is None and held is not None:
            spent[key or ""] = held.after(claimed), row
            if minor is None and held.rest_minor is not None:
                unstated[held.currency, held.rest_minor].append(row)
        if fault is not None and fault.code == "voucher-already-redeemed" and above is not None:
            fault = ClaimFault("duplicate-voucher", {"other_row": row_name(locator.parts, above)})
        if fault is not None:
            field = "vendor" if fault.code == "vendor-unknown" else "voucher_number"
            yield key or "", locator.finding(fault.code, row, field, "", **fault.details)
    for (currency, minor), rows in unstated.items():
        # What is read before approval, posted and owed is one stored amount.
        update_rows(session, sheet.id, rows, currency=currency, amount_minor=minor)


def redeemed_before(context: SheetContext, earlier: Sequence[int]) -> Select[Any]:
    """Select the rows of which number, day and amount, or row, were redeemed before."""
    is_same = or_(
        col(StagedRow.amount_minor).is_(None),
        col(VoucherEvent.amount_minor) == StagedRow.amount_minor,
        col(VoucherEvent.row_number) == StagedRow.number,
    )
    return (
        select_columns(col(StagedRow.number))
        .join(VoucherEvent, _was_redeemed(context.sheet) & is_same)
        .where(context.is_ready, col(VoucherEvent.sheet_id).in_(earlier))
        .distinct()
    )


def _was_redeemed(sheet: Sheet) -> ColumnElement[bool]:
    """The condition that an event redeemed the number of a row that day, and is not reversed."""
    undone = aliased(VoucherEvent)
    return and_(
        col(VoucherEvent.society_id) == sheet.society_id,
        col(VoucherEvent.number_key) == StagedRow.voucher_key,
        col(VoucherEvent.kind) == VoucherEventKind.REDEEMED,
        col(VoucherEvent.happened_on) == StagedRow.day,
        ~exists().where(col(undone.undoes_id) == col(VoucherEvent.id)),
    )


def _was_claimed(sheet: Sheet) -> ColumnElement[bool]:
    """Whether a redemption that is not reversed is the same: number, day, vendor and amount."""
    return exists().where(
        _was_redeemed(sheet),
        col(VoucherEvent.vendor_id) == StagedRow.vendor_id,
        col(VoucherEvent.amount_minor)
        == func.coalesce(
            col(StagedRow.amount_minor), col(VoucherState.face_minor) - VoucherState.redeemed_minor
        ),
    )
