"""Rows of headings below the headings: answers side by side, numbers of the columns."""

import datetime as dt

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_made import Rows, checked, errors, fill, saved, states, workbook

DAY = dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("over", "yes", "no"),
    [("Présent", "Oui", "Non"), ("Received", "Yes", "No"), ("Получено", "Да", "Нет")],
)
def test_answers_below_a_heading_are_headings(over: str, yes: str, no: str) -> None:
    heads = ["Registration number", "Distribution date", "Amount (KES)", over, None]
    marks: Rows = [["A-1", DAY, 5, "x", None], ["A-2", DAY, 5, None, "x"]]
    found = checked(workbook(heads, [None, None, None, yes, no], *marks))
    assert [column.heading for column in found.columns[3:]] == [over, f"{over}: {no}"]
    assert [row.number for row in found.rows] == [3, 4]
    assert (states(found), found.ask) == ("rn", [])


HEADS = ["Registration number", "Distribution date", "Amount (KES)"]


def under_answers(over: str, *answers: tuple[object, object], merged: str = "D1:E1") -> bytes:
    """Marks below a yes and a no, the other headings merged over both rows or not."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    marks = [[f"A-{at}", DAY, 5, *pair] for at, pair in enumerate(answers)]
    fill(sheet, [[*HEADS, over, None], [None, None, None, "Yes", "No"], *marks])
    for cells in merged.split():
        sheet.merge_cells(cells)
    return saved(book)


@pytest.mark.parametrize("merged", ["", "D1:E1", "A1:A2 B1:B2 C1:C2 D1:E1"])
def test_a_mark_below_yes_or_no_is_that_answer(merged: str) -> None:
    found = checked(under_answers("Present", ("x", None), (None, "x"), merged=merged))
    assert (states(found), found.ask) == ("rn", [])
    found = checked(under_answers("Present", (1, 0), (0, 1), merged=merged))
    assert (states(found), found.ask) == ("rn", [])


def test_a_mark_below_both_or_neither_is_an_error() -> None:
    marks = [("x", None), (None, "x"), ("x", "x"), (None, None)]
    found = checked(under_answers("Received", *marks))
    assert states(found) == "rnee"
    assert errors(found) == [("E5", "receipt-contradicted"), ("D6", "receipt-unclear")]


def test_the_answers_below_a_heading_that_denies_are_turned_around() -> None:
    found = checked(under_answers("Absent", ("x", None), (None, "x")))
    assert (states(found), found.ask) == ("nr", [])


def test_headings_that_end_with_the_answer_are_such_a_pair() -> None:
    rows: Rows = [["A-1", DAY, 5, "x", None], ["A-2", DAY, 5, None, "x"]]
    found = checked(workbook([*HEADS, "Received: yes", "Received: no"], *rows))
    assert (states(found), found.ask) == ("rn", [])


def test_a_no_beside_a_yes_about_something_unknown_is_asked_about() -> None:
    rows: Rows = [["A-1", DAY, 5, "x", None], ["A-2", DAY, 5, None, "x"]]
    found = checked(workbook([*HEADS, "Yes", "No"], *rows))
    assert (states(found), [one.choice for one in found.ask]) == ("oo", ["column:E"])


def test_answers_of_a_person_are_no_headings() -> None:
    heads = ["Registration number", "Distribution date", "Amount (KES)", "Received", "Signed"]
    found = checked(workbook(heads, [None, None, None, "Yes", "No"], ["A-1", DAY, 5, "x", "x"]))
    assert found.header_row == 1


def test_the_number_of_a_column_is_no_example_of_it() -> None:
    heads = ["Registration number", "Distribution date", "Accrued (KES)", "Granted (KES)"]
    rows: Rows = [heads, [1, 2, 3, 4], ["A-1", DAY, 120, 100], ["A-2", DAY, 90, 80]]
    [question] = checked(workbook(*rows)).ask
    assert "3" not in str(question.examples)
    assert "120" in str(question.examples)
