"""Amounts of money, held as whole minor units of one currency."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from typing_extensions import override

from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.legal_tender import REDENOMINATIONS, Redenomination, ended_of_late

_TWO = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

#: Digits after the point of every active currency (source: ISO 4217, list one, 2025).
MINOR_DIGITS: dict[str, int] = {
    code: digits
    for digits, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR))
    for code in codes.split()
}


#: What is no more stays money by itself: what was paid in it is never rewritten.
MINOR_DIGITS |= {code: 2 for code in ended_of_late() if code not in MINOR_DIGITS} | {"BYR": 0}

#: The largest amount a row may hold: 18 digits of minor units fit a 64-bit column.
LARGEST_MINOR = 10**15 - 1
#: As much as one row of a sheet may say: a million of them add up in 63 bits.
LARGEST_OF_ROW_MINOR = 8 * 10**12

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency.

    Attributes:
        currency: ISO 4217 code, upper case.
        minor: Whole minor units (kopecks for RUB, francs for XAF); may be negative.
    """

    currency: str
    minor: int

    @property
    def amount(self) -> str:
        """The amount alone, as a plain decimal text."""
        return plain(self.currency, self.minor)

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise RuleError(
                f"Cannot add {other.currency} to {self.currency}.", code="currencies_mixed"
            )
        return Money(self.currency, self.minor + other.minor)

    def __neg__(self) -> "Money":
        return Money(self.currency, -self.minor)

    @override
    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def money_of(currency: str | None, minor: int | None) -> Money | None:
    """The amount, where it is one: vouchers for goods have none."""
    return Money(currency, minor) if currency and minor is not None else None


def digits_of(currency: str) -> int:
    """Digits after the point of a currency.

    Raises:
        RuleError: No active ISO 4217 currency has this code.
    """
    try:
        return MINOR_DIGITS[currency]
    except KeyError as error:
        raise RuleError(
            _("{code} is no currency in use. Write a code such as USD or EUR.").format(
                code=repr(currency)
            ),
            code="currency_unknown",
        ) from error


def plain(currency: str | None, minor: int) -> str:
    """Minor units as a plain decimal text: ``("RUB", 174000050)`` is ``"1740000.50"``.

    Without a currency they are pieces.
    """
    digits = digits_of(currency) if currency is not None else 0
    sign, value = ("-" if minor < 0 else ""), abs(minor)
    if not digits:
        return f"{sign}{value}"
    whole, part = divmod(value, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"


def legal_ratios(currencies: Collection[str]) -> list[Redenomination]:
    """What has to be known to read sums in an old and a new unit side by side."""
    return [one for one in REDENOMINATIONS if {one.old, one.new} <= set(currencies)]


def parse(text: str, currency: str) -> Money:
    """Read a plain amount exactly as written; never guess.

    Args:
        text: ASCII digits with at most one decimal point, e.g. ``"1250.50"``.
        currency: ISO 4217 code.

    Raises:
        RuleError: The text is blank, uses a comma (``"1,50"`` may mean 1.50 or 150), has more
            decimals than the currency, is too large, or the currency is unknown.
    """
    digits = digits_of(currency)
    if not _PLAIN.fullmatch(text.strip()):
        raise RuleError(
            _("{text} is no plain amount. Write digits and a point, for example 1250.50.").format(
                text=repr(text)
            ),
            code="amount_unreadable",
        )
    scaled = Decimal(text.strip()).scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise RuleError(
            _("{text} has more decimals than {currency} has ({digits}).").format(
                text=repr(text), currency=currency, digits=digits
            ),
            code="amount_decimals",
        )
    if abs(scaled) > LARGEST_MINOR:
        raise RuleError(_("{text} is too large.").format(text=repr(text)), code="amount_too_large")
    return Money(currency, int(scaled))
