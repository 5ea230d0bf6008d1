"""Writes a reconciliation as a workbook an auditor can follow: rows, and formulas over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cva.core.money import digits_of
from cva.core.words import direction
from cva.core.words import gettext as _

#: A sheet that is written row by row; openpyxl's own types leave out half of what it can.
Sheet = Any
_HEAD = PatternFill("solid", fgColor="E6F0F3")
_LINE = Border(bottom=Side(style="thin", color="8A949A"))
_BOLD = Font(name="Calibri", bold=True)
_WIDTHS = (20, 18, 10, 16, 16, 11, 15, 15, 15, 15, 10, 9, 9)
#: Columns from here on hold numbers.
_FIRST_NUMBER = 5
_WHOLE = "#,##0"


class Row(NamedTuple):
    """One line of the reconciliation, in one currency; amounts as people write them.

    Attributes:
        currency: A word for pieces where there is no money.
        answer: Its code. ``own``: the person's own answer, on one row of each person.
        open_days: How long it has been open; None where it is not.
    """

    number: str
    site: str
    currency: str
    answer: str
    own: str
    instalment: int | None
    planned: Decimal
    told: Decimal
    confirmed: Decimal
    returned: Decimal
    open_days: int | None
    sheet_id: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """All that the workbook says.

    Attributes:
        title: The first line. ``facts``: pairs of what is told and what it is.
        answers: Codes of the answers, each with its word, in order.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    answers: Mapping[str, str]
    currencies: Sequence[str]
    rows: Sequence[Row]


def write_reconciled(found: Reconciled) -> bytes:
    """The workbook, in the reader's language."""
    book = Workbook(write_only=True)
    pages = _("Summary"), _("Rows"), _("Differences")
    summary, rows, differences = (book.create_sheet(name) for name in pages)
    for page in (summary, rows, differences):
        _set_up(page)
    _Summary(summary, found, pages[1]).write()
    _write_rows(rows, found, found.rows)
    wanted = (row for row in found.rows if row.answer != "as_planned")
    _write_rows(differences, found, wanted, with_difference=True)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _set_up(page: Sheet) -> None:
    page.sheet_view.rightToLeft = direction() == "rtl"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "&P / &N"


def _headings() -> list[str]:
    return [
        _("Registration number"),
        _("Site"),
        _("Currency"),
        _("Answer"),
        _("Person's answer"),
        _("Instalment"),
        _("Planned"),
        _("Told"),
        _("Confirmed"),
        _("Returned"),
        _("Days open"),
        _("Sheet"),
        _("Row"),
    ]


def _write_rows(
    page: Sheet, found: Reconciled, rows: Iterable[Row], *, with_difference: bool = False
) -> None:
    headings = [*_headings(), _("Difference")] if with_difference else _headings()
    for at, width in enumerate((*_WIDTHS, 15)[: len(headings)], 1):
        page.column_dimensions[get_column_letter(at)].width = width
    page.freeze_panes, page.print_title_rows = "B2", "1:1"
    page.append(_heads(page, headings, _FIRST_NUMBER))
    at = 1
    for at, row in enumerate(rows, 2):
        look = _format(row.currency)
        cells: list[Any] = [_text(page, row.number), _text(page, row.site), row.currency]
        cells += [found.answers[row.answer], found.answers.get(row.own), row.instalment]
        cells += [_number(page, amount, look) for amount in row[6:10]]
        cells += row[10:]
        if with_difference:
            cells.append(_number(page, f"=H{at}-G{at}", look))
        page.append(cells)
    page.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{at}"


class _Summary:
    """The page of formulas; every figure on it comes from the rows."""

    def __init__(self, page: Sheet, found: Reconciled, rows: str) -> None:
        self._page, self._found = page, found
        self._last = len(found.rows) + 1
        self._rows = f"'{rows}'"
        self._at = 0

    def write(self) -> None:
        """Facts, people by answer, money by currency, and what must be zero."""
        page = self._page
        for at, width in enumerate((24, *(15,) * 12), 1):
            page.column_dimensions[get_column_letter(at)].width = width
        self._append([_bold(page, self._found.title)])
        for name, fact in self._found.facts:
            self._append([name, _text(self._page, fact)])
        self._append([])
        self._write_people()
        self._append([])
        self._write_money()

    def _append(self, cells: Sequence[Any]) -> None:
        self._page.append(list(cells))
        self._at += 1

    def _column(self, letter: str) -> str:
        return f"{self._rows}!${letter}$2:${letter}${self._last}"

    def _write_people(self) -> None:
        page = self._page
        headings = (_("Answer"), _("People"), _("Rows"))
        self._append(_heads(page, headings, 1))
        first = self._at + 1
        for word in self._found.answers.values():
            formulas = (f'=COUNTIFS({self._column(letter)},"{word}")' for letter in "ED")
            self._append([word, *(_number(page, formula, _WHOLE) for formula in formulas)])
        sums = (f"=SUM({letter}{first}:{letter}{self._at})" for letter in "BC")
        total = [_bold(page, _("Total")), *(_number(page, each, _WHOLE) for each in sums)]
        self._append(total)

    def _write_money(self) -> None:
        page = self._page
        headings = (
            _("Currency"),
            _("Planned"),
            _("Told"),
            _("Confirmed"),
            _("Open"),
            _("Not received"),
            _("Shortfall"),
            _("Surplus"),
            _("Given twice"),
            _("Not on the list"),
            _("Returned"),
            _("Told, explained"),
            _("Check, must be 0"),
        )
        self._append(_heads(page, headings, 1))
        for currency in self._found.currencies:
            look, at = _format(currency), self._at + 1
            formulas = [
                *(self._sum(letter, currency) for letter in "GHI"),
                self._sum("G", currency, "open"),
                self._sum("G", currency, "not_received"),
                f"{self._sum('G', currency, 'less')}-{self._sum('H', currency, 'less')}",
                f"{self._sum('H', currency, 'more')}-{self._sum('G', currency, 'more')}",
                self._sum("H", currency, "twice"),
                self._sum("H", currency, "not_on_list"),
                self._sum("J", currency),
                f"B{at}-E{at}-F{at}-G{at}+H{at}+I{at}+J{at}",
                f"C{at}-L{at}",
            ]
            self._append([currency, *(_number(page, f"={each}", look) for each in formulas)])

    def _sum(self, letter: str, currency: str, answer: str = "") -> str:
        which = f'{self._column("C")},"{currency}"'
        if answer:
            which += f',{self._column("D")},"{self._found.answers[answer]}"'
        return f"SUMIFS({self._column(letter)},{which})"


def _format(currency: str) -> str:
    is_money = len(currency) == 3 and currency.isupper()  # noqa: PLR2004 - else a word for pieces
    digits = digits_of(currency) if is_money else 0
    return "#,##0." + "0" * digits if digits else _WHOLE


def _heads(page: Sheet, texts: Sequence[str], first_number: int) -> list[Cell]:
    """Headings; those over numbers stand where the numbers do."""
    cells = [_head(page, text) for text in texts]
    for cell in cells[first_number:]:
        cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal="right")
    return cells


def _head(page: Sheet, text: str) -> Cell:
    cell = _bold(page, text)
    cell.fill, cell.border = _HEAD, _LINE
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    return cell


def _bold(page: Sheet, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(page, text)
    cell.font = _BOLD
    return cell


def _text(page: Sheet, text: str) -> Cell:
    """Never a formula, whatever it begins with."""
    cell: Cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def _number(page: Sheet, value: Any, look: str) -> Cell:  # noqa: ANN401 - a number or a formula
    cell: Cell = WriteOnlyCell(page, value)
    cell.number_format = look
    return cell
