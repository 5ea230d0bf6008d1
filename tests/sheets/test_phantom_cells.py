"""What holds nothing is nothing: formats to the end of a sheet take no room."""

import pytest

from tests.sheets.hostile.other_formats import ods
from tests.sheets.hostile.structure import of
from tests.sheets.hostile.workbooks import SHEET, paid_row, sheet, workbook, xml
from tests.sheets_made import cash, checked, paid, refusal, states


def _styled(row: int, *columns: str) -> str:
    cells = "".join(f'<c r="{column}{row}" s="0"/>' for column in columns)
    return f'<row r="{row}" spans="1:16384" ht="15">{cells}</row>'


@pytest.mark.parametrize(
    "row",
    [
        _styled(1_048_576, "A"),
        _styled(1_048_576, "XFD"),
        '<row r="1048576"><c r="XFD1048576" s="0"></c></row>',
        '<row r="1048576"><c r="XFD1048576" s="0">\n </c>\n</row>',
        '<row r="1048576" hidden="1"/>',
        _styled(3, "XFC", "XFD"),
        _styled(3, *(f"A{letter}{other}" for letter in "ABCDEFG" for other in "ABCDEFGHIJKLM")),
    ],
)
def test_an_empty_cell_anywhere_in_the_grid_is_nothing(row: str) -> None:
    found = checked(of(sheet(paid_row(2), row)))
    assert (states(found), found.findings) == ("r", [])


def test_empty_rows_from_the_list_to_the_end_are_nothing() -> None:
    rows = "".join(_styled(row, "A", "B") for row in range(3, 200_000))
    hidden = "".join(f'<row r="{row}" hidden="1"/>' for row in range(200_000, 300_000))
    found = checked(workbook({SHEET: xml(sheet(paid_row(2), rows, hidden))}))
    assert (states(found), found.findings) == ("r", [])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="{}1048576"><v>1</v></c>', "rows"),
        ('<c r="{}1048576" t="inlineStr"><is><t>x</t></is></c>', "rows"),
        ('<c r="{}1048576"><f>1+1</f></c>', "rows"),
        ('<c r="{}1048576"><v/></c>', "rows"),
    ],
)
@pytest.mark.parametrize("column", ["A", "Z", "XFD"])
def test_what_holds_something_far_below_is_refused(cell: str, reason: str, column: str) -> None:
    found = checked(of(sheet(paid_row(2), f'<row r="1048576">{cell.format(column)}</row>')))
    assert refusal(found) == "workbook-too-large"
    assert found.findings[0].details["reason"] in {reason, "columns"}


def test_what_holds_something_behind_empty_cells_far_right_is_refused() -> None:
    row = '<row r="3"><c r="XFC3" s="0"/><c r="XFD3" x=">"><v>1</v></c></row>'
    found = checked(of(sheet(paid_row(2), row)))
    assert (refusal(found), found.findings[0].cell) == ("workbook-too-large", "XFD3")


def test_six_hundred_columns_are_read_and_one_more_is_not() -> None:
    row = paid("A-1")
    assert states(checked(cash(row + [None] * 594 + ["x"]))) == "r"
    assert refusal(checked(cash(row + [None] * 595 + ["x"]))) == "workbook-too-large"


def _open_document(below: str) -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("A-1", "2025-03-04", "100")
    )
    return ods(f"<table:table-row>{cells}</table:table-row>{below}")


@pytest.mark.parametrize(
    "below",
    [
        (
            '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
            'table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'
        ),
        (
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
            'table:number-columns-repeated="1024"/></table:table-row>'
            '<table:table-row><table:table-cell table:style-name="ce1"/></table:table-row>'
        ),
    ],
)
def test_empty_cells_of_an_open_document_are_nothing(below: str) -> None:
    assert states(checked(_open_document(below), "list.ods")) == "r"


HEADS = "Registration number;Family name;Date;Amount (USD)"


def test_lines_of_delimiters_to_the_end_of_a_text_are_nothing() -> None:
    text = f"{HEADS}\nA-1;Example;2025-03-04;5\n" + ";;;\n" * 300_000
    assert states(checked(text.encode(), "list.csv")) == "r"


def test_delimiters_far_right_in_a_text_are_nothing() -> None:
    text = "\n".join(line + ";" * 900 for line in (HEADS, "A-1;Example;2025-03-04;5"))
    assert states(checked(text.encode(), "list.csv")) == "r"
    far = f"{text}\nA-2;Example;2025-03-04;5{';' * 700}x\n"
    assert refusal(checked(far.encode(), "list.csv")) == "workbook-too-large"
