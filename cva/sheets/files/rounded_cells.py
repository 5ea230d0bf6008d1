"""Cells of an .xlsx whose number format shows fewer digits than their number has."""

import re
from xml.etree import ElementTree as ET

from cva.sheets.files.cell_addresses import place_of
from cva.sheets.files.number_formats import places_of
from cva.sheets.files.worksheet_patterns import REFERENCE, Bytes, Patterns

#: Places of formats that a workbook does not write out.
_PLACES = dict.fromkeys((1, 3, 5, 6, 37, 38, 41, 42), 0) | dict.fromkeys(
    (2, 4, 7, 8, 39, 40, 43, 44), 2
)
_STYLE = re.compile(rb"\bs=[\"']([0-9]+)[\"']")
#: A cell and its formula are no longer.
_LONGEST_CELL = 40_000
#: A binary fraction this near to what is shown is that.
_DUST = 1e-9


def rounding_styles(part: Bytes) -> dict[bytes, int]:
    """How many decimals each style shows that bounds them, by the number that cells name."""
    root = ET.fromstring(part)  # noqa: S314 - it was parsed before
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    found = {}
    for style, each in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        number = each.get("numFmtId", "0")
        places = _places(int(number) if number.isdecimal() else 0, codes.get(number))
        if places is not None:
            found[b"%d" % style] = places
    return found


def _places(number: int, written: str | None) -> int | None:
    return _PLACES.get(number) if written is None else places_of(written)


def is_rounded(number: float, places: int) -> bool:
    """Whether a number is seen otherwise than it is."""
    return abs(round(number, places) - number) > _DUST


def has_fractions(content: Bytes, patterns: Patterns) -> bool:
    """Whether any cell of a worksheet holds a number with decimals."""
    return patterns.fraction.search(content) is not None


def rounded_cells(
    content: Bytes, patterns: Patterns, styles: dict[bytes, int]
) -> dict[tuple[int, int], int]:
    """By cell the decimals that are shown, of those that hold more."""
    found = {}
    for fraction in patterns.fraction.finditer(content):
        first = max(fraction.start() - _LONGEST_CELL, 0)
        start = content.rfind(patterns.opening_cell + b" ", first, fraction.start())
        if start < 0:
            continue
        opening = content[start : content.find(b">", start)]
        style, name = _STYLE.search(opening), REFERENCE.search(opening)
        places = styles.get(style[1] if style else b"0")
        if places is None or name is None or (len(fraction[1]) <= places and not fraction[2]):
            continue
        text = content[content.rfind(b">", start, fraction.start()) + 1 : fraction.end(1)]
        number = text + (fraction[2] or b"")
        if is_rounded(float(number), places):
            found[place_of((name[1] + name[2]).decode())] = places
    return found
