"""Days as forms and addresses write them, and calendar months as reporting periods."""

import re
from dataclasses import dataclass
from datetime import date

from typing_extensions import override

from cva.core.errors import InputError
from cva.core.i18n import gettext as _

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: No sheet is older, and none will be newer.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def parse_day(text: str) -> date | None:
    """Read ``"2022-11-07"``; blank is no day.

    Raises:
        InputError: The text is no day.
    """
    if not text.strip():
        return None
    try:
        # fromisoformat alone would read weeks too, such as 2022-W45-6
        return date.fromisoformat(text.strip() if _DAY.fullmatch(text.strip()) else "")
    except ValueError as error:
        message = _("{text} is no day. Write year, month and day, for example 2022-11-07.").format(
            text=repr(text)
        )
        raise InputError(message, code="day_unreadable") from error


def _within_calendar(day: date) -> date:
    """Months are counted back and forth from here, so the calendar's own ends are no months."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month, half open: ``first <= day < next_first``.

    Attributes:
        year: Four digits.
        month: 1 to 12.
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``"2026-10"``.

        Raises:
            InputError: The text is not a year and month.
        """
        try:
            first = _within_calendar(date.fromisoformat(f"{text}-01"))
        except ValueError as error:
            message = _("{text} is no month. Write year and month, for example 2022-11.").format(
                text=repr(text)
            )
            raise InputError(message, {"month": [message]}, code="month_unreadable") from error
        return cls(first.year, first.month)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """First day of the month."""
        return date(self.year, self.month, 1)

    @property
    def next_first(self) -> date:
        """First day of the month after; not itself in the month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    def shifted(self, months: int) -> "Month":
        """The month so many months later (or earlier, if negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    @override
    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
