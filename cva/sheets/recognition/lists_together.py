"""Puts several lists of one workbook one below the other, so that they are read as one."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from cva.sheets.files.parsed_workbook import ParsedSheet, Place, SheetColumn, Value
from cva.sheets.files.sheet_parts import SheetPart
from cva.sheets.files.transport import WORD, Numbers

ABSENT = -1
ValueOfCell = TypeVar("ValueOfCell")


class ListToJoin(NamedTuple):
    """One list, and how it fits to the others.

    Attributes:
        name: What tells it from the others.
        sheet: Where it is.
        first: The first of its rows to take; ``last`` is the last one.
        columns: For each column of all lists that of this one, counted from 0; -1 for none.
        constants: By column of all lists the one text that all of its rows have.
        left_out: Rows that are none of this list.
        above: What is written above it, and the name of its tab.
    """

    name: str
    sheet: ParsedSheet
    first: int
    last: int
    columns: Sequence[int]
    constants: Mapping[int, str] = {}
    left_out: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()


def joined(lists: Sequence[ListToJoin]) -> ParsedSheet:
    """One sheet of all lists; the first of them keeps the numbers of its rows."""
    parts, rows = [], 0
    for one in lists:
        own = one.sheet.parts[0].offset if one.sheet.parts else 0  # a table below another
        offset = rows - (one.first - 1) + own
        parts.append(SheetPart(one.name, one.sheet.tab, rows + 1, offset, tuple(one.columns)))
        rows += one.last - one.first + 1
    shifts = [(one, part.first - one.first) for one, part in zip(lists, parts, strict=True)]
    merged = (
        (top + down, left, bottom + down, right)
        for one, down in shifts
        for top, left, bottom, right in _moved_ranges(one)
    )
    return replace(
        lists[0].sheet,
        rows=rows,
        columns=[_column(lists, at) for at in range(len(lists[0].columns))],
        hidden_rows=frozenset(
            row + down
            for one, down in shifts
            for row in one.sheet.hidden_rows
            if one.first <= row <= one.last
        ),
        left_out=frozenset(row + down for one, down in shifts for row in one.left_out),
        hidden_columns=frozenset(
            at
            for one in lists
            for at, column in enumerate(one.columns)
            if column in one.sheet.hidden_columns
        ),
        merged=tuple(merged),
        struck=frozenset().union(*(_moved(one.sheet.struck, one, down) for one, down in shifts)),
        unseen=frozenset().union(*(_moved(one.sheet.unseen, one, down) for one, down in shifts)),
        partly_struck=_moved_values(shifts, lambda sheet: sheet.partly_struck),
        rounded=_moved_values(shifts, lambda sheet: sheet.rounded),
        symbols=_moved_values(shifts, lambda sheet: sheet.symbols),
        notes=_moved_values(shifts, lambda sheet: sheet.notes),
        colours={
            row + down: colours
            for one, down in shifts
            for row, colours in one.sheet.colours.items()
        },
        row_faults={
            row + down: fault
            for one, down in shifts
            for row, fault in one.sheet.row_faults.items()
            if one.first <= row <= one.last
        },
        parts=tuple(parts),
        above=tuple(one.above for one in lists),
    )


def _column(lists: Sequence[ListToJoin], at: int) -> SheetColumn:
    places: dict[tuple[type, Value], int] = {(str, ""): 0}
    index: Numbers = array(WORD)
    for one in lists:
        column = _source(one, at)
        here, values = column.index[one.first - 1 : one.last], column.values
        used = ((at, values[at]) for at in dict.fromkeys(here))
        known = {at: places.setdefault((type(v), v), len(places)) for at, v in used}
        index.extend(map(known.__getitem__, here))
    return SheetColumn([value for _type, value in places], index)


def _source(one: ListToJoin, at: int) -> SheetColumn:
    column = one.columns[at] if at < len(one.columns) else ABSENT
    if column != ABSENT:
        return one.sheet.columns[column]
    text = one.constants.get(at, "")
    return SheetColumn([text], array(WORD, bytes(array(WORD).itemsize * one.last)))


def _moved_ranges(one: ListToJoin) -> Iterable[tuple[int, int, int, int]]:
    """The merged cells of a list, in the columns of all lists."""
    for top, left, bottom, right in one.sheet.merged:
        columns = [at for at, column in enumerate(one.columns) if left <= column <= right]
        if columns and one.first <= top <= bottom <= one.last:
            yield top, min(columns), bottom, max(columns)


def _moved(places: Iterable[Place], one: ListToJoin, down: int) -> frozenset[Place]:
    columns = {column: at for at, column in enumerate(one.columns) if column != ABSENT}
    return frozenset(
        (row + down, columns[column])
        for row, column in places
        if one.first <= row <= one.last and column in columns
    )


def _moved_values(
    shifts: Iterable[tuple[ListToJoin, int]],
    values_of: Callable[[ParsedSheet], Mapping[Place, ValueOfCell]],
) -> dict[Place, ValueOfCell]:
    """What each list knows of its cells, at the places that these have among all lists."""
    return {
        place: value
        for one, down in shifts
        for source, value in values_of(one.sheet).items()
        for place in _moved([source], one, down)
    }
