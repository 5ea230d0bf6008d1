"""Posting a results sheet: what was paid, what came back, what the providers kept, what failed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlmodel import Session

from cva.core.errors import ConflictError
from cva.core.i18n import gettext as _
from cva.journal import entry_posting
from cva.journal.row_digests import Behind, digest_of_all
from cva.kinds.payment_results.outcomes import ResultOutcome, outcomes_of
from cva.kinds.payment_results.result_rows import (
    FEES,
    RESULTS,
    RETURNS,
    EntryRows,
    Groups,
    Row,
    made_of,
)
from cva.kinds.sheet_entries import (
    dimensions_of,
    entry_of,
    fee_lines,
    provider_lines,
    reversed_lines,
)
from cva.programmes.models import Programme
from cva.providers import payment_events
from cva.providers.models import PaymentAnswer
from cva.providers.outcome_rules import CLOSED, REACHED
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN, Sheet
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
    _post(session, sheet, context.programme, made)
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


def _post(
    session: Session,
    sheet: Sheet,
    programme: Programme,
    made: Groups,
) -> None:
    ordered = sorted(made, key=lambda key: (key[0], _ORDER.index(key[1])))
    entry_posting.post(
        session, [_entry(session, sheet, programme, *key, made[key]) for key in ordered]
    )


def parts_of(kind: str, group: EntryRows) -> list[tuple[Behind, Sequence[Row]]]:
    """What an entry is proved from, in the order its digest reads them."""
    answers = (payment_events.BEHIND, group.events)
    if kind == FEES:
        return [answers]
    if kind == RESULTS:
        return [(transfers.BEHIND, group.transfers), answers]
    return [(transfers.EVENTS_BEHIND, group.returns), answers]


def lines_of(
    session: Session, kind: str, programme: Programme, group: EntryRows
) -> list[entry_posting.NewLine]:
    """What an entry books: fees, what was paid, or what came back."""
    book = partial(dimensions_of, session, programme)
    if kind == FEES:
        return fee_lines(book, group.moved)
    lines = provider_lines(book, group.moved)
    return reversed_lines(lines) if kind == RETURNS else lines


def _entry(
    session: Session, sheet: Sheet, programme: Programme, day: date, kind: str, group: EntryRows
) -> entry_posting.NewEntry:
    parts = parts_of(kind, group)
    rows = [row for _behind, rows in parts for row in rows]
    lines = lines_of(session, kind, programme, group)
    entry = entry_of(sheet, rows[0]["entry_id"], day, len(rows), digest_of_all(parts), lines)
    return entry if kind == RESULTS else replace(entry, kind=kind, key=f"{entry.key}:{kind}")
