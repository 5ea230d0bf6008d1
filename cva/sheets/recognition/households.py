"""Cells merged over several rows, and rows of members below the head of their household.

What one cell says of all its rows is read in each of them. Where a number of a person or an amount
is such a cell, or stands in the first row alone, only a person knows whether the rows are one
household, paid once, or people of their own.
"""

from array import array
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.transport import WORD
from cva.sheets.files.worksheet_facts import CellRange
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, Question

#: Asks what such rows are. ``ONE`` household was paid once, or ``EACH`` row is a person.
HOUSEHOLD = "household"
ONE = "one"
EACH = "each"
#: Fields of which a household has one.
_OF_ONE = ("registration_no", "amount", "voucher_number", "source_id")
#: One row that lacks all of them is a slip.
_FEWEST_MEMBERS = 2


class Households(NamedTuple):
    """A list after its households are known.

    Attributes:
        rows: Its rows of data, without those of members.
        members: Rows of members, who were not paid by themselves.
    """

    known: Recognised
    rows: DataRows
    members: Sequence[int] = ()


def with_households(known: Recognised, rows: DataRows, choices: Choices) -> Households:
    """Fill in what merged cells say of all their rows, and leave out members of households."""
    blocks = _blocks(known, rows)
    of_one = {known.places[name].column for name in _OF_ONE if name in known.places}
    doubtful = [block for block in blocks if of_one & set(range(block[1], block[3] + 1))]
    covered = {row for top, _l, bottom, _r in doubtful for row in range(top + 1, bottom + 1)}
    members = [row for row in _members(known, rows) if row not in covered]
    answer = choices.settled.get(HOUSEHOLD)
    if not (doubtful or members):
        return Households(_filled(known, blocks), rows)
    filled = _filled(known, blocks)
    if answer == EACH:
        return Households(filled, rows)
    passed = covered | set(members)
    heads = rows.without(passed)
    if answer == ONE:
        return Households(filled, heads, sorted(passed & set(rows.data)))
    merged = {at for block in doubtful for at in range(block[1], block[3] + 1)} & of_one
    question = _question(filled, sorted(passed), of_one if members else merged)
    return Households(replace(filled, questions=(*filled.questions, question)), heads)


def _blocks(known: Recognised, rows: DataRows) -> list[CellRange]:
    """The merged cells that go over several rows of data in columns that are read."""
    data = frozenset(rows.data)
    columns = {place.column for place in known.places.values()} | known.other_days
    return [
        (top, left, bottom, right)
        for top, left, bottom, right in known.sheet.merged
        if bottom > top and top in data and columns & set(range(left, right + 1))
    ]


def _members(known: Recognised, rows: DataRows) -> list[int]:
    """Rows below another that lack everything a household has one of, and name somebody."""
    columns = [known.places[name].column for name in _OF_ONE if name in known.places]
    needed = [name for name in _OF_ONE if name in known.layout.required_fields]
    if len(columns) < len(needed) or len(needed) < 2:  # noqa: PLR2004 - a number and an amount
        return []
    blank = set(rows.data[1:])
    for column in columns:
        here = known.sheet.columns[column]
        empty = [is_blank(value) for value in here.values]
        blank = {row for row in blank if empty[here.index[row - 1]]}
    found = sorted(blank)
    return found if len(found) >= _FEWEST_MEMBERS else []


def _question(known: Recognised, rows: Sequence[int], shared: AbstractSet[int]) -> Question:
    """Ask what rows are that share these columns with the one above."""
    names = {place.column for place in known.places.values()}
    texts = [
        (" · ".join(text for at in sorted(names) if (text := known.sheet.text(row, at))), "")
        for row in rows[:EXAMPLES]
    ]
    details = {"columns": ", ".join(map(letter, sorted(shared)))}
    amount = known.places.get("amount")
    if amount is not None and shared == {amount.column}:
        details["shared_amount"] = "1"
    return Question(HOUSEHOLD, (ONE, EACH), examples={"": tuple(texts)}, details=details)


def _filled(known: Recognised, blocks: Sequence[CellRange]) -> Recognised:
    """The sheet with the text of merged cells in each of their rows."""
    if not blocks:
        return known
    sheet = known.sheet
    columns = list(sheet.columns)
    for at in sorted({column for block in blocks for column in _columns_of(block, sheet)}):
        own = [block for block in blocks if at in _columns_of(block, sheet)]
        columns[at] = _filled_down(columns[at], own)
    left = tuple(block for block in sheet.merged if block not in blocks)
    return replace(known, sheet=replace(sheet, columns=columns, merged=left))


def _columns_of(block: CellRange, sheet: ParsedSheet) -> range:
    """The columns of a merged cell; only its left one holds the text."""
    return range(block[1], min(block[1] + 1, len(sheet.columns)))


def _filled_down(column: SheetColumn, blocks: Sequence[CellRange]) -> SheetColumn:
    index = array(WORD, column.index)
    for top, _left, bottom, _right in blocks:
        for row in range(top + 1, min(bottom, len(index)) + 1):
            if is_blank(column.values[index[row - 1]]):
                index[row - 1] = index[top - 1]
    return SheetColumn(column.values, index)
