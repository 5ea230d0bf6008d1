"""Days as they come in: two orders in one column, numbers, dittos, other calendars."""

import datetime as dt

import pytest

from cva.sheets.findings.finding import message
from tests.sheets_made import checked, errors, states, workbook

HEADS = ("Reg No", "Date", "Amount (KES)")


def dated(*days: object, heading: str = "Date") -> bytes:
    heads = ["Reg No", heading, "Amount (KES)"]
    return workbook(heads, *[[f"R{at}", day, 5] for at, day in enumerate(days)])


def read(content: bytes, **settled: str) -> list[object]:
    answers = {key.replace("__", ":"): value for key, value in settled.items()}
    rows = checked(content, settled=answers).rows
    return [row.values.get("distribution_date") for row in rows]


def test_cells_that_contradict_each_other_are_shown_and_the_rest_is_asked() -> None:
    content = dated("13/04/2025", "04/25/2025", "03/04/2025")
    question = checked(content).ask[0]
    assert question.choice == "date_order"
    assert "some cells have the day first" in question.message
    assert question.examples[""] == (("13/04/2025", ""), ("04/25/2025", ""))
    assert question.examples["dmy"] == (("03/04/2025", "2025-04-03"),)
    assert read(content, date_order="mdy") == ["2025-04-13", "2025-04-25", "2025-03-04"]
    assert read(content, date_order="dmy") == ["2025-04-13", "2025-04-25", "2025-04-03"]


def test_two_columns_of_days_may_have_two_orders() -> None:
    heads = ["Reg No", "Name", "Date of birth", "Date", "Amount (KES)"]
    content = workbook(heads, ["R1", "A", "03/04/1990", "05/06/2025", 5])
    assert [one.choice for one in checked(content).ask] == ["date_order", "date_order:D"]
    row = checked(content, settled={"date_order": "dmy", "date_order:D": "mdy"}).rows[0]
    assert row.values["date_of_birth"] == "1990-04-03"
    assert row.values["distribution_date"] == "2025-05-06"
    row = checked(content, settled={"date_order": "dmy"}).rows[0]
    assert row.values["distribution_date"] == "2025-06-05"


@pytest.mark.parametrize("sign", [".", "/", "-"])
def test_a_year_of_two_digits_that_may_come_first_is_asked_about(sign: str) -> None:
    content = dated(*(f"25{sign}03{sign}{day}" for day in (14, 15, 25)))
    (question,) = checked(content).ask
    assert (question.choice, question.options) == ("date_order", ("dmy", "ymd"))
    assert "two digits" in question.message
    assert question.examples["ymd"][0] == (f"25{sign}03{sign}14", "2025-03-14")
    assert question.examples["dmy"][0] == (f"25{sign}03{sign}14", "2014-03-25")
    assert read(content, date_order="ymd") == ["2025-03-14", "2025-03-15", "2025-03-25"]
    assert read(content, date_order="dmy") == ["2014-03-25", "2015-03-25", "2025-03-25"]
    assert len(checked(content, settled={"date_order": "mdy"}).ask) == 1


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        (("14.03.25", "15.03.25"), "Date"),  # 2014 is too long ago
        (("25.03.14", "14.03.25"), "Date"),
        (("24.03.25", "24.03.25"), "Date"),  # 2024 is before
        (("25.03.14", "15.03.2025"), "Date"),
        (("25.03.25", "24.02.24"), "Date"),  # either way the same
        (("25.12.14",), "Date"),  # not yet
        (("25.03.14",), "Date (dd.mm.yy)"),
        (("25.3.9",), "Date"),
    ],
)
def test_a_year_that_can_only_come_last_is_not_asked_about(
    days: tuple[str, ...], heading: str
) -> None:
    assert checked(dated(*days, heading=heading)).ask == []


def test_the_days_of_the_programme_say_which_year_may_be_meant() -> None:
    content = dated("24/03/25")
    assert len(checked(content).ask) == 1
    assert checked(content, starts_on=dt.date(2025, 1, 1)).ask == []


def test_births_with_short_years_ask_nothing() -> None:
    heads = ["Reg No", "Name", "Date of birth", "Date", "Amount (KES)"]
    content = workbook(heads, ["R1", "A", "25.03.14", "2025-06-05", 5])
    assert checked(content).ask == []


def test_numbers_of_days_are_told_as_such() -> None:
    content = dated("45717", 45718, "2025-03-03")
    question = checked(content).ask[0]
    assert question.choice == "serial:B"
    assert question.examples == {"yes": (("45717", "2025-03-01"), ("45718", "2025-03-02"))}
    assert (states(checked(content)), checked(content).findings) == ("ooo", [])
    assert read(content, serial__B="yes") == ["2025-03-01", "2025-03-02", "2025-03-03"]
    found = checked(content, settled={"serial:B": "no"})
    assert errors(found) == [("B2", "date-unreadable"), ("B3", "date-unreadable")]


@pytest.mark.parametrize("number", ["99999", "1234", "12345", "457170", "-45717"])
def test_other_numbers_are_no_days(number: str) -> None:
    found = checked(dated(number))
    assert (found.ask, errors(found)) == ([], [("B2", "date-unreadable")])


def test_dates_that_a_program_turned_around_are_asked_about() -> None:
    content = dated(dt.date(2025, 3, 4), dt.date(2025, 5, 5), "13/04/2025")
    question = checked(content).ask[0]
    assert question.choice == "turned:B"
    assert question.examples["yes"][0] == ("2025-03-04", "2025-04-03")
    assert read(content, turned__B="yes") == ["2025-04-03", "2025-05-05", "2025-04-13"]
    assert read(content, turned__B="no") == ["2025-03-04", "2025-05-05", "2025-04-13"]


@pytest.mark.parametrize(
    "days",
    [
        (dt.date(2025, 3, 14), dt.date(2025, 3, 4), "13/04/2025"),
        (dt.date(2025, 3, 4), "13.04.2025"),
        (dt.date(2025, 3, 4), "2025-04-13"),
        (dt.date(2025, 5, 5), "13/04/2025"),
    ],
)
def test_other_true_dates_are_taken_as_they_are(days: tuple[object, ...]) -> None:
    assert checked(dated(*days)).ask == []


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("15/09/1446", "the Hijri calendar"),
        ("1446/09/15", "the Hijri calendar"),
        ("١٥/٠٩/١٤٤٦", "the Hijri calendar"),
        ("15 رمضان 1446", "the Hijri calendar"),
        ("15 Ramadan 1446", "the Hijri calendar"),
        ("15 рамадан 1446", "the Hijri calendar"),
        ("01/05/1420 هـ", "the Hijri calendar"),
        ("1404/07/01", "the Hijri or the Jalali calendar"),
        ("13/03/2568", "the Buddhist calendar"),
    ],
)
def test_days_of_other_calendars_are_named(text: str, calendar: str) -> None:
    found = checked(dated(text, heading="تاريخ الصرف"))
    assert errors(found) == [("B2", "date-other-calendar")]
    assert calendar in message(found.findings[0])
    assert "2025-03-31" in message(found.findings[0])


@pytest.mark.parametrize("text", ["12 Safar street", "15 رمضان", "1446", "house 1446"])
def test_other_texts_are_no_days_of_a_calendar(text: str) -> None:
    assert errors(checked(dated(text))) == [("B2", "date-unreadable")]


def persian(*days: object) -> list[str]:
    heads = ["شماره ثبت", "تاریخ توزیع", "مبلغ (IRR)", "نام", "نام خانوادگی"]
    rows = [[f"R{at}", day, 5000, "A", "B"] for at, day in enumerate(days)]
    found = checked(workbook(heads, *rows)).findings
    return [message(one) for one in found if one.severity == "error"]


def test_an_example_is_in_the_calendar_of_its_column() -> None:
    assert "for example 1404/01/11" in persian("1404/07/01", "1404/07/31")[0]
    assert "for example 2025-03-31" in persian("2025-03-01", "2025-02-30")[0]


def test_a_hijri_day_in_a_persian_sheet_does_not_lie_in_the_future() -> None:
    assert "the Hijri calendar" in persian("1404/07/01", "1447/01/15")[0]


@pytest.mark.parametrize(
    "mark", ['"', "〃", ",,", "-//-", '- " -', "то же", "same", "idem", "نفسه"]
)
def test_a_ditto_is_asked_once_and_filled_from_above(mark: str) -> None:
    content = dated("2025-03-01", mark, mark, "2025-03-02", mark)
    found = checked(content)
    assert [(one.choice, one.options) for one in found.ask] == [("ditto:B", ("yes", "no"))]
    assert "3, 4, 6" in found.ask[0].message
    assert (states(found), found.findings) == ("ooooo", [])
    filled = ["2025-03-01"] * 3 + ["2025-03-02"] * 2
    assert read(content, ditto__B="yes") == filled
    assert checked(content, settled={"ditto:B": "yes"}).rows[1].cells[1] == mark
    found = checked(content, settled={"ditto:B": "no"})
    assert states(found) == "reere"


def test_a_ditto_in_any_column_stands_for_what_is_above() -> None:
    heads = ["Reg No", "Date", "Amount (KES)", "Village", "Remarks"]
    day = dt.date(2025, 3, 1)
    content = workbook(heads, ["R1", day, 5, "Kora", "absent"], ["R2", day, '"', "ditto", '"'])
    assert [one.choice for one in checked(content).ask] == ["ditto:C", "ditto:D", "ditto:E"]
    found = checked(content, settled={"ditto:C": "yes", "ditto:D": "yes", "ditto:E": "yes"})
    assert states(found) == "nn"
    assert found.rows[1].values["settlement"] == "Kora"
    assert found.rows[1].values["amount_minor"] == 500


def test_a_mark_with_nothing_above_is_no_day() -> None:
    found = checked(dated('"', "2025-03-01"))
    assert found.ask == []
    assert errors(found) == [("B2", "date-unreadable")]
