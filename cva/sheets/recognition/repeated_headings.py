"""Headings that are there once more: at the top of a printed page, or of a table below another."""

from collections.abc import Callable, Sequence
from functools import cached_property

from cva.sheets.recognition.heading_rows import is_of_headings
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.tables_below import says_the_same
from cva.sheets.vocabulary.text_forms import fold

#: So many lines may stand above headings that are there once more.
MOST_LINES = 5
#: A row with more cells than these, most of those that the list has, is no line.
MOST_OF_LINE = 2
#: By so many of the headings such rows are found, those over the fewest texts.
_SOUGHT = 4
Cells = list[tuple[int, str]]


class RepeatedHeadings:
    """Finds the rows that repeat the headings of a list.

    Args:
        known: The sheet.
        width: How many columns the list has.
        cells_of: Gives the cells of a row with something in them.
        is_total: Whether the cells of a row are those of a total.
    """

    def __init__(
        self,
        known: Recognised,
        width: int,
        cells_of: Callable[[int], Cells],
        is_total: Callable[[Cells], bool],
    ) -> None:
        self._sheet, self._row = known.sheet, known.heading_row
        self._cells, self._is_total = cells_of, is_total
        self._heads = {head.column: fold(head.text) for head in known.heading_row.heads}
        self._known_heads = [head for head in known.heading_row.heads if head.column < width]
        columns = [at for at in self._heads if at < width]
        self._sought = sorted(columns, key=lambda at: len(self._sheet.columns[at].texts))[:_SOUGHT]

    def is_repeat(self, cells: Cells) -> bool:
        """Whether the cells of a row are the headings once more."""
        if tuple(cells) in self._lines:
            return True
        if len(cells) <= 1:
            return False
        if is_of_headings([text for _, text in cells]):
            return says_the_same(cells, self._known_heads)
        same = sum(fold(text) == self._heads.get(column) for column, text in cells)
        return same * 2 > len(cells)

    @cached_property
    def rows(self) -> Sequence[int]:
        """The rows that repeat the headings, and those of lines above them, behind a blank row."""
        found = set()
        for at in self._sought:
            column = self._sheet.columns[at]
            same = {
                place for place, text in enumerate(column.texts) if fold(text) == self._heads[at]
            }
            found |= {row for row, place in enumerate(column.index, 1) if place in same}
        first = self._row.data_from
        repeats = [row for row in found if row > first and self.is_repeat(self._cells(row))]
        rows: set[int] = set()
        for last in repeats:
            top = self._top_of(last)
            rows |= {*self._lines_over(top), *range(top, last + 1)}
        return sorted(rows)

    def _top_of(self, repeat: int) -> int:
        """The first of the rows of headings that end with one that repeats them."""
        while repeat > self._row.data_from + 1 and self.is_repeat(self._cells(repeat - 1)):
            repeat -= 1
        return repeat

    def _lines_over(self, repeat: int) -> list[int]:
        """Lines between headings that are there again and the blank row or total above them."""
        lines: list[int] = []
        for row in range(repeat - 1, max(self._row.data_from, repeat - MOST_LINES) - 1, -1):
            cells = self._cells(row)
            if (not cells and row < repeat - 1) or self._is_total(cells):
                return lines
            is_wide = len(cells) > MOST_OF_LINE and len(cells) * 2 > len(self._heads)
            if is_wide or self.is_repeat(cells):
                return []  # somebody of a short list, whatever is blank in the row
            lines += [row] if cells else []
        return []

    @cached_property
    def _lines(self) -> frozenset[tuple[tuple[int, str], ...]]:
        """The rows of headings, of which those above may be over several columns each."""
        lines = [tuple(self._cells(row)) for row in range(1, self._row.data_from)]
        return frozenset(line for line in lines if len(line) > 1)
