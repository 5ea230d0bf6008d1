"""Asks where a field is when two columns claim it, or when no heading names it.

``which:<field>`` is answered by one of the columns that claim it. ``find:<field>`` is answered by
a column too, by ``one`` (one value for all rows, asked next under ``one:<field>``) or ``none``.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cva.sheets.cells.amounts_with_units import looks_like_amount
from cva.sheets.cells.cell_reading import is_blank, is_nothing
from cva.sheets.cells.date_cells import looks_like_day
from cva.sheets.cells.days_of_lines import days_in
from cva.sheets.files.cell_addresses import column_of, letter
from cva.sheets.files.parsed_workbook import ParsedSheet, typed
from cva.sheets.recognition.heading_rows import (
    MOST_ROWS_TO_NUMBERING,
    HeadingRow,
    is_numbering,
)
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currency_lines import sums_in
from cva.sheets.vocabulary.questions import EXAMPLES, NOTHING, Question

WHICH = "which"
FIND = "find"
ONE = "one"
AMOUNT = "amount"
#: Asks whether several lists have one value of a field, as ``lists:<field>``.
LISTS = "lists"
#: Types of fields that may have one value for all rows of a list.
_OF_WHOLE_LISTS = frozenset({"amount", "date"})
#: Of a column's cells so many have to look like what is sought.
_MOST = 0.6
#: Numbers of people and vouchers differ from row to row.
_DISTINCT = 0.8
_SAMPLE_ROWS = 400


class Sought(NamedTuple):
    """A field that has no column yet, and the type of its cells."""

    field: str
    type: str

    @property
    def is_of_whole_list(self) -> bool:
        """Whether all rows may have one value of it."""
        return self.type in _OF_WHOLE_LISTS


def is_answered(field: str, choices: Choices) -> bool:
    """Whether a person said what a field is for the whole list, or how it is for each of them."""
    keys = (f"{ONE}:{field}", f"{LISTS}:{field}")
    return any(key in choices.settled for key in keys)


def chosen_column(field: str, choices: Choices) -> int | None:
    """The column that a person chose for a field, counted from 0."""
    answers = (choices.settled.get(f"{kind}:{field}", "") for kind in (WHICH, FIND))
    return next((column_of(one) for one in answers if one.isascii() and one.isupper()), None)


def chosen_columns(choices: Choices) -> dict[int, str]:
    """By column the field that a person put there by saying which column holds it."""
    keys = [key.partition(":") for key in choices.settled]
    fields = [field for kind, _colon, field in keys if kind in {WHICH, FIND}]
    return {at: field for field in fields if (at := chosen_column(field, choices)) is not None}


def ask_which_of(
    field: str, columns: Sequence[int], sheet: ParsedSheet, heads: HeadingRow, *, blocks: bool
) -> Question:
    """Ask which of several columns holds a field that the headings of all of them name."""
    examples = _examples(columns, sheet, heads)
    details = {"field": field}
    options = (*examples, *([NOTHING] if field == AMOUNT else []))
    return Question(f"{WHICH}:{field}", options, blocks=blocks, examples=examples, details=details)


def _examples(
    columns: Sequence[int], sheet: ParsedSheet, heads: HeadingRow
) -> dict[str, tuple[tuple[str, str], ...]]:
    names = {head.column: head.text for head in heads.heads}
    return {
        letter(column): ((names.get(column, ""), _first_texts(sheet, heads, column)),)
        for column in columns
    }


def are_alike(columns: Sequence[int], sheet: ParsedSheet, heads: HeadingRow) -> bool:
    """Whether columns have the same text in every row, so that it does not matter which is read."""
    rows = range(heads.data_from, sheet.rows + 1)
    first, *others = ([sheet.text(row, column) for row in rows] for column in columns)
    return all(first == other for other in others)


def fullest(columns: Sequence[int], sheet: ParsedSheet, heads: HeadingRow) -> int | None:
    """The column that has in every row what all others have, or more; None where none has."""
    rows = range(heads.data_from, sheet.rows + 1)
    texts = {column: _as_seen(column, rows, sheet) for column in columns}
    for column, own in texts.items():
        pairs = (zip(own, other, strict=True) for other in texts.values())
        if all(there in ("", here) for each in pairs for here, there in each):
            return column
    return None


def _as_seen(column: int, rows: range, sheet: ParsedSheet) -> list[str]:
    """The texts of a column, those of cells that are merged over several rows in each of them."""
    own = {
        row: top
        for top, left, bottom, _right in sheet.merged
        if left == column
        for row in range(top, bottom + 1)
    }
    return [sheet.text(own.get(row, row), column) for row in rows]


def is_empty(column: int, sheet: ParsedSheet, heads: HeadingRow) -> bool:
    """Whether nothing stands below a heading."""
    here = sheet.columns[column]
    below = set(here.index[heads.data_from - 1 :])
    return all(is_blank(here.values[at]) for at in below)


def ask_for(
    sought: Sought,
    free: Sequence[int],
    sheet: ParsedSheet,
    heads: HeadingRow,
    choices: Choices,
    beside: Sequence[str] = (),
) -> Question | None:
    """Ask for a field that no heading names; None where nothing can be offered.

    Args:
        sought: The field.
        free: Columns that hold nothing else that is needed.
        sheet: Where to look.
        heads: Its headings.
        choices: What is known beside the file.
        beside: More answers than columns and one value, such as ``none``.
    """
    columns = [column for column in free if _may_be(sought.type, column, sheet, heads)]
    if not columns and not sought.is_of_whole_list:
        columns = list(free)
    answer = choices.settled.get(f"{FIND}:{sought.field}")
    details = {"field": sought.field}
    if sought.is_of_whole_list and (answer == ONE or not (columns or beside)):
        details["type"] = sought.type
        offered = choices.offered.get(sought.field, "")
        offered = offered or _named_above(sought.type, sheet, heads, choices.today)
        return Question(f"{ONE}:{sought.field}", (), details=details, offered=offered)
    if not columns and not sought.is_of_whole_list:
        return None
    examples = _examples(columns, sheet, heads)
    whole = (ONE,) if sought.is_of_whole_list else ()
    options = (*examples, *whole, *beside)
    return Question(f"{FIND}:{sought.field}", options, examples=examples, details=details)


def lines_above(sheet: ParsedSheet, heads: HeadingRow) -> list[str]:
    """The texts above the headings."""
    return [text for row in range(1, heads.first) for text in sheet.texts(row) if text]


def _named_above(kind: str, sheet: ParsedSheet, heads: HeadingRow, today: dt.date) -> str:
    """The one day or sum of money that the lines above the headings name, to be confirmed."""
    lines = lines_above(sheet, heads)
    if kind == "date":
        found = {day.isoformat() for line in lines for day in days_in(line, today)}
    else:
        found = sums_in(lines)
    return found.pop() if len(found) == 1 else ""


def columns_of_numbers(free: Sequence[int], sheet: ParsedSheet, heads: HeadingRow) -> list[int]:
    """The columns whose cells are numbers that may be sums of money.

    The answers of a form (0 and 1) and what a program adds by itself (``_id``) are none.
    """
    own = {head.column for head in heads.heads if head.text.startswith("_")}
    return [
        column
        for column in free
        if column not in own
        and _may_be("amount", column, sheet, heads)
        and not set(_texts(sheet, heads, column)) <= {"0", "1"}
    ]


def columns_like(
    sought: Sought, free: Sequence[int], sheet: ParsedSheet, heads: HeadingRow
) -> list[int]:
    """The columns whose cells may be what is sought."""
    return [column for column in free if _may_be(sought.type, column, sheet, heads)]


def columns_of_codes(free: Sequence[int], sheet: ParsedSheet, heads: HeadingRow) -> list[int]:
    """The columns whose cells may be numbers of people, each another; no running numbers."""
    return columns_like(Sought("", "identifier"), free, sheet, heads)


def free_columns(taken: frozenset[int], sheet: ParsedSheet, heads: HeadingRow) -> list[int]:
    """Columns with something in them that hold none of the taken fields."""
    return [
        column
        for column in range(len(sheet.columns))
        if column not in taken and not is_empty(column, sheet, heads)
    ]


def looks_like(kind: str, text: str) -> bool:
    """Whether a text may be a cell of a type of field."""
    if kind == "amount":
        return looks_like_amount(text)
    if kind == "date":
        return looks_like_day(text)
    return bool(text)


def _may_be(kind: str, column: int, sheet: ParsedSheet, heads: HeadingRow) -> bool:
    texts = list(_texts(sheet, heads, column))
    if not texts:
        return False
    if kind == "amount":
        texts = [text for text in texts if not is_nothing(text)] or texts
        return _share(texts, looks_like_amount) and not counts_rows(texts)
    if kind == "date":
        return _share(texts, looks_like_day)
    if kind == "identifier":
        is_numbered = _share(texts, lambda text: any(map(str.isdigit, text)))
        return is_numbered and len(set(texts)) >= len(texts) * _DISTINCT and not counts_rows(texts)
    if kind == "name":
        return _share(texts, lambda text: not any(map(str.isdigit, text)))
    return True


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, texts)) >= len(texts) * _MOST


def counts_rows(texts: Sequence[str]) -> bool:
    """Whether it is a running number, which is neither an amount nor a person's."""
    counts = [int(text) for text in texts if text.isdecimal()]
    rising = sum(two == one + 1 for one, two in pairwise(counts))
    return len(counts) > 1 and rising >= (len(counts) - 1) * _MOST and min(counts) <= 1


def _texts(sheet: ParsedSheet, heads: HeadingRow, column: int) -> Iterator[str]:
    """The first texts of a column; the number of the column is none."""
    here, first = sheet.columns[column], heads.data_from
    for row, at in enumerate(here.index[first - 1 : first - 1 + _SAMPLE_ROWS], first):
        text = typed(here.values[at]).strip()
        if text and not (row < first + MOST_ROWS_TO_NUMBERING and _is_number(text, row, sheet)):
            yield text


def _is_number(text: str, row: int, sheet: ParsedSheet) -> bool:
    """Whether a text stands in a row that numbers the columns."""
    return text.isdecimal() and is_numbering([*filter(None, sheet.texts(row))])


def _first_texts(sheet: ParsedSheet, heads: HeadingRow, column: int) -> str:
    return " · ".join(list(dict.fromkeys(_texts(sheet, heads, column)))[:EXAMPLES])
