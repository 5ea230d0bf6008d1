"""The entries of an approved sheet: one for each day."""

from collections.abc import Sequence
from datetime import date

from cva.journal.entry_posting import NewEntry, NewLine
from cva.staging.models import Sheet


def entry_of(
    sheet: Sheet,
    entry_id: int,
    day: date,
    rows: int,
    rows_sha256: str,
    lines: Sequence[NewLine],
) -> NewEntry:
    """The entry of one day of a sheet."""
    return NewEntry(
        entry_id=entry_id,
        society_id=sheet.society_id,
        effective_on=day,
        kind=sheet.kind or "",
        key=f"sheet:{sheet.id}:{day.isoformat()}",
        sheet_id=sheet.id,
        sent_by=sheet.submitted_by or sheet.received_by,
        rows=rows,
        rows_sha256=rows_sha256,
        lines=lines,
    )
