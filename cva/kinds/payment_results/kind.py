"""What financial service providers answer of payments, as the engine knows it."""

from cva.journal.entry_proof import FEES as FEE_ACCOUNTS
from cva.journal.entry_proof import EntryProof
from cva.kinds.payment_results.comparison import compare_results
from cva.kinds.payment_results.pending_results import with_undecided_results
from cva.kinds.payment_results.posting import days_of_results, post_results
from cva.kinds.payment_results.result_rows import FEES, RESULTS, RETURNS
from cva.kinds.payment_results.reversal import ResultsReversal, reversal_kind
from cva.kinds.sheet_kind import SheetKind
from cva.providers import payment_events
from cva.transfers import service as transfers

_PAID = (transfers.BEHIND, payment_events.BEHIND)
_CHANGED = (transfers.EVENTS_BEHIND, payment_events.BEHIND)
_KEPT = (payment_events.BEHIND,)

PAYMENT_RESULTS = SheetKind(
    name=RESULTS,
    is_answer=True,
    names_people=False,
    pays_cash=True,
    paying_entries=frozenset({RESULTS, reversal_kind(RESULTS)}),
    compare_records=compare_results,
    pending=with_undecided_results,
    post=post_results,
    entry_days=days_of_results,
    reversal=ResultsReversal(),
    entry_proofs={
        RESULTS: EntryProof(_PAID, 1),
        reversal_kind(RESULTS): EntryProof(_CHANGED, -1),
        RETURNS: EntryProof(_CHANGED, -1),
        reversal_kind(RETURNS): EntryProof(_CHANGED, 1),
        FEES: EntryProof(_KEPT, 1, FEE_ACCOUNTS),
        reversal_kind(FEES): EntryProof(_KEPT, -1, FEE_ACCOUNTS),
    },
)
