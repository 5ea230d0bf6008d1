"""Texts of which a part looks otherwise: struck out, unseen, or raised like the mark of a note."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree as ET

from cva.sheets.files.cell_styles import (
    LEAST_SIZE,
    WHITE,
    Colour,
    backgrounds,
    is_alike,
    number_of,
    run_colour,
)
from cva.sheets.files.refusal import damaged
from cva.sheets.files.worksheet_patterns import Bytes, patterns_of, without_comments

RAISED, LOWERED = "superscript", "subscript"
_OFF = frozenset({"0", "false"})
_PLAIN_SIGNS = "0123456789abcdefghijklmnoprstuvwxyz+=()"
_RAISED_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁺⁼⁽⁾"
_SIGNS = {
    RAISED: str.maketrans(_PLAIN_SIGNS, _RAISED_SIGNS),
    LOWERED: str.maketrans("0123456789+=()", "₀₁₂₃₄₅₆₇₈₉₊₌₍₎"),
}
#: Stand around what has no such sign.
_BRACKETS = {RAISED: "⁽{}⁾", LOWERED: "₍{}₎"}


@dataclass(slots=True)
class TextRun:
    """A part of a text that looks the same.

    Attributes:
        looks: By element of its properties the attributes.
    """

    texts: list[str] = field(default_factory=list)
    looks: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_struck(self) -> bool:
        """Whether it is struck out."""
        return "strike" in self.looks and self.looks["strike"].get("val", "1") not in _OFF

    @property
    def position(self) -> str:
        """Whether it is raised or lowered; empty where it stands in the line."""
        position = self.looks.get("vertAlign", {}).get("val", "")
        return position if position in _SIGNS else ""

    def is_unseen(self, background: Colour) -> bool:
        """Whether nobody can see it before a background."""
        size = self.looks.get("sz", {}).get("val", "11")
        if number_of(size) < LEAST_SIZE:
            return True
        return "color" in self.looks and is_alike(run_colour(self.looks["color"]), background)


#: What a run may have that matters here, by the name of the element.
LOOKS = ("strike", "vertAlign", "sz", "color")
_HIDING = frozenset({"strike", "sz", "color"})


class RichTexts:
    """The texts of a workbook that have parts.

    Attributes:
        shared: The parts of those that cells share, by the number of the text.
    """

    def __init__(self, texts: Bytes, styles: Bytes) -> None:
        self.shared = _shared(texts)
        self._styles = styles

    @cached_property
    def _backgrounds(self) -> Mapping[str, Colour]:
        return backgrounds(self._styles) if self._styles else {}

    def left(self, runs: Sequence[TextRun], style: str) -> str | None:
        """What is neither struck out nor unseen in a cell of a style; None where all is there."""
        if not any(run.looks.keys() & _HIDING for run in runs):
            return None
        return left_of(runs, self._backgrounds.get(style or "0", WHITE))


def _shared(part: Bytes) -> dict[int, list[TextRun]]:
    """The shared texts that have parts, by number.

    Raises:
        RefusedError: The part is no XML.
    """
    content = without_comments(part)
    opening = patterns_of(content).opening_text
    start = content.find(opening)
    slices, numbers, counted, at = [], [], start, content.find(b"rPr")
    number = 0
    while 0 <= start < at:
        first = content.rfind(opening, start, at)
        end = content.find(opening, at)
        end = content.rfind(b"</", 0, len(content)) if end < 0 else end
        number += content.count(opening, counted, first)
        counted = first
        slices.append(bytes(content[first:end]))
        numbers.append(number)
        at = content.find(b"rPr", end)
    if not slices:
        return {}
    closing = bytes(content[content.rfind(b"</") :])
    try:
        # DOCTYPE and entities were refused before.
        root = ET.fromstring(b"".join([bytes(content[:start]), *slices, closing]))  # noqa: S314
    except ET.ParseError as error:
        raise damaged("xl/sharedStrings.xml") from error
    return dict(zip(numbers, map(_runs_of, root.iterfind("{*}si")), strict=True))


def _runs_of(text: ET.Element) -> list[TextRun]:
    runs = []
    for run in text.iterfind("{*}r"):
        properties = run.find("{*}rPr")
        given = () if properties is None else properties
        looks: dict[str, Mapping[str, str]] = {
            each.tag.rpartition("}")[2]: each.attrib for each in given
        }
        runs.append(TextRun([run.findtext("{*}t", "")], looks))
    return runs


def in_position(text: str, position: str) -> str:
    """A text with signs that are raised or lowered themselves, as far as there are such signs."""
    if not position or not text.strip():
        return text
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in text)
    moved = digits.translate(_SIGNS[position])
    is_whole = not any(old == new and old.isalnum() for old, new in zip(digits, moved, strict=True))
    return moved if is_whole else _BRACKETS[position].format(text)


def shown_text(runs: Sequence[TextRun]) -> str | None:
    """The text as it is seen where some of it is raised or lowered; None where nothing is."""
    if not any(run.position for run in runs) or all(run.position or _is_blank(run) for run in runs):
        return None
    return _joined(runs)


def left_of(runs: Sequence[TextRun], background: Colour) -> str | None:
    """What is neither struck out nor unseen; None where all of it is there."""
    is_out = [run.is_struck or run.is_unseen(background) for run in runs]
    if all(_is_blank(run) for run, out in zip(runs, is_out, strict=True) if out):
        return None
    left = [run for run, out in zip(runs, is_out, strict=True) if not out]
    return shown_text(left) or "".join(text for run in left for text in run.texts)


def _is_blank(run: TextRun) -> bool:
    return not "".join(run.texts).strip()


def _joined(runs: Iterable[TextRun]) -> str:
    return "".join(in_position("".join(run.texts), run.position) for run in runs)
