"""How amounts, numbers and days are written for the reader."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from cva.core import formatting
from cva.core.dates import Month
from cva.core.formatting import MINUS, day
from cva.core.i18n import gettext as _
from cva.core.i18n import language
from cva.core.money import Money, legal_ratios
from cva.reports.disclosure_control import WITHHELD

_MIB = 1024 * 1024


def count(number: int | Decimal | None) -> str:
    """A number of things, grouped as the reader is used to."""
    if number is None:
        return WITHHELD
    return format_decimal(number, locale=language(), decimal_quantization=False)


def runs(numbers: Sequence[int]) -> Markup:
    """Numbers in ascending order, those that follow each other as a run: 1–4, 7."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    shown = ("–".join(str(number) for number in run) for run in found)
    return Markup("<bdi>{}</bdi>").format(", ".join(shown))


def amount(money: Money, *, is_change: bool = False) -> Markup:
    """An amount with its currency, exact to the minor unit; it never breaks nor turns around.

    Args:
        money: Below zero it has a minus sign, which is as wide as digits are.
        is_change: What is above zero has a plus sign.
    """
    sign = MINUS if money.minor < 0 else "+" if is_change and money.minor else ""
    return Markup("<bdi class=amount>{}&nbsp;<small>{}</small></bdi>").format(
        sign + formatting.digits(money), money.currency
    )


def ratios(currencies: Collection[str]) -> list[str]:
    """What old units are worth in new ones where both stand, such as 1 BYN = 10,000 BYR."""
    return [
        _("1 {new} = {ratio} {old}, by law").format(
            new=one.new, ratio=count(one.ratio), old=one.old
        )
        for one in legal_ratios(currencies)
    ]


#: Questions whose answers make numbers of texts.
_NUMBERS = frozenset({"decimal_mark", "per_person", "per_unit", "scale"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def example(choice: str, reading: str) -> str:
    """How a text of the sheet would be read: a day in words, a number."""
    if choice.partition(":")[0] in {"date_order", "serial", "turned"}:
        return day(date.fromisoformat(reading))
    if choice.startswith("lists:") and _ISO_DAY.fullmatch(reading):
        return day(date.fromisoformat(reading))
    if choice.partition(":")[0] not in _NUMBERS:
        return reading
    return format_decimal(Decimal(reading), locale=language(), decimal_quantization=False)


def moment(when: datetime, time_zone: str) -> str:
    """A moment by the clock of a society, such as 7 Nov 2022, 14:05."""
    pattern = f"d MMM y{_(', ')}HH:mm"
    return format_datetime(when, pattern, tzinfo=ZoneInfo(time_zone), locale=language())


def month(when: Month) -> str:
    """A month, such as November 2022."""
    return format_date(when.first, "LLLL y", locale=language())


def short_month(when: Month) -> str:
    """A month in few letters, such as Nov 2022."""
    return format_date(when.first, "LLL y", locale=language())


def percent(share_bp: int) -> str:
    """A share given in hundredths of a per cent, such as 60%."""
    return format_percent(Decimal(share_bp) / 10_000, locale=language(), decimal_quantization=False)


def size(size_bytes: int) -> str:
    """The size of a file, such as 1.4 MB."""
    if size_bytes < _MIB:
        return _("{number} kB").format(number=count(max(1, size_bytes // 1024)))
    number = format_decimal(Decimal(size_bytes) / _MIB, format="#,##0.#", locale=language())
    return _("{number} MB").format(number=number)
