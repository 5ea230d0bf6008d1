"""Tables as a workbook to calculate with: figures are numbers, totals are formulas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cva.core.money import Money, digits_of, plain
from cva.core.words import direction
from cva.core.words import gettext as _
from cva.sheets.write import as_text

Value = str | int | date | Money | None
#: A sheet that is written row by row; openpyxl's own types leave out half of what it can.
Sheet = Any

#: What Excel allows in the name of a sheet.
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_NARROWEST = 12
_THIN = Side(style="thin", color="8A949A")
_HEAD = PatternFill("solid", fgColor="E6F0F3")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        width: In characters; as wide as its heading unless said.
        is_summed: Whether the total adds it up.
    """

    heading: str
    width: int = 0
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook.

    Attributes:
        title: On the sheet's tab.
        lines: Above the table; the first is the title on paper.
        rows: Amounts as ``Money``, counts as whole numbers, days as days; texts stay texts.
        currency_column: The place of the column that says the currency of a row: sums of money
            are then made for each currency apart.
    """

    title: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    currency_column: int | None = None


def write_workbook(pages: Sequence[Page]) -> bytes:
    """A workbook to print on A4 across, headings held, in the reader's direction."""
    book = Workbook(write_only=True)
    for page in pages:
        _write(book.create_sheet(_title(page.title)), page)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _title(text: str) -> str:
    return _NOT_IN_TITLES.sub(" ", text).strip(" '")[:_LONGEST_TITLE] or "1"


def _write(sheet: Sheet, page: Page) -> None:
    head = len(page.lines) + 2 if page.lines else 1
    sheet.sheet_view.rightToLeft = direction() == "rtl"
    sheet.freeze_panes = f"B{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"
    for place, column in enumerate(page.columns, 1):
        width = column.width or max(_NARROWEST, len(column.heading) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for place, line in enumerate(page.lines):
        sheet.append([_cell(sheet, line, is_bold=not place)])
    if page.lines:
        sheet.append([])
    sheet.append([_heading(sheet, page, place) for place in range(len(page.columns))])
    for row in page.rows:
        sheet.append([_in_row(sheet, value) for value in row])
    _write_totals(sheet, page, head + 1)


def _heading(sheet: Sheet, page: Page, place: int) -> Cell:
    cell = _cell(sheet, page.columns[place].heading, is_bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="bottom", **_side(_example(page, place)))
    cell.fill, cell.border = _HEAD, Border(bottom=_THIN)
    return cell


def _example(page: Page, place: int) -> Value:
    return next((row[place] for row in page.rows if row[place] is not None), "")


def _side(value: Value) -> dict[str, Any]:
    """Where a value stands in its cell: never against the one beside it."""
    if isinstance(value, date):
        return {"horizontal": "center"}
    if isinstance(value, int | Money):
        return {"horizontal": "right"}
    return {"horizontal": "right" if direction() == "rtl" else "left", "indent": 1}


def _cell(sheet: Sheet, value: Value, *, is_bold: bool = False) -> Cell:
    stored: Any = Decimal(plain(value.currency, value.minor)) if isinstance(value, Money) else value
    cell = WriteOnlyCell(sheet, stored)
    if isinstance(value, Money):
        cell.number_format = _money_format(value.currency)
    elif isinstance(value, str):
        as_text(cell)
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
        cell.alignment = Alignment(**_side(value))
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _in_row(sheet: Sheet, value: Value) -> Cell:
    cell = _cell(sheet, value)
    if isinstance(value, str):
        cell.alignment = Alignment(**_side(value))
    return cell


def _money_format(currency: str) -> str:
    digits = digits_of(currency)
    return "#,##0." + "0" * digits if digits else "#,##0"


def _write_totals(sheet: Sheet, page: Page, first: int) -> None:
    summed = [place for place, column in enumerate(page.columns) if column.is_summed]
    if not summed or not page.rows:
        return
    last = first + len(page.rows) - 1
    currencies = {place: _currencies(page, place) for place in summed}
    known = sorted(set().union(*currencies.values()))
    counts = [place for place in summed if not currencies[place]]
    single = [place for place in summed if currencies[place] and len(known) == 1]
    cells = {place: (f"=SUM({_span(place, first, last)})", "#,##0") for place in counts}
    cells |= {
        place: (f"=SUM({_span(place, first, last)})", _money_format(known[0])) for place in single
    }
    if cells:
        _write_total(sheet, page, _("Total"), cells)
    if len(known) < 2 or page.currency_column is None:  # noqa: PLR2004
        return
    by = _span(page.currency_column, first, last)
    for currency in known:
        sums = {
            place: (
                f'=SUMIF({by},"{currency}",{_span(place, first, last)})',
                _money_format(currency),
            )
            for place in summed
            if currencies[place]
        }
        label = _("Total {currency}").format(currency=currency)
        _write_total(sheet, page, label, sums)


def _currencies(page: Page, place: int) -> set[str]:
    return {row[place].currency for row in page.rows if isinstance(row[place], Money)}  # type: ignore[union-attr]


def _span(place: int, first: int, last: int) -> str:
    letter = get_column_letter(place + 1)
    return f"${letter}${first}:${letter}${last}"


def _write_total(
    sheet: Sheet, page: Page, label: str, formulas: dict[int, tuple[str, str]]
) -> None:
    cells = []
    for place in range(len(page.columns)):
        formula, number_format = formulas.get(place, (None, "General"))
        cell = WriteOnlyCell(sheet, formula) if formula else _cell(sheet, "" if place else label)
        cell.number_format, cell.font, cell.border = (
            number_format,
            Font(bold=True),
            Border(top=_THIN),
        )
        cells.append(cell)
    sheet.append(cells)
