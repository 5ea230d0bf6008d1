"""How the cells of an .xlsx are shown: number formats, struck out and unseen text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree import ElementTree as ET

from cva.sheets.files.number_formats import code_of
from cva.sheets.files.refusal import damaged

STYLES = "xl/styles.xml"
#: Colours of the palette that are white, and the background of a theme.
_WHITE_INDEXES = frozenset({"1", "9"})
_BACKGROUND = "0"
_NOT_FILLED = frozenset({None, "none"})
_STRUCK = re.compile(rb"<(?:\w+:)?d?strike\b")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What is special about a cell's style.

    Attributes:
        format_code: The number format, where it adds something to a number.
        is_struck: The text is struck out. ``is_unseen``: it is white on white.
    """

    format_code: str = ""
    is_struck: bool = False
    is_unseen: bool = False


ORDINARY = CellStyle()
Part = TypeVar("Part")


def special_styles(part: bytes | bytearray) -> dict[str, CellStyle]:
    """The styles that show more or less than a cell's value, by the number that cells name.

    Raises:
        RefusedError: The part is no XML.
    """
    if not part:
        return {}
    try:
        root = ET.fromstring(part)  # noqa: S314 - DOCTYPE and entities were refused before
    except ET.ParseError as error:
        raise damaged(STYLES) from error
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in _within(root, "numFmts")
    }
    fonts = list(_within(root, "fonts"))
    filled = [_is_filled(each) for each in _within(root, "fills")]
    found = {}
    for number, each in enumerate(_within(root, "cellXfs")):
        font = _at(fonts, each.get("fontId"))
        style = CellStyle(
            format_code=_format_code(each.get("numFmtId", "0"), codes),
            is_struck=font is not None and _is_struck(font),
            is_unseen=(
                font is not None and _is_white(font) and not _at(filled, each.get("fillId"))
            ),
        )
        if style != ORDINARY:
            found[str(number)] = style
    return found


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


def _is_white(font: ET.Element) -> bool:
    return _is_white_colour(font.find("{*}color"))


def _is_white_colour(colour: ET.Element | None) -> bool:
    if colour is None:
        return False
    if rgb := colour.get("rgb"):
        return rgb.upper().endswith("FFFFFF")
    return colour.get("theme") == _BACKGROUND or colour.get("indexed") in _WHITE_INDEXES


def _is_filled(fill: ET.Element) -> bool:
    """Whether white text on it can be seen."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return True
    if pattern.get("patternType") in _NOT_FILLED:
        return False
    return not _is_white_colour(pattern.find("{*}fgColor"))


def struck_texts(part: bytes | bytearray) -> dict[int, str]:
    """The shared texts of which something is struck out, by number, and what is left of each.

    Raises:
        RefusedError: The part is no XML.
    """
    if not _STRUCK.search(part):
        return {}
    try:
        root = ET.fromstring(part)  # noqa: S314 - DOCTYPE and entities were refused before
    except ET.ParseError as error:
        raise damaged("xl/sharedStrings.xml") from error
    found = {}
    for number, text in enumerate(root.iterfind("{*}si")):
        left = left_of(text)
        if left is not None:
            found[number] = left
    return found


def left_of(text: ET.Element) -> str | None:
    """What is not struck out of a text with runs; None where nothing is."""
    kept, has_struck = [], False
    for run in text.iterfind("{*}r"):
        properties = run.find("{*}rPr")
        if properties is not None and _is_struck(properties):
            has_struck = True
        else:
            kept.append(run.findtext("{*}t", ""))
    return "".join(kept) if has_struck else None
