"""Whether an answer that was typed can be used."""

import datetime as dt
import re

from cva.core import clock
from cva.core.i18n import gettext as _
from cva.sheets.cells.amount_cells import parse
from cva.sheets.vocabulary.questions import Question
from cva.sheets.vocabulary.text_forms import ascii_digits

#: The type of an answer that names rows.
ROWS = "rows"
#: Answers that name none of them.
NOBODY = frozenset({"0", "-", "–", "—"})
_SPAN = re.compile(r"(\d{1,9})\s*[-–—]\s*(\d{1,9})")


def fault_of(question: Question, answer: str) -> str | None:
    """What is wrong with an answer, in the reader's language; None where nothing is."""
    if not answer:
        return question.message
    if question.options:
        return None if answer in question.options else question.message
    if question.control == "date":
        return _fault_of_day(answer)
    if question.details.get("type") == ROWS and not _names_rows(question, answer):
        return _("Write numbers of rows, such as 4, 9-12, or 0 if in none.")
    if question.details.get("type") == "amount":
        found = parse(answer)
        if found is None or (found.number is not None and found.number <= 0):
            return _("Write a number, for example 10000.00.")
    return None


def _fault_of_day(answer: str) -> str | None:
    try:
        day = dt.date.fromisoformat(answer)
    except ValueError:
        return _("Write the day as year, month and day, for example 2026-03-31.")
    latest = clock.today("UTC") + dt.timedelta(days=1)  # somewhere it is tomorrow
    if day > latest:
        return _('"{value}" lies in the future. Write the day on which it happened.').format(
            value=answer
        )
    return None


def answer_parts(answer: str) -> list[str]:
    """What stands between the commas of an answer, with digits of any script as 0 to 9."""
    parts = re.split(r"\s*[,;،]\s*", ascii_digits(answer.strip()))
    return [part for part in parts if part]


def span_of(part: str) -> range | None:
    """The numbers from one to another, such as 9-12."""
    span = _SPAN.fullmatch(part)
    return range(int(span[1]), int(span[2]) + 1) if span and int(span[1]) <= int(span[2]) else None


def _names_rows(question: Question, answer: str) -> bool:
    """Whether an answer names nothing but rows of the list."""
    if answer in NOBODY:
        return True
    names, parts = _row_names(question.details["among"]), answer_parts(answer)
    ends = [(str(span[0]), str(span[-1])) if (span := span_of(one)) else (one,) for one in parts]
    return bool(parts) and all(end.casefold() in names for each in ends for end in each)


def _row_names(among: str) -> set[str]:
    """The names of all rows, of which each line has the first and the last of some: B 7, B 40."""
    names = set[str]()
    for line in among.splitlines():
        first, last = line.split("\t")
        tab, _blank, start = first.casefold().rpartition(" ")
        end = last.rpartition(" ")[2]
        names.update(f"{tab} {row}".strip() for row in range(int(start), int(end) + 1))
    return names
