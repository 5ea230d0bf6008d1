"""Cells merged over several rows, and members of a household below its head."""

import datetime as dt

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked, row_totals
from tests.sheets_made import Rows, checked, errors, fill, saved, states

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "District", "Date", "Amount (USD)", "Sex"]
FAMILY: Rows = [
    HEADS,
    ["R1", "Ann", "North", DAY, 90, "f"],
    [None, "Bob", None, None, None, "m"],
    [None, "Cem", None, None, None, "m"],
    ["R2", "Dan", "North", DAY, 30, "m"],
]


def read(rows: Rows, *merged: str, **settled: str) -> Checked:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet, rows)
    for one in merged:
        sheet.merge_cells(one)
    return checked(saved(book), settled=settled)


def asked(found: Checked) -> list[tuple[str, tuple[str, ...]]]:
    return [(question.choice, question.options) for question in found.ask]


def totals(found: Checked) -> list[str]:
    return [str(total.money) for total in row_totals(found.rows)]


def test_what_a_merged_cell_says_of_all_its_rows_is_read_in_each() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", "North", DAY, 5], ["R2", "Bob", None, None, 5]]
    found = read(rows, "C2:C3", "D2:D3")
    assert (states(found), found.findings, found.ask) == ("rr", [], [])
    assert [row.values["district"] for row in found.rows] == ["North", "North"]


def test_members_below_the_head_of_a_household_are_one_question() -> None:
    for merged in ((), ("A2:A4", "E2:E4"), ("A2:A4", "C2:C4", "D2:D4", "E2:E4", "F2:F4")):
        found = read(FAMILY, *merged)
        assert asked(found) == [("household", ("one", "each"))]
        assert set(states(found)) == {"o"}


def test_the_question_shows_the_rows_it_is_about() -> None:
    texts = [text for text, _reading in read(FAMILY).ask[0].examples[""]]
    assert texts == ["Bob · m", "Cem · m"]


def test_a_household_is_paid_once_and_its_members_are_named() -> None:
    found = read(FAMILY, "A2:A4", "E2:E4", household="one")
    assert (states(found), totals(found)) == ("rr", ["120.00 USD"])
    assert [(f.cell, f.code) for f in found.findings] == [
        ("A3", "household-member"),
        ("A4", "household-member"),
    ]


def test_rows_that_are_people_share_what_is_merged_over_them() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", "N", DAY, 90], ["R2", "Bob", "N", DAY, None]]
    found = read(rows, "E2:E3", household="each")
    assert (states(found), totals(found)) == ("rr", ["180.00 USD"])


def test_an_amount_merged_over_two_people_is_asked_about() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", "N", DAY, 90], ["R2", "Bob", "N", DAY, None]]
    assert asked(read(rows, "E2:E3")) == [("household", ("one", "each"))]


def test_a_total_counts_each_household_once() -> None:
    found = read([*FAMILY, ["Total", None, None, None, 120]], household="one")
    assert (states(found), errors(found)) == ("rr", [])
    assert "total-mismatch" not in {finding.code for finding in found.findings}


def test_one_row_without_number_and_amount_is_a_slip() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", "N", DAY, 90], [None, "Bob", "N", DAY, None]]
    found = read(rows)
    assert (asked(found), states(found)) == ([], "re")


def test_what_is_shared_alone_is_said_in_the_question() -> None:
    people: Rows = [HEADS, *([f"R{at}", "Ann", "North", DAY, 90, "f"] for at in (1, 2, 3))]
    (question,) = read(people, "E2:E3").ask
    assert question.details["columns"] == "E"
    assert "no amount of their own" in question.message
    (question,) = read(FAMILY).ask
    assert question.details["columns"] == "A, E"
