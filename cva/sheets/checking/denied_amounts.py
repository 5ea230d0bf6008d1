"""Amounts that are not what was handed out: nought, or another sum by the sender's answer."""

from collections.abc import Sequence

from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.cell_addresses import cell, letter
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import NO, YES, Question, named_rows

NOT_POSITIVE = "amount-not-positive"


def settle_nought(
    table: Table, column: FieldColumn, rows: Sequence[int], choices: Choices
) -> list[Question]:
    """Whether people who were paid nought received nothing, as the sender says."""
    choice = f"zero:{letter(column.place.column)}"
    answer = choices.settled.get(choice)
    open_rows = sorted({*rows} - table.not_received)
    if answer == YES:
        table.not_received |= set(open_rows) - table.errors
    elif answer == NO:
        for row in open_rows:
            table.note(row, column.name, NOT_POSITIVE)
    elif open_rows:
        details = {"rows": named_rows([table.row_name(row) for row in open_rows])}
        return [Question(choice, (YES, NO), column.place.heading, details=details)]
    return []


def note_denied(table: Table, column: FieldColumn, choices: Choices) -> None:
    """An error for each amount that the sender said is not what was handed out.

    What was written anew is.
    """
    for row, number in enumerate(table.numbers):
        is_mended = cell(number, column.place.column) in choices.amended
        if not is_mended and column.values[row] is not None:
            column.values[row] = None
            table.note(row, column.name, "amount-anew")
