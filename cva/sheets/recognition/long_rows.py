"""Rows of a text or a page that have more cells than there are headings.

A comma within a number, such as 1,000, makes two cells of one where nothing stands around it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import FEWEST_KNOWN, HeadingRow
from cva.sheets.recognition.headings import meaning

CODE = "row-too-long"


def with_long_rows(sheet: ParsedSheet, headings: HeadingRow) -> ParsedSheet:
    """The sheet, with the rows that have something beyond the last heading."""
    own, faults = 0, {}
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
            if (at := next(beyond, None)) is not None:
                faults[row] = (CODE, at)
    return replace(sheet, row_faults={**faults, **sheet.row_faults}) if faults else sheet


def _runs(sheet: ParsedSheet) -> Iterator[tuple[int, int, int]]:
    """The first and the last of rows that have as many cells, and how many."""
    for (first, width), (following, _width) in pairwise([*sheet.widths, (sheet.rows + 1, 0)]):
        yield first, following - 1, width


def is_heading_row(sheet: ParsedSheet, row: int) -> bool:
    """Whether another list begins here; headings have no digits."""
    texts = [text for text in sheet.texts(row) if text]
    if any(any(map(str.isdigit, text)) for text in texts):
        return False
    return sum(bool(meaning(text).fields) for text in texts) >= FEWEST_KNOWN
