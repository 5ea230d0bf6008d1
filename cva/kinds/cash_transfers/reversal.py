"""Reversing cash that was posted."""

from collections.abc import Mapping

from sqlmodel import Session

from cva.core.db import TableRows
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovedRequest
from cva.journal.entry_posting import NewLine
from cva.journal.row_digests import with_ids
from cva.kinds.row_reversal import RowReversal
from cva.kinds.sheet_entries import cash_lines, dimensions_of
from cva.programmes.models import Programme
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind


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


def _record(session: Session, _society_id: int, events: TableRows) -> None:
    transfers.record_events(session, events)


def _lines(session: Session, programme: Programme, rows: TableRows) -> list[NewLine]:
    return cash_lines(dimensions_of(session, programme, rows[0]["round_id"]), rows)


CASH_REVERSAL = RowReversal(
    entry_kind="cash_reversal",
    posted_rows=transfers.live_of_sheet,
    events=_events,
    behind=transfers.EVENTS_BEHIND,
    record=_record,
    lines=_lines,
    refuse_changed=_refuse_returned,
)
