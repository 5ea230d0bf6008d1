from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.core.money import LARGEST_OF_ROW_MINOR
from cva.sheets.cells.amount_cells import AmountReader, Marks, examples_of, marks_of
from cva.sheets.files.parsed_workbook import ErrorCell, Uncalculated, Value
from cva.sheets.vocabulary.currencies import Unit

RUB = Unit("RUB")


def read(value: Value, currency: str = "RUB", column: tuple[Value, ...] = ()) -> int | str | None:
    """The minor units, or the code of the finding."""
    reader = AmountReader(marks_of((value, *column), None))
    found = reader.read(value, Unit(currency))
    return found.problem or found.value


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (10000, 1_000_000),
        (10000.5, 1_000_050),
        ("10000", 1_000_000),
        ("26'000", 2_600_000),
        ("26\u2019000.50", 2_600_050),
        ("26\u02bc000", 2_600_000),
        ("26 000,50", 2_600_050),
        ("26\u00a0000,50", 2_600_050),
        ("26\u202f000,50", 2_600_050),
        ("26\u2009000", 2_600_000),
        ("1.250.000,00", 125_000_000),
        ("1,250,000.00", 125_000_000),
        ("1,00,000.00", 10_000_000),
        ("75,50", 7_550),
        ("0.500", 50),
        ("۲۵٬۰۰۰٬۰۰۰", 2_500_000_000),
        ("٢٬٢٥٠٫٥٠", 225_050),
        ("１００", 10_000),
        ("+5", 500),
        ("\u200f123\u200e", 12_300),
        (14.999999999999998, 1_500),
        (0.1 + 0.2, 30),
    ],
)
def test_an_amount_is_read_exactly(value: Value, minor: int) -> None:
    assert read(value) == minor


@pytest.mark.parametrize(
    "value",
    [
        "десять тысяч", "nan", "inf", "1e3", "1E3", "1_000", "0x10", "1,23.4", "1.2.3", "12 34",
        "1'000,000'0", "--5", "5-", "$5", "5 руб.", "1.234,567.8", True, float("nan"),
        float("inf"), ErrorCell("#REF!"), "1,2,3", "1..2", ".5", "5.",
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_read(value: Value) -> None:
    assert read(value) == "amount-unreadable"


@pytest.mark.parametrize(
    ("value", "currency", "code"),
    [
        (0, "RUB", "amount-not-positive"),
        ("-15 000", "RUB", "amount-not-positive"),
        ("\u221215", "RUB", "amount-not-positive"),
        (10.005, "USD", "amount-too-precise"),
        (0.5, "JPY", "amount-too-precise"),
        ("0.5", "XAF", "amount-too-precise"),
        ("9" * 19, "RUB", "amount-too-large"),
        (1e20, "RUB", "amount-too-large"),
        (Uncalculated("=A1*2"), "RUB", "formula-without-value"),
    ],
)
def test_a_number_that_is_no_sum_paid_is_refused(value: Value, currency: str, code: str) -> None:
    assert read(value, currency) == code


def test_a_blank_is_neither_zero_nor_wrong() -> None:
    assert read("  \u200b") is None


@pytest.mark.parametrize(
    ("column", "minor"),
    [(("75,50",), 123_400), (("1,000,000.00",), "amount-too-precise"), ((2.5,), None)],
)
def test_one_mark_before_three_digits_is_settled_by_the_column(
    column: tuple[Value, ...], minor: int | str | None
) -> None:
    assert read("1.234", "RUB", column) == minor


def test_the_digits_of_the_currency_settle_the_mark() -> None:
    assert read("12.500", "JOD") == 12_500
    assert read("12.500", "XAF") == 12_500
    assert not AmountReader(marks_of(["12.500"], None)).is_open([Unit("JOD")])
    assert AmountReader(marks_of(["12.500"], None)).is_open([RUB])


def test_two_conventions_in_one_column_have_to_be_settled() -> None:
    column = ["1,250.50", "1.250,50"]
    assert AmountReader(marks_of(column, None)).is_open([RUB])
    settled = AmountReader(marks_of(column, "comma"))
    assert not settled.is_open([RUB])
    assert settled.read("1.250,50", RUB).value == 125_050
    assert settled.read("1,250.50", RUB).problem == "amount-unreadable"


def test_toman_count_tenfold() -> None:
    reader = AmountReader(marks_of([], None))
    assert reader.read("۲٬۵۰۰", Unit("IRR", 10)).value == 2_500_000


@given(
    st.integers(min_value=1, max_value=LARGEST_OF_ROW_MINOR),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "\u2019"]),
    st.sampled_from([".", ",", "\u066b"]),
)
def test_what_is_written_is_read_again(minor: int, group: str, mark: str) -> None:
    whole, part = divmod(minor, 100)
    text = f"{whole:,}".replace(",", group) + f"{mark}{part:02d}"
    assert read(text) == minor


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e9"), places=2))
def test_a_number_of_excel_is_read_again(number: Decimal) -> None:
    assert read(float(number)) == int(number * 100)


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    found = read(text)
    assert found is None or isinstance(found, int | str)


def test_a_million_rows_of_the_largest_amount_add_up() -> None:
    largest = LARGEST_OF_ROW_MINOR // 100
    assert read(largest) == LARGEST_OF_ROW_MINOR
    assert read(largest + 1) == "amount-too-large"
    assert 1_048_576 * LARGEST_OF_ROW_MINOR < 2**63


@pytest.mark.parametrize(
    "cells", [("5,000", "7,500", "1,5000"), ("5.000", "7.500", "2.2200"), ("5,000", "150,50")]
)
def test_a_mistyped_cell_does_not_turn_its_column(cells: tuple[str, ...]) -> None:
    assert marks_of(cells, None) == Marks(None, open=True)
    reader = AmountReader(marks_of(cells, None))
    assert reader.is_open([Unit("USD")])
    assert not reader.is_open([Unit("JOD")])


@pytest.mark.parametrize(
    ("texts", "point", "comma"),
    [
        (["1 000,5", "150.25"], [("150.25", "150.25")], [("1 000,5", "1000.5")]),
        (["1'000.50", "2'000,5"], [("1'000.50", "1000.50")], [("2'000,5", "2000.5")]),
        (["1,234"], [("1,234", "1234")], [("1,234", "1.234")]),
        (
            ["1.234", "1 000,5", "150.25"],
            [("1.234", "1.234"), ("150.25", "150.25")],
            [("1.234", "1234"), ("1 000,5", "1000.5")],
        ),
    ],
)
def test_the_question_for_the_mark_shows_the_cells_of_the_column(
    texts: list[str], point: list[tuple[str, str]], comma: list[tuple[str, str]]
) -> None:
    assert examples_of(texts) == {"point": tuple(point), "comma": tuple(comma)}
