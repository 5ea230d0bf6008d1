"""How a sheet travels from the child that opened it to the parent.

Four bytes with the length of a JSON header, the header, then for every column the positions of
its cells in that column's list of distinct values, four bytes each. Nothing in it can be run,
and a value that is in 26,000 rows is written, sent and read once.

In the header a text, number or truth value is written as it is; ``["d", "2025-03-04"]`` is a
date, ``["m", ...]`` the first of a month of which no day is shown, ``["t", ...]`` a date with a
time, ``["e", "#REF!"]`` an error cell, ``["f", "=A1+1"]`` a
formula without a value, ``["n", 450, "0 [$EUR]"]`` a number with a format that adds something to
it and ``["o", ...]`` a time of day or duration. The first distinct value of every column is the
blank.
"""

import datetime as dt
import json
import math
import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from typing import Any, TypeAlias

from cva.sheets.files.number_formats import hides_day, writes_day

#: Positions in a list of distinct values.
Numbers: TypeAlias = "array[int]"

WORD = "I"
ROWS_AT_ONCE = 4096
HEAD_BYTES = 4


class ColumnOnWire:
    """One column's distinct values, the blank first, and the position of each cell's value."""

    def __init__(self, blanks: int = 0) -> None:
        self._numbers: dict[Any, int] = {"": 0}
        self.index: Numbers = array(WORD, bytes(blanks * array(WORD).itemsize))

    def add(self, cells: Sequence[Any]) -> None:
        """Further cells below."""
        if bool in set(map(type, cells)):
            cells = [("b", value) if isinstance(value, bool) else value for value in cells]
        numbers = self._numbers
        for value in dict.fromkeys(cells):
            if value not in numbers:
                numbers[value] = len(numbers)
        self.index.extend(map(numbers.__getitem__, cells))

    def put(self, row: int, value: Any) -> None:  # noqa: ANN401 - what a cell holds
        """Another value in a row counted from 0, below the last one too."""
        if missing := row + 1 - len(self.index):
            self.index.extend([0] * max(missing, 0))
        self.index[row] = self._numbers.setdefault(value, len(self._numbers))

    def format(self, start: int, end: int, code: str) -> None:
        """Numbers that a format shows otherwise, in rows counted from 0."""
        known = list(self._numbers)
        for row in range(start, min(end, len(self.index))):
            value = known[self.index[row]]
            if isinstance(value, int | float):
                self.put(row, ("n", value, code))
            elif isinstance(value, dt.date) and writes_day(code):
                self.put(row, f"{value.isoformat()} = {code}")  # two days, and no day at all
            elif isinstance(value, dt.date) and value.day == 1 and hides_day(code):
                self.put(row, ("m", value.isoformat()[: len("2026-10-01")]))

    @property
    def values(self) -> list[Any]:
        """The distinct values as they are sent."""
        return [value if isinstance(value, str) else _sent(value) for value in self._numbers]


def columns_of(rows: Iterable[Sequence[Any]], left: int = 0) -> list[ColumnOnWire]:
    """The columns of a table, with blank ones to the left of it; rows may differ in length."""
    columns: list[ColumnOnWire] = []
    rest, done = iter(rows), 0
    while some := list(islice(rest, ROWS_AT_ONCE)):
        found = list(zip_longest(*some, fillvalue=""))
        columns += [ColumnOnWire(done) for _ in range(left + len(found) - len(columns))]
        for column, cells in zip(columns[left:], found, strict=False):
            column.add(cells)
        done += len(some)
        for column in columns:
            column.index.extend([0] * (done - len(column.index)))
    return columns


def _sent(value: Any) -> Any:  # noqa: ANN401 - whatever a workbook library gives
    if isinstance(value, float) and not math.isfinite(value):
        return ["e", str(value)]
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return value[1] if value[0] == "b" else list(value)
    if isinstance(value, dt.datetime):
        return ["t", value.isoformat()]
    if isinstance(value, dt.date):
        return ["d", value.isoformat()]
    return ["o", str(value)]


def pack(header: dict[str, Any], columns: Sequence[Numbers]) -> bytes:
    """The whole message."""
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    parts = [len(text).to_bytes(HEAD_BYTES, "big"), text]
    for column in columns:
        if sys.byteorder == "big":
            column.byteswap()
        parts.append(column.tobytes())
    return b"".join(parts)


def unpack(message: bytes) -> tuple[dict[str, Any], list[Numbers]]:
    """The header and the columns of all its sheets, one after the other.

    Raises:
        ValueError: The message is cut or is none of ours.
    """
    size = int.from_bytes(message[:HEAD_BYTES], "big")
    start = HEAD_BYTES + size
    header = json.loads(message[HEAD_BYTES:start].decode("utf-8", "surrogatepass"))
    columns: list[Numbers] = []
    view = memoryview(message)
    for sheet in header.get("sheets", []):
        length = sheet["rows"] * array(WORD).itemsize
        for values in sheet["columns"]:
            column = array(WORD, [])
            column.frombytes(view[start : start + length])
            if len(column) != sheet["rows"] or (column and max(column) >= len(values)):
                raise ValueError("a column is cut short")
            if sys.byteorder == "big":
                column.byteswap()
            columns.append(column)
            start += length
    return header, columns
