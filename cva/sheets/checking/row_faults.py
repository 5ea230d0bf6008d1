"""Rows that are not as they were meant: what belongs to them cannot be known."""

import re
from collections.abc import Collection, Sequence

from cva.sheets.cells.amount_cells import is_number
from cva.sheets.checking.table import ONE_IN_EACH, FieldColumn, Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.long_rows import CODE
from cva.sheets.recognition.open_fields import counts_rows

_FEWEST_DIGITS = 3
UNHEADED = "column-unheaded"
_LONGEST = 200
_SHOWN = 3
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
        lengths = {len(text) for each in own.used if (text := own.texts[each].strip()).isdecimal()}
        for at in bare if max(lengths, default=0) >= _FEWEST_DIGITS else ():
            _note_plain_numbers(table, own, at, lengths, [one for one in bare if one != at])


def _note_plain_numbers(
    table: Table, own: FieldColumn, at: int, lengths: Collection[int], others: Sequence[int]
) -> None:
    """The same for numbers of digits alone, which are people's where most have a name beside."""
    columns = table.known.sheet.columns
    texts = [columns[at].texts[each].strip() for each in columns[at].of_rows(table.numbers)]
    rows = [row for row, text in enumerate(texts) if text.isdecimal() and len(text) in lengths]
    if len({texts[row] for row in rows}) < len(rows) or not rows:
        return
    named = [
        row
        for row in rows
        if any(_is_name(table.known.sheet.text(table.numbers[row], other)) for other in others)
    ]
    place = ColumnPlace(at, letter(at), letter(at))
    for row in named if len(named) * 2 > len(rows) else ():
        if own.texts[own.index[row]].strip() != texts[row]:
            table.note_beside(row, "", place, CODE, {})


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def note_unheaded_numbers(table: Table) -> None:
    """Name each column without a heading that has numbers beside people and is not read.

    It may be what some of them got, or a second list. Running numbers are none.
    """
    known = table.known
    headed = {head.column for head in known.heading_row.heads}
    headed |= {column.place.column for column in table.fields.values()}
    for at in range(len(known.sheet.columns)):
        if at in headed:
            continue
        column = known.sheet.columns[at]
        index = column.of_rows(table.numbers)
        used = {each for each in index if is_number(column.texts[each].strip())}
        rows = [row for row, each in enumerate(index) if each in used and row not in table.errors]
        texts = [column.texts[index[row]].strip() for row in rows]
        if not rows or counts_rows(texts):
            continue
        sheet, place = known.sheet.place(table.numbers[rows[0]], at)
        shown = {"values": " · ".join(dict.fromkeys(texts[:_SHOWN])), "count": str(len(rows))}
        table.findings.append(
            Finding(severity_of(UNHEADED), UNHEADED, sheet, place, value=letter(at), details=shown)
        )


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
