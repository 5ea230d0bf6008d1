"""Adds up the numbers of a column before anything is known of its currency."""

from collections.abc import Sequence
from decimal import Decimal

from cva.sheets.cells.amount_cells import parse
from cva.sheets.files.parsed_workbook import ParsedSheet


def is_number(text: str) -> bool:
    """Whether a text writes a number."""
    return parse(text) is not None


def number_in(sheet: ParsedSheet, row: int, column: int) -> Decimal | None:
    """The number in a cell; None where it is none or can be read in two ways."""
    return _number(sheet.columns[column].at(row))


def sum_of(sheet: ParsedSheet, rows: Sequence[int], column: int) -> Decimal | None:
    """The sum of a column's cells; None where one of them cannot be added."""
    here = sheet.columns[column]
    numbers = list(map(_number, here.values))
    found = [numbers[at] for at in here.of_rows(rows)]
    known = [number for number in found if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    written = parse(value) if isinstance(value, str) else None
    return written.number if written else None
