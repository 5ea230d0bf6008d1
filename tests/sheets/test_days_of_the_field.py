"""Days as they come in: two orders in one column, numbers, dittos, other calendars."""

import datetime as dt

import pytest
from openpyxl import Workbook

from cva.sheets.findings.finding import message
from tests.sheets_made import checked, errors, saved, states, workbook

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


def with_format(code: str, *days: dt.date) -> bytes:
    """Days with a number format."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Reg No", "Date", "Amount (KES)"])
    for at, day in enumerate(days):
        sheet.append([f"R{at}", day, 5])
        sheet.cell(at + 2, 2).number_format = code
    return saved(book)


@pytest.mark.parametrize("code", ["mmmm yyyy", "mmm-yy", "[$-419]mmmm\\ yyyy;@", "mm/yyyy", "yyyy"])
def test_the_first_of_a_month_is_no_day_where_only_the_month_is_seen(code: str) -> None:
    content = with_format(code, dt.date(2025, 2, 1), dt.date(2025, 3, 1), dt.date(2025, 3, 1))
    assert [one.choice for one in checked(content).ask] == ["day:B:2025-02", "day:B:2025-03"]
    assert states(checked(content)) == "ooo"
    answers = {"day:B:2025-02": "2025-02-17", "day:B:2025-03": "2025-03-20"}
    found = [row.values["distribution_date"] for row in checked(content, settled=answers).rows]
    assert found == ["2025-02-17", "2025-03-20", "2025-03-20"]


@pytest.mark.parametrize("code", ["d mmmm yyyy", "mm/dd/yy", "yyyy-mm-dd", "dddd"])
def test_a_first_of_a_month_that_is_seen_is_a_day(code: str) -> None:
    found = checked(with_format(code, dt.date(2025, 3, 1)))
    assert (found.ask, found.rows[0].values["distribution_date"]) == ([], "2025-03-01")


def test_another_day_than_the_first_was_typed_whatever_is_seen_of_it() -> None:
    assert read(with_format("mmm-yy", dt.date(2025, 3, 17))) == ["2025-03-17"]


@pytest.mark.parametrize("code", ['"21".mm.yyyy', "\\2\\1.mm.yyyy", '"21 "mmmm yyyy'])
def test_a_day_that_the_format_writes_itself_is_no_day(code: str) -> None:
    found = checked(with_format(code, dt.date(2025, 3, 17), dt.date(2025, 3, 1)))
    assert errors(found) == [("B2", "date-unreadable"), ("B3", "date-unreadable")]


@pytest.mark.parametrize("text", ["март 2025", "March 2025", "2025-03", "03.2025", "3/2025"])
def test_a_month_in_words_or_numbers_is_asked_for_its_day(text: str) -> None:
    [question] = checked(dated(text)).ask
    assert (question.choice, question.control) == ("day:B:2025-03", "date")
    assert checked(dated(text), settled={question.choice: "2025-03-09"}).ask == []


def test_more_months_than_anybody_answers_are_told_cell_by_cell() -> None:
    months = [f"{month:02}.{year}" for year in (2023, 2024) for month in range(1, 13)]
    found = checked(dated(*months))
    assert (found.ask, len(errors(found))) == ([], 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [("۲۰ عقرب ۱۴۰۳", "2024-11-10"), ("1 حمل 1404", "2025-03-21"), ("۲ لړم ۱۴۰۳", "2024-10-23")],
)
def test_months_have_other_names_in_afghanistan(text: str, day: str) -> None:
    heads = ["شماره ثبت", "تاریخ توزیع", "مبلغ (افغانی)"]
    found = checked(workbook(heads, ["R1", text, 5]), currency="AFN")
    assert [row.values.get("distribution_date") for row in found.rows] == [day]


def test_the_example_is_in_the_calendar_of_days_in_words() -> None:
    heads = ["شماره ثبت", "تاریخ توزیع", "مبلغ (افغانی)"]
    found = checked(workbook(heads, ["R1", "۲۰ عقرب ۱۴۰۳", 5], ["R2", "x", 5]), currency="AFN")
    assert "1404/01/11" in message(found.findings[0])
