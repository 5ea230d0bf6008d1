"""Tables as a workbook to calculate with: figures are numbers, totals are formulas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border

from cva.core.i18n import direction
from cva.core.i18n import gettext as _
from cva.core.money import Money, plain
from cva.sheets.writing.page_style import (
    BOLD,
    LINE,
    WHOLE,
    WritablePage,
    bold,
    figure,
    heading,
    money_look,
    new_page,
    saved,
    span,
    tab_title,
    text_cell,
)

TableValue = str | int | date | Money | None

_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        width: In characters; as wide as its heading unless given.
        is_summed: Whether the total adds it up.
    """

    heading: str
    width: int = 0
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class TablePage:
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
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableValue]]
    currency_column: int | None = None


def write_workbook(pages: Sequence[TablePage]) -> bytes:
    """A workbook to print on A4 across, headings held, in the reader's direction."""
    book = Workbook(write_only=True)
    for page in pages:
        widths = [one.width or max(_NARROWEST, len(one.heading) + 2) for one in page.columns]
        _write(new_page(book, tab_title(page.title), widths), page)
    return saved(book)


def _write(sheet: WritablePage, page: TablePage) -> None:
    head = len(page.lines) + 2 if page.lines else 1
    sheet.freeze_panes = f"B{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    for place, line in enumerate(page.lines):
        sheet.append([text_cell(sheet, line) if place else bold(sheet, line)])
    if page.lines:
        sheet.append([])
    heads = []
    for place, column in enumerate(page.columns):
        example = next((row[place] for row in page.rows if row[place] is not None), "")
        heads.append(heading(sheet, column.heading, **_side(example)))
    sheet.append(heads)
    for row in page.rows:
        sheet.append([_cell(sheet, value) for value in row])
    _write_totals(sheet, page, head + 1)


def _side(value: TableValue) -> dict[str, Any]:
    """Where a value is in its cell: never against the one beside it."""
    if isinstance(value, date):
        return {"horizontal": "center"}
    if isinstance(value, int | Money):
        return {"horizontal": "right"}
    return {"horizontal": "right" if direction() == "rtl" else "left", "indent": 1}


def _cell(sheet: WritablePage, value: TableValue) -> Cell | None:
    if value is None:
        return None
    if isinstance(value, Money):
        amount = Decimal(plain(value.currency, value.minor))
        return figure(sheet, amount, money_look(value.currency))
    if isinstance(value, int):
        return figure(sheet, value, WHOLE)
    is_day = isinstance(value, date)
    cell = figure(sheet, value, "yyyy-mm-dd") if is_day else text_cell(sheet, str(value))
    cell.alignment = Alignment(**_side(value))
    return cell


def _write_totals(sheet: WritablePage, page: TablePage, first: int) -> None:
    summed = [place for place, column in enumerate(page.columns) if column.is_summed]
    if not summed or not page.rows:
        return
    last = first + len(page.rows) - 1
    currencies = {place: _currencies(page, place) for place in summed}
    known = sorted(set().union(*currencies.values()))
    counts = [place for place in summed if not currencies[place]]
    single = [place for place in summed if currencies[place] and len(known) == 1]
    cells = {place: (f"=SUM({span(place, first, last)})", WHOLE) for place in counts}
    cells |= {
        place: (f"=SUM({span(place, first, last)})", money_look(known[0])) for place in single
    }
    if cells:
        _write_total(sheet, page, _("Total"), cells)
    if len(known) < 2 or page.currency_column is None:  # noqa: PLR2004
        return
    by = span(page.currency_column, first, last)
    for currency in known:
        sums = {
            place: (
                f'=SUMIF({by},"{currency}",{span(place, first, last)})',
                money_look(currency),
            )
            for place in summed
            if currencies[place]
        }
        label = _("Total {currency}").format(currency=currency)
        _write_total(sheet, page, label, sums)


def _currencies(page: TablePage, place: int) -> set[str]:
    return {row[place].currency for row in page.rows if isinstance(row[place], Money)}  # type: ignore[union-attr]


def _write_total(
    sheet: WritablePage, page: TablePage, label: str, formulas: dict[int, tuple[str, str]]
) -> None:
    cells = []
    for place in range(len(page.columns)):
        formula = formulas.get(place)
        cell = figure(sheet, *formula) if formula else text_cell(sheet, "" if place else label)
        cell.font, cell.border = BOLD, Border(top=LINE)
        cells.append(cell)
    sheet.append(cells)
