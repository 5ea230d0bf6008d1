"""Cells that say "as above": asked about once for each column, then filled from above."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cva.sheets.cells.cell_reading import Reading
from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.cell_addresses import column_of, letter
from cva.sheets.files.parsed_workbook import SheetColumn
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.heading_rows import is_numbering
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
    lists = _lists_of(known, rows)
    for one in known.columns:
        if one.field in {None, "row_no"}:
            continue
        at = column_of(one.column)
        marks = {place for place, value in enumerate(columns[at].values) if is_ditto(value)}
        above = _above(columns[at], lists, marks) if marks else {}
        found = [row for row in rows if row in above]
        if not found:
            continue
        choice = f"ditto:{one.column}"
        answer = choices.settled.get(choice)
        if answer not in {YES, NO}:
            names = [row_name(known.sheet.parts, row) for row in found]
            questions.append(_question(choice, one, columns[at], found, names))
        if answer != NO:  # while it is asked no row is ready, and nothing else is to say of it
            columns[at] = _filled(columns[at], above)
    return replace(known, sheet=replace(known.sheet, columns=columns)), questions


def note_left_marks(table: Table, column: FieldColumn, choices: Choices) -> None:
    """Marks that begin a list, where nothing is above them, are no texts of a person.

    In columns of days and sums they cannot be read anyway.
    """
    if choices.settled.get(f"ditto:{letter(column.place.column)}") == NO:
        return
    marks = {at for at in column.used if is_ditto(column.value(at))}
    column.forget(marks)
    nothing_above = Reading(None, "value-unknown", {"reason": "nothing-above"})
    table.note_all(column.name, dict.fromkeys(marks, nothing_above))


def _lists_of(known: Recognised, rows: Sequence[int]) -> list[list[int]]:
    """The rows of each list, with those between them in which a person has nothing of it."""
    parts = [part.first for part in known.sheet.parts[1:]]
    starts = sorted({*parts, *(one.first for one in known.lists[1:] if not one.goes_on)})
    between = [
        row
        for row in sorted(known.sheet.left_out)
        if not is_numbering([text for text in known.sheet.texts(row) if text])
    ]
    every = sorted({*rows, *between})
    places = [0, *(bisect_left(every, start) for start in starts), len(every)]
    return [every[first:last] for first, last in pairwise(places)]


def _above(column: SheetColumn, lists: Sequence[Sequence[int]], marks: set[int]) -> dict[int, int]:
    """By row with a mark the position of what stands above it in its list, if anything does."""
    found: dict[int, int] = {}
    for rows in lists:
        above = None
        for row in rows:
            at = column.index[row - 1]
            if at not in marks:
                above = at
            elif above is not None:
                found[row] = above
    return found


def _filled(column: SheetColumn, above: Mapping[int, int]) -> SheetColumn:
    index = array(WORD, column.index)
    for row, at in above.items():
        index[row - 1] = at
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
