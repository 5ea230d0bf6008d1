"""Vendors' claims for vouchers, as the engine knows them."""

from functools import partial

from sqlalchemy import select as select_columns
from sqlmodel import col

from cva.core.db import TableRows
from cva.journal.entry_proof import OWED, EntryProof
from cva.kinds.row_reversal import RowReversal
from cva.kinds.sheet_entries import entry_days, post_by_day, with_entries
from cva.kinds.sheet_kind import SheetKind
from cva.kinds.voucher_findings import has_state
from cva.kinds.voucher_redemptions.comparison import compare_claim, find_claimants, redeemed_before
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN, StagedRow
from cva.vouchers import reversals, voucher_events
from cva.vouchers.models import Voucher, VoucherEventKind, VoucherState
from cva.vouchers.voucher_lines import redemption_lines

_NAME = "voucher_redemptions"


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
    rows = session.execute(query).all()
    expired = voucher_events.expired_of(session, (row.voucher_id for row in rows))
    return [
        {
            "number_key": row.voucher_key,
            "voucher_id": row.voucher_id,
            "kind": str(VoucherEventKind.REDEEMED),
            "happened_on": row.day,
            "currency": row.currency if row.amount_minor is not None else None,
            "amount_minor": row.amount_minor,
            "vendor_id": row.vendor_id,
            "sheet_id": sheet.id,
            "row_number": row.number,
            "round_id": row.round_id,
            "is_outstanding": row.face_minor is not None and row.voucher_id not in expired,
        }
        for row in rows
    ]


_REVERSAL = RowReversal(
    entry_kind="redemption_reversal",
    posted=voucher_events.redemptions,
    events=reversals.redemptions_undone,
    behind=voucher_events.BEHIND,
    record=voucher_events.record,
    lines=reversals.redeemed_lines,
    refuse_changed=reversals.refuse_ended,
)

VOUCHER_REDEMPTIONS = SheetKind(
    name=_NAME,
    is_claim=True,
    beside=find_claimants,
    compare_records=compare_claim,
    posted_before=redeemed_before,
    post=post_claim,
    entry_days=entry_days,
    reversal=_REVERSAL,
    entry_proofs={
        _NAME: EntryProof((voucher_events.BEHIND,), -1, OWED, may_be_bare=True),
        _REVERSAL.entry_kind: EntryProof((voucher_events.BEHIND,), 1, OWED, may_be_bare=True),
    },
)
