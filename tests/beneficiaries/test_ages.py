"""Of age or not, on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.beneficiaries.ages import Age

DAYS = st.dates(date(1920, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("born_on", "on", "is_minor"),
    [
        (date(2004, 11, 5), date(2022, 11, 4), True),
        (date(2004, 11, 5), date(2022, 11, 5), False),
        (date(2004, 2, 29), date(2022, 2, 28), True),
        (date(2004, 2, 29), date(2022, 3, 1), False),
    ],
)
def test_of_age_on_the_day(born_on: date, on: date, *, is_minor: bool) -> None:
    assert Age(born_on).was_minor(on) == is_minor


@given(born_on=DAYS, on=DAYS)
def test_nobody_grows_younger(born_on: date, on: date) -> None:
    age = Age(born_on)
    assert age.was_minor(on) or not age.was_minor(on + timedelta(days=1))


@given(born_on=DAYS, told_on=DAYS, on=DAYS)
def test_an_age_told_is_at_most_a_year_behind_the_day_of_birth(
    born_on: date, told_on: date, on: date
) -> None:
    years = (
        told_on.year - born_on.year - ((told_on.month, told_on.day) < (born_on.month, born_on.day))
    )
    told = Age(age=years, age_on=told_on)
    a_year = timedelta(days=367)
    if Age(born_on).was_minor(on):
        assert told.was_minor(on - a_year)
    else:
        assert not told.was_minor(on + a_year)


def test_of_whom_nothing_is_known_nothing_is_said() -> None:
    assert not Age().was_minor(date(2022, 11, 5))
    assert not Age(age=12).was_minor(date(2022, 11, 5))
