"""One sheet as it is sent: the values, and beside them what the package says of their cells."""

from collections.abc import Iterable, Mapping
from typing import Any

from cva.sheets.files import transport
from cva.sheets.files.calamine_workbook import ParsedFile
from cva.sheets.files.cell_styles import CellStyle
from cva.sheets.files.worksheet_facts import Beside

Packed = tuple[dict[str, Any], list[transport.Numbers]]


def _runs(colours: Iterable[tuple[int, str]]) -> list[tuple[str, int, int]]:
    """Colours with the first and the last of the rows that have them, one below the other."""
    runs: list[tuple[str, int, int]] = []
    last: dict[str, int] = {}
    for row, colour in colours:
        at = last.get(colour)
        if at is not None and runs[at][2] == row - 1:
            runs[at] = (colour, runs[at][1], row)
        else:
            last[colour] = len(runs)
            runs.append((colour, row, row))
    return runs


def packed(sheet: ParsedFile, beside: Beside, styles: Mapping[str, CellStyle]) -> Packed:
    """The head of a sheet, and its columns."""
    columns = sheet.columns
    rows = max([sheet.rows, *(row for row, _ in beside.faults)])
    width = max([len(columns), *(at + 1 for _, at in beside.faults)])
    columns += [transport.ColumnOnWire(rows) for _ in range(width - len(columns))]
    for (row, at), fault in beside.faults.items():
        columns[at].put(row - 1, fault)
    for (row, at), text in beside.raised.items():
        columns[at].put(row - 1, text)
    for column in columns:
        column.add([""] * (rows - len(column.index)))
    struck, unseen, symbols = [], [], []
    for run in beside.styled:
        style, place = styles[run.style], (run.column, run.first, run.last)
        if style.format_code and run.column < width:
            columns[run.column].format(run.first - 1, run.last, style.format_code)
        if style.is_struck:
            struck.append(place)
        if style.is_unseen:
            unseen.append(place)
        if style.symbol_font:
            symbols.append((style.symbol_font, *place))
    head = {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": rows,
        "columns": [column.values for column in columns],
        "hidden_rows": [row for row in beside.hidden_rows if row <= rows],
        "hidden_columns": [at for at in beside.hidden_columns if at < width],
        "merged": beside.merged or sheet.merged,
        "struck": struck,
        "partly_struck": [(*place, left) for place, left in beside.partly_struck.items()],
        "unseen": unseen,
        "symbols": symbols,
        "notes": [(*place, text) for place, text in beside.notes.items()],
        "colours": _runs(beside.colours),
        "rounded": [(*place, places) for place, places in beside.rounded.items()],
        "widths": beside.widths if len(beside.widths) > 1 else [],
        "holding_rows": beside.holding_rows,
    }
    return head, [column.index for column in columns]
