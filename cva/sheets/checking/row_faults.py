"""Rows that are not as they were meant: what belongs to them cannot be known."""

import re

from cva.sheets.checking.table import ONE_IN_EACH, FieldColumn, Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.long_rows import CODE

_LONGEST = 200
_DIGITS = re.compile(r"\d+")
#: What a comma between thousands makes of a number, of which most are round.
_BEGINNING_OF_NUMBER, _END_OF_NUMBER = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d\d0")
_SHORT_NUMBER = re.compile(r"\d{1,3}")


def note_row_faults(table: Table) -> None:
    """An error for each such row, which is never ready."""
    here = table.known.sheet
    rows = {number: row for row, number in enumerate(table.numbers)}
    for number, (code, column) in here.row_faults.items():
        if number not in rows:
            continue
        text = "" if here.parts else here.text(number, column)
        sheet, at = here.place(number, 0 if here.parts else column)
        table.errors.add(rows[number])
        value = " ".join(text.split())[:_LONGEST]
        table.findings.append(Finding(severity_of(code), code, sheet, at, number, value=value))


def note_people_beside(table: Table) -> None:
    """An error for each row with another number like its own in a column without a heading.

    A second list may stand beside the first one, of which nothing would be read.
    """
    headed = {head.column for head in table.known.heading_row.heads}
    headed |= {column.place.column for column in table.fields.values()}
    bare = [at for at in range(len(table.known.sheet.columns)) if at not in headed]
    for name in ONE_IN_EACH & table.fields.keys() if bare else ():
        own = table.fields[name]
        shapes = {_shape(own.texts[at]) for at in own.used} - {""}
        for at in bare:
            _note_numbers(table, own, at, frozenset(shapes))


def _note_numbers(table: Table, own: FieldColumn, at: int, shapes: frozenset[str]) -> None:
    column = table.known.sheet.columns[at]
    index = column.of_rows(table.numbers)
    alike = {each for each in set(index) if _shape(column.texts[each]) in shapes}
    place = ColumnPlace(at, letter(at), letter(at))
    for row, each in enumerate(index) if alike else ():
        number = own.texts[own.index[row]].strip()
        if each in alike and column.texts[each].strip() != number:
            table.note_beside(row, "", place, CODE, {})


def note_cut_amounts(table: Table) -> None:
    """An error for each row of a text whose amount ends in the next cell, cut at a comma: 1,500."""
    amount = table.fields.get("amount")
    here = table.known.sheet
    if amount is None or amount.place.column + 1 >= len(here.columns):
        return
    at = amount.place.column + 1
    column = here.columns[at]
    index = column.of_rows(table.numbers)
    ends = {each for each in set(index) if _END_OF_NUMBER.fullmatch(column.texts[each].strip())}
    others = {column.texts[each].strip() for each in set(index) - ends}
    if not ends or not others or any(map(_SHORT_NUMBER.fullmatch, others)):
        return
    cut = [row for row, each in enumerate(index) if each in ends and row not in table.errors]
    begun = [amount.texts[amount.index[row]].strip() for row in cut]
    if all(map(_BEGINNING_OF_NUMBER.fullmatch, begun)):
        for row, text in zip(cut, begun, strict=True):
            behind = {"next": column.texts[index[row]].strip()}
            table.note_beside(row, "amount", amount.place, "amount-cut", behind, text)


def _shape(number: str) -> str:
    """The letters of a number, and where its digits are; nothing where it has not both."""
    text = number.strip()
    has_both = any(map(str.isalpha, text)) and any(map(str.isdigit, text))
    return _DIGITS.sub("9", text) if has_both else ""
