"""Reads dates of the Gregorian and the Jalali calendar; never guesses day or month."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import jdatetime

from cva.sheets.cells.cell_reading import BLANK, Reading, faulty, is_blank
from cva.sheets.cells.date_orders import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    WITH_YEAR_LAST,
    YEAR_FIRST,
    DateOrder,
    is_of,
    order_shown_by,
    without_time,
)
from cva.sheets.files.parsed_workbook import ShownMonth, Value, plain_value, typed
from cva.sheets.vocabulary.calendars import BUDDHIST, HIJRI, ISLAMIC, other_calendar
from cva.sheets.vocabulary.month_names import named_day, named_month
from cva.sheets.vocabulary.questions import EXAMPLES
from cva.sheets.vocabulary.text_forms import ascii_digits, plain_digits

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
#: A month and its year: 10.2026 or 2026-10.
_MONTH_OF_YEAR = re.compile(
    r"(?P<month_first>\d{1,2})[-/.](?P<year_last>(?:20|1[34])\d\d)|"
    r"(?P<year>(?:20|1[34])\d\d)[-/.](?P<month>\d{1,2})"
)
#: A day in eight digits, as programs write it: 20250331.
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
JALALI_YEARS = range(1300, 1500)
EARLIEST_YEAR = 1900
#: Excel counts a 29 February 1900 that never was, so that its dates before are a day off.
FIRST_TRUE_DAY = dt.date(1900, 3, 1)
LONGEST_MONTH_DAYS = 31
#: Serial numbers of days, as Excel counts them, have five digits from 1927 on.
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FIRST_SERIAL_DAY = dt.date(1899, 12, 30)
#: A hand-out is not older.
OLDEST_YEARS = 50
_JALALI_DAY = re.compile(r"1[34]\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2 ?1[34]\d\d")
JALALI_EXAMPLE = "1404/01/11"


def is_jalali(values: Iterable[Value]) -> bool:
    """Whether a column has a day with a year such as 1404."""
    texts = (value for value in values if isinstance(value, str))
    return any(map(_is_jalali_day, map(without_time, texts)))


def _is_jalali_day(text: str) -> bool:
    if text.isascii():
        return _JALALI_DAY.fullmatch(text) is not None
    written = named_day(text)
    return written is not None and written.is_jalali


def month_alone(value: Value) -> str | None:
    """The month that a cell shows without a day, as 2026-10; None where it shows something else.

    Months of the Jalali calendar have their own numbers: 1405-08.
    """
    if isinstance(value, ShownMonth):
        return f"{value:%Y-%m}"
    text = without_time(value) if isinstance(value, str) else ""
    if found := _MONTH_OF_YEAR.fullmatch(text):
        year, month = found["year"] or found["year_last"], found["month"] or found["month_first"]
        return f"{year}-{int(month):02}" if 0 < int(month) <= MONTHS else None
    named = named_month(text) if text else None
    return f"{named.year}-{named.month:02}" if named else None


def serial_day(value: Value, today: dt.date, *, is_birth: bool) -> dt.date | None:
    """The day of a number as Excel counts days; None where it is none that makes sense."""
    text = typed(plain_value(value)).strip() if isinstance(value, str | int | float) else ""
    if isinstance(value, bool) or _SERIAL.fullmatch(plain_digits(text)) is None:
        return None
    day = FIRST_SERIAL_DAY + dt.timedelta(days=int(float(plain_digits(text))))
    years = today.year - day.year
    return day if day <= today and (is_birth or years <= OLDEST_YEARS) else None


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the cells of one column of dates.

    Attributes:
        order: The column's order of day and month.
        jalali: Whether years from 1300 to 1499 are Jalali, as in a Persian sheet.
        today: Nothing in these columns may lie after it.
        starts_on: First day allowed; none for births.
        ends_on: Last day allowed; none for births.
        is_birth: Whether it is a date of birth.
        serials: Whether numbers such as 45717 are days as Excel counts them; None while that is
            asked.
        turned: Whether day and month of true dates are to be turned around.
        example: How a day is written in the column, for messages.
        months: By month the day that is meant where cells show that month alone; blank while it
            is asked.
        calendar: One that is not read, and in which days of such a year are.
    """

    order: DateOrder
    jalali: bool
    today: dt.date
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_birth: bool = False
    serials: bool | None = False
    turned: bool = False
    example: str = ""
    months: Mapping[str, str] = field(default_factory=dict)
    calendar: str = ""

    def read(self, value: Value) -> Reading:
        """The day as ISO text."""
        if is_blank(value):
            return BLANK
        if fault := faulty(value, "date-unreadable"):
            return fault
        text = without_time(value) if isinstance(value, str) else typed(value)
        if self.calendar and is_of(self.calendar, text, self.today):
            details = {"example": self.example} if self.example else {}
            details["reason"] = f"calendar-{self.calendar}"
            return Reading(None, "date-other-calendar", details)
        if (isinstance(value, str) and self._must_ask(text)) or self._is_asked(value):
            return BLANK
        if month := month_alone(value):
            return self._of_month(month, text)
        day = self._day_of(value, text)
        return self._unreadable(text) if day is None else self._sane(day, text)

    def _of_month(self, month: str, text: str) -> Reading:
        """The day that was said for a month; there is none by itself."""
        if month not in self.months:
            details = {"example": self.example} if self.example else {}
            return Reading(None, "date-without-day", details)
        day = self.months[month]
        return self._sane(dt.date.fromisoformat(day), text) if day else BLANK

    def _is_asked(self, value: Value) -> bool:
        is_number = serial_day(value, self.today, is_birth=self.is_birth) is not None
        return self.serials is None and is_number

    def _day_of(self, value: Value, text: str) -> dt.date | None:
        if isinstance(value, dt.date):
            day = value.date() if isinstance(value, dt.datetime) else value
            if self.turned and day.day <= MONTHS:
                day = day.replace(month=day.day, day=day.month)
            return day if day >= FIRST_TRUE_DAY else None
        if self.serials and (counted := serial_day(value, self.today, is_birth=self.is_birth)):
            return counted
        is_written = isinstance(plain_value(value), str | int | float)
        return self._of_text(text) if is_written else None

    def _unreadable(self, text: str) -> Reading:
        details = {"example": self.example} if self.example else {}
        calendar = other_calendar(text, self.today)
        if calendar and not (self.jalali and calendar == ISLAMIC):
            details["reason"] = f"calendar-{calendar}"
            return Reading(None, "date-other-calendar", details)
        return Reading(None, "date-unreadable", details)

    def examples(self, values: Iterable[Value]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Texts that cannot be read without the order, and which day each order makes of them."""
        doubtful = [
            value
            for value in values
            if isinstance(value, str) and self._must_ask(without_time(value))
        ][:EXAMPLES]
        found = {}
        for order in self.order.options:
            settled = replace(self, order=DateOrder(order, open=False))
            days = ((text.strip(), settled.read_text(text)) for text in doubtful)
            found[order] = tuple((text, day.isoformat()) for text, day in days if day)
        return found

    def read_text(self, text: str) -> dt.date | None:
        """The day that a text names, whether it is allowed here or not."""
        return self._of_text(without_time(text))

    def _must_ask(self, text: str) -> bool:
        found = WITH_YEAR_LAST.fullmatch(text)
        if not self.order.open or found is None:
            return False
        if YEAR_FIRST in self.order.options:
            return found[1] != found[4]
        if found[2] == ".":
            return False
        return found[1] != found[3] and max(int(found[1]), int(found[3])) <= MONTHS

    def _of_text(self, text: str) -> dt.date | None:
        if found := _YEAR_FIRST.fullmatch(text):
            return self._day(int(found[1]), int(found[3]), int(found[4]))
        if found := _COMPACT.fullmatch(text):
            return self._day(*map(int, found.groups()))
        if not (found := WITH_YEAR_LAST.fullmatch(text)):
            return self._of_words(text)
        if self.order.order == YEAR_FIRST:
            year = self._year(found[1], settled=True)
            return None if year is None else self._day(year, int(found[3]), int(found[4]))
        first, second = int(found[1]), int(found[3])
        dotted = found[2] == "."
        order = DAY_FIRST if dotted else self.order.order
        if not dotted and (order is None or self.order.contradicted):
            order = order_shown_by(found) or order
        day, month = (second, first) if order == MONTH_FIRST else (first, second)
        year = self._year(found[4], settled=dotted or order is not None)
        return None if year is None else self._day(year, month, day)

    def _of_words(self, text: str) -> dt.date | None:
        if not (written := named_day(text)):
            return None
        year = self._year(written.year, settled=True)
        if year is None or written.is_jalali != (year in JALALI_YEARS):
            return None
        return self._day(year, written.month, written.day)

    def _year(self, text: str, *, settled: bool) -> int | None:
        """Two digits are taken where one century alone makes sense."""
        if len(text) == len("2025"):
            return int(text)
        if not settled:
            return None
        year = self.today.year // 100 * 100 + int(text)
        if not self.is_birth:
            return year
        return year - 100 if year > self.today.year else None

    def _day(self, year: int, month: int, day: int) -> dt.date | None:
        try:
            if year in JALALI_YEARS:
                return _gregorian(year, month, day) if self.jalali else None
            return dt.date(year, month, day)
        except ValueError:
            return None

    def _sane(self, day: dt.date, text: str) -> Reading:
        if day.year < EARLIEST_YEAR or (day > self.today and _is_ahead(text, self.today)):
            return self._unreadable(text)
        if day > self.today:
            return Reading(None, "date-in-future", {"day": day.isoformat()})
        if (self.starts_on and day < self.starts_on) or (self.ends_on and day > self.ends_on):
            first, last = self.starts_on or "…", self.ends_on or "…"
            details = {"day": day.isoformat(), "first": str(first), "last": str(last)}
            return Reading(None, "date-outside-programme", details)
        return Reading(day.isoformat())


def looks_like_day(text: str) -> bool:
    """Whether a text is written like a day, whatever the order of day and month."""
    plain = without_time(text)
    if found := _COMPACT.fullmatch(plain):
        month, day = int(found[2]), int(found[3])
        return 0 < month <= MONTHS and 0 < day <= LONGEST_MONTH_DAYS
    return bool(_YEAR_FIRST.fullmatch(plain) or WITH_YEAR_LAST.fullmatch(plain) or named_day(plain))


def _is_ahead(text: str, today: dt.date) -> bool:
    """Whether a day that would be in the future is of a calendar that counts ahead."""
    return other_calendar(text, today) in {BUDDHIST, HIJRI}


def only_years(found: Mapping[int, Value], today: dt.date) -> set[int]:
    """The positions of values that are a year and nothing more, such as 1985."""
    return {
        at
        for at, value in found.items()
        if (text := ascii_digits(typed(value).strip())).isdecimal()
        and len(text) == len("1985")
        and EARLIEST_YEAR <= int(text) <= today.year
    }


def _gregorian(year: int, month: int, day: int) -> dt.date:
    found: dt.date = jdatetime.date(year, month, day).togregorian()
    return found
