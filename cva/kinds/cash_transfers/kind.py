"""Cash handed out, as the engine knows it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import Session

from cva.core.db import TableRows
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovedRequest
from cva.journal.entry_posting import NewLine
from cva.journal.entry_proof import EntryProof
from cva.journal.row_digests import with_ids
from cva.kinds.cash_transfers.already_paid import compare_paid, compare_renumbered, paid_before
from cva.kinds.handouts.collection_check import compare_collecting
from cva.kinds.handouts.field_list_comparison import compare_field_list, instalments_named
from cva.kinds.handouts.list_comparison import compare_with_list, refuse_before_list
from cva.kinds.handouts.posting import ABSENCES, HandoutPosting, post_handouts
from cva.kinds.row_reversal import RowReversal
from cva.kinds.sheet_entries import cash_lines, dimensions_of, entry_days
from cva.kinds.sheet_kind import SheetKind
from cva.programmes.models import Modality, Programme
from cva.providers.payment_events import live_instalments
from cva.staging.context import SheetContext
from cva.staging.rows import RowToPost
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind
from cva.transfers.round_payments import ABSENCES_BEHIND

_NAME = "cash_transfers"


def post_cash(context: SheetContext) -> int:
    """Post the rows that are ready or recorded as exceptions; return how many."""
    return post_handouts(
        context,
        _transfers,
        day_column="paid_on",
        behind=transfers.BEHIND,
        lines=cash_lines,
        record=lambda posting, made: transfers.record(
            posting.context.session, made, round_is_named=posting.round.is_named
        ),
    )


def _transfers(posting: HandoutPosting, rows: Sequence[RowToPost]) -> list[dict[str, Any]]:
    nth = _instalments(posting, rows)
    return [
        posting.columns(row)
        | {
            "instalment": nth(row),
            "paid_on": posting.day(row),
            "mechanism": posting.mechanism(row),
        }
        for row in rows
    ]


def _instalments(posting: HandoutPosting, rows: Sequence[RowToPost]) -> Callable[[RowToPost], int]:
    """Which instalment a row pays: the one it names, else the first that is left of its person.

    Left is what was neither paid nor is being paid; an exception takes it too.
    """
    session, round_id = posting.context.session, posting.round.id
    paid: dict[int, set[int]] = defaultdict(set)
    if posting.round.is_named:
        people = sorted({posting.person_id(row) for row in rows})
        paid |= transfers.instalments_paid(session, round_id, people)
        for person_id, live in live_instalments(session, round_id).items():
            paid[person_id] |= live

    def nth(row: RowToPost) -> int:
        own = paid[posting.person_id(row)]
        first = row.instalment
        if first is None or first in own:
            first = transfers.first_unpaid(own)
        own.add(first)
        return first

    return nth


def _refuse_returned(session: Session, _society_id: int, rows: TableRows) -> None:
    if transfers.returned_of(session, [row["id"] for row in rows]):
        raise RuleError(
            _("Money of this came back since. Take back the return first, then this."),
            code="returned_since",
        )


def _events(
    _session: Session, rows: TableRows, request: ApprovedRequest, new_of: Mapping[int, int]
) -> TableRows:
    asked = {"request_id": request.request_id}
    return with_ids(
        [
            transfers.event_of(
                row, TransferEventKind.REVERSED, entry_id=new_of[row["entry_id"]], **asked
            )
            for row in rows
        ]
    )


def _lines(session: Session, programme: Programme, rows: TableRows) -> list[NewLine]:
    return cash_lines(dimensions_of(session, programme, rows[0]["round_id"]), rows)


CASH_REVERSAL = RowReversal(
    entry_kind="cash_reversal",
    posted=transfers.live_of_sheet,
    events=_events,
    behind=transfers.EVENTS_BEHIND,
    record=lambda session, _society_id, events: transfers.record_events(session, events),
    lines=_lines,
    refuse_changed=_refuse_returned,
)

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
    entry_days=entry_days,
    reversal=CASH_REVERSAL,
    entry_proofs={
        _NAME: EntryProof((transfers.BEHIND,), 1),
        CASH_REVERSAL.entry_kind: EntryProof((transfers.EVENTS_BEHIND,), -1),
        ABSENCES: EntryProof((ABSENCES_BEHIND,)),
    },
)
