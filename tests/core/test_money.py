"""Money: whole minor units, read exactly or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.core.errors import RuleError
from cva.core.money import LARGEST_MINOR, MINOR_DIGITS, Money, digits_of, parse, plain


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1250.50", "RUB", 125050),
        ("1250.5", "RUB", 125050),
        ("1250", "RUB", 125000),
        (" 7 ", "USD", 700),
        ("-0.01", "EUR", -1),
        ("500", "XAF", 500),
        ("1.234", "KWD", 1234),
        ("500.00", "JPY", 500),
    ],
)
def test_an_amount_is_read_in_the_digits_of_its_currency(
    text: str, currency: str, minor: int
) -> None:
    assert parse(text, currency) == Money(currency, minor)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "RUB"),
        ("1,50", "RUB"),
        ("1 000", "RUB"),
        ("1_000", "RUB"),
        ("1e3", "RUB"),
        (".5", "RUB"),
        ("٥٠", "RUB"),
        ("nan", "RUB"),
        ("10.005", "RUB"),
        ("0.5", "JPY"),
        ("9999999999999999999", "RUB"),
        ("5", "XXX"),
        ("5", "rub"),
    ],
)
def test_what_could_mean_two_things_is_not_read(text: str, currency: str) -> None:
    with pytest.raises(RuleError):
        parse(text, currency)


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(sorted(MINOR_DIGITS)))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    assert parse(plain(currency, minor), currency) == Money(currency, minor)


def test_the_largest_amount_has_15_digits_of_minor_units() -> None:
    assert parse("9999999999999.99", "EUR") == Money("EUR", 999_999_999_999_999)
    with pytest.raises(RuleError):
        parse("10000000000000.00", "EUR")


@pytest.mark.parametrize(
    ("currency", "minor", "text"),
    [("RUB", 0, "0.00"), ("RUB", -5, "-0.05"), ("RUB", 100, "1.00"), ("BIF", 0, "0")],
)
def test_a_sign_stands_before_what_is_below_zero_alone(
    currency: str, minor: int, text: str
) -> None:
    assert plain(currency, minor) == text


def test_two_currencies_are_never_added() -> None:
    assert Money("RUB", 100) + Money("RUB", -30) == Money("RUB", 70)
    with pytest.raises(RuleError):
        Money("RUB", 100) + Money("USD", 1)


@pytest.mark.parametrize(
    ("currency", "digits"), [("RUB", 2), ("BIF", 0), ("IQD", 3), ("UYW", 4), ("SYP", 2)]
)
def test_each_currency_has_its_digits(currency: str, digits: int) -> None:
    assert digits_of(currency) == digits
