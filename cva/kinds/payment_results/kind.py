"""What financial service providers answer of payments, as the engine knows it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cva.core.errors import ConflictError
from cva.core.i18n import gettext as _
from cva.journal import entry_posting
from cva.journal.entry_proof import FEES as FEE_ACCOUNTS
from cva.journal.entry_proof import EntryProof
from cva.journal.row_digests import digest_of_all
from cva.kinds.payment_results.by_phone import find_payment_list
from cva.kinds.payment_results.comparison import compare_results
from cva.kinds.payment_results.outcomes import ResultOutcome, outcomes_of
from cva.kinds.payment_results.pending_results import with_undecided_results
from cva.kinds.payment_results.result_rows import (
    FEES,
    RESULTS,
    RETURNS,
    EntryRows,
    lines_of,
    made_of,
    parts_of,
)
from cva.kinds.payment_results.reversal import ResultsReversal, reversal_kind
from cva.kinds.sheet_entries import entry_of
from cva.kinds.sheet_kind import SheetKind
from cva.providers import payment_events
from cva.providers.models import PaymentAnswer
from cva.providers.outcome_rules import CLOSED, REACHED
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN
from cva.transfers import service as transfers

#: In this order the entries of a day are numbered.
_ORDER = (RESULTS, RETURNS, FEES)


def post_results(context: SheetContext) -> int:
    """Post the rows of a results sheet that are ready or excepted; return how many.

    The caller holds the book's lock and has held the rows against the payments.

    Raises:
        ConflictError: A row is not as it was when it was looked at.
    """
    session, sheet = context.session, context.sheet
    outcomes = [each for each in outcomes_of(context, GIVEN) if not each.settled.is_known]
    if any(each.settled.fault for each in outcomes):
        raise ConflictError(
            _("This sheet changed while you looked at it. Reload, then decide."),
            code="sheet_changed",
        )
    made = made_of(session, sheet, outcomes)
    ordered = sorted(made, key=lambda key: (key[0], _ORDER.index(key[1])))
    entry_posting.post(session, [_entry(context, *key, made[key]) for key in ordered])
    everything = list(made.values())
    transfers.record(
        session, [row for group in everything for row in group.transfers], round_is_named=True
    )
    returned = [row for group in everything for row in group.returns]
    transfers.record_events(session, returned)
    answers = [row for group in everything for row in group.events]
    payment_events.record(session, answers, _reasons(outcomes))
    return len(outcomes)


def days_of_results(context: SheetContext) -> list[date]:
    """The day of each entry that ``post_results`` would post, in their order."""
    outcomes = outcomes_of(context, GIVEN)
    keys = {key for each in outcomes if not each.settled.fault for key in _entries_of(each)}
    return sorted(day for day, _kind in keys)


def _entries_of(outcome: ResultOutcome) -> Iterator[tuple[date, str]]:
    """The entries that a row goes to: it moves money, or is noted; and it may cost a fee."""
    settled = outcome.settled
    if settled.is_known:
        return
    if settled.kind == PaymentAnswer.RETURNED:
        yield outcome.on, RETURNS
    elif settled.kind in {*REACHED, *CLOSED, PaymentAnswer.AVAILABLE}:
        yield outcome.on, RESULTS
    if settled.fee_minor:
        yield outcome.on, FEES


def _reasons(outcomes: Sequence[ResultOutcome]) -> dict[int, str]:
    return {
        each.found.payment_id: str(each.row.values["reason"])
        for each in outcomes
        if each.found and each.settled.kind in CLOSED and each.row.values.get("reason")
    }


def _entry(context: SheetContext, day: date, kind: str, group: EntryRows) -> entry_posting.NewEntry:
    parts = parts_of(kind, group)
    rows = [row for _behind, rows in parts for row in rows]
    lines = lines_of(context.session, kind, context.programme, group)
    entry = entry_of(
        context.sheet, rows[0]["entry_id"], day, len(rows), digest_of_all(parts), lines
    )
    return entry if kind == RESULTS else replace(entry, kind=kind, key=f"{entry.key}:{kind}")


_PAID = (transfers.BEHIND, payment_events.BEHIND)
_CHANGED = (transfers.EVENTS_BEHIND, payment_events.BEHIND)
_KEPT = (payment_events.BEHIND,)

PAYMENT_RESULTS = SheetKind(
    name=RESULTS,
    is_answer=True,
    names_people=False,
    pays_cash=True,
    paying_entries=frozenset({RESULTS, reversal_kind(RESULTS)}),
    beside=find_payment_list,
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
