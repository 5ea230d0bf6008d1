import pytest

from tests.sheets.hostile.case import is_refused
from tests.sheets.hostile.structure import CASES, NO_ROWS, NO_TABLE, READ, of, two_sheets
from tests.sheets.hostile.workbooks import HEADINGS, heading_row, paid_row, sheet
from tests.sheets_made import checked, errors, refusal, states, warnings


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_that_can_be_read_in_two_ways_is_refused(name: str) -> None:
    is_refused(CASES[name])


@pytest.mark.parametrize("name", READ)
def test_a_sheet_that_only_looks_odd_is_read(name: str) -> None:
    content, rows = READ[name]
    assert states(checked(content)) == "r" * rows


def test_a_hidden_row_is_told_and_read() -> None:
    found = checked(of(sheet(paid_row(2), paid_row(3).replace("<row", '<row hidden="1"'))))
    assert (states(found), warnings(found)) == ("rr", [("A3", "hidden-row")])


@pytest.mark.parametrize("span", ['min="2" max="2"', 'max="2" min="2" width="0"'])
def test_a_hidden_column_is_told_and_read(span: str) -> None:
    found = checked(of(sheet(before=f'<cols><col {span} hidden="1"/></cols>')))
    assert (states(found), warnings(found)) == ("r", [("B1", "hidden-column")])


def test_a_sheet_that_nobody_sees_is_told() -> None:
    found = checked(two_sheets("List", "Other", hidden=True))
    assert (states(found), warnings(found)) == ("r", [(None, "hidden-sheet")])


def test_two_sheets_that_look_like_lists_are_asked_about() -> None:
    found = checked(two_sheets("List", "Other"))
    assert [(question.choice, question.options) for question in found.ask] == [
        ("sheet", ("*", "List", "Other"))
    ]


def test_merged_cells_among_the_data_are_told() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    found = checked(of(sheet(paid_row(2), paid_row(3, A='<c r="@"/>'), after=merged)))
    assert [question.choice for question in found.ask] == ["household"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (NO_ROWS, "no-data-rows"),
        (NO_TABLE, "no-heading-row"),
        (of(sheet(headings=("x", "y", "z"))), "no-heading-row"),
    ],
)
def test_a_sheet_without_a_list_is_refused(content: bytes, code: str) -> None:
    assert refusal(checked(content)) == code


def test_rows_above_the_headings_are_no_data() -> None:
    lines = "".join(f'<row r="{row}"/>' for row in range(2, 25))
    lower = heading_row(*HEADINGS).replace('r="1"', 'r="25"')
    for column in "ABCDE":
        lower = lower.replace(f'"{column}1"', f'"{column}25"')
    found = checked(of(sheet(lines + lower, paid_row(26), headings=("Some society",))))
    assert (found.header_row, states(found)) == (25, "r")


def test_cells_without_a_name_stand_right_of_the_one_before() -> None:
    row = paid_row(2).replace(' r="D2"', "").replace(' r="E2"', "")
    found = checked(of(sheet(row, paid_row(3, D='<c t="e"><v>#REF!</v></c>'))))
    assert (states(found), found.rows[0].values["amount_minor"]) == ("re", 10000)
    assert errors(found) == [("D3", "amount-unreadable")]
