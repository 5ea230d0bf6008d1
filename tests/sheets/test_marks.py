from io import BytesIO

from openpyxl import load_workbook

from cva.sheets.recognition.opened_workbook import SHEET_NAME, rows_of_marks
from tests.sheets_made import cash, checked, paid, saved


def marked(content: bytes, **marks: str) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet = book.create_sheet(SHEET_NAME)
    sheet.sheet_state = "veryHidden"
    for row in rows_of_marks(marks):
        sheet.append(row)
    return saved(book)


GOOD = cash(paid("A-1"), paid("A-2"))


def test_a_workbook_says_what_its_columns_mean() -> None:
    found = checked(marked(GOOD, template="cash_transfers", currency="KES"))
    assert found.kind == "cash_transfers"
    assert found.marks["currency"] == "KES"
    assert not [finding for finding in found.findings if finding.code == "hidden-sheet"]


def test_its_findings_are_not_read_whatever_their_sheet_is_called() -> None:
    book = load_workbook(BytesIO(GOOD))
    book.copy_worksheet(book["List"]).title = "Zzz"
    assert checked(saved(book)).ask[0].choice == "sheet"
    found = checked(marked(saved(book), findings_sheet="Zzz"))
    assert not found.ask
    assert len(found.rows) == 2
