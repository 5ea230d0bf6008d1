"""Rows of headings below the headings: answers side by side, numbers of the columns."""

import datetime as dt

import pytest

from tests.sheets_made import Rows, checked, states, workbook

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
    assert [one.choice for one in found.ask] == ["column:E"]
    assert states(found)[1] != "r"


def test_answers_of_a_person_are_no_headings() -> None:
    heads = ["Registration number", "Distribution date", "Amount (KES)", "Received", "Signed"]
    found = checked(workbook(heads, [None, None, None, "Yes", "No"], ["A-1", DAY, 5, "x", "x"]))
    assert found.header_row == 1


def test_the_number_of_a_column_is_no_example_of_it() -> None:
    heads = ["Registration number", "Distribution date", "Accrued (KES)", "Disbursed (KES)"]
    rows: Rows = [heads, [1, 2, 3, 4], ["A-1", DAY, 120, 100], ["A-2", DAY, 90, 80]]
    [question] = checked(workbook(*rows)).ask
    assert "3" not in str(question.examples)
    assert "120" in str(question.examples)
