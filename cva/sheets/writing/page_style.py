"""What the pages of written workbooks are made of: paper, headings, texts and figures."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cva.core.i18n import direction
from cva.core.money import digits_of

#: A sheet that is written row by row; openpyxl's own types leave out half of what it can.
WritablePage = Any
#: How whole numbers are shown.
WHOLE = "#,##0"
LINE = Side(style="thin", color="8A949A")
#: With these begins what a spreadsheet takes for a formula.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}")
BOLD = Font(name="Calibri", bold=True)
#: What Excel allows in the name of a sheet.
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_HEAD = PatternFill("solid", fgColor="E6F0F3")


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, which is closed."""
    content = BytesIO()
    book.save(content)
    book.close()
    return content.getvalue()


def tab_title(text: str) -> str:
    """A text as the name of a sheet's tab, which Excel does not let have every sign."""
    return _NOT_IN_TITLES.sub(" ", text).strip(" '")[:_LONGEST_TITLE] or "1"


def new_page(book: Workbook, title: str, widths: Sequence[int]) -> WritablePage:
    """A page for A4 across, as wide as the paper, in the reader's direction, numbered below."""
    page: WritablePage = book.create_sheet(title)
    page.sheet_view.rightToLeft = direction() == "rtl"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "&P / &N"
    for at, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    return page


def heading(page: WritablePage, text: str, **side: Any) -> Cell:  # noqa: ANN401 - as Alignment takes it
    """A heading of a table; ``side`` says where it is in its cell."""
    cell = bold(page, text)
    cell.fill, cell.border = _HEAD, Border(bottom=LINE)
    cell.alignment = Alignment(wrap_text=True, vertical="bottom", **side)
    return cell


def bold(page: WritablePage, text: str) -> Cell:
    """A text that stands out."""
    cell = text_cell(page, text)
    cell.font = BOLD
    return cell


def text_cell(page: WritablePage, text: str) -> Cell:
    """Never a formula, not even after the cell was edited in a spreadsheet."""
    cell: Cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RUNS)
    return cell


def figure(page: WritablePage, value: Any, look: str) -> Cell:  # noqa: ANN401
    """A number, or a formula that makes one."""
    cell: Cell = WriteOnlyCell(page, value)
    cell.number_format = look
    return cell


def money_look(currency: str) -> str:
    """How amounts of a currency are shown: with all its digits."""
    digits = digits_of(currency)
    return f"{WHOLE}.{'0' * digits}" if digits else WHOLE


def span(place: int, first: int, last: int) -> str:
    """The cells of a column, counted from 0, in these rows."""
    letter = get_column_letter(place + 1)
    return f"${letter}${first}:${letter}${last}"
