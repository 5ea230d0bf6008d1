"""The columns of a record that may say who received, as they are shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cva.sheets.cells import receipt_answers
from cva.sheets.cells.receipt_cells import DAY, MOST_BEGIN_SMALL, READERS
from cva.sheets.checking.table import NAMES, FieldColumn, Table, other_places
from cva.sheets.files.cell_addresses import cell, column_of, letter
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.headings import is_day_of_receipt
from cva.sheets.vocabulary.harmless_texts import has_doubt
from cva.sheets.vocabulary.refusals import (
    has_refusal_beside,
    is_half_refusal,
    is_no_person,
    is_part_refusal,
    is_refusal,
    names_refusal,
    refusal_in_name,
    sign_of_nobody,
    speaks_against,
)
from cva.sheets.vocabulary.symbol_fonts import sign_of
from cva.sheets.vocabulary.text_forms import fold, folded_words
from cva.sheets.vocabulary.word_lists import may_hold_refusal

_STATUS = ("status", "other_receipt")
#: What somebody wrote behind a name: (deceased), - absent; or, behind a comma, a given name.
_ASIDE = re.compile(r"[(\[]([^)\]]+)|\s[-–—]\s*([^\s-].*)|\w[-–—]\s+(.+)")
#: What was told of people before, such as returned, dead of somebody else.
_OF_PEOPLE = frozenset({"residency_status", "vulnerability", "id_type", "head_of_household"})
#: A sign that stands before most such notes, or is one.
SIGN_BEFORE_NOTE = re.compile("[(\\[,;/*،؛–—†✝\u0335\u0336-]")
#: What a note behind a name may be.
_SAYS_NOBODY = (is_refusal, is_half_refusal, is_no_person)
#: So many letters has what somebody signs with that is more than initials.
_FEWEST_LETTERS = 3
_LAST_PART = re.compile(r"[,;/*،؛–—-]\s*([^,;/*،؛–—-]+)$")


@dataclass(frozen=True)
class ReceiptColumn:
    """One column that may say who received.

    Attributes:
        index: For every data row the position of its value.
        says: By position what the value says.
        is_of_notes: Its values are notes on the cells of the column.
    """

    field: str
    place: ColumnPlace
    index: Sequence[int]
    values: Mapping[int, Value]
    says: dict[int, str]
    is_of_notes: bool = False

    @property
    def letter(self) -> str:
        """The letters of the column, by which a question names it."""
        name = letter(self.place.column)
        return f"{name}-note" if self.is_of_notes else name

    @property
    def is_status(self) -> bool:
        """Whether it says of every row whether it was received."""
        return self.field in _STATUS

    @cached_property
    def is_filled(self) -> bool:
        """Whether something in it makes a blank odd."""
        silent = (
            {receipt_answers.BLANK}
            if self.is_status
            else {receipt_answers.BLANK, receipt_answers.NO, receipt_answers.UNCLEAR}
        )
        return not silent >= {*self.says.values(), receipt_answers.BLANK} - {
            receipt_answers.NOTHING
        }

    def rows(self, *answers: str) -> list[int]:
        """The data rows, counted from 0, whose cell says one of these."""
        return self.rows_at(at for at, answer in self.says.items() if answer in answers)

    def rows_at(self, positions: Iterable[int]) -> list[int]:
        """The data rows, counted from 0, whose value is at one of the positions."""
        return sorted(row for at in {*positions} for row in self._rows_of.get(at, ()))

    @cached_property
    def _rows_of(self) -> Mapping[int, Sequence[int]]:
        """By position of a value its data rows."""
        found: dict[int, list[int]] = {}
        for row, at in enumerate(self.index):
            found.setdefault(at, []).append(row)
        return found


def receipt_columns(table: Table) -> list[ReceiptColumn]:
    """All columns of a sheet that may say who received, from the left."""
    known, found = table.known, []
    heads = {head.column: head for head in known.heading_row.heads}
    for one in known.columns:
        head = heads.get(column_of(one.column))
        if head is None:
            continue
        place = ColumnPlace(head.column, head.text, cell(head.row, head.column))
        if head.column in known.other_days:
            found.append(replace(_column(table, DAY, place), field=""))
        if one.field is None or one.field not in READERS:
            continue
        is_day = one.field == DAY
        if is_day and not is_day_of_receipt(head.text):
            continue
        found.append(_column(table, one.field, place))
        if is_day:
            _forget_refusals(table.fields[one.field], found[-1])
    notes = _notes_on_cells(table) if known.sheet.notes else []
    return [*found, *_noted_names(table), *_noted_cells(table), *notes]


def _column(table: Table, field: str, place: ColumnPlace) -> ReceiptColumn:
    values, index = shown(table, place.column)
    says = READERS[field](values, table.known.languages, place.heading)
    if field == "signature":
        says |= dict.fromkeys(_no_names(table, values, says), receipt_answers.UNKNOWN)
    return ReceiptColumn(field, place, index, values, says)


def _no_names(table: Table, values: Mapping[int, Value], says: Mapping[int, str]) -> list[int]:
    """The few texts in a place to sign that are no names, in letters without small ones.

    Where most are of other names than those of the list, that is how people sign.
    """
    texts = {
        at: fold(text).split()
        for at, text in ((at, typed(value)) for at, value in values.items())
        if says[at] == receipt_answers.FILLED
        and text.lower() == text.upper()
        and sum(map(str.isalpha, text)) >= _FEWEST_LETTERS
    }
    if not texts:
        return []
    columns = [table.fields[name] for name in NAMES if name in table.fields]
    names = frozenset[str]().union(*(folded_words(column.texts) for column in columns))
    found = [at for at, words in texts.items() if names.isdisjoint(words)]
    return found if len(found) <= min(MOST_BEGIN_SMALL, len(texts) - len(found)) else []


def _forget_refusals(field: FieldColumn, column: ReceiptColumn) -> None:
    """What stands there instead of a day says that there is none."""
    field.blanks |= {at for at, answer in column.says.items() if answer == receipt_answers.NO}


def _noted_names(table: Table) -> list[ReceiptColumn]:
    """What stands behind names and may say that these people did not receive: (deceased)."""
    found = []
    for name in NAMES:
        if name not in table.fields:
            continue
        place = table.fields[name].place
        values, index = shown(table, place.column)
        notes: dict[int, Value] = {at: _note_behind(typed(one)) for at, one in values.items()}
        if any(notes.values()):
            says = {
                at: receipt_answers.UNCLEAR if note else receipt_answers.NOTHING
                for at, note in notes.items()
            }
            found.append(ReceiptColumn("", place, index, notes, says))
    return found


def _noted_cells(table: Table) -> list[ReceiptColumn]:
    """Plain refusals in columns that are about something else: absent, in one of villages."""
    known, found = table.known, []
    for name, place in other_places(known).items():
        if not may_hold_refusal(known.sheet.columns[place.column].texts):
            continue
        values, index = shown(table, place.column)
        says = {
            at: receipt_answers.UNCLEAR if _is_noted(typed(one), name) else receipt_answers.NOTHING
            for at, one in values.items()
        }
        if receipt_answers.UNCLEAR in says.values():
            found.append(ReceiptColumn("", place, index, values, says))
    return found


def _is_noted(text: str, field: str) -> bool:
    if has_refusal_beside(text, fewest_words=2):
        return True
    return field not in _OF_PEOPLE and is_part_refusal(text)


def _note_behind(name: str) -> str:
    """A note behind a name; nothing where what stands there may be a name too."""
    for aside in _ASIDE.findall(name) if SIGN_BEFORE_NOTE.search(name) else ():
        text = "".join(aside).strip()
        if is_note(text) or is_half_refusal(text) or is_no_person(text):
            return text
    last = _LAST_PART.search(name)
    if last is not None and any(says(last[1]) for says in _SAYS_NOBODY):
        return last[1].strip()
    return refusal_in_name(name) or sign_of_nobody(name)


def _notes_on_cells(table: Table) -> list[ReceiptColumn]:
    """Notes that somebody put on cells of the rows, column by column, as far as they may matter.

    They do not stand in the cells, so that even a plain refusal is asked about.
    """
    rows = {number: row for row, number in enumerate(table.numbers)}
    heads = {head.column: head.text for head in table.known.heading_row.heads}
    by_column: dict[int, dict[int, str]] = {}
    for (number, at), text in table.known.sheet.notes.items():
        if number in rows and is_note(text):
            by_column.setdefault(at, {})[rows[number]] = text
    found = []
    for at, texts in sorted(by_column.items()):
        values: dict[int, Value] = dict(enumerate(["", *texts.values()]))
        index = [0] * len(table.numbers)
        for position, row in enumerate(texts, 1):
            index[row] = position
        says = dict.fromkeys(values, receipt_answers.UNCLEAR) | {0: receipt_answers.NOTHING}
        heading_row = table.known.heading_row.row
        place = ColumnPlace(at, heads.get(at, letter(at)), cell(heading_row, at))
        found.append(ReceiptColumn("", place, index, values, says, is_of_notes=True))
    return found


def is_note(text: str) -> bool:
    """Whether a text under no heading may be a note that somebody did not receive, or not all."""
    return is_refusal(text) or speaks_against(text) or has_doubt(text) or names_refusal(text)


def shown(table: Table, at: int) -> tuple[dict[int, Value], Sequence[int]]:
    """The values of the data rows, those in a font of signs as the signs that it shows."""
    sheet = table.known.sheet
    column = sheet.columns[at]
    index = column.of_rows(table.numbers)
    values = {position: column.values[position] for position in set(index)}
    signs = {row: font for (row, where), font in sheet.symbols.items() if where == at}
    if not signs:
        return values, index
    shown = list(index)
    positions: dict[str, int] = {}
    for row, number in enumerate(table.numbers):
        font = signs.get(number)
        sign = sign_of(typed(values[index[row]]), font) if font else None
        if sign is not None:
            shown[row] = positions.setdefault(sign, len(column.values) + len(positions))
    values |= {position: sign for sign, position in positions.items()}
    return {position: values[position] for position in set(shown)}, shown
