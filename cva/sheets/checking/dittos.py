"""Cells that say "as above": asked about once for each column, then filled from above."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.parsed_workbook import SheetColumn
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.recognise import Recognised, RecognisedColumn
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, NO, YES, Question, named_rows
from cva.sheets.vocabulary.word_lists import is_ditto


def fill_dittos(
    known: Recognised, rows: Sequence[int], choices: Choices
) -> tuple[Recognised, list[Question]]:
    """The sheet with what stands above where the sender says so, and what is asked.

    Args:
        known: The sheet as it was recognised; it is left as it is.
        rows: The data rows, as Excel numbers them.
        choices: The sender's answers.
    """
    columns, questions = list(known.sheet.columns), []
    for one in known.columns:
        if one.field in {None, "row_no"}:
            continue
        at = column_of(one.column)
        marks = {place for place, value in enumerate(columns[at].values) if is_ditto(value)}
        found = _rows_below(columns[at], rows, marks) if marks else []
        if not found:
            continue
        choice = f"ditto:{one.column}"
        answer = choices.settled.get(choice)
        if answer not in {YES, NO}:
            names = [row_name(known.sheet.parts, row) for row in found]
            questions.append(_question(choice, one, columns[at], found, names))
        if answer != NO:  # while it is asked no row is ready, and nothing else is to say of it
            columns[at] = _filled(columns[at], rows, marks)
    return replace(known, sheet=replace(known.sheet, columns=columns)), questions


def _rows_below(column: SheetColumn, rows: Sequence[int], marks: set[int]) -> list[int]:
    """The rows with a mark that have something else above them."""
    found = [at for at, row in enumerate(rows) if column.index[row - 1] not in marks]
    below = rows[found[0] :] if found else ()
    return [row for row in below if column.index[row - 1] in marks]


def _filled(column: SheetColumn, rows: Sequence[int], marks: set[int]) -> SheetColumn:
    """The first row of a list has nothing above: its mark stays, and is read as what it is."""
    index, above = array(WORD, column.index), None
    for row in rows:
        if index[row - 1] not in marks:
            above = index[row - 1]
        elif above is not None:
            index[row - 1] = above
    return SheetColumn(column.values, index)


def _question(
    choice: str,
    one: RecognisedColumn,
    column: SheetColumn,
    found: Sequence[int],
    names: Sequence[str],
) -> Question:
    texts = dict.fromkeys(column.texts[column.index[row - 1]].strip() for row in found)
    return Question(
        choice,
        (YES, NO),
        one.heading,
        examples={"": tuple((text, "") for text in texts)[:EXAMPLES]},
        details={"rows": named_rows(names)},
    )
