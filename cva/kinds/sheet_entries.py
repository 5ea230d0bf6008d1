"""The entries of an approved sheet: one for each day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cva.core.random_ids import new_id
from cva.journal.entry_posting import NewEntry, NewLine
from cva.journal.row_digests import digest
from cva.staging.models import Sheet

#: The kind of sheets that register people, and of the entries of people registered.
REGISTRATIONS = "beneficiaries"


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


def registration_entry(sheet: Sheet, day: date, person_ids: Sequence[int], key: str) -> NewEntry:
    """The entry of people who were registered from a sheet; it has no lines, as no money moves.

    The people stand behind it by their random ids alone.
    """
    ids = sorted(person_ids)
    entry = entry_of(sheet, new_id(), day, len(ids), digest(ids), [])
    return replace(entry, kind=REGISTRATIONS, key=key)
