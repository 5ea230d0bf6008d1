"""Writes templates: empty sheets that read without a question when they come back filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cva.core.i18n import apart, reading_in
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.sheets.recognition.opened_workbook import SHEET_NAME, rows_of_marks
from cva.sheets.vocabulary.layouts import Layout, kind_title, layout_of
from cva.sheets.writing import template_texts as texts
from cva.sheets.writing.page_style import saved, tab_title
from cva.sheets.writing.template_cells import ColumnLook, Looks, look_of, rule_of

#: Goes up when the columns or their meaning change; every older one is still read.
VERSION = "1"
#: What is filled in of a person and then locked.
WHO = frozenset({"registration_no", "full_name"})
#: What is filled in at most: never a document, a phone or an account.
KNOWN = WHO | {
    "sex",
    "household_size",
    "region",
    "settlement",
    "amount",
    "voucher_number",
    "voucher_type",
}
HEADING_ROW = 5
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Template:
    """What a template is for.

    Attributes:
        kind: One of ``kind_names()``.
        language: One of ``template_texts.languages()``.
        society: Its code; ``programme`` and ``round`` are codes too, empty where it is for any.
        country: ISO 3166 alpha-2; decides how numbers are written there.
        people: What is known of each row before, by field as a check reads it (amounts in
            minor units under ``amount_minor``).
        blank_rows: How many rows are prepared below them.
    """

    kind: str
    language: str
    society: str
    society_name: str
    country: str
    currency: str
    programme: str = ""
    programme_name: str = ""
    round: str = ""
    people: Sequence[Mapping[str, str | int]] = ()
    blank_rows: int = 100


def write_template(template: Template) -> bytes:
    """The template as a workbook, in its own language."""
    with reading_in(template.language):
        return saved(TemplateWriter(template).book())


class TemplateWriter:
    """Writes one template; a field list is a template with more known of its people."""

    _height = 21

    def __init__(self, template: Template) -> None:
        self._template = template
        self._layout: Layout = layout_of(template.kind)
        self._fields: Sequence[str] = self._layout.template
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._page = self._book.create_sheet()
        self._is_right_to_left = texts.is_right_to_left(template.language)
        self._looks = Looks(is_right_to_left=self._is_right_to_left)
        self._heading_lines = 2
        self._first = HEADING_ROW + 1
        self._last = HEADING_ROW + max(1, len(template.people) + template.blank_rows)

    @cached_property
    def _columns(self) -> list[tuple[int, str, ColumnLook]]:
        return [(at, name, self._look(name)) for at, name in enumerate(self._fields, 1)]

    def _look(self, name: str) -> ColumnLook:
        return look_of(self._layout, name, self._template.currency)

    def _heading(self, name: str) -> str:
        return texts.heading(self._template.language, self._layout, name, self._template.currency)

    def book(self) -> Workbook:
        """Put everything together."""
        title = kind_title(self._template.kind)
        self._page.title = tab_title(title)
        self._write_lines(title)
        for at, name, look in self._columns:
            self._write_column(at, name, look)
        self._write_people()
        self._write_total()
        self._protect()
        self._set_up_print()
        self._write_marks()
        return self._book

    def _write_lines(self, title: str) -> None:
        """Above the list: what it is, for whom, how to fill it in."""
        for row, line in enumerate(self._lines(title), 1):
            self._looks.line(text_in(cell_at(self._page, row, 1), line), row)
        for row, height in ((1, 24), (2, 18), (4, 20)):
            self._page.row_dimensions[row].height = height

    def _lines(self, title: str) -> Sequence[str]:
        how = texts.how_to_fill_in(self._template.kind)
        return title, self._for_whom(), how, texts.how_to_write()

    def _for_whom(self) -> str:
        one = self._template
        parts = [_("Society: {name}").format(name=_named(one.society_name, one.society))]
        if one.programme:
            name = _named(one.programme_name, one.programme)
            parts.append(_("Programme: {name}").format(name=name))
        if one.round:
            parts.append(_("Round: {name}").format(name=apart(one.round)))
        parts.append(_("Currency: {code}").format(code=one.currency))
        return "; ".join(parts)

    def _write_column(self, at: int, name: str, look: ColumnLook) -> None:
        language, page = self._template.language, self._page
        letter = get_column_letter(at)
        title = self._heading(name)
        width = max(look.width, *(len(word) + 5 for word in title.split(" ")))
        page.column_dimensions[letter].width = width
        self._heading_lines = max(self._heading_lines, -(-(len(title) + 4) // (width - 2)))
        self._looks.heading(text_in(cell_at(page, HEADING_ROW, at), title))
        for row in range(self._first, self._last + 1):
            cell = cell_at(page, row, at)
            self._looks.entry(cell, look, is_locked=name == "row_no")
            if name == "row_no":
                cell.value = row - HEADING_ROW
        rule = rule_of(self._layout, name, language, title.removesuffix(texts.STAR))
        if rule is not None:
            rule.add(f"{letter}{self._first}:{letter}{self._last}")
            page.add_data_validation(rule)

    def _write_people(self) -> None:
        for row, person in enumerate(self._template.people, self._first):
            for at, name, look in self._columns:
                value = self._known(name, person) if name in KNOWN else None
                if value is None or value == "":
                    continue
                cell = cell_at(self._page, row, at)
                value_in(cell, value)
                self._looks.entry(cell, look, is_locked=name in WHO)

    def _known(self, name: str, person: Mapping[str, str | int]) -> str | int | Decimal | None:
        kind = self._layout.types[name]
        if kind == "amount":
            minor = person.get(f"{name}_minor")
            return (
                Decimal(plain(self._template.currency, minor)) if isinstance(minor, int) else None
            )
        value = person.get(name)
        if kind.startswith("words:") and value is not None:
            return self._word(kind.removeprefix("words:"), str(value))
        return value

    def _word(self, group: str, meaning: str) -> str:
        words = texts.offered(self._template.language, group)
        return next((word for word, meant in words.items() if meant == meaning), "")

    def _write_total(self) -> None:
        if not any(look.is_summed for _at, _name, look in self._columns):
            return
        row = self._last + 1
        for at, _name, look in self._columns:
            cell = cell_at(self._page, row, at)
            self._looks.total(cell, look)
            if look.is_summed:
                letter = get_column_letter(at)
                cell.value = f"=SUM({letter}{self._first}:{letter}{self._last})"
        text_in(cell_at(self._page, row, 2), texts.total_word(self._template.language))

    def _protect(self) -> None:
        """Without a password: against a slip of the hand, not against anybody."""
        lock = self._page.protection
        lock.sheet = True
        lock.formatColumns = lock.formatRows = lock.insertRows = False  # what is allowed
        self._page.sheet_view.rightToLeft = self._is_right_to_left
        self._page.freeze_panes = f"{get_column_letter(self._frozen)}{self._first}"
        for part in self._page.sheet_view.selection:
            part.activeCell = part.sqref = f"B{self._first}"

    @property
    def _frozen(self) -> int:
        """The first column that moves: those up to the name, or the first two, stay."""
        fields = list(self._fields)
        return (fields.index("full_name") if "full_name" in fields else 1) + 2

    def _set_up_print(self) -> None:
        page = self._page
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = 9  # A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
        page.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, footer=0.3)
        page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P / &N"))
        page.row_dimensions[HEADING_ROW].height = 3 + 15 * self._heading_lines
        if "signature" in self._fields:  # room for a pen
            for row in range(self._first, self._last + 2):
                page.row_dimensions[row].height = self._height

    def _marks(self) -> dict[str, str]:
        """What the workbook says of itself."""
        return marks_of(self._template)

    def _write_marks(self) -> None:
        page = self._book.create_sheet(SHEET_NAME)
        page.sheet_state = "veryHidden"
        for row, pair in enumerate(rows_of_marks(self._marks()), 1):
            for at, text in enumerate(pair, 1):
                text_in(cell_at(page, row, at), text)


def marks_of(one: Template) -> dict[str, str]:
    """What a template says of itself."""
    marks = {
        "template": one.kind,
        "version": VERSION,
        "language": one.language,
        "society": one.society,
        "programme": one.programme,
        "round": one.round,
        "currency": one.currency,
        "date_order": "dmy",
        "decimal_mark": texts.decimal_mark(one.language, one.country, one.currency) or "",
    }
    return {name: value for name, value in marks.items() if value}


def _named(name: str, code: str) -> str:
    return f"{name} ({code})" if name and name != code else code


def cell_at(page: Worksheet, row: int, at: int) -> Cell:
    """A cell of its own, never one that another is merged over."""
    found = page.cell(row, at)
    if not isinstance(found, Cell):
        raise TypeError(found)
    return found


def value_in(cell: Cell, value: str | int | Decimal | None) -> None:
    """Write a number as a number, and a text as text."""
    if isinstance(value, str):
        text_in(cell, value)
    else:
        cell.value = value


def text_in(cell: Cell, text: str) -> Cell:
    """Write a text as text, never as a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
    return cell
