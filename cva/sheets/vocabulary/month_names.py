"""Days whose month is written as a word, in the languages of the headings."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from babel import Locale

from cva.sheets.vocabulary.text_forms import fold

#: Arabic has other names of months in Iraq and the Levant.
_LANGUAGES = ("ar", "ar_IQ", "be", "en", "es", "fa", "fr", "ky", "ru")
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_BETWEEN = r"(?:[ \-./,]|\bde\b|\bdel\b|\bof\b)+"
_DAY_FIRST = re.compile(
    rf"(?:le |el )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|-?го)?{_BETWEEN}(?P<month>[^\d]+?)"
    rf"{_BETWEEN}(?P<year>\d{{4}}|\d{{2}})(?: ?(?:г|года|г\.|жыл|م))?"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[^\d]+?){_BETWEEN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_BETWEEN}(?P<year>\d{{4}})"
)


class NamedDay(NamedTuple):
    """A day as it is written, its month found by its name."""

    year: str
    month: int
    day: int
    is_jalali: bool


def named_day(text: str) -> NamedDay | None:
    """The day that a text with a month's name writes, digits as 0 to 9; None where it has none."""
    plain = fold(text)
    found = _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
    if found is None:
        return None
    name = found["month"].strip(" .-")
    for names, is_jalali in ((_gregorian(), False), (_jalali(), True)):
        if month := names.get(name):
            return NamedDay(found["year"], month, int(found["day"]), is_jalali)
    return None


def is_month(word: str) -> bool:
    """Whether a folded word is the name of a month, whichever one, in either calendar."""
    name = word.strip(" .-'")
    return name in _jalali() or any(name == known for known, _month in _all_names())


@lru_cache(maxsize=1)
def _all_names() -> frozenset[tuple[str, int]]:
    return frozenset(_names())


@lru_cache(maxsize=1)
def _jalali() -> dict[str, int]:
    return {fold(name): month for month, name in enumerate(_JALALI, 1)}


@lru_cache(maxsize=1)
def _gregorian() -> dict[str, int]:
    """Names that mean one month in all languages; what means two is left to digits."""
    meanings: dict[str, set[int]] = {}
    for name, month in _names():
        meanings.setdefault(name, set()).add(month)
    return {name: months.pop() for name, months in meanings.items() if len(months) == 1}


def _names() -> Iterator[tuple[str, int]]:
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in months[context][width].items():
                    yield fold(name).strip(" .-"), month
