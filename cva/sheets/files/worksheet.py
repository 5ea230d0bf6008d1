"""A look at the bytes of a worksheet of an .xlsx before anything parses it.

It bounds what the parsers would allocate, and finds what stands outside the cells: hidden rows and
columns, and merged ranges.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NoReturn

from cva.sheets.files import worksheet_patterns as patterns
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.limits import LAST_ROW, Limits
from cva.sheets.files.page_texts import note_page_texts
from cva.sheets.files.refusal import too_large, unreadable
from cva.sheets.files.text_runs import RichTexts
from cva.sheets.files.worksheet_elements import TablePass
from cva.sheets.files.worksheet_facts import Beside
from cva.sheets.files.worksheet_patterns import Bytes, patterns_of, without_comments

MAX_CELLS = 4_000_000
MAX_MERGED_CELLS = 200_000
PIECE_BYTES = 4 * 1024 * 1024
MOST_DIGITS = 7


class WorksheetLook:
    """One pass over the bytes of one worksheet."""

    def __init__(self, name: str, content: Bytes, limits: Limits) -> None:
        self.name = name
        self.content = without_comments(content)
        self.patterns = patterns_of(self.content)
        self._limits = limits
        self._found = Beside()
        self._last_row = 0

    def bounds(self) -> None:
        """Refuse what is out of all bounds, before anything allocates memory for it."""
        self._one_table()
        if (rows := self.content.count(self.patterns.opening_row)) > LAST_ROW:
            raise too_large("rows", self._limits.max_rows, rows, sheet=self.name)
        last_row = cells = at = 0
        below: int | None = None
        start = self._start()
        for piece in self.pieces():
            last_row, rows, far = self._number_rows(piece, last_row)
            if far is not None:
                self._look_below(piece, far)
                below = start + at + far if below is None else below
            at += len(piece)
            self._last_row = last_row
            cells += self._count(piece, rows)
            if cells > MAX_CELLS:
                raise too_large("cells", MAX_CELLS, cells, sheet=self.name)
            self._look_far(piece)
            if patterns.SPACED_NAME.search(piece):
                self._refuse("odd-markup")
        if below is not None:
            self._cut(below)
        self._read_merges()

    def beside(
        self, styles: Collection[str], texts: RichTexts, colours: Mapping[str, str]
    ) -> Beside:
        """What the part says beside the values; ``bounds`` comes first.

        Args:
            styles: The numbers of the styles that are special.
            texts: The texts of which parts look otherwise.
            colours: By the numbers of styles that colour a cell, the colour.
        """
        self._read_columns()
        table = TablePass(self.name, self.patterns, styles, texts, colours, self._found)
        return table.read(self.content)

    def _cut(self, below: int) -> None:
        """Leave out the rows beyond the last one, in which nothing stands."""
        end = self.content.rfind(self.patterns.closing_table)
        self.content = self.content[:below] + self.content[end:]

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

    def _count(self, piece: Bytes, rows: int) -> int:
        """The cells of some rows that hold something; those without a name stand side by side."""
        limit = self._limits.max_columns
        cells, rows = self.patterns.cells(piece), max(rows, 1)
        if cells > rows * limit and self.patterns.nameless.search(piece):
            raise too_large("columns", limit, cells // rows, sheet=self.name)
        return self.patterns.filled(piece)

    def _look_far(self, piece: Bytes) -> None:
        for letters, row in patterns.BEYOND_Z.findall(piece):
            column = column_of(letters.decode())
            name = (letters + row).decode()
            if column >= self._limits.max_columns:
                limit = self._limits.max_columns
                raise too_large("columns", limit, column + 1, sheet=self.name, cell=name)
            if len(row) > MOST_DIGITS or int(row) > self._limits.max_rows:
                self._refuse_row(row)

    def _number_rows(self, piece: Bytes, last: int) -> tuple[int, int, int | None]:
        """The number of the last row of a piece, how many it has, and where those beyond begin."""
        rows, far = 0, None
        for found in self.patterns.row.finditer(piece):
            text = found[2] or b"%d" % (last + 1)
            if len(text) > MOST_DIGITS or int(text) > LAST_ROW:
                self._refuse_row(text)
            row = int(text)
            if row <= last:
                raise unreadable("row-twice", str(row), sheet=self.name)
            if row > self._limits.max_rows:
                far = found.start() if far is None else far
            elif _is_hidden_row(found[1]):
                self._found.hidden_rows.append(row)
            rows += 1
            last = row
        return last, rows, far

    def _look_below(self, piece: Bytes, start: int) -> None:
        """Refuse what stands beyond the last row; where nothing does, the rows are no rows."""
        filled = patterns.FILLED.search(piece, start)
        if filled is None:
            return
        opening = piece.rfind(self.patterns.opening_row, start, filled.start())
        number = patterns.ROW_NUMBER.search(piece, opening, filled.start())
        self._refuse_row(number[1] if number else b"%d" % (self._limits.max_rows + 1))

    def _refuse_row(self, row: bytes) -> NoReturn:
        had = int(row[:MOST_DIGITS])
        raise too_large("rows", self._limits.max_rows, had, sheet=self.name)

    def _refuse(self, reason: str) -> NoReturn:
        raise unreadable(reason, self.name)

    def _read_columns(self) -> None:
        for attributes in self.patterns.column.findall(self.content[: self._start()]):
            if not (patterns.HIDDEN.search(attributes) or patterns.NARROW.search(attributes)):
                continue
            span = {name: int(number) for name, number in patterns.SPAN.findall(attributes)}
            first, last = span.get(b"min", 1), span.get(b"max", 1)
            self._found.hidden_columns += range(first - 1, min(last, self._limits.max_columns))

    def _read_merges(self) -> None:
        covered = 0
        tail = self.content[max(self.content.rfind(self.patterns.closing_table), 0) :]
        if b"Header>" in tail or b"Footer>" in tail:
            note_page_texts(bytes(tail), self._last_row, self._found)
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


def _is_hidden_row(attributes: bytes) -> bool:
    """Whether a row is hidden, or so low that nothing in it can be seen."""
    if b"hidden" in attributes and patterns.HIDDEN.search(attributes):
        return True
    return b"ht=" in attributes and patterns.FLAT.search(attributes) is not None
