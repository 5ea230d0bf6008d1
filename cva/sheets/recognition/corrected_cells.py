"""Cells that a person mended beside the file: the sheet as if they had been typed so."""

from array import array
from collections.abc import Mapping
from dataclasses import replace

from cva.sheets.files.cell_addresses import place_of
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.transport import WORD


def amended(sheet: ParsedSheet, cells: Mapping[str, str]) -> ParsedSheet:
    """The sheet with other texts in some cells.

    Args:
        sheet: As it was read.
        cells: Such as ``{"L18": "10000.00"}``; cells outside the sheet are left alone.
    """
    by_column: dict[int, dict[int, str]] = {}
    for cell, text in cells.items():
        row, column = place_of(cell)
        if row <= sheet.rows and column < len(sheet.columns):
            by_column.setdefault(column, {})[row] = text
    if not by_column:
        return sheet
    columns = [
        _amended(column, by_column[at]) if at in by_column else column
        for at, column in enumerate(sheet.columns)
    ]
    return replace(sheet, columns=columns)


def _amended(column: SheetColumn, texts: Mapping[int, str]) -> SheetColumn:
    places = {value: at for at, value in enumerate(column.texts) if at in _texts_only(column)}
    values, index = list(column.values), array(WORD, column.index)
    for row, text in texts.items():
        if text not in places:
            places[text] = len(values)
            values.append(text)
        index[row - 1] = places[text]
    return SheetColumn(values, index)


def _texts_only(column: SheetColumn) -> frozenset[int]:
    """The positions of values that are text; a number is no text that looks like it."""
    return frozenset(at for at, value in enumerate(column.values) if isinstance(value, str))
