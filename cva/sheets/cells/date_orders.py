"""Which comes first in a column of dates, the day, the month or the year; never guessed."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cva.sheets.files.parsed_workbook import Value
from cva.sheets.vocabulary.text_forms import is_turned, plain_digits

DAY_FIRST = "dmy"
MONTH_FIRST = "mdy"
YEAR_FIRST = "ymd"
#: A day in digits with the year behind.
WITH_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:\s?г\.?)?")
_TIME = re.compile(
    r"(?:T|,?\s+)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|[صم]|UTC|Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_HINT_DAY = re.compile(r"\b(dd|дд|jj|يوم)\W*(mm|мм|شهر)", re.IGNORECASE)
_HINT_MONTH = re.compile(r"\bmm\W*dd", re.IGNORECASE)
MONTHS = 12
#: Digits of a day and of a year of two digits.
_SHORT_YEAR_DIGITS = 4
SLASHES = frozenset("/-")
BUDDHIST, ETHIOPIAN, NEPALI = "buddhist", "ethiopian", "nepali"
#: By how many years such a calendar is ahead of the Gregorian one, of late.
_AHEAD = {BUDDHIST: range(535, 545), ETHIOPIAN: range(-10, -5), NEPALI: range(53, 59)}
_CALENDAR_NAMES = {
    ETHIOPIAN: re.compile(
        r"\(\s*E\.?\s?C\.?\s*\)|\bE\.\s?C\b|\d{4}\s+EC\b|ዓ\s?[./]?\s?ም|\bethiopian cal|"
        r"\b(?:mesk[ae]r[ae]m|t[ie]?kim[it]+|t[ie]q[ie]mt|h[ie]dar|tahsas|yekatit|megabit|mi[ay]azia|"
        r"ginbot|hamle|neh?as[ei]e?)\b",
        re.IGNORECASE,
    ),
    NEPALI: re.compile(r"\(\s*B\.?\s?S\.?\s*\)|\bB\.\s?S\b|\b[bv]ikram|वि\.?\s?सं", re.IGNORECASE),
}
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
#: A year, or where a day has none of four digits, its last two.
_YEAR_OR_END = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d\d$")


@dataclass(frozen=True, slots=True)
class DateOrder:
    """What is known of a column's order of day and month.

    Attributes:
        order: ``dmy`` or ``mdy``; None where it is not known.
        open: Whether a cell of the column can only be read with that knowledge.
        contradicted: Cells that each can be read in one way only, of which some have the day and
            others the month first.
        options: What may come first in its cells.
    """

    order: str | None
    open: bool
    contradicted: tuple[str, ...] = ()
    options: tuple[str, ...] = (DAY_FIRST, MONTH_FIRST)


def without_time(text: str) -> str:
    """A text with plain digits and without the time of day behind it."""
    if is_turned(text):
        return text
    return _TIME.sub("", plain_digits(text).strip())


def date_order_of(values: Iterable[Value], heading: str, settled: str | None) -> DateOrder:
    """Find the order by a cell in which only one number can be a month.

    Dots are day first everywhere; slashes and dashes are not.
    """
    proved: dict[str, str] = {}
    doubtful = False
    for value in values:
        found = WITH_YEAR_LAST.fullmatch(without_time(value)) if isinstance(value, str) else None
        if found is None or found[2] == ".":
            continue
        if order := order_shown_by(found):
            proved.setdefault(order, str(value).strip())
        elif found[1] != found[3]:
            doubtful = True
    contradicted = tuple(proved.values()) if len(proved) > 1 else ()
    if settled in {DAY_FIRST, MONTH_FIRST}:
        return DateOrder(settled, open=False, contradicted=contradicted)
    if contradicted:
        return DateOrder(None, open=True, contradicted=contradicted)
    hinted = None
    if _HINT_DAY.search(heading):
        hinted = DAY_FIRST
    elif _HINT_MONTH.search(heading):
        hinted = MONTH_FIRST
    order = next(iter(proved), hinted)
    return DateOrder(order, open=order is None and doubtful)


def order_shown_by(found: re.Match[str]) -> str | None:
    """The order that a text shows by itself, since only one of its numbers can be a month."""
    first, second = int(found[1]), int(found[3])
    if first > MONTHS >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > MONTHS >= first else None


def short_year_order(
    values: Iterable[Value], heading: str, settled: str | None, first: dt.date, last: dt.date
) -> DateOrder | None:
    """The order where years of two digits may come first: 25.03.14 is a day in 2014 or in 2025.

    None where they may not: where the heading says that the day comes first, where a cell has a
    whole year behind its month, or would be no day from the first to the last that makes sense;
    nor among dots, behind which the year stands nearly everywhere, if it makes later days there.
    """
    texts = (without_time(value) for value in values if isinstance(value, str))
    found = [one for one in map(WITH_YEAR_LAST.fullmatch, texts) if one]
    if _HINT_DAY.search(heading) or not any(one[1] != one[4] for one in found):
        return None
    if any(len(one[1]) + len(one[4]) != _SHORT_YEAR_DIGITS for one in found):
        return None
    year_first = [_day_of(one[1], one[3], one[4], last) for one in found]
    if not all(day and first <= day <= last for day in year_first):
        return None
    if {one[2] for one in found} == {"."}:
        year_last = [_day_of(one[4], one[3], one[1], last) for one in found]
        if all(year_last) and max(filter(None, year_first)) < max(filter(None, year_last)) <= last:
            return None
    options = (DAY_FIRST, YEAR_FIRST)
    order = settled if settled in options else None
    return DateOrder(order, open=order is None, options=options)


def _day_of(year: str, month: str, day: str, last: dt.date) -> dt.date | None:
    """The day of a year of two digits, in the century of the last one."""
    try:
        return dt.date(last.year // 100 * 100 + int(year), int(month), int(day))
    except ValueError:
        return None


def may_be_turned(values: Iterable[Value]) -> bool:
    """Whether a program may have turned day and month around in the true dates of a column.

    It took 03/04/2025 for a date in its own order and left 13/04/2025 a text, as there is no
    thirteenth month: so no true date is after the twelfth of its month.
    """
    dates, proofs = [], 0
    for value in values:
        if isinstance(value, dt.date):
            dates.append(value)
        elif isinstance(value, str) and (found := WITH_YEAR_LAST.fullmatch(without_time(value))):
            if found[2] not in SLASHES or order_shown_by(found) is None:
                return False
            proofs += 1
    are_early = all(day.day <= MONTHS for day in dates)
    return bool(proofs and are_early and any(day.day != day.month for day in dates))


def calendar_of(texts: Iterable[str], values: Iterable[Value], heading: str, today: dt.date) -> str:
    """The calendar in which a column of days is written, where it is one that is not read.

    Args:
        texts: The lines above the table, which may name one.
        values: The days.
        heading: The column's heading.
        today: Days are of late: a year of another calendar is another one.
    """
    said = " ".join((heading, *texts))
    named = [name for name, pattern in _CALENDAR_NAMES.items() if pattern.search(said)]
    words = [value for value in values if isinstance(value, str)]
    if any(
        _BUDDHIST_YEAR.search(plain_digits(text)) and is_of(BUDDHIST, text, today) for text in words
    ):
        named.append(BUDDHIST)
    return named[0] if named else ""


def is_of(calendar: str, text: str, today: dt.date) -> bool:
    """Whether the year of a day is one of late in a calendar; the last digits of it may be."""
    found = calendar and _YEAR_OR_END.search(without_time(text))
    if not found:
        return False
    ahead = _AHEAD[calendar]
    if len(found[0]) == len("2025"):
        return int(found[0]) - today.year in ahead
    return calendar == BUDDHIST and int(found[0]) in {(today.year + by) % 100 for by in ahead}
