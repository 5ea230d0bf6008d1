"""Posting a vendor's claim: what was redeemed of each voucher, and what the vendor is owed."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.random_ids import new_ids
from cva.journal import entry_posting
from cva.kinds.sheet_entries import entry_of
from cva.programmes.models import Programme
from cva.staging.models import RowState, Sheet, StagedRow
from cva.vouchers import voucher_events
from cva.vouchers.models import Voucher, VoucherEventKind, VoucherState
from cva.vouchers.voucher_lines import redemption_lines

Rows = list[dict[str, Any]]
#: What the lines read of a redemption beside its event.
_BESIDE = ("round_id", "is_outstanding")


def post_claim(session: Session, sheet: Sheet, programme: Programme) -> int:
    """Post the rows of a claim that are ready; return how many. The caller compared them."""
    rows = _rows(session, sheet)
    days = sorted({row["happened_on"] for row in rows})
    entry_ids = dict(zip(days, new_ids(len(days)), strict=True))
    beside = [{name: row.pop(name) for name in _BESIDE} for row in rows]
    made = voucher_events.numbered(
        session,
        sheet.society_id,
        [row | {"entry_id": entry_ids[row["happened_on"]]} for row in rows],
    )
    by_day: dict[date, Rows] = defaultdict(list)
    lines: dict[date, Rows] = defaultdict(list)
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
                redemption_lines(programme, lines[day]),
            )
            for day in days
        ],
    )
    voucher_events.record(session, sheet.society_id, made)
    return len(made)


def _rows(session: Session, sheet: Sheet) -> Rows:
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.voucher_key), col(StagedRow.day)),
            *(col(StagedRow.currency), col(StagedRow.amount_minor), col(StagedRow.vendor_id)),
            *(col(VoucherState.voucher_id), col(VoucherState.currency)),
            *(col(VoucherState.face_minor), col(VoucherState.redeemed_minor)),
            col(Voucher.round_id),
        )
        .join(
            VoucherState,
            and_(
                col(VoucherState.society_id) == sheet.society_id,
                col(VoucherState.number_key) == StagedRow.voucher_key,
            ),
        )
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id)
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
        )
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
    """One redemption; a claim without an amount is for all that is left of the face value."""
    currency, minor, vendor_id, voucher_id, own_currency, face, redeemed, round_id = claimed
    if minor is None and face is not None:
        currency, minor = own_currency, face - redeemed
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
        "is_outstanding": face is not None,
    }
