"""Cash handed out, as the engine knows it."""

from functools import partial

from cva.journal.entry_proof import EntryProof
from cva.kinds.cash_transfers.already_paid import compare_paid, compare_renumbered, paid_before
from cva.kinds.cash_transfers.posting import post_cash
from cva.kinds.cash_transfers.reversal import CASH_REVERSAL
from cva.kinds.handouts.absences import KIND as ABSENCES
from cva.kinds.handouts.collection_check import compare_collecting
from cva.kinds.handouts.field_list_comparison import compare_field_list, instalments_named
from cva.kinds.handouts.list_comparison import compare_with_list, refuse_before_list
from cva.kinds.handouts.posting import days_of_handouts
from cva.kinds.sheet_kind import SheetKind
from cva.programmes.models import Modality
from cva.transfers import service as transfers
from cva.transfers.round_payments import ABSENCES_BEHIND

_NAME = "cash_transfers"


CASH_TRANSFERS = SheetKind(
    name=_NAME,
    is_handout=True,
    modalities=frozenset({None, Modality.CASH}),
    must_be_registered=True,
    pays_cash=True,
    paying_entries=frozenset({_NAME, CASH_REVERSAL.entry_kind}),
    beside=instalments_named,
    refuse=refuse_before_list,
    compare_posted=compare_paid,
    compare_records=partial(compare_with_list, is_one_per_person=False),
    compare_file=compare_field_list,
    compare_people=compare_collecting,
    posted_before=paid_before,
    compare_renamed=compare_renumbered,
    post=post_cash,
    entry_days=days_of_handouts,
    reversal=CASH_REVERSAL,
    entry_proofs={
        _NAME: EntryProof((transfers.BEHIND,), 1),
        CASH_REVERSAL.entry_kind: EntryProof((transfers.EVENTS_BEHIND,), -1),
        ABSENCES: EntryProof((ABSENCES_BEHIND,)),
    },
)
