"""Days and months: half open, in the calendar of the society."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cva.core.clock import now, today
from cva.core.dates import Month, parse_day
from cva.core.errors import InputError


@given(st.dates(date(1901, 1, 1), date(2990, 1, 1)))
def test_a_day_lies_in_its_month_and_in_no_other(day: date) -> None:
    month = Month.of(day)
    assert month.first <= day < month.next_first
    assert not month.shifted(1).first <= day
    assert month.shifted(-1).next_first <= day


@given(st.integers(-600, 600))
def test_months_are_counted_back_and_forth(count: int) -> None:
    start = Month(2022, 11)
    assert start.shifted(count).shifted(-count) == start
    assert (start.shifted(count) > start) == (count > 0)


def test_february_of_a_leap_year_has_29_days() -> None:
    month = Month.parse("2024-02")
    assert month.next_first - month.first == timedelta(days=29)
    assert str(month) == "2024-02"


@pytest.mark.parametrize(
    "text", ["", "2022", "2022-13", "2022-1-1", "11-2022", "2022-11-05", "0001-01", "9999-12"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        Month.parse(text)
    assert "month" in refused.value.fields


def test_a_day_is_read_or_refused() -> None:
    assert parse_day(" 2022-11-07 ") == date(2022, 11, 7)
    assert parse_day(" ") is None
    with pytest.raises(InputError):
        parse_day("07.11.2022")
    with pytest.raises(InputError):
        parse_day("2022-02-30")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Moscow", date(2022, 12, 1)),
        ("UTC", date(2022, 11, 30)),
        ("America/Bogota", date(2022, 11, 30)),
        ("Asia/Tehran", date(2022, 12, 1)),
    ],
)
def test_today_is_the_day_of_the_society(zone: str, day: date) -> None:
    with time_machine.travel(datetime(2022, 11, 30, 21, 30, tzinfo=UTC), tick=False):
        assert today(zone) == day
        assert now().tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2022-W45-6", "20221107", "2022-11-7", "2022-11-31", "07.11.2022"]
)
def test_a_day_is_read_in_one_form_alone(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_day(text)
    assert refused.value.code == "day_unreadable"
    assert parse_day(" 2022-11-07 ") == date(2022, 11, 7)
