"""What a worksheet of an .xlsx says beside its values, found in its bytes.

The parser gives values only: it drops error cells, formulas that were never calculated,
hidden rows and merged ranges without a word. Searching the bytes for each of these is many
times as fast as reading the sheet element by element.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from string import ascii_uppercase
from typing import NoReturn

from cva.sheets.files import worksheet_patterns as patterns
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.limits import Limits
from cva.sheets.files.refusal import too_large, unreadable
from cva.sheets.files.worksheet_patterns import Bytes, patterns_of, without_comments

MAX_CELLS = 4_000_000
MAX_MERGED_CELLS = 200_000
PIECE_BYTES = 4 * 1024 * 1024
MOST_DIGITS = 7
_CAPITALS = ascii_uppercase.encode()

CellRange = tuple[int, int, int, int]


@dataclass(slots=True)
class Beside:
    """Facts of one worksheet; rows counted from 1, columns from 0.

    Attributes:
        hidden_rows: Rows that Excel does not show, by hand or by a filter.
        hidden_columns: Columns that Excel does not show.
        merged: Ranges as top, left, bottom, right.
        faults: By cell ``("e", "#REF!")`` or ``("f", "=A1+1")`` for a formula without value.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[CellRange] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


class WorksheetLook:
    """One pass over the bytes of one worksheet."""

    def __init__(self, name: str, content: Bytes, limits: Limits) -> None:
        self.name = name
        self.content = without_comments(content)
        self.patterns = patterns_of(self.content)
        self._limits = limits
        self._found = Beside()
        self._rows_of_piece: list[set[bytes]] = []
        self._cells_of_piece: list[int] = []

    def bounds(self) -> None:
        """Refuse what is out of all bounds, before anything allocates memory for it."""
        self._one_table()
        last_row = cells = 0
        for piece in self.pieces():
            last_row = self._number_rows(piece, last_row)
            cells += self._count(piece)
            if cells > MAX_CELLS:
                raise too_large("cells", MAX_CELLS, cells, sheet=self.name)
            self._look_far(piece)
        self._read_merges()

    def beside(self) -> Beside:
        """What the bytes say beside the values; ``bounds`` comes first."""
        self._read_columns()
        found = zip(self.pieces(), self._rows_of_piece, self._cells_of_piece, strict=True)
        for piece, rows, cells in found:
            self._look_at_names(piece, rows, cells)
            self._read_faults(piece)
            if self.patterns.is_odd(piece):
                self._refuse("odd-markup")
        return self._found

    def pieces(self) -> Iterator[Bytes]:
        """The table, a few thousand rows at a time."""
        content, opening = self.content, self.patterns.opening_row
        start, last = self._start(), content.rfind(self.patterns.closing_table)
        while start < last:
            end = start + PIECE_BYTES
            if end < last:
                cut = content.rfind(opening, start + 1, end)
                end = cut if cut > start else content.find(opening, end, last)
            if end < 0 or end > last:
                end = last
            yield content[start:end]
            start = end

    def _start(self) -> int:
        return max(self.content.find(self.patterns.opening_table), 0)

    def _one_table(self) -> None:
        """A sheet has one table and is whole."""
        whole = self.content[-4096:].rstrip().endswith(self.patterns.closing_sheet)
        if not whole or self.content.count(self.patterns.opening_table) != 1:
            self._refuse("damaged-sheet")

    def _count(self, piece: Bytes) -> int:
        """The cells of some rows; those without a name are too many columns if they are many."""
        cells, rows = self.patterns.cells(piece), len(self._rows_of_piece[-1])
        self._cells_of_piece.append(cells)
        if cells > max(rows, 1) * self._limits.max_columns:
            limit = self._limits.max_columns
            raise too_large("columns", limit, cells // max(rows, 1), sheet=self.name)
        return cells

    def _look_far(self, piece: Bytes) -> None:
        for letters, row in patterns.BEYOND_Z.findall(piece):
            column = column_of(letters.decode())
            name = (letters + row).decode()
            if column >= self._limits.max_columns:
                limit = self._limits.max_columns
                raise too_large("columns", limit, column + 1, sheet=self.name, cell=name)
            if len(row) > MOST_DIGITS or int(row) > self._limits.max_rows:
                self._refuse_row(row)

    def _number_rows(self, piece: Bytes, last: int) -> int:
        rows: set[bytes] = set()
        for attributes in self.patterns.row.findall(piece):
            number = patterns.ROW_NUMBER.search(attributes)
            text = number[1] if number else b"%d" % (last + 1)
            if len(text) > MOST_DIGITS or int(text) > self._limits.max_rows:
                self._refuse_row(text)
            row = int(text)
            if row <= last:
                raise unreadable("row-twice", str(row), sheet=self.name)
            if b"hidden" in attributes and patterns.HIDDEN.search(attributes):
                self._found.hidden_rows.append(row)
            rows.add(text)
            last = row
        self._rows_of_piece.append(rows)
        return last

    def _refuse_row(self, row: bytes) -> NoReturn:
        had = int(row[:MOST_DIGITS])
        raise too_large("rows", self._limits.max_rows, had, sheet=self.name)

    def _look_at_names(self, piece: Bytes, rows: set[bytes], cells: int) -> None:
        """Each cell once, in the row that its name says; or no cell with a name at all."""
        names = patterns.CELL.findall(piece)
        if len(names) != cells:
            names = self.patterns.cell_name.findall(piece)
            named = len(self.patterns.named_cell.findall(piece))
            if len(names) not in {0, cells} or named != len(names):
                self._refuse("odd-markup")
        if len(set(names)) != len(names):
            self._refuse_cell("cell-twice", Counter(names).most_common(1)[0][0])
        if not rows.issuperset(patterns.NUMBER.findall(b" ".join(names))):
            astray = next(name for name in names if name.lstrip(_CAPITALS) not in rows)
            self._refuse_cell("cell-astray", astray)

    def _refuse_cell(self, reason: str, name: bytes) -> NoReturn:
        cell = name.decode()
        raise unreadable(reason, cell, sheet=self.name, cell=cell)

    def _refuse(self, reason: str) -> NoReturn:
        raise unreadable(reason, self.name)

    def _read_faults(self, piece: Bytes) -> None:
        errors = self.patterns.error.findall(piece) if patterns.ERROR_TYPE.search(piece) else []
        for attributes, text in errors:
            self._put(attributes, "e", text)
        for attributes, text, stored in self.patterns.unstored.findall(piece):
            if not (stored and patterns.IS_TEXT.search(attributes)):
                self._put(attributes, "f", b"=" + text)

    def _put(self, attributes: bytes, kind: str, text: bytes) -> None:
        place = patterns.REFERENCE.search(attributes)
        if place is not None:
            words = unescape(text.decode("utf-8", "replace"))
            self._found.faults[int(place[2]), column_of(place[1].decode())] = (kind, words)

    def _read_columns(self) -> None:
        for attributes in self.patterns.column.findall(self.content[: self._start()]):
            if not patterns.HIDDEN.search(attributes):
                continue
            span = {name: int(number) for name, number in patterns.SPAN.findall(attributes)}
            first, last = span.get(b"min", 1), span.get(b"max", 1)
            self._found.hidden_columns += range(first - 1, min(last, self._limits.max_columns))

    def _read_merges(self) -> None:
        covered = 0
        tail = self.content[max(self.content.rfind(self.patterns.closing_table), 0) :]
        for attributes in self.patterns.merge.findall(tail):
            corners = patterns.MERGE.search(attributes)
            if corners is None:
                continue
            left, right = column_of(corners[1].decode()), column_of(corners[3].decode())
            top, bottom = int(corners[2]), int(corners[4])
            covered += (right - left + 1) * (bottom - top + 1)
            if covered > MAX_MERGED_CELLS:
                raise too_large("merged", MAX_MERGED_CELLS, covered)
            self._found.merged.append((top, left, bottom, right))
