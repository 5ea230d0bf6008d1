"""Reversing rows of a sheet by entries of their own, each on the day of the entry it reverses."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from cva.core.db import TableRows
from cva.core.identifiers import new_ids
from cva.core.maker_checker import ApprovedRequest
from cva.journal import entry_posting
from cva.journal import service as journal
from cva.journal.row_digests import Behind
from cva.kinds.sheet_entries import reversed_lines
from cva.programmes.models import Programme
from cva.staging.context import SheetContext


@dataclass(frozen=True, slots=True)
class RowReversal:
    """How the rows of a kind of sheet are reversed: by one event for each row.

    Attributes:
        entry_kind: Of the entries that reverse.
        posted_rows: What is posted and not reversed of a sheet, or of one row of it.
        events: For these rows what is recorded behind the new entries, by the id of each new entry
            under the id of the one it reverses.
        behind: The table of the events. ``record``: records them.
        lines: Of the entry that is reversed; refuses what is paid on to others.
        refuse_changed: Refuses rows to which something happened since.
    """

    entry_kind: str
    posted_rows: Callable[[Session, int, int | None], TableRows]
    events: Callable[[Session, TableRows, ApprovedRequest, Mapping[int, int]], TableRows]
    behind: Behind
    record: Callable[[Session, int, TableRows], None]
    lines: Callable[[Session, Programme, TableRows], list[entry_posting.NewLine]]
    refuse_changed: Callable[[Session, int, TableRows], None]

    def posted(self, session: Session, sheet_id: int, row_number: int | None) -> TableRows:
        """What is posted and not reversed of a sheet, or of one row of it."""
        return self.posted_rows(session, sheet_id, row_number)

    def refuse(self, context: SheetContext, rows: TableRows) -> None:
        """Refuse what cannot be reversed now.

        Raises:
            RuleError: Something happened to one of these rows since.
        """
        self.refuse_changed(context.session, context.sheet.society_id, rows)
        for taken in _by_entry(rows).values():
            self.lines(context.session, context.programme, taken)

    def reverse(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        """Post one entry for each entry that is reversed, on its own day."""
        session, sheet = context.session, context.sheet
        self.refuse_changed(session, sheet.society_id, rows)
        by_entry = _by_entry(rows)
        entries = [
            entry for entry in journal.entries_of(session, sheet.id) if entry.entry_id in by_entry
        ]
        entry_ids = [entry.entry_id for entry in entries]
        new_of = dict(zip(entry_ids, new_ids(len(entries)), strict=True))
        events = self.events(session, rows, request, new_of)
        made = _by_entry(events)
        new = []
        for entry in entries:
            taken, own = by_entry[entry.entry_id], made[new_of[entry.entry_id]]
            new.append(
                entry_posting.NewEntry(
                    entry_id=new_of[entry.entry_id],
                    society_id=sheet.society_id,
                    effective_on=entry.effective_on,
                    kind=self.entry_kind,
                    key=f"{request.key}:{entry.number}",
                    sheet_id=sheet.id,
                    sent_by=request.asked_by,
                    rows=len(own),
                    rows_sha256=self.behind.digest(own),
                    lines=reversed_lines(self.lines(session, context.programme, taken)),
                    reversal_of=entry.entry_id if len(taken) == entry.rows else None,
                )
            )
        entry_posting.post(session, new)
        self.record(session, sheet.society_id, events)


def _by_entry(rows: TableRows) -> dict[int, TableRows]:
    found: dict[int, TableRows] = defaultdict(list)
    for row in rows:
        found[row["entry_id"]].append(row)
    return found
