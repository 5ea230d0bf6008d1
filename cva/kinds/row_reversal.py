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
from cva.kinds.sheet_entries import reversal_entry
from cva.programmes.models import Programme
from cva.staging.context import SheetContext
from cva.staging.models import Sheet


@dataclass(frozen=True, slots=True)
class RowReversal:
    """How the rows of a kind of sheet are reversed: by one event for each row.

    Attributes:
        entry_kind: Of the entries that reverse.
        posted: What is posted and not reversed of a sheet, or of one row of it.
        events: For these rows what is recorded behind the new entries, by the id of each new entry
            under the id of the one it reverses.
        behind: The table of the events. ``record``: records them.
        lines: Of the entry that is reversed; refuses what is paid on to others.
        refuse_changed: Refuses rows to which something happened since.
    """

    entry_kind: str
    posted: Callable[[Session, int, int | None], TableRows]
    events: Callable[[Session, TableRows, ApprovedRequest, Mapping[int, int]], TableRows]
    behind: Behind
    record: Callable[[Session, int, TableRows], None]
    lines: Callable[[Session, Programme, TableRows], list[entry_posting.NewLine]]
    refuse_changed: Callable[[Session, int, TableRows], None]

    def refuse(self, context: SheetContext, rows: TableRows) -> None:
        """Refuse what cannot be reversed now.

        Raises:
            RuleError: Something happened to one of these rows since.
        """
        self.refuse_changed(context.session, context.sheet.society_id, rows)
        for taken in by_entry(rows).values():
            self.lines(context.session, context.programme, taken)

    def reverse(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        """Post one entry for each entry that is reversed, on its own day."""
        session, sheet = context.session, context.sheet
        self.refuse_changed(session, sheet.society_id, rows)
        taken, entries = by_entry(rows), entries_behind(session, sheet, rows)
        new_of = {entry.entry_id: entry_id for entry, entry_id in entries}
        events = self.events(session, rows, request, new_of)
        made = by_entry(events)
        new = [
            reversal_entry(
                sheet,
                entry,
                request,
                entry_id,
                self.entry_kind,
                [(self.behind, made[entry_id])],
                self.lines(session, context.programme, taken[entry.entry_id]),
            )
            for entry, entry_id in entries
        ]
        entry_posting.post(session, new)
        self.record(session, sheet.society_id, events)


def entries_behind(
    session: Session, sheet: Sheet, rows: TableRows
) -> list[tuple[journal.Posted, int]]:
    """The entries of a sheet that these rows were posted with, each with the id of a new one."""
    ids = {row["entry_id"] for row in rows}
    entries = [entry for entry in journal.entries_of(session, sheet.id) if entry.entry_id in ids]
    return list(zip(entries, new_ids(len(entries)), strict=True))


def by_entry(rows: TableRows) -> dict[int, TableRows]:
    """Rows by the entry they were posted with."""
    found: dict[int, TableRows] = defaultdict(list)
    for row in rows:
        found[row["entry_id"]].append(row)
    return found
