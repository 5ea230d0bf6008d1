"""Amounts and days within a sentence, as the reader is used to see them."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from cva.core.i18n import language
from cva.core.money import Money, digits_of, plain

#: Not the hyphen, at which a line may break.
MINUS = "\N{MINUS SIGN}"


def digits(money: Money) -> str:
    """The digits of an amount, grouped, without sign and currency."""
    decimals = digits_of(money.currency)
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    value = Decimal(plain(money.currency, abs(money.minor)))
    return format_decimal(value, format=pattern, locale=language())


def amount(money: Money) -> str:
    """An amount, such as 1,250.50 RUB, exact to the minor unit; no line breaks in it."""
    return f"{MINUS if money.minor < 0 else ''}{digits(money)}\N{NO-BREAK SPACE}{money.currency}"


def day(when: date) -> str:
    """A day, such as 7 Nov 2022."""
    return format_date(when, "d MMM y", locale=language())
