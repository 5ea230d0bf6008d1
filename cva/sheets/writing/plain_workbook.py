"""Writing plain workbooks."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from cva.sheets.writing.page_style import RUNS, bold, figure, saved, text_cell


def write_table(
    title: str,
    preamble: Sequence[str],
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    is_right_to_left: bool = False,
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook with one sheet: lines of preamble, headings, rows.

    Args:
        title: Name of the sheet.
        preamble: One line each, above the headings.
        headings: One for each column.
        rows: Text, whole numbers, decimals or dates; written as such, never as a formula.
        is_right_to_left: For Arabic and Persian.
        widths: Of the columns, in characters, for a page that is printed on its side; decimals
            are then shown with all their digits.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = is_right_to_left
    sheet.freeze_panes = f"A{len(preamble) + 2}"
    for place, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, len(heading) + 3)
    if widths:
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", False
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line in preamble:
        sheet.append([bold(sheet, line)])
    sheet.append([bold(sheet, heading) for heading in headings])
    for row in rows:
        cells = [
            text_cell(sheet, value) if isinstance(value, str) and value.startswith(RUNS) else value
            for value in row
        ]
        sheet.append([_exact(sheet, value) for value in cells] if widths else cells)
    return saved(book)


def _exact(sheet: WriteOnlyWorksheet, value: object) -> object:
    """A decimal as a number that is shown with all its digits."""
    if not isinstance(value, Decimal):
        return value
    digits = -int(value.as_tuple().exponent)
    return figure(sheet, value, f"0.{'0' * digits}" if digits > 0 else "0")


def neutral(text: str) -> str:
    """A text for a text file; what a spreadsheet would run gets an apostrophe before it.

    The reader of text files takes the apostrophe off again.
    """
    return f"'{text}" if text.startswith(RUNS) else text
