"""Writes a reconciliation as a workbook an auditor can follow: rows, and formulas over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.sheets.writing.page_style import (
    WHOLE,
    WritablePage,
    bold,
    figure,
    heading,
    money_look,
    new_page,
    saved,
    text_cell,
)


class _Column(NamedTuple):
    heading: str
    width: int
    is_text: bool = False
    is_amount: bool = False


_COLUMNS = {
    "number": _Column(N_("Registration number"), 20, is_text=True),
    "site": _Column(N_("Site"), 18, is_text=True),
    "currency": _Column(N_("Currency"), 10, is_text=True),
    "answer": _Column(N_("Answer"), 15, is_text=True),
    "reason": _Column(N_("Why not"), 20, is_text=True),
    "own": _Column(N_("Person's answer"), 15, is_text=True),
    "instalment": _Column(N_("Instalment"), 11),
    "planned": _Column(N_("Planned"), 14, is_amount=True),
    "told": _Column(N_("Told"), 14, is_amount=True),
    "confirmed": _Column(N_("Confirmed"), 14, is_amount=True),
    "returned": _Column(N_("Returned"), 14, is_amount=True),
    "open_days": _Column(N_("Days open"), 8),
    "sheet_id": _Column(N_("Sheet"), 8),
    "row": _Column(N_("Row"), 8),
    "available": _Column(N_("Available"), 14, is_amount=True),
    "available_since": _Column(N_("Available since"), 14),
    "counts": _Column(N_("Counts the person in"), 30, is_text=True),
    "state": _Column(N_("State"), 24, is_text=True),
    "difference": _Column(N_("Difference"), 14, is_amount=True),
}
#: Two amounts of the summary that must be the same.
_CHECKED = ("told", "explained")


class ReconciliationRow(NamedTuple):
    """One line of the reconciliation, in one currency; amounts as people write them.

    It leaves the organisation, so it has no names: sheet and row lead to the name, for those
    who may see it.

    Attributes:
        currency: A word for pieces where there is no money.
        answer: Its code. ``reason``: why no person has it, ``"failed"`` at a provider or
            ``"returned"``, else blank. ``own``: the person's own answer, on one row of each person.
        open_days: How long it has been open; None where it is not.
        available: What waits at a provider to be collected; None where nothing does.
        counts: Names of the amounts in which this row counts the person, who counts once in each.
        state: That the person who is still due it died or moved, and when; else blank.
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
    row: int | str | None
    reason: str
    available: Decimal | None
    available_since: date | None
    counts: Sequence[str]
    state: str


@dataclass(frozen=True, slots=True)
class ReconciliationBook:
    """All that the workbook says.

    Attributes:
        title: The first line. ``facts``: pairs of a name and its value.
        answers: Codes of the answers, each with its word, in order.
        amounts: What the amounts of the summary are called, by name.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    answers: Mapping[str, str]
    amounts: Mapping[str, str]
    currencies: Sequence[str]
    rows: Sequence[ReconciliationRow]


def write_reconciled(found: ReconciliationBook) -> bytes:
    """The workbook, in the reader's language."""
    book = Workbook(write_only=True)
    rows = _("Rows")
    summary = new_page(book, _("Summary"), (36, *(18,) * (2 * len(found.currencies) or 2)))
    summary.page_setup.orientation = "portrait"
    _Summary(summary, found, rows).write()
    _write_rows(book, rows, found, ReconciliationRow._fields, found.rows)
    different = (row for row in found.rows if row.answer != "as_planned")
    _write_rows(
        book, _("Differences"), found, [*ReconciliationRow._fields, "difference"], different
    )
    return saved(book)


def _reasons() -> Mapping[str, str]:
    return {"": "", "failed": _("failed at a provider"), "returned": _("came back")}


def _write_rows(
    book: Workbook,
    title: str,
    found: ReconciliationBook,
    columns: Sequence[str],
    rows: Iterable[ReconciliationRow],
) -> None:
    page = new_page(book, title, [_COLUMNS[name].width for name in columns])
    page.freeze_panes, page.print_title_rows = "B2", "1:1"
    known = [_COLUMNS[name] for name in columns]
    page.append([_heading(page, _(one.heading), is_text=one.is_text) for one in known])
    planned, told = (_letter(columns, name) for name in ("planned", "told"))
    at, reasons = 1, _reasons()
    for at, row in enumerate(rows, 2):
        values = row._asdict() | {"difference": f"={told}{at}-{planned}{at}"}
        values |= {"answer": found.answers[row.answer], "own": found.answers.get(row.own)}
        values["reason"] = reasons[row.reason]
        values["counts"] = "".join(f"[{found.amounts[name]}]" for name in row.counts)
        look = _look(row.currency)
        page.append([_cell(page, name, values[name], look) for name in columns])
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{at}"


def _letter(columns: Sequence[str], name: str) -> str:
    return get_column_letter(columns.index(name) + 1)


def _cell(page: WritablePage, name: str, value: Any, look: str) -> Any:  # noqa: ANN401 - plain or a cell
    if value is not None and _COLUMNS[name].is_amount:
        return figure(page, value, look)
    return text_cell(page, value) if isinstance(value, str) else value


class _Summary:
    """The page of formulas; every figure on it comes from the rows."""

    def __init__(self, page: WritablePage, found: ReconciliationBook, rows: str) -> None:
        self._page, self._found, self._rows = page, found, rows
        self._at = 0

    def write(self) -> None:
        """Facts, people by answer, money by currency, and what must be zero."""
        self._append([bold(self._page, self._found.title)])
        for name, fact in self._found.facts:
            self._append([name, text_cell(self._page, fact)])
        self._append([])
        self._write_people()
        self._append([])
        self._write_money()

    def _append(self, cells: Sequence[Any]) -> None:
        self._page.append(list(cells))
        self._at += 1

    def _column(self, name: str) -> str:
        letter = _letter(ReconciliationRow._fields, name)
        return f"'{self._rows}'!${letter}$2:${letter}${len(self._found.rows) + 1}"

    def _write_people(self) -> None:
        page = self._page
        self._append(_headings_over_figures(page, (_("Answer"), _("People"), _("Rows"))))
        first = self._at + 1
        for word in self._found.answers.values():
            formulas = (f'=COUNTIFS({self._column(name)},"{word}")' for name in ("own", "answer"))
            self._append([word, *(figure(page, formula, WHOLE) for formula in formulas)])
        sums = (f"=SUM({letter}{first}:{letter}{self._at})" for letter in "BC")
        self._append([bold(page, _("Total")), *(figure(page, each, WHOLE) for each in sums)])

    def _write_money(self) -> None:
        """Down the page what there is of it, across it the currencies: they are never added."""
        page, currencies = self._page, self._found.currencies
        headings = [text for one in currencies for text in (one, _("People"))]
        self._append(_headings_over_figures(page, (_("Amounts"), *headings)))
        first = self._at + 1
        columns = [self._amounts(one, 2 + 2 * at, first) for at, one in enumerate(currencies)]
        for name, word in self._found.amounts.items():
            cells: list[Any] = []
            for currency, formulas in zip(currencies, columns, strict=True):
                cells.append(figure(page, f"={formulas[name]}", _look(currency)))
                cells.append(self._people(name, word, currency))
            self._append([word, *cells])
        told, explained = (first + list(self._found.amounts).index(each) for each in _CHECKED)
        checks: list[Any] = []
        for at, currency in enumerate(currencies):
            letter = get_column_letter(2 + 2 * at)
            formula = f"={letter}{told}-{letter}{explained}"
            checks += [figure(page, formula, _look(currency)), None]
        self._append([_("Check, must be 0"), *checks])

    def _people(self, name: str, word: str, currency: str) -> Any:  # noqa: ANN401 - a cell
        if name == "explained":
            return None
        rows = f'{self._column("currency")},"{currency}",{self._column("counts")},"*[{word}]*"'
        return figure(self._page, f"=COUNTIFS({rows})", WHOLE)

    def _amounts(self, currency: str, column: int, first: int) -> dict[str, str]:
        """How each amount of a currency comes out of the rows, by name."""
        planned, told, confirmed, returned = (
            self._sum(name, currency) for name in ("planned", "told", "confirmed", "returned")
        )
        lacking = f"{self._sum('planned', currency, 'less')}-{self._sum('told', currency, 'less')}"
        over = f"{self._sum('told', currency, 'more')}-{self._sum('planned', currency, 'more')}"
        letter = get_column_letter(column)
        at = {name: f"{letter}{row}" for row, name in enumerate(self._found.amounts, first)}
        lacks = "".join(f"-{at[name]}" for name in ("open", "not_received", "shortfall"))
        beyond = "".join(f"+{at[name]}" for name in ("surplus", "doubled", "not_on_list"))
        return {
            "planned": planned,
            "told": told,
            "confirmed": confirmed,
            "returned": returned,
            "open": self._sum("planned", currency, "open"),
            "open_failed": self._sum("planned", currency, "open", "failed"),
            "open_returned": self._sum("planned", currency, "open", "returned"),
            "not_received": self._sum("planned", currency, "not_received"),
            "not_received_failed": self._sum("planned", currency, "not_received", "failed"),
            "not_received_returned": self._sum("planned", currency, "not_received", "returned"),
            "shortfall": lacking,
            "surplus": over,
            "doubled": self._sum("told", currency, "twice"),
            "not_on_list": self._sum("told", currency, "not_on_list"),
            "explained": f"{at['planned']}{lacks}{beyond}",
        }

    def _sum(self, name: str, currency: str, answer: str = "", reason: str = "") -> str:
        which = f'{self._column("currency")},"{currency}"'
        if answer:
            which += f',{self._column("answer")},"{self._found.answers[answer]}"'
        if reason:
            which += f',{self._column("reason")},"{_reasons()[reason]}"'
        return f"SUMIFS({self._column(name)},{which})"


def _look(currency: str) -> str:
    is_money = len(currency) == 3 and currency.isupper()  # noqa: PLR2004 - else a word for pieces
    return money_look(currency) if is_money else WHOLE


def _heading(page: WritablePage, text: str, *, is_text: bool) -> Cell:
    """Headings over numbers are aligned as the numbers are."""
    return heading(page, text) if is_text else heading(page, text, horizontal="right")


def _headings_over_figures(page: WritablePage, texts: Sequence[str]) -> list[Cell]:
    return [_heading(page, text, is_text=not at) for at, text in enumerate(texts)]
