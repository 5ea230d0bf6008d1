"""Lines above a list or between its rows that may say that these people received nothing.

What a title or the name of a tab says is about the whole list; what stands between rows is about
those below it, up to the next line.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from cva.sheets.checking.table import Table
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.legends import explains_marks
from cva.sheets.vocabulary.questions import NO, NOTHING_OF_IT, YES, Question, named_rows
from cva.sheets.vocabulary.unpaid_titles import line_may_deny, title_may_deny
from cva.sheets.vocabulary.word_lists import word

#: Asks of one line; the rest of the key is a digest of it.
LINE = "line"
_ANSWERS = (YES, NO, NOTHING_OF_IT)


class _Span(NamedTuple):
    """A line, and the data rows that it is about, counted from 0."""

    line: str
    rows: range


class SettledLines(NamedTuple):
    """What is asked about lines, and all lines that are asked about here, answered or not."""

    questions: Sequence[Question]
    lines: frozenset[str]


def settle_lines(table: Table, received: AbstractSet[int], choices: Choices) -> SettledLines:
    """Take over what the sender answered about such lines; ask about the others.

    Args:
        table: The rows; those that a line was said to be about are no longer received.
        received: Data rows whose own cells say that they were.
        choices: What the sender answered.
    """
    is_ours = choices.is_template or choices.is_field_list
    spans: dict[str, list[_Span]] = {}
    for span in _denying(table, received, has_titles=not is_ours):
        spans.setdefault(word(span.line), []).append(span)
    questions = []
    for text, found in spans.items():
        key = f"{LINE}:{choices.digest(text)[:8]}"
        rows = sorted({row for span in found for row in span.rows} - table.not_received)
        answer = choices.settled.get(key)
        if answer == NO:
            table.not_received |= set(rows)
        elif answer not in _ANSWERS and rows:
            details = {"rows": named_rows([table.row_name(row) for row in rows])}
            examples = {"": ((found[0].line, ""),)}
            questions.append(Question(key, _ANSWERS, examples=examples, details=details))
    lines = {span.line for found in spans.values() for span in found}
    cells = {cell for line in lines for cell in line.split(": ")}  # of a title in several cells
    return SettledLines(questions, frozenset(lines | cells))


def _denying(table: Table, received: AbstractSet[int], *, has_titles: bool) -> Iterator[_Span]:
    """The lines that may deny; what explains a colour or a mark is a legend, and asked as one."""
    for span in _titles(table) if has_titles else ():
        is_open = not received >= set(span.rows)
        if is_open and title_may_deny(span.line) and not explains_marks(span.line):
            yield span
    for span in _lines_between(table):
        if line_may_deny(span.line) and not explains_marks(span.line):
            yield span


def _titles(table: Table) -> Iterator[_Span]:
    """What stands above each list of its own headings, and the name of its tab."""
    starts = [part.first for part in table.known.sheet.parts] or [1]
    for at, (first, end) in enumerate(pairwise([*starts, table.known.sheet.rows + 1])):
        rows = _rows(table.numbers, first if at else 1, end)
        for line in dict.fromkeys(_titles_of(table.known, at)):
            if rows:
                yield _Span(line, rows)


def _titles_of(known: Recognised, at: int) -> Sequence[str]:
    """The titles of one of the lists; those of the first are above all that have none."""
    own = known.sheet.above[at] if at < len(known.sheet.above) else ()
    return own if at and own else known.titles


def _lines_between(table: Table) -> Iterator[_Span]:
    firsts = [part.first for part in table.known.sheet.parts] or [1]
    above = {first: {*_titles_of(table.known, at)} for at, first in enumerate(firsts)}
    lists = table.known.lists
    starts = [*(one.first for one in lists), table.known.sheet.rows + 1]
    for one, end in zip(lists, starts[1:], strict=True):
        titles: AbstractSet[str] = set() if one.is_below else above.get(one.first, set())
        for line in one.lines:
            if line not in titles:
                yield _Span(line, _rows(table.numbers, one.first, end))


def _rows(numbers: Sequence[int], first: int, end: int) -> range:
    return range(bisect_left(numbers, first), bisect_left(numbers, end))
