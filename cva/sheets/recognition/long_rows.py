"""Rows of a text or a page that have more cells than there are headings.

A comma within a number, such as 1,000, makes two cells of one where nothing stands around it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import FEWEST_KNOWN, HeadingRow
from cva.sheets.recognition.headings import meaning

CODE = "row-too-long"
_THOUSANDS, _REST = re.compile("[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


def with_long_rows(sheet: ParsedSheet, headings: HeadingRow) -> ParsedSheet:
    """The sheet, with the rows that have something beyond the last heading."""
    own, faults = 0, {}
    amounts = [head.column for head in headings.heads if "amount" in head.meaning.fields]
    for first, last, width in _runs(sheet):
        if first < headings.data_from and last >= headings.first:
            own = max(own, width)
        if width <= own or last < headings.data_from:
            continue
        if is_heading_row(sheet, first):
            own = width
            continue
        for row in range(max(first, headings.data_from), last + 1):
            beyond = (at for at in range(own, width) if sheet.text(row, at))
            at = next(beyond, None)
            if at is None and width == own + 1 and _has_rows_of(sheet, headings, own):
                at = _cut_off(sheet, row, amounts)
            if at is not None:
                faults[row] = (CODE, at)
    return replace(sheet, row_faults={**faults, **sheet.row_faults}) if faults else sheet


def _runs(sheet: ParsedSheet) -> Iterator[tuple[int, int, int]]:
    """The first and the last of rows that have as many cells, and how many."""
    for (first, width), (following, _width) in pairwise([*sheet.widths, (sheet.rows + 1, 0)]):
        yield first, following - 1, width


def _has_rows_of(sheet: ParsedSheet, headings: HeadingRow, width: int) -> bool:
    """Whether any row below the headings has so many cells."""
    return any(each == width and last > headings.row for _first, last, each in _runs(sheet))


def _cut_off(sheet: ParsedSheet, row: int, amounts: Iterable[int]) -> int | None:
    """What a comma cut off an amount, in a row that is longer by one cell, which is blank."""
    for at in amounts:
        if _THOUSANDS.fullmatch(sheet.text(row, at)) and _REST.fullmatch(sheet.text(row, at + 1)):
            return at + 1
    return None


def is_heading_row(sheet: ParsedSheet, row: int) -> bool:
    """Whether another list begins here; headings have no digits."""
    texts = [text for text in sheet.texts(row) if text]
    if any(any(map(str.isdigit, text)) for text in texts):
        return False
    return sum(bool(meaning(text).fields) for text in texts) >= FEWEST_KNOWN
