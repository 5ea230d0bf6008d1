"""Rows that are not as they were meant: what belongs to them cannot be known."""

from cva.sheets.checking.table import Table
from cva.sheets.findings.finding import Finding, severity_of

_LONGEST = 200


def note_row_faults(table: Table) -> None:
    """An error for each such row, which is never ready."""
    here = table.known.sheet
    rows = {number: row for row, number in enumerate(table.numbers)}
    for number, (code, column) in here.row_faults.items():
        if number not in rows:
            continue
        text = "" if here.parts else here.text(number, column)
        sheet, at = here.place(number, 0 if here.parts else column)
        table.errors.add(rows[number])
        value = " ".join(text.split())[:_LONGEST]
        table.findings.append(Finding(severity_of(code), code, sheet, at, number, value=value))
