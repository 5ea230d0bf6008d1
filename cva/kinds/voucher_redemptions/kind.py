"""Vendors' claims for vouchers, as the engine knows them."""

from cva.journal.entry_proof import OWED, EntryProof
from cva.kinds.row_reversal import RowReversal
from cva.kinds.sheet_kind import SheetKind
from cva.kinds.voucher_redemptions.comparison import compare_claim, find_claimants, redeemed_before
from cva.kinds.voucher_redemptions.posting import days_of_claim, post_claim
from cva.vouchers import reversals, voucher_events

_NAME = "voucher_redemptions"
_REVERSAL = RowReversal(
    entry_kind="redemption_reversal",
    posted_rows=voucher_events.redemptions,
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
    entry_days=days_of_claim,
    reversal=_REVERSAL,
    entry_proofs={
        _NAME: EntryProof((voucher_events.BEHIND,), -1, OWED, may_be_bare=True),
        _REVERSAL.entry_kind: EntryProof((voucher_events.BEHIND,), 1, OWED, may_be_bare=True),
    },
)
