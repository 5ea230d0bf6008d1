"""The texts outside a list, and which of them may concern its people."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cva.sheets.checking.lines_of_parts import (
    ListFigures,
    counts_out_of,
    counts_people,
    names_part,
    speaks_against_some,
    states_another_total,
)
from cva.sheets.checking.named_rows import NamedRows
from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.refusals import is_refusal
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: So many rows outside the list are looked at.
MOST_ROWS = 500
MOST_CELLS = 4
#: The code of a currency has no more letters.
_LONGEST_CODE = 3
#: A form in which nothing was written.
_UNFILLED = ("__", "....", "……")


class OutsideText(NamedTuple):
    """A text outside the list.

    Attributes:
        is_signed: It is, or stands beside, a place where somebody who made the list signs.
        is_total: It stands in a row that states a sum.
        tab: The other tab that it stands on, which was not taken.
    """

    row: int
    column: int
    text: str
    is_signed: bool = False
    is_total: bool = False
    tab: ParsedSheet | None = None


class ConcerningLines:
    """Tells which texts outside a list may be about people who did not receive, or not all.

    Args:
        table: The rows.
        rows: All rows of the sheet, sorted.
        lines: The texts outside the list.
    """

    def __init__(self, table: Table, rows: DataRows, lines: Sequence[OutsideText]) -> None:
        self._table, self._first = table, table.known.heading_row.data_from
        self._silent = table.not_received
        self._figures = ListFigures(table, rows.totals)
        self._named = NamedRows(table, [line.text for line in lines])

    def may_concern(self, line: OutsideText) -> bool:
        """Whether a line has to be asked about, as what it says does not agree with the list."""
        text = line.text
        if any(blank in text for blank in _UNFILLED) and not any(map(str.isdigit, text)):
            return False
        if line.is_total or self._is_total_below(line):
            return names_part(text, self._figures) or states_another_total(text, self._figures)
        if line.is_signed:
            return counts_people(text, self._figures)
        return names_part(text, self._figures) or self._speaks_of_somebody(line)

    def _speaks_of_somebody(self, line: OutsideText) -> bool:
        if line.row >= self._first and speaks_against_some(line.text):
            return True
        named = self._named.rows_in(line.text)
        return not named <= self._silent and not self._is_cell_of_list(line)

    def _is_total_below(self, line: OutsideText) -> bool:
        is_below = line.row >= self._first
        return is_below and bool(_totals().match(fold(line.text)))

    def _is_cell_of_list(self, line: OutsideText) -> bool:
        """Whether it is no more than what stands in its column of the list too."""
        if line.row < self._first or line.row in self._table.numbers:
            return False
        column = self._table.known.sheet.columns[line.column]
        listed = {*column.of_rows(self._table.numbers)}
        return any(column.texts[at] == line.text for at in listed)

    def rows_of(self, line: OutsideText) -> frozenset[int]:
        """The data rows, counted from 0, of people whom a line names that is asked about."""
        named = self._named.rows_in(line.text)
        return named or self._named.rows_in(line.text, is_about_somebody=True)


def outside_lines(table: Table, rows: DataRows) -> list[OutsideText]:
    """The texts above, between, below and beside the rows of a list, each once."""
    found: dict[str, OutsideText] = {}
    for line in (*_lines(table.known, rows), *lines_beside(table)):
        found.setdefault(line.text, line)
    return list(found.values())


def lines_beside(table: Table) -> Iterator[OutsideText]:
    """The texts beside rows, under no heading, that are about other rows than their own."""
    sheet = table.known.sheet
    headed = {head.column for head in table.known.heading_row.heads}
    free = [at for at in range(len(sheet.columns)) if at not in headed]
    texts = [
        OutsideText(number, at, text)
        for at in free
        for number in table.numbers
        if _has_letters(text := sheet.text(number, at))
    ]
    if texts:
        own = {number: row for row, number in enumerate(table.numbers)}
        figures, named = ListFigures(table, ()), NamedRows(table, [one.text for one in texts])
        for one in texts:
            if counts_people(one.text, figures) or named.rows_in(one.text) - {own[one.row]}:
                yield one


def _lines(known: Recognised, rows: DataRows) -> Iterator[OutsideText]:
    heads = {(head.row, head.column) for head in known.heading_row.heads}
    headings = {head.text for head in known.heading_row.heads}
    totals, listed = {total.row for total in rows.totals}, set(rows.data)
    sums = known.places["amount"].column if "amount" in known.places else None
    outside = (row for row in range(1, known.sheet.rows + 1) if row not in listed)
    struck = {row for row, _ in known.sheet.struck}
    for _, row in zip(range(MOST_ROWS), outside, strict=False):
        texts = known.sheet.texts(row)
        if row in struck or len(texts) - texts.count("") > MOST_CELLS:
            continue  # a person who does not count, or headings once more
        if row in totals:
            texts = [
                text if _is_words(text) and (column != sums or counts_out_of(text)) else ""
                for column, text in enumerate(texts)
            ]
        is_of_maker = any(map(is_signed, texts))
        for column, text in enumerate(texts):
            if not known.sheet.place(row, column)[1]:
                continue  # the month that each row of it has, which nobody wrote there
            if (row, column) not in heads and text not in headings and _has_letters(text):
                yield OutsideText(row, column, text, is_of_maker, row in totals)
    for (row, column), text in known.sheet.notes.items():
        if row not in listed:
            yield OutsideText(row, column, text)


def _letters(text: str) -> Iterator[str]:
    return (word for word in fold(text).split() if word.isalpha())


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_words(text: str) -> bool:
    """Whether a text is more than a sum and its currency."""
    return any(
        len(word) > _LONGEST_CODE or word in vocabulary().rows["total"] for word in _letters(text)
    )


def is_signed(text: str) -> bool:
    """Whether a text says who made a list or answers for it: prepared by, village leader."""
    if not text or is_refusal(text):
        return False  # "did not come" begins with the Persian word for who reviewed
    plain = fold(text)
    return bool(_signatures().match(plain)) or any(f" {one}" in f" {plain}" for one in _roles())


@cache
def _signatures() -> re.Pattern[str]:
    return vocabulary().markers("signature")


@cache
def _roles() -> frozenset[str]:
    return frozenset(vocabulary().rows["role"])


@cache
def _totals() -> re.Pattern[str]:
    return vocabulary().markers("total")


def cells_of(table: Table, lines: Sequence[OutsideText]) -> str:
    """Where some lines stand, as a person finds them."""
    names = []
    for line in lines:
        at = (line.tab or table.known.sheet).place(line.row, line.column)[1] or letter(line.column)
        names.append(f"{line.tab.name} {at}" if line.tab else at)
    return ", ".join(names)
