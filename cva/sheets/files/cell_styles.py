"""How the cells of an .xlsx are shown: number formats, struck out and unseen text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree import ElementTree as ET

from cva.sheets.files.format_sections import code_of
from cva.sheets.files.refusal import damaged, too_large

STYLES = "xl/styles.xml"
#: Excel has room for half as many formats of cells, and for far fewer of what they are made of.
MAX_STYLES = 130_980
_STYLE = re.compile(rb"<(?:\w+:)?(?:xf|font|fill|border|numFmt)(?=[\s/>])")
#: Red, green and blue; the name and the tint of a colour that is not known; None for no colour.
Colour = tuple[int | str | float, ...] | None
_BLACK, WHITE = (0, 0, 0), (255, 255, 255)
#: What is known of a theme and of the palette: paper and ink.
_THEME = {"0": WHITE, "1": _BLACK}
_INDEXED = dict.fromkeys(("1", "9", "65"), WHITE) | dict.fromkeys(("0", "8", "64"), _BLACK)
#: Colours that differ by no more cannot be told apart on paper; smaller text cannot be read.
_ALIKE = 16
LEAST_SIZE = 3
#: Rows and columns that are smaller show nothing.
LEAST_POINTS = 2.0
_ON = frozenset({"1", "true"})
_NOT_FILLED = frozenset({None, "none"})
SYMBOL_FONTS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings"})


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What is special about a cell's style.

    Attributes:
        format_code: The number format, where it adds something to a number.
        is_struck: The text is struck out. ``is_unseen``: nobody can see it, as white on white.
        symbol_font: The font, where it shows letters as signs.
    """

    format_code: str = ""
    is_struck: bool = False
    is_unseen: bool = False
    symbol_font: str = ""


ORDINARY = CellStyle()
Part = TypeVar("Part")


def special_styles(part: bytes | bytearray) -> dict[str, CellStyle]:
    """The styles that show more or less than a cell's value, by the number that cells name.

    Raises:
        RefusedError: The part is no XML, or has more styles than any workbook.
    """
    if not part:
        return {}
    if (count := sum(1 for _each in _STYLE.finditer(part))) > MAX_STYLES:
        raise too_large("styles", MAX_STYLES, count)
    try:
        root = ET.fromstring(part)  # noqa: S314 - DOCTYPE and entities were refused before
    except ET.ParseError as error:
        raise damaged(STYLES) from error
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in _within(root, "numFmts")
    }
    fonts = list(_within(root, "fonts"))
    fills = list(_within(root, "fills"))
    crossed = {
        str(number) for number, each in enumerate(_within(root, "borders")) if _is_crossed(each)
    }
    found = {}
    for number, each in enumerate(_within(root, "cellXfs")):
        font = _at(fonts, each.get("fontId"))
        style = CellStyle(
            format_code=_format_code(each.get("numFmtId", "0"), codes),
            is_struck=each.get("borderId") in crossed or (font is not None and _is_struck(font)),
            is_unseen=font is not None
            and _is_unseen(
                codes.get(each.get("numFmtId", ""), ""), font, _at(fills, each.get("fillId"))
            ),
            symbol_font=_symbol_font(font),
        )
        if style != ORDINARY:
            found[str(number)] = style
    return found


def coloured_styles(part: bytes | bytearray) -> dict[str, str]:
    """The styles that colour a cell or its text, by the number that cells name, as ``FFFF00``.

    A colour of a theme, which is not known, is empty; paper and ink are none.
    """
    if not part:
        return {}
    root = ET.fromstring(part)  # noqa: S314 - it was read before
    fonts, fills = list(_within(root, "fonts")), list(_within(root, "fills"))
    found = {}
    for number, each in enumerate(_within(root, "cellXfs")):
        font, fill = _at(fonts, each.get("fontId")), _at(fills, each.get("fillId"))
        text = _BLACK if font is None else _text_colour(font)
        colours = [one for one in (_background(fill), text) if one not in {WHITE, _BLACK, None}]
        if colours:
            found[str(number)] = _hex(colours[0])
    return found


def _hex(colour: Colour) -> str:
    parts = [part for part in colour or () if isinstance(part, int)]
    return bytes(parts).hex().upper() if len(parts) == len(_BLACK) else ""


def backgrounds(part: bytes | bytearray) -> dict[str, Colour]:
    """The colour behind the texts of each style, by the number that cells name."""
    root = ET.fromstring(part)  # noqa: S314 - it was parsed before
    fills = list(_within(root, "fills"))
    styles = enumerate(_within(root, "cellXfs"))
    return {str(number): _background(_at(fills, each.get("fillId"))) for number, each in styles}


def _within(root: ET.Element, name: str) -> list[ET.Element]:
    return list(root.find(f"{{*}}{name}") or ())


def _at(found: Sequence[Part], number: str | None) -> Part | None:
    at = int(number) if number and number.isdecimal() else 0
    return found[at] if at < len(found) else None


def _format_code(number: str, codes: Mapping[str, str]) -> str:
    return code_of(int(number), codes.get(number)) if number.isdecimal() else ""


def _is_struck(font: ET.Element) -> bool:
    struck = font.find("{*}strike")
    return struck is not None and struck.get("val", "1") not in {"0", "false"}


def _is_crossed(border: ET.Element) -> bool:
    """Whether a line goes from corner to corner of a cell."""
    line = border.find("{*}diagonal")
    is_drawn = line is not None and line.get("style", "none") != "none"
    return is_drawn and any(border.get(name) in _ON for name in ("diagonalUp", "diagonalDown"))


def _is_unseen(code: str, font: ET.Element, fill: ET.Element | None) -> bool:
    """Whether nobody can read what is in the cell: its format, its size or its colour hides it."""
    size = font.find("{*}sz")
    if size is not None and number_of(size.get("val", "11")) < LEAST_SIZE:
        return True
    return _shows_nothing(code) or is_alike(_text_colour(font), _background(fill))


def _symbol_font(font: ET.Element | None) -> str:
    named = font.find("{*}name") if font is not None else None
    name = named.get("val", "") if named is not None else ""
    return name if name.casefold() in SYMBOL_FONTS else ""


def _shows_nothing(code: str) -> bool:
    """Whether a format has an empty place for numbers, as ``;;;`` has."""
    return ";" in code and not code.replace('""', "").replace(";", "").strip()


def _text_colour(font: ET.Element) -> Colour:
    colour = font.find("{*}color")
    return _BLACK if colour is None else run_colour(colour.attrib)


def _background(fill: ET.Element | None) -> Colour:
    """The colour behind a text; None where there is a pattern, or it is not known."""
    pattern = fill.find("{*}patternFill") if fill is not None else None
    if pattern is None:
        return WHITE if fill is None else None
    kind, colour = pattern.get("patternType"), pattern.find("{*}fgColor")
    if kind in _NOT_FILLED:
        return WHITE
    return run_colour(colour.attrib) if kind == "solid" and colour is not None else None


def run_colour(given: Mapping[str, str]) -> Colour:
    """A colour as red, green and blue; one of a theme that is not known by its number."""
    if rgb := given.get("rgb"):
        return _of_hex(rgb[-6:])
    tint = number_of(given.get("tint"))
    if theme := given.get("theme"):
        return _tinted(_THEME[theme], tint) if theme in _THEME else (f"theme {theme}", tint)
    number = given.get("indexed", "")
    return _INDEXED.get(number, (f"indexed {number}", tint)) if number else _BLACK


def _of_hex(text: str) -> Colour:
    try:
        return tuple(bytes.fromhex(text))
    except ValueError:
        return None


def _tinted(colour: tuple[int, ...], tint: float) -> Colour:
    """A colour made lighter, or darker where the tint is below zero."""
    if tint < 0:
        return tuple(int(part * (1 + tint)) for part in colour)
    return tuple(int(part + (255 - part) * tint) for part in colour)


def is_alike(one: Colour, other: Colour) -> bool:
    """Whether a text in one colour cannot be told from a background of the other."""
    if one is None or other is None:
        return False
    if all(isinstance(part, int) for part in (*one, *other)):
        pairs = zip(one, other, strict=True)
        return all(abs(int(first) - int(second)) <= _ALIKE for first, second in pairs)
    return one == other


def number_of(text: str | None) -> float:
    """A size or a tint; none where it is no number."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
