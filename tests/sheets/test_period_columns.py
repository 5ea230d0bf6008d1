"""Months or rounds that have a column each."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked, row_totals
from cva.sheets.files.sheet_parts import row_name
from tests.sheets_made import Rows, checked, states, workbook

HEADS = ["Reg No", "Name", "January 2025 (USD)", "February 2025 (USD)"]
PEOPLE: Rows = [["R1", "Ann", 100, 150], ["R2", "Ben", 100, None]]
DAYS = {"periods": "each", "day:C": "2025-01-20", "day:D": "2025-02-20"}


def read(*rows: list[object], **settled: str) -> Checked:
    return checked(workbook(*rows), currency="USD", settled={**settled})


def asked(found: Checked) -> list[str]:
    return [question.choice for question in found.ask]


def table(*heads: str) -> list[list[object]]:
    return [["Reg No", "Name", *heads], ["R1", "Ann", 100, 150], ["R2", "Ben", 100, 50]]


@pytest.mark.parametrize(
    "heads",
    [
        ("January 2025", "February 2025"),
        ("январь", "февраль"),
        ("Сумма за май", "Сумма за июнь"),
        ("2025-01", "2025-02"),
        ("Round 1", "Round 2"),
        ("1st payment", "2nd payment"),
        ("Транш 1", "Транш 2"),
        ("الدفعة 1", "الدفعة 2"),
        ("ماه 1", "ماه 2"),
        ("Amount January", "Amount February"),
        ("Mois 1", "Mois 2"),
    ],
)
def test_columns_of_months_or_rounds_are_asked_about(heads: tuple[str, str]) -> None:
    found = read(*table(*heads))
    assert asked(found) == ["periods"]
    assert found.ask[0].examples["each"] == (("C", heads[0]), ("D", heads[1]))


@pytest.mark.parametrize(
    "heads", [("Male", "Female"), ("Age", "Household size"), ("Under 5", "Over 60"), ("May", "Age")]
)
def test_other_columns_of_numbers_are_none(heads: tuple[str, str]) -> None:
    assert "periods" not in asked(read(*table(*heads)))


def test_months_of_names_are_no_columns_of_sums() -> None:
    rows: list[list[object]] = [["Reg No", "Name", "June", "July"], ["R1", "Ann", "Lee", "Kay"]]
    assert "periods" not in asked(read(*rows))


def test_each_has_its_own_day() -> None:
    found = read(*table("May", "June"), periods="each")
    assert asked(found) == ["day:C", "day:D"]
    assert found.ask[1].message == 'When was "June" handed out?'


def test_each_is_a_payment_of_its_own() -> None:
    found = checked(workbook(HEADS, *PEOPLE), currency="USD", settled=DAYS)
    assert (states(found), found.findings) == ("rrr", [])
    assert [str(total.money) for total in row_totals(found.rows)] == ["350.00 USD"]
    values = [
        (row.values["registration_no"], row.values["distribution_date"]) for row in found.rows
    ]
    assert values == [("R1", "2025-01-20"), ("R2", "2025-01-20"), ("R1", "2025-02-20")]
    assert [row.values["round"] for row in found.rows] == ["January 2025 (USD)"] * 2 + [
        "February 2025 (USD)"
    ]
    names = [row_name(found.parts, row.number) for row in found.rows]
    assert names == ["January 2025 (USD) 2", "January 2025 (USD) 3", "February 2025 (USD) 2"]


def test_a_day_of_the_sheet_is_that_of_each() -> None:
    rows: list[list[object]] = [
        ["Reg No", "Date", "Round 1", "Round 2"],
        ["R1", dt.date(2025, 3, 1), 10, 20],
    ]
    found = read(*rows, periods="each")
    assert (states(found), asked(found)) == ("rr", [])


def test_a_fault_names_its_own_column() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", 100, "absent"], ["R2", "Ben", 9, 8], ["R3", "Cem", 9, 8]]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [(f.cell, f.code) for f in found.findings] == [("D2", "amount-unreadable")]


def test_the_unit_of_the_headings_is_that_of_the_amounts() -> None:
    rows: Rows = [
        ["Reg No", "Name", "May (EUR)", "June (EUR)"],
        ["R1", "Ann", 1, 2],
        ["R2", "Ben", 3, 4],
    ]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [str(total.money) for total in row_totals(found.rows)] == ["10.00 EUR"]


def test_a_total_of_each_month_is_compared_with_its_own_rows() -> None:
    rows: Rows = [HEADS, *PEOPLE, ["Total", None, 200, 140]]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [(f.cell, f.code) for f in found.findings] == [("D4", "total-mismatch")]


def test_where_they_are_no_payments_the_amount_is_asked_for() -> None:
    assert asked(read(*table("May", "June"), periods="none")) == ["find:amount"]


def test_a_row_that_numbers_the_columns_is_nobody_in_any_month() -> None:
    content = workbook(HEADS, [1, 2, 3, 4], *PEOPLE)
    found = checked(content, currency="USD", settled=DAYS)
    assert states(found) == "rrr"
    assert [str(total.money) for total in row_totals(found.rows)] == ["350.00 USD"]
