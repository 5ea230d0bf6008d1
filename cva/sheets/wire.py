"""How a sheet travels from the child that opened it to the parent.

Four bytes with the length of a JSON header, the header, then for every column the positions of
its cells in that column's list of distinct values, four bytes each. Nothing in it can be run,
and a value that stands in 26,000 rows is written, sent and read once.

In the header a text, number or truth value stands for itself; ``["d", "2025-03-04"]`` is a
date, ``["t", ...]`` a date with a time, ``["e", "#REF!"]`` an error cell, ``["f", "=A1+1"]`` a
formula without a value and ``["o", ...]`` a time of day or duration. The first distinct value
of every column is the blank.
"""

import datetime as dt
import json
import sys
from array import array
from collections.abc import Sequence
from typing import Any, TypeAlias

#: Positions in a list of distinct values.
Numbers: TypeAlias = "array[int]"

WORD = "I"
HEAD_BYTES = 4


def distinct(column: Sequence[Any]) -> tuple[list[Any], Numbers]:
    """The distinct values of a column, the blank first, and the position of each cell's value."""
    kinds = set(map(type, column))
    if bool in kinds:
        column = [("b", value) if isinstance(value, bool) else value for value in column]
    numbers = {value: at for at, value in enumerate(dict.fromkeys(["", *column]))}
    values = [value if isinstance(value, str) else _sent(value) for value in numbers]
    return values, array(WORD, map(numbers.__getitem__, column))


def _sent(value: Any) -> Any:  # noqa: ANN401 - whatever a workbook library gives
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
