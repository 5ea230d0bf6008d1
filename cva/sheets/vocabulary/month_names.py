"""Days whose month is written as a word, in the languages of the headings."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from babel import Locale

from cva.sheets.vocabulary.text_forms import fold

#: Arabic has other names of months in Iraq and the Levant, in Algeria and in Morocco.
_LANGUAGES = (
    *("ar", "ar_IQ", "ar_DZ", "ar_MA", "be", "en", "en_GB", "es", "fa", "fr", "ky", "ru", "uk"),
)
#: As Excel and people cut Russian months.
_CUT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
#: The same months in Afghanistan, in Dari and in Pashto. Some are names and words too, so that they
#: are months only beside a day or a year.
_AFGHAN = (
    ("حمل", "وری"), ("ثور", "غویی"), ("جوزا", "غبرګولی"), ("سرطان", "چنګاښ"), ("اسد", "زمری"),
    ("سنبله", "وږی"), ("میزان", "تله"), ("عقرب", "لړم"), ("قوس", "لیندۍ"), ("جدی", "مرغومی"),
    ("دلو", "سلواغه"), ("حوت", "کب"),
)  # fmt: skip
_BETWEEN = r"(?:[ \-./,]|\bde\b|\bdel\b|\bof\b)+"
_DAY_FIRST = re.compile(
    rf"(?:le |el )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|-?го)?{_BETWEEN}(?P<month>[^\d]+?)"
    rf"{_BETWEEN}(?P<year>\d{{4}}|\d{{2}})(?: ?(?:г|года|г\.|жыл|م))?"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[^\d]+?){_BETWEEN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_BETWEEN}(?P<year>\d{{4}})"
)
_MONTH_ALONE = re.compile(
    rf"(?P<month>[^\d]+?){_BETWEEN}(?P<year>\d{{4}})(?: ?(?:г|года|г\.|жыл|ж|м))?"
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
    month, is_jalali = _month_of(found["month"])
    return NamedDay(found["year"], month, int(found["day"]), is_jalali) if month else None


def named_month(text: str) -> NamedDay | None:
    """The first day of a month that a text names without any day, such as October 2026."""
    found = _MONTH_ALONE.fullmatch(fold(text))
    if found is None:
        return None
    month, is_jalali = _month_of(found["month"])
    return NamedDay(found["year"], month, 1, is_jalali) if month else None


def _month_of(text: str) -> tuple[int, bool]:
    """The number of a month, 0 where none is named; and whether it is a Jalali one."""
    name = text.strip(" .-")
    if month := _gregorian().get(name):
        return month, False
    return _jalali().get(name) or _afghan().get(name) or 0, True


def is_month(word: str) -> bool:
    """Whether a folded word is the name of a month, whichever one, in either calendar."""
    return bool(months_in([word]))


def months_in(words: Sequence[str]) -> frozenset[int]:
    """The months that folded words name, each by its number; those of the Jalali are below 0.

    A name may be of two words; of two names with a stroke between them both have to be names.
    """
    pairs = [" ".join(pair) for pair in pairwise(words)]
    found = [_numbers_of(text) for text in (*words, *pairs)]
    return frozenset().union(*found)


def _numbers_of(text: str) -> frozenset[int]:
    names = [name.strip(" .-'") for name in text.split("/")]
    meant = [_all_names().get(name, frozenset()) for name in names]
    return frozenset.intersection(*meant)


@lru_cache(maxsize=1)
def _all_names() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    jalali = [(name, -month) for name, month in _jalali().items()]
    for name, month in (*_names(), *jalali):
        found[name] = found.get(name, frozenset()) | {month}
    return found


@lru_cache(maxsize=1)
def _jalali() -> dict[str, int]:
    return {fold(name): month for month, name in enumerate(_JALALI, 1)}


@lru_cache(maxsize=1)
def _afghan() -> dict[str, int]:
    return {fold(name): month for month, names in enumerate(_AFGHAN, 1) for name in names}


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
    yield from ((name, month) for month, name in enumerate(_CUT, 1))
