"""Posting a vendor's claim: what was redeemed of each voucher, and what the vendor is owed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col

from cva.core.db import TableRows
from cva.kinds.sheet_entries import post_by_day, with_entries
from cva.kinds.voucher_findings import has_state
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN, Sheet, StagedRow
from cva.staging.rows import days_to_post
from cva.vouchers import voucher_events
from cva.vouchers.models import Voucher, VoucherEventKind, VoucherState
from cva.vouchers.voucher_lines import redemption_lines


def post_claim(context: SheetContext) -> int:
    """Post the rows of a claim that are ready; return how many. The caller compared them."""
    session, sheet = context.session, context.sheet
    rows = with_entries(_rows(context), "happened_on")
    made = voucher_events.numbered(session, sheet.society_id, rows)
    lines = partial(redemption_lines, context.programme)
    post_by_day(session, sheet, made, "happened_on", voucher_events.BEHIND, lines)
    events = [{name: row[name] for name in voucher_events.COLUMNS} for row in made]
    voucher_events.record(session, sheet.society_id, events)
    return len(events)


def _rows(context: SheetContext) -> TableRows:
    """The events, each with ``round_id`` and ``is_outstanding``, which its lines read."""
    session, sheet = context.session, context.sheet
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.voucher_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor), col(StagedRow.vendor_id)),
            *(col(VoucherState.voucher_id), col(VoucherState.face_minor), col(Voucher.round_id)),
        )
        .join(VoucherState, has_state(context))
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id)
        .where(col(StagedRow.sheet_id) == sheet.id, col(StagedRow.state).in_(GIVEN))
        .order_by(col(StagedRow.number))
    )
    rows = [_redemption(sheet, *row) for row in session.execute(query)]
    expired = voucher_events.expired_of(session, (row["voucher_id"] for row in rows))
    for row in rows:
        row["is_outstanding"] &= row["voucher_id"] not in expired
    return rows


def _redemption(
    sheet: Sheet,
    number: int,
    key: str,
    day: date,
    *claimed: Any,  # noqa: ANN401
) -> dict[str, Any]:
    currency, minor, vendor_id, voucher_id, face_minor, round_id = claimed
    return {
        "number_key": key,
        "voucher_id": voucher_id,
        "kind": str(VoucherEventKind.REDEEMED),
        "happened_on": day,
        "currency": currency if minor is not None else None,
        "amount_minor": minor,
        "vendor_id": vendor_id,
        "sheet_id": sheet.id,
        "row_number": number,
        "round_id": round_id,
        "is_outstanding": face_minor is not None,
    }


def days_of_claim(context: SheetContext) -> Sequence[date]:
    """The days of the entries that a claim will be posted as."""
    return days_to_post(context.session, context.sheet.id, context.today)
