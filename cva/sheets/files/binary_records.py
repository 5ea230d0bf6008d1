"""Cells of a binary workbook (.xlsb) that are written without their column.

A cell may be written short where it stands right of the one before. Some programs write most of
their cells so, and the library that reads workbooks skips them without a word; for it they get
their columns back. Records are those of [MS-XLSB] 2.1.4 and 2.5.10.
"""

import re
from collections.abc import Iterator, Mapping

from cva.sheets.files.refusal import damaged
from cva.sheets.files.workbook_parts import with_parts
from cva.sheets.files.worksheet_patterns import Bytes

WORKSHEETS = re.compile(r"(?i:xl/worksheets/[^/]+\.bin)")
_ROW = 0
_CELLS = range(1, 12)
_SHORT = range(12, 19)
#: A text of several fonts, which the library does not know either; a byte about them is in front.
_RICH, _TEXT = 62, 6
_TEXT_AT = 8
#: By how much the number of a short cell is above that of the same cell with its column.
_SHORTER = 11
_MORE = 0x80
_MOST_BYTES = 4
_PLACE_BYTES = 4


def with_columns(content: bytes, parts: Mapping[str, Bytes]) -> bytes:
    """The workbook with a column in every cell; the same where no cell lacks it.

    Args:
        content: The workbook.
        parts: Its worksheets.

    Raises:
        RefusedError: A worksheet is cut short.
    """
    short = {name: part for name, part in parts.items() if _is_short(name, part)}
    return with_parts(content, {name: _completed(name, part) for name, part in short.items()})


def _is_short(name: str, part: Bytes) -> bool:
    return any(number in _SHORT or number == _RICH for number, _start, _end in _records(name, part))


def _completed(name: str, part: Bytes) -> bytes:
    found, column, done = bytearray(), 0, 0
    for number, start, end in _records(name, part):
        if number == _ROW:
            column = -1
        elif number in _CELLS or number == _RICH:
            column = int.from_bytes(part[start : start + _PLACE_BYTES], "little")
        elif number in _SHORT:
            column += 1
            found += _record(
                number - _SHORTER, column.to_bytes(_PLACE_BYTES, "little"), part[start:end]
            )
            done = end
        if number == _RICH:
            found += _record(
                _TEXT, part[start : start + _TEXT_AT], _plain(part[start + _TEXT_AT + 1 : end])
            )
            done = end
        found += part[done:end]
        done = end
    return bytes(found)


def _records(name: str, part: Bytes) -> Iterator[tuple[int, int, int]]:
    """The number of every record, and where its data begins and ends."""
    at, whole = 0, len(part)
    try:
        while at < whole:
            number, at = part[at], at + 1
            if number & _MORE:
                number, at = number & 0x7F | part[at] << 7, at + 1
            length, shift = 0, 0
            while True:
                byte, at = part[at], at + 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if byte < _MORE or shift == _MOST_BYTES * 7:
                    break
            yield number, at, at + length
            at += length
    except IndexError as error:
        raise damaged(name) from error
    if at != whole:
        raise damaged(name)


def _plain(text: Bytes) -> Bytes:
    """A text without what is said of its fonts."""
    length = int.from_bytes(text[:_PLACE_BYTES], "little")
    return text[: _PLACE_BYTES + 2 * length]


def _record(number: int, *data: Bytes) -> bytes:
    length, size = sum(map(len, data)), b""
    while length >= _MORE:
        size, length = size + bytes([length & 0x7F | _MORE]), length >> 7
    return bytes([number]) + size + bytes([length]) + b"".join(data)
