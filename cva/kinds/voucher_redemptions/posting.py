"""Posting a vendor's claim: what was redeemed of each voucher, and what the vendor is owed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col

from cva.core.db import TableRows
from cva.core.identifiers import new_ids
from cva.journal import entry_posting
from cva.kinds.sheet_entries import entry_of
from cva.kinds.voucher_findings import has_state
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN, Sheet, StagedRow
from cva.staging.rows import days_to_post
from cva.vouchers import voucher_events
from cva.vouchers.models import Voucher, VoucherEventKind, VoucherState
from cva.vouchers.voucher_lines import redemption_lines

#: What the lines read of a redemption beside its event.
_BESIDE = ("round_id", "is_outstanding")


def post_claim(context: SheetContext) -> int:
    """Post the rows of a claim that are ready; return how many. The caller compared them."""
    session, sheet = context.session, context.sheet
    rows = _rows(context)
    days = sorted({row["happened_on"] for row in rows})
    entry_ids = dict(zip(days, new_ids(len(days)), strict=True))
    beside = [{name: row.pop(name) for name in _BESIDE} for row in rows]
    made = voucher_events.numbered(
        session,
        sheet.society_id,
        [row | {"entry_id": entry_ids[row["happened_on"]]} for row in rows],
    )
    by_day: dict[date, TableRows] = defaultdict(list)
    lines: dict[date, TableRows] = defaultdict(list)
    for row, more in zip(made, beside, strict=True):
        by_day[row["happened_on"]].append(row)
        lines[row["happened_on"]].append(row | more)
    entry_posting.post(
        session,
        [
            entry_of(
                sheet,
                entry_ids[day],
                day,
                len(by_day[day]),
                voucher_events.BEHIND.digest(by_day[day]),
                redemption_lines(context.programme, lines[day]),
            )
            for day in days
        ],
    )
    voucher_events.record(session, sheet.society_id, made)
    return len(made)


def _rows(context: SheetContext) -> TableRows:
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
