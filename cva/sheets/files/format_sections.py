"""Which section of a number format shows a number: by its sign, or by conditions in brackets.

As in ECMA-376, part 1, 18.8.31: up to three sections for numbers, and one for texts.
"""

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from cva.sheets.files.number_formats import BUILT_IN, format_of, hides_day, text_of

_SECTION = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]*\]|[^;])*', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
}
_NUMERIC_SECTIONS = 3
#: Signs beyond are marks, such as a tick, and words of other letters.
_LAST_PLAIN = 0xFF


class Section(NamedTuple):
    """A part of a format between semicolons.

    Attributes:
        holds: Whether the number is shown by it, where it has a condition.
        text: What it shows of any number where it shows no digit.
    """

    code: str
    holds: Callable[[float], bool] | None
    text: str | None


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    found = []
    for text in _split(code)[:_NUMERIC_SECTIONS]:
        condition = _CONDITION.search(text)
        plain = _CONDITION.sub("", text)
        shown = text_of(plain) if plain or not condition else ""
        found.append(Section(plain, _holds(condition) if condition else None, shown))
    return tuple(found)


def _split(code: str) -> list[str]:
    parts, at = [], 0
    while at <= len(code):
        part = _SECTION.match(code, at)
        end = part.end() if part else len(code)
        parts.append(code[at:end])
        at = end + 1
    return parts


def _holds(condition: "re.Match[str]") -> Callable[[float], bool]:
    compare, limit = _COMPARED[condition[1]], float(condition[2])
    return lambda number: compare(number, limit)


def code_of(number: int, written: str | None) -> str:
    """The format with an id of a workbook; empty where every number is seen as it is.

    Args:
        number: The id.
        written: The format that the workbook writes out for it, if any.
    """
    code = BUILT_IN.get(number, "") if written is None else written
    if hides_day(code):
        return code
    first, *others = _sections(code)
    says = any(each.holds or _says(each) for each in others) or first.holds or _says(first)
    return code if says or not format_of(code).is_plain else ""


def _says(section: Section) -> bool:
    """Whether it shows a word or a mark for a number; a dash is none."""
    return any(sign.isalnum() or ord(sign) > _LAST_PLAIN for sign in section.text or "")


def section_for(number: float, code: str) -> Section:
    """The section that shows a number.

    Where there are no conditions the sign decides, but only between what numbers show and words:
    the minus of a number is never lost.
    """
    sections = _sections(code)
    if any(section.holds for section in sections):
        return _by_condition(number, sections)
    at = _by_sign(number, len(sections))
    return sections[at] if at == 0 or _says(sections[at]) else sections[0]


def _by_condition(number: float, sections: tuple[Section, ...]) -> Section:
    *conditional, last = sections
    for section in conditional:
        holds = section.holds
        if number < 0 if holds is None else holds(number):
            return section
    return last if last.holds is None or last.holds(number) else Section("", None, None)


def _by_sign(number: float, count: int) -> int:
    if number < 0:
        return min(1, count - 1)
    return count - 1 if number == 0 and count == _NUMERIC_SECTIONS else 0
