import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.sheets.cells.date_cells import DateReader
from cva.sheets.cells.date_orders import date_order_of
from cva.sheets.files.parsed_workbook import ErrorCell, TimeOnly, Uncalculated, Value

TODAY = dt.date(2025, 12, 1)


def reader(*column: Value, jalali: bool = False, settled: str | None = None) -> DateReader:
    return DateReader(date_order_of(column, "Date", settled), jalali, TODAY)


def read(value: Value, *column: Value, jalali: bool = False) -> str | int | None:
    found = reader(value, *column, jalali=jalali).read(value)
    return found.problem or found.value


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.date(2025, 3, 4), "2025-03-04"),
        (dt.datetime(2025, 3, 4, 9, 30), "2025-03-04"),  # noqa: DTZ001 - a cell has no zone
        ("2025-03-04", "2025-03-04"),
        ("2025/03/04", "2025-03-04"),
        ("2025-01-05T10:00:00.000+03:00", "2025-01-05"),
        ("2025-01-05 10:00", "2025-01-05"),
        ("04.03.2025", "2025-03-04"),
        ("04.03.2025 г.", "2025-03-04"),
        ("4.3.25", "2025-03-04"),
        ("٠٤/٠٣/٢٠٢٥", None),
        ("25/04/2025", "2025-04-25"),
        ("04/25/2025", "2025-04-25"),
        ("07/07/2025", "2025-07-07"),
    ],
)
def test_a_day_is_read(value: Value, day: str | None) -> None:
    assert read(value) == day


@pytest.mark.parametrize(
    "value",
    [
        "31.11.2022", "2024-02-30", "30/30/2025", "yesterday", "2025", 45000.0, True, "1.1.1",
        TimeOnly("10:00:00"), ErrorCell("#N/A"), "2025-3-4-5", "01.01.1899",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_not_read(value: Value) -> None:
    assert read(value) == "date-unreadable"


def test_one_cell_settles_the_order_of_its_column() -> None:
    assert read("03/04/2025", "25/04/2025") == "2025-04-03"
    assert read("03/04/2025", "04/25/2025") == "2025-03-04"
    assert read("03-04-25", "25-04-25") == "2025-04-03"


def test_an_open_order_is_asked_and_never_guessed() -> None:
    order = date_order_of(["03/04/2025", "05/04/2025"], "Date", None)
    assert order.open
    assert read("03/04/2025") is None
    assert date_order_of(["13/04/2025", "04/13/2025"], "Date", None).open


def test_a_heading_that_writes_the_order_settles_it() -> None:
    assert date_order_of(["03/04/2025"], "Date (dd/mm/yyyy)", None).order == "dmy"
    assert date_order_of(["03/04/2025"], "Date (MM/DD/YYYY)", None).order == "mdy"


def test_a_person_settles_the_order() -> None:
    assert reader("03/04/2025", settled="mdy").read("03/04/2025").value == "2025-03-04"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("۱۴۰۴/۰۷/۰۱", "2025-09-23"),
        ("1403/12/30", "2025-03-20"),
        ("1404/12/30", "date-unreadable"),
        ("01/07/1404", "2025-09-23"),
    ],
)
def test_jalali_days_are_read_in_a_persian_sheet(text: str, day: str) -> None:
    assert read(text, "25/07/1404", jalali=True) == day


def test_a_distribution_in_the_future_is_refused() -> None:
    assert read("2025-12-02") == "date-in-future"


def test_a_day_outside_the_programme_is_refused() -> None:
    order = date_order_of([], "Date", None)
    programme = DateReader(order, jalali=False, today=TODAY, starts_on=dt.date(2025, 2, 1))
    assert programme.read("31.01.2025").problem == "date-outside-programme"
    assert programme.read("01.02.2025").value == "2025-02-01"


def test_a_birth_with_two_digits_is_read_where_one_century_makes_sense() -> None:
    order = date_order_of([], "Date of birth", None)
    births = DateReader(order, jalali=False, today=TODAY, is_birth=True)
    assert births.read("05.11.85").value == "1985-11-05"
    assert births.read("05.11.22").problem == "date-unreadable"
    assert births.read("March 1985").problem == "date-without-day"


def test_a_blank_is_never_today() -> None:
    assert read("") is None


def test_a_formula_without_a_value_says_so() -> None:
    assert read(Uncalculated("=TODAY()")) == "formula-without-value"


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=TODAY))
def test_every_day_is_read_as_it_is_written(day: dt.date) -> None:
    assert read(day.strftime("%d.%m.%Y")) == day.isoformat()
    assert read(day) == (day.isoformat() if day >= dt.date(1900, 3, 1) else "date-unreadable")


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    read(text, jalali=True)
