"""Lists that are taken together: where a row of all of them stands in the workbook.

Their rows are numbered on from one list to the next, so that one number is one row of the sending.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from cva.sheets.files.cell_addresses import cell, place_of


class SheetPart(NamedTuple):
    """One of the lists that were taken together.

    Attributes:
        name: What tells it from the others: its tab, or the heading of a month.
        sheet: The tab it is on.
        first: The number of the first of its rows.
        offset: How many rows are before it: what a number is above Excel's.
        columns: For each column of all lists that of this one, counted from 0; -1 for none.
    """

    name: str
    sheet: str
    first: int
    offset: int
    columns: Sequence[int]


class OwnList(NamedTuple):
    """One of several lists, and what is written above it alone.

    Attributes:
        name: What tells it from the others: its tab, or its rows.
        first: The number of the first of its rows.
        lines: The lines above it, and the name of its tab.
        is_below: It stands below another one on the same tab.
        goes_on: It has no headings of its own and goes on with the list before it.
    """

    name: str
    first: int
    lines: tuple[str, ...]
    is_below: bool = False
    goes_on: bool = False


def list_of(lists: Sequence[OwnList], number: int) -> int:
    """The place of the list that a row belongs to, counted from 0."""
    return max(bisect_right([one.first for one in lists], number) - 1, 0)


def part_of(parts: Sequence[SheetPart], number: int) -> SheetPart | None:
    """The list that a row belongs to; None where there is but one."""
    at = bisect_right([part.first for part in parts], number)
    return parts[max(at - 1, 0)] if parts else None


def own_column(parts: Sequence[SheetPart], number: int, column: int) -> int:
    """The column of a row on the first tab, where several lists of it have columns of their own."""
    part = part_of(parts, number)
    is_first = part is not None and part.sheet == parts[0].sheet
    return part.columns[column] if part and is_first and column < len(part.columns) else column


def row_name(parts: Sequence[SheetPart], number: int) -> str:
    """A row as a person finds it: 7, or B 7 where it is the seventh of a tab B."""
    part = part_of(parts, number)
    return f"{part.name} {number - part.offset}" if part else str(number)


def cell_in_workbook(
    parts: Sequence[SheetPart], sheet: str, number: int, column: int
) -> tuple[str, str | None]:
    """The tab and the cell of a row and column; no cell where the list has no such column."""
    part = part_of(parts, number)
    if part is None:
        return sheet, cell(number, column)
    own = part.columns[column] if column < len(part.columns) else -1
    return part.sheet, cell(number - part.offset, own) if own >= 0 else None


def cell_of_all(parts: Sequence[SheetPart], number: int, at: str) -> str:
    """A cell of the workbook as one of all lists: by the number of its row, and their column."""
    part, (_row, own) = part_of(parts, number), place_of(at)
    return cell(number, part.columns.index(own)) if part else at
