"""Sums of a column over rows that become more, without adding all of them anew each time."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from cva.sheets.cells.amount_cells import bare_number
from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.files.parsed_workbook import SheetColumn

FEWEST_SUMMED = 2


class _Sum(NamedTuple):
    """What the first rows come to, and how many of their cells cannot be added."""

    total: Decimal
    unknown: int


class RunningSums:
    """The sums over rows of a column, of which more may be added at their end."""

    def __init__(self, column: SheetColumn, rows: Sequence[int]) -> None:
        self._column, self._rows = column, rows
        self._numbers = [
            Decimal(0) if is_blank(value) else bare_number(value) for value in column.values
        ]
        self._sums = [_Sum(Decimal(0), 0)]

    def is_sum(self, stated: Decimal | None, starts: Iterable[int]) -> bool:
        """Whether a number is the sum of several rows from one of the places on to the last."""
        count = len(self._rows)
        return stated is not None and any(
            count - start >= FEWEST_SUMMED and stated == self.between(start, count)
            for start in starts
        )

    def between(self, start: int, stop: int) -> Decimal | None:
        """The sum of the rows from one place up to another; None where a cell cannot be added."""
        for row in self._rows[len(self._sums) - 1 : stop]:
            number, (total, unknown) = self._numbers[self._column.index[row - 1]], self._sums[-1]
            self._sums.append(_Sum(total + (number or 0), unknown + (number is None)))
        first, last = self._sums[start], self._sums[stop]
        return last.total - first.total if last.unknown == first.unknown else None
