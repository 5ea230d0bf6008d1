"""What comes out of one cell: a value, or the reason why there is none."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from cva.sheets.files.parsed_workbook import ErrorCell, Uncalculated, Value
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary


class Reading(NamedTuple):
    """A cell that was read.

    Attributes:
        value: What it says; None where it is blank or cannot be read.
        problem: The code of the finding; None where nothing is wrong.
        details: What the finding's message needs.
    """

    value: str | int | None
    problem: str | None = None
    details: Mapping[str, str] = {}


BLANK = Reading(None)
#: What a finding knows of a number with the mark of a note behind it.
NOTE_MARK = {"note_mark": "1"}
#: Signs that leave nothing on paper.
_UNSEEN = " \t\n\r\v\f\xa0\u061c\u200b-\u200f\u2060\ufeff"
_SEEN = re.compile(f"[^{_UNSEEN}]")


def is_blank(value: Value) -> bool:
    """Whether the cell holds nothing that a person could see."""
    return isinstance(value, str) and not _SEEN.search(value)


#: How people and exports write that there is nothing.
_SHORT = re.compile(r"\D{1,20}")
_DASHES = re.compile(r"\s*[-–—−_]+\s*")


def is_nothing(value: Value) -> bool:
    """Whether the cell is blank or holds dashes only, such as the --- of CommCare."""
    return is_blank(value) or (isinstance(value, str) and _DASHES.fullmatch(value) is not None)


def says_nothing(value: Value) -> bool:
    """Whether the cell says so in words, where a number or a day belongs."""
    if is_nothing(value):
        return True
    return (
        isinstance(value, str)
        and _SHORT.fullmatch(value) is not None
        and fold(value) in vocabulary().rows["nothing"]
    )


def faulty(
    value: Value, otherwise: str, details: Mapping[str, str] | None = None
) -> Reading | None:
    """The finding for a formula without a value or an error cell; None for any other cell."""
    if isinstance(value, Uncalculated):
        return Reading(None, "formula-without-value")
    if isinstance(value, ErrorCell):
        return Reading(None, otherwise, details or {})
    return None
