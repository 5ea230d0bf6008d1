"""Payments that are said to be paid beside a reason why they were not."""

from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.vocabulary.refusals import is_half_refusal, is_part_refusal, speaks_against

RESULT = "words:payment_status"
REASONS = ("reason", "remarks")
_PAID = frozenset({"paid", "collected"})


def note_contradicted_results(table: Table) -> None:
    """An error for each row in which a text speaks against what the result says."""
    results = table.fields["status"]
    for name in (one for one in REASONS if one in table.fields):
        column = table.fields[name]
        against = {at for at in column.used if _speaks_against(column.texts[at])}
        for row in column.rows_with(against):
            if results.values[row] in _PAID:
                _sheet, at = table.known.sheet.place(table.numbers[row], results.place.column)
                said = results.texts[results.index[row]].strip()[:40]
                details = {"other": at or letter(results.place.column), "other_value": said}
                table.note(row, name, "receipt-contradicted", details)


def _speaks_against(text: str) -> bool:
    return is_part_refusal(text) or is_half_refusal(text) or speaks_against(text)
