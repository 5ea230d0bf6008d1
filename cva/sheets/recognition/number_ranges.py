"""Finds two columns that hold the first and the last number of a range: from no., to no."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import Head, HeadingRow
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

FIRST, LAST = "first", "last"
#: The last number stands so many columns right of the first, at most.
_MOST_RIGHT = 3
_SAMPLE_ROWS = 400
#: So many of the rows have to hold a range; the others may be mistyped.
_MOST = 0.6
#: Nobody gets more at once; a larger span is about something else.
_LONGEST = 10_000
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(.*?)(\d+)")


def span(first: str, last: str) -> int:
    """How many numbers stand from a first one to a last one; 0 where it is no range."""
    one, two = _NUMBER.fullmatch(first.strip()), _NUMBER.fullmatch(last.strip())
    if one is None or two is None or two[1] not in {one[1], ""}:
        return 0
    count = int(two[2]) - int(one[2]) + 1
    return count if 0 < count < _LONGEST else 0


def last_of_range(column: int, sheet: ParsedSheet, headings: HeadingRow) -> int | None:
    """The column of the last numbers, where a column holds the first ones."""
    right = [head for head in headings.heads if 0 < head.column - column <= _MOST_RIGHT]
    ends = [head.column for head in right if _has_word(head, "range_last")]
    found = (at for at in ends if _are_ranges(_pairs(column, at, sheet, headings)))
    return next(found, None)


def side_of_range(head: Head, sheet: ParsedSheet, headings: HeadingRow) -> str:
    """Whether a column under a heading such as "from no." has the first or the last numbers."""
    if _has_word(head, "range_first") and last_of_range(head.column, sheet, headings) is not None:
        return FIRST
    if not _has_word(head, "range_last"):
        return ""
    left = (one.column for one in headings.heads if 0 < head.column - one.column <= _MOST_RIGHT)
    is_last = any(last_of_range(at, sheet, headings) == head.column for at in left)
    return LAST if is_last else ""


def _number(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    return int(found[2]) if found else 0


def _has_word(head: Head, group: str) -> bool:
    words = _WORD.findall(fold(head.text))
    return not vocabulary().rows[group].isdisjoint(words)


def _pairs(
    first: int, last: int, sheet: ParsedSheet, headings: HeadingRow
) -> Iterator[tuple[str, str]]:
    end = min(sheet.rows, headings.data_from + _SAMPLE_ROWS)
    for row in range(headings.data_from, end + 1):
        pair = sheet.text(row, first).strip(), sheet.text(row, last).strip()
        if all(pair):
            yield pair


def _are_ranges(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether most pairs are ranges, some of more than one number, no two of which overlap."""
    every = [*pairs]
    ends = sorted((_number(one), _number(two)) for one, two in every if span(one, two))
    apart = sum(one[1] < two[0] for one, two in pairwise(ends)) + bool(ends)
    return any(one < two for one, two in ends) and apart >= len(every) * _MOST
