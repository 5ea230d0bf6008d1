"""Tables of web pages and of workbooks in XML, as they are put together cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cva.sheets.files import transport
from cva.sheets.files.calamine_workbook import MAX_SHEETS, ParsedFile
from cva.sheets.files.cell_addresses import cell
from cva.sheets.files.cell_styles import ORDINARY, CellStyle
from cva.sheets.files.limits import LAST_ROW, MIB, Limits
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable
from cva.sheets.files.worksheet import MAX_CELLS, MAX_MERGED_CELLS
from cva.sheets.files.worksheet_facts import Beside, StyledRun
from cva.sheets.files.worksheet_texts import MAX_CELL_CHARS


@dataclass(slots=True)
class MarkupTable:
    """One table; rows counted from 1, columns from 0.

    Attributes:
        cells: By row and column what stands there; blank cells are left out.
        beside: What is special about rows, columns and cells.
        styles: The special styles that ``beside`` names.
    """

    name: str
    limits: Limits
    hidden: bool = False
    cells: dict[int, dict[int, Any]] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)
    styles: dict[str, CellStyle] = field(default_factory=dict)
    _count: int = 0
    _merged: int = 0

    def put(self, row: int, column: int, value: Any, style: CellStyle = ORDINARY) -> None:  # noqa: ANN401
        """Something in a cell.

        Raises:
            RefusedError: It stands beyond a limit, or something stands there already.
        """
        limits = self.limits
        if row > limits.max_rows:
            raise self._too_large("rows", limits.max_rows, row, row, column)
        if column >= limits.max_columns:
            raise self._too_large("columns", limits.max_columns, column + 1, row, column)
        if isinstance(value, str) and len(value) > MAX_CELL_CHARS:
            raise self._too_large("text", MAX_CELL_CHARS, len(value), row, column)
        self._count += 1
        if self._count > MAX_CELLS:
            raise self._too_large("cells", MAX_CELLS, self._count, row, column)
        in_row = self.cells.setdefault(row, {})
        if column in in_row:
            name = cell(row, column)
            raise unreadable("cell-twice", name, sheet=self.name, cell=name)
        in_row[column] = value
        if style != ORDINARY:
            key = str(hash(style))
            self.styles[key] = style
            self.beside.styled.append(StyledRun(key, column, row, row))

    def _too_large(self, what: str, limit: int, had: int, row: int, column: int) -> RefusedError:
        return too_large(what, limit, had, sheet=self.name, cell=cell(row, column))

    def merge(self, row: int, column: int, height: int, width: int) -> None:
        """A cell that covers others.

        Raises:
            RefusedError: Too many cells are covered.
        """
        self._merged += height * width
        if self._merged > MAX_MERGED_CELLS:
            raise too_large("merged", MAX_MERGED_CELLS, self._merged)
        self.beside.merged.append((row, column, row + height - 1, column + width - 1))

    @property
    def rows(self) -> Iterator[list[Any]]:
        """All rows down to the last that holds something."""
        for row in range(1, max(self.cells, default=0) + 1):
            in_row = self.cells.get(row, {})
            yield [in_row.get(column, "") for column in range(max(in_row, default=-1) + 1)]

    def parsed(self) -> tuple[ParsedFile, Beside, Mapping[str, CellStyle]]:
        """The table as other workbooks are given."""
        last = max(self.cells, default=0)
        columns = transport.columns_of(self.rows)
        return ParsedFile(self.name, self.hidden, last, columns), self.beside, self.styles


def feed(parser: "etree.HTMLParser | etree.XMLParser", content: bytes) -> None:
    """Give a parser all of a text in UTF-8, a piece at a time.

    Raises:
        RefusedError: It is damaged, or its target refuses it.
    """
    try:
        for at in range(0, len(content), MIB):
            parser.feed(content[at : at + MIB])
        parser.close()
    except etree.LxmlError as error:
        raise damaged() from error


def bounded_row(row: int, name: str, limits: Limits) -> int:
    """The number of a row, which no sheet goes beyond.

    Raises:
        RefusedError: There is no such row.
    """
    if row > LAST_ROW:
        raise too_large("rows", limits.max_rows, row, sheet=name)
    return row


def named_apart(tables: list[MarkupTable]) -> list[MarkupTable]:
    """The tables, each with a name of its own.

    Raises:
        RefusedError: There are too many.
    """
    if len(tables) > MAX_SHEETS:
        raise too_large("sheets", MAX_SHEETS, len(tables))
    taken: set[str] = set()
    for table in tables:
        name, number = table.name, 2
        while table.name.casefold() in taken:
            table.name, number = f"{name} {number}", number + 1
        taken.add(table.name.casefold())
    return tables
