"""Writes field lists: who is to be given what, to fill in far from a network, or to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from typing_extensions import override

from cva.core.i18n import gettext as _
from cva.core.i18n import reading_in
from cva.core.money import plain
from cva.sheets.vocabulary.field_list_marks import DIGEST, LIST, VERSION, FieldListEntry
from cva.sheets.vocabulary.field_list_marks import marks_of as marks_of_rows
from cva.sheets.writing import template_texts as texts
from cva.sheets.writing.page_style import saved
from cva.sheets.writing.template_cells import ColumnLook, look_of
from cva.sheets.writing.template_workbook import (
    HEADING_ROW,
    Template,
    TemplateWriter,
    cell_at,
    marks_of,
    text_in,
    value_in,
)

_SITE = "distribution_site"
#: Rows begin here.
FIRST_ROW = HEADING_ROW + 1
_PART = "instalment"
_LOCKED = frozenset(
    {"registration_no", "full_name", "household_size", "planned_amount", _SITE, _PART}
)
_BEFORE = ("row_no", "registration_no", "full_name", "household_size", "planned_amount", "status")
_AFTER = ("received_by", "signature", "remarks")


@dataclass(frozen=True, slots=True)
class FieldList:
    """A field list.

    Attributes:
        template: Its kind, language, society, programme, round and currency; without rows.
        round_id: The round, with ``list_version`` the version of its list.
        in_pieces: Commodity vouchers: planned and received are pieces, not money.
        has_instalments: The round has several, so each row says which it is.
        voucher_kind: What the vouchers are for; filled in where they have no face value.
        facts: Lines above the list: donor, site, days, modality, transfer value.
        entries: One for each row, in order, the first at ``FIRST_ROW``.
    """

    template: Template
    round_id: int
    list_version: int
    entries: Sequence[FieldListEntry]
    facts: Sequence[str] = ()
    in_pieces: bool = False
    has_instalments: bool = False
    voucher_kind: str = ""

    @property
    def marks(self) -> dict[str, str]:
        """What it says of itself, without the digest over that."""
        own = {LIST: str(self.round_id), VERSION: str(self.list_version)}
        return marks_of(self.template) | own | marks_of_rows(self.entries)


def write_field_list(listed: FieldList, digest: str) -> bytes:
    """The field list as a workbook, in its own language; ``digest`` is over its marks."""
    with reading_in(listed.template.language):
        return saved(_Writer(listed, listed.marks | {DIGEST: digest}).book())


class _Writer(TemplateWriter):
    _height = 27  # room for a thumb

    def __init__(self, listed: FieldList, marks: Mapping[str, str]) -> None:
        super().__init__(listed.template)
        self._listed = listed
        self._all_marks = dict(marks)
        sites = {entry.site for entry in listed.entries}
        layout = self._layout
        given = layout.given_in_pieces if listed.in_pieces else layout.given
        printed = (*_BEFORE, "distribution_date", *given, *_AFTER)
        if len(sites) > 1:  # of one site the lines above the list say which
            printed = (*printed[:3], _SITE, *printed[3:])
        if listed.has_instalments:
            at = printed.index("planned_amount")
            printed = (*printed[:at], _PART, *printed[at:])
        self._printed = len(printed)
        self._fields = (*printed, *layout.beside)
        self._last = HEADING_ROW + len(listed.entries)

    @property
    def _currency(self) -> str | None:
        return None if self._listed.in_pieces else self._template.currency

    @override
    def _look(self, name: str) -> ColumnLook:
        if name == "planned_amount":
            name = "quantity" if self._listed.in_pieces else "amount"
        look = look_of(self._layout, name, self._template.currency)
        if name == "household_size" and not self._knows_sizes:
            return replace(look, is_summed=False)  # a sum that leaves people out says nothing
        return look

    @cached_property
    def _knows_sizes(self) -> bool:
        return all(entry.household_size for entry in self._listed.entries)

    @override
    def _heading(self, name: str) -> str:
        return texts.heading_in_list(self._template.language, self._layout, name, self._currency)

    @override
    def _lines(self, title: str) -> Sequence[str]:
        how = _("Fill in the white cells. Who is left blank stays without an answer.")
        facts = "; ".join(self._listed.facts)
        return _("Field list: {title}").format(title=title), self._for_whom(), facts, how

    @override
    def _write_people(self) -> None:
        columns = [(at, name, look) for at, name, look in self._columns if name in _LOCKED]
        kinds = [at for at, name, _look in self._columns if name == "voucher_type"]
        for entry in self._listed.entries:
            for at, name, look in columns:
                cell = cell_at(self._page, entry.row, at)
                value_in(cell, self._value(name, entry))
                self._looks.entry(cell, look, is_locked=True)
            for at in kinds:
                text_in(cell_at(self._page, entry.row, at), self._listed.voucher_kind)

    def _value(self, name: str, entry: FieldListEntry) -> str | int | Decimal | None:
        texts_of = {"registration_no": entry.number, "full_name": entry.name, _SITE: entry.site}
        if name in texts_of:
            return texts_of[name]
        if name == _PART:
            return entry.instalment
        if name == "household_size":
            return int(entry.household_size) if entry.household_size else None
        if entry.currency is None:
            return entry.amount
        return Decimal(plain(entry.currency, entry.amount))

    @override
    def book(self) -> Workbook:
        book = super().book()
        self._write_signatures()
        self._set_beside()
        return book

    def _set_beside(self) -> None:
        """The columns for what the few need are filled in on a screen; paper is too narrow."""
        last = f"{get_column_letter(self._printed)}{self._page.max_row}"
        self._page.print_area = f"A1:{last}"
        how = _("Not printed. Fill in where another person or a minor collects, or nobody signs.")
        row = HEADING_ROW - 1
        self._looks.line(text_in(cell_at(self._page, row, self._printed + 1), how), row)

    def _write_signatures(self) -> None:
        """Below the total: who signs, and how many received; reading ends before."""
        self._hide_sums_of_blanks()
        order = 2 if self._is_right_to_left else 1
        row = self._last + 3
        names = (
            texts.signature_word(self._template.language),
            _("Distributed by"),
            _("Witnessed by"),
            _("Verified by"),
        )
        places = [self._fields.index(name) + 1 for name in ("registration_no", "planned_amount")]
        places += [self._fields.index("distribution_date") + 2, self._printed - 1]
        for at, name in zip(places, names, strict=True):
            cell = text_in(cell_at(self._page, row, at), f"{name}: {'_' * 22}")
            cell.alignment = Alignment(vertical="bottom", readingOrder=order)
            self._page.row_dimensions[row].height = 30
        status = get_column_letter(self._fields.index("status") + 1)
        numbers = get_column_letter(self._fields.index("registration_no") + 1)
        area = f"{status}{self._first}:{status}{self._last}"
        receipts = texts.offered(self._template.language, "receipt")
        words = {meaning: word for word, meaning in receipts.items()}
        yes, no = (f'COUNTIF({area},"{words[meaning]}")' for meaning in ("yes", "no"))
        all_rows = f"COUNTA({numbers}{self._first}:{numbers}{self._last})"
        counts = (
            (_("Received"), f"={yes}"),
            (_("Not received"), f"={no}"),
            (_("No answer"), f"={all_rows}-{yes}-{no}"),
        )
        for below, (name, formula) in enumerate(counts, row + 1):
            text_in(cell_at(self._page, below, places[0]), name)
            cell = cell_at(self._page, below, places[0] + 1)
            side: Literal["left", "right"] = "right" if self._is_right_to_left else "left"
            cell.value, cell.alignment = formula, Alignment(horizontal=side)

    def _hide_sums_of_blanks(self) -> None:
        """On paper the total of a column that is still to be filled in is written by hand."""
        for at, name, look in self._columns:
            if look.is_summed and name not in _LOCKED:
                total = cell_at(self._page, self._last + 1, at)
                total.number_format = f"{look.number_format};-{look.number_format};"

    @override
    def _marks(self) -> dict[str, str]:
        return self._all_marks
