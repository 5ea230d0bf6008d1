"""Days of the Ethiopian, Nepali and Buddhist calendars: named, never read as other days."""

import datetime as dt

import pytest

from tests.sheets_made import checked, errors, states, workbook

HEADS = ["Registration number", "Full name", "Distribution date", "Amount (ETB)"]
TODAY = dt.date(2026, 11, 20)


def sheet_of(*days: object, above: str = "Cash list", heading: str = HEADS[2]) -> bytes:
    rows = [[f"A-{at}", f"Example {at}", day, 100] for at, day in enumerate(days, 1)]
    return workbook([above], [*HEADS[:2], heading, HEADS[3]], *rows)


@pytest.mark.parametrize(
    "above",
    [
        "DIRE DAWA, TIKIMT 2019",
        "dates in E.C.",
        "Ethiopian calendar",
        "Cash list (EC)",
        "ጥቅምት 2019 ዓ.ም",
    ],
)
def test_a_day_of_the_ethiopian_calendar_is_named(above: str) -> None:
    found = checked(sheet_of("12-02-2019", "13-02-2019", above=above), today=TODAY)
    assert errors(found) == [("C3", "date-other-calendar"), ("C4", "date-other-calendar")]
    assert (found.ask, found.findings[0].details["reason"]) == ([], "calendar-ethiopian")


def test_a_heading_names_a_calendar_too() -> None:
    found = checked(sheet_of("12-02-2019", heading="Date (E.C.)"), today=TODAY)
    assert errors(found) == [("C3", "date-other-calendar")]


@pytest.mark.parametrize("day", ["13/11/2026", dt.date(2026, 11, 13), "2025-10-02"])
def test_days_of_this_year_below_such_a_line_are_read(day: object) -> None:
    found = checked(sheet_of(day, above="Funded by the E.C."), today=TODAY)
    assert (found.ask, states(found)) == ([], "r")


@pytest.mark.parametrize("day", ["2083-07-20", "20/07/2083"])
def test_a_day_of_the_nepali_calendar_is_named(day: str) -> None:
    found = checked(sheet_of(day, above="Rent support (dates in B.S.)"), today=TODAY)
    assert errors(found) == [("C3", "date-other-calendar")]


def test_days_of_a_buddhist_year_are_not_asked_about() -> None:
    found = checked(sheet_of("05/11/2569", "05/11/69"), today=TODAY)
    assert (found.ask, [code for _cell, code in errors(found)]) == (
        [],
        ["date-other-calendar"] * 2,
    )
