"""The days that lines above a table and names of tabs speak of."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

import jdatetime

from cva.sheets.cells.date_cells import DateReader
from cva.sheets.cells.date_orders import DateOrder, date_order_of
from cva.sheets.vocabulary.month_names import is_month
from cva.sheets.vocabulary.text_forms import fold, plain_digits

_LONGEST_DAY_WORDS = 5
_PARTS = re.compile(r"[\s,_]+")
_JOINT = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_AROUND = ".:;()[]–—-"
_YEAR = re.compile(r"(?<!\d)(?:19|20|13|14)\d\d(?!\d)")
#: A day without its year: 2 Nov, Nov 2, 02.11
_NUMBERS = re.compile(r"\d{1,2}([./-])\d{1,2}")
#: Several days of one month: 2-3 Nov, 2 et 3 novembre
_SEVERAL = re.compile(r"\d{1,2}\s*(?:[-–—&+,]|[^\W\d]{1,3})\s*\d{1,2}[\s-]*([^\W\d]+)")
_WORDS = re.compile(r"\d{1,2}[^\d]+|[^\d]+\d{1,2}")


def days_in(text: str, today: dt.date) -> Iterator[dt.date]:
    """The days that a line of text names, up to today, where they can be read in one way only."""
    reader = _reader(None, today)
    for words in _words_of(text):
        found = reader.read(words).value
        if isinstance(found, str):
            yield dt.date.fromisoformat(found)


def days_of_lists(lists: Sequence[Sequence[str]], today: dt.date) -> list[dict[str, str]]:
    """For each list the days that its lines name, as ISO text, each with its line.

    A day without a year is the last one there was, or that of the year which is written there;
    which number is the month is known where one of the lists shows it.
    """
    texts = [words for lines in lists for line in lines for words in _words_of(line)]
    dated = [text for words in texts for text in _with_years(words, [today.year])]
    reader = _reader(date_order_of([*texts, *dated], "", None).order, today)
    return [_days_of(lines, reader) for lines in lists]


def _days_of(lines: Sequence[str], reader: DateReader) -> dict[str, str]:
    written: dict[str, str] = {}
    without_year: dict[str, str] = {}
    for line in lines:
        for words in _words_of(line):
            if isinstance(day := reader.read(words).value, str):
                written.setdefault(day, line)
            elif day := _last(words, _years(lines, reader.today), reader):
                without_year.setdefault(day, line)
    return written or without_year


def _last(words: str, years: Sequence[int], reader: DateReader) -> str | None:
    """The last day of a text without a year."""
    days = (reader.read(text).value for text in _with_years(words, years))
    return next((day for day in days if isinstance(day, str)), None)


def _with_years(words: str, years: Iterable[int]) -> Iterator[str]:
    if found := _NUMBERS.fullmatch(words):
        yield from (f"{words}{found[1]}{year}" for year in years)
    elif _WORDS.fullmatch(words):
        yield from (f"{words} {year}" for year in years)


def _years(lines: Sequence[str], today: dt.date) -> Sequence[int]:
    """The one year that the lines speak of; else this year and the one before it."""
    named = {int(year) for line in lines for year in _YEAR.findall(plain_digits(line))}
    if len(named) == 1:
        return [*named]
    jalali: int = jdatetime.date.fromgregorian(date=today).year
    return [today.year, today.year - 1, jalali, jalali - 1]


def _words_of(text: str) -> Iterator[str]:
    """All runs of a few words, those that are joined to a number by themselves too.

    None where several days are named at once.
    """
    plain = plain_digits(text)
    if any(is_month(fold(found)) for found in _SEVERAL.findall(plain)):
        return
    for line in dict.fromkeys((plain, _JOINT.sub(" ", plain))):
        words = [word for word in _PARTS.split(line) if word]
        for size in range(1, _LONGEST_DAY_WORDS + 1):
            for start in range(len(words) - size + 1):
                yield " ".join(words[start : start + size]).strip(_AROUND)


def _reader(order: str | None, today: dt.date) -> DateReader:
    return DateReader(DateOrder(order, open=order is None), jalali=True, today=today)
