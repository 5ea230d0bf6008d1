"""Rows that are about a range of vouchers: the first number in one column, the last in another."""

from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.recognition.field_places import VOUCHER
from cva.sheets.recognition.number_ranges import last_of_range


def note_ranges(table: Table) -> None:
    """An error for each row with more than one voucher: its first number is never read alone."""
    known, column = table.known, table.fields[VOUCHER]
    last = last_of_range(column.place.column, known.sheet, known.heading_row)
    if last is None:
        return
    ends = known.sheet.columns[last].of_rows(table.numbers)
    texts = known.sheet.columns[last].texts
    details = {"range_to": letter(last)}
    for row, (here, there) in enumerate(zip(column.index, ends, strict=True)):
        end = texts[there].strip()
        if end and end != column.texts[here].strip() and row not in table.not_received:
            table.note(row, VOUCHER, "value-unknown", details)
