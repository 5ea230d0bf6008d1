"""When each currency was money, and when a unit gave way to a larger one.

The days are those of the Unicode CLDR, as the library has them; what happened since it was written
stands here until it is renewed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from babel.core import get_global

#: Last days as legal tender that the library does not know yet.
_ENDED_SINCE = {"BGN": date(2026, 1, 31)}
#: Sheets are no older than this.
_OLDEST_SHEETS = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Redenomination:
    """A currency whose unit became a larger one, while both were in use.

    Attributes:
        ratio: By law so many old units are one new; no exchange, so no result of it.
        until_on: The last day on which the old notes were legal tender beside the new ones.
    """

    old: str
    new: str
    ratio: int | Decimal
    from_on: date
    until_on: date

    def overlaps(self, first: date, last: date) -> bool:
        """Whether both units were in use on a day between."""
        return first <= self.until_on and last >= self.from_on


#: What societies may still hold sheets of (decrees of the national banks; ISO 4217, list three).
REDENOMINATIONS = (
    Redenomination("ZMK", "ZMW", 1_000, date(2013, 1, 1), date(2013, 6, 30)),
    Redenomination("BYR", "BYN", 10_000, date(2016, 7, 1), date(2016, 12, 31)),
    Redenomination("STD", "STN", 1_000, date(2018, 1, 1), date(2018, 6, 30)),
    Redenomination("MRO", "MRU", 10, date(2018, 1, 1), date(2018, 6, 30)),
    Redenomination("VEF", "VES", 100_000, date(2018, 8, 20), date(2018, 12, 4)),
    Redenomination("SLL", "SLE", 1_000, date(2022, 7, 1), date(2024, 3, 31)),
    Redenomination("ZWL", "ZWG", Decimal("2498.7242"), date(2024, 4, 8), date(2024, 8, 31)),
)
#: Both units have one code, so that only the day, and while both were in use only the sender, tells
#: which one is meant. No last day was decreed for the bolívar: by the end of the year it was over.
WITH_ONE_CODE = (
    Redenomination("VES", "VES", 1_000_000, date(2021, 10, 1), date(2021, 12, 31)),
    Redenomination("SYP", "SYP", 100, date(2026, 1, 1), date(2026, 3, 31)),
)


@cache
def _spans() -> dict[str, list[tuple[date, date]]]:
    """By currency the times in which it was legal tender somewhere."""
    found: dict[str, list[tuple[date, date]]] = {}
    for code, begins, ends, is_tender in _uses():
        if is_tender:
            first = date(*begins) if begins else date.min
            last = date(*ends) if ends else _ENDED_SINCE.get(code, date.max)
            found.setdefault(code, []).append((first, last))
    for one in REDENOMINATIONS:
        found.setdefault(one.new, []).append((one.from_on, date.max))
        found.setdefault(one.old, []).append((date.min, one.until_on))
    return found


def _uses() -> Iterator[tuple[str, tuple[int, int, int] | None, tuple[int, int, int] | None, bool]]:
    for uses in get_global("territory_currencies").values():
        yield from uses


#: Currencies that were not money at all times since the oldest sheets, or whose unit changed.
OF_SOME_TIME = frozenset(
    {
        code
        for code, spans in _spans().items()
        if not any(first <= _OLDEST_SHEETS and last == date.max for first, last in spans)
    }
    | {one.new for one in WITH_ONE_CODE}
)


def is_in_use(code: str, day: date) -> bool:
    """Whether a currency was legal tender anywhere on a day; so is what the library does not know.

    The units of funds and accounts are legal tender nowhere, and of no time.
    """
    spans = _spans().get(code)
    return spans is None or any(first <= day <= last for first, last in spans)


def is_in_use_throughout(code: str, first: date, last: date) -> bool:
    """Whether it was so from one day to another without a gap that is known."""
    spans = _spans().get(code)
    return spans is None or any(begin <= first and last <= end for begin, end in spans)


def ended_of_late() -> list[str]:
    """Currencies that are no more, and in which there may be sheets."""
    return [
        code
        for code, spans in _spans().items()
        if _OLDEST_SHEETS <= max(last for _first, last in spans) < date.max
    ]


def units_in_use(currency: str, first: date, last: date) -> tuple[str, ...]:
    """The units a currency had between two days: the new and the old one, or none to choose."""
    for one in REDENOMINATIONS:
        if currency in {one.old, one.new} and one.overlaps(first, last):
            return one.new, one.old
    return ()


def newer(currency: str) -> str:
    """The unit that took the place of an old one, and its name; else the same."""
    return next((one.new for one in REDENOMINATIONS if one.old == currency), currency)
