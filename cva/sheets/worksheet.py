"""What a worksheet of an .xlsx says beside its values, found in its bytes.

The parser gives values only: it drops error cells, formulas that were never calculated,
hidden rows and merged ranges without a word. Searching the bytes for each of these is many
times as fast as reading the sheet element by element.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from cva.sheets.addresses import column_of
from cva.sheets.limits import Limits
from cva.sheets.package import too_large
from cva.sheets.refused import RefusedError

MAX_CELLS = 4_000_000
MAX_MERGED_CELLS = 200_000
PIECE_BYTES = 4 * 1024 * 1024

Range = tuple[int, int, int, int]


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
    merged: list[Range] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ROW_NUMBER = re.compile(rb"\br=[\"']([0-9]+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_SPAN = re.compile(rb"\b(min|max)=[\"']([0-9]+)[\"']")
_ERROR_TYPE = re.compile(rb"t=[\"']e[\"']")
_MERGE = re.compile(rb"ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
# A reference begins with its letter and nothing else in a sheet does: no need to look for the
# element around it, which would take five times as long.
_CELL = re.compile(rb"r=[\"']([A-Z]+[0-9]+)[\"']")
_BEYOND_Z = re.compile(rb"r=[\"']([A-Z]{2,})([0-9]+)[\"']")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


class WorksheetLook:
    """One pass over the bytes of one worksheet."""

    def __init__(self, name: str, content: bytes, limits: Limits) -> None:
        self._name = name
        self._content = _COMMENT.sub(b"", content) if b"<!--" in content else content
        self._limits = limits
        root = _ROOT.search(content[:4096])
        prefix = re.escape((root[1] if root else None) or b"")
        self._row = re.compile(rb"<%srow\b([^>]*)>" % prefix)
        self._error = re.compile(
            rb"<%sc\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:<%sf\b[^>]*/>|<%sf\b[^>]*>[^<]*</%sf>)?"
            rb"<%sv>([^<]*)</%sv>" % ((prefix,) * 6)
        )
        self._unstored = re.compile(
            rb"<%sc\b([^>]*)><%sf\b[^>]*?(?:/>|>([^<]*)</%sf>)"
            rb"(?:<%sv ?/>|<%sv></%sv>)?</%sc>" % ((prefix,) * 7)
        )
        self._col = re.compile(rb"<%scol\b([^>]*)>" % prefix)
        self._merge = re.compile(rb"<%smergeCell\b([^>]*)>" % prefix)
        self._opening = b"<" + ((root[1] if root else None) or b"") + b"row"
        self._found = Beside()

    def bounds(self) -> None:
        """Refuse what is out of all bounds, before anything allocates memory for it."""
        last_row = 0
        for piece in self._pieces():
            last_row = self._number_rows(piece, last_row)
            for letters, row in _BEYOND_Z.findall(piece):
                column = column_of(letters.decode())
                if column >= self._limits.max_columns:
                    raise too_large("columns", self._limits.max_columns, column + 1)
                if int(row) > self._limits.max_rows:
                    raise too_large("rows", self._limits.max_rows, int(row))
        self._read_merges()

    def beside(self) -> Beside:
        """What the bytes say beside the values; ``bounds`` comes first."""
        self._read_columns()
        cells = 0
        for piece in self._pieces():
            cells += self._count(piece)
            if cells > MAX_CELLS:
                raise too_large("cells", MAX_CELLS, cells)
            self._read_faults(piece)
        return self._found

    def _pieces(self) -> Iterator[bytes]:
        content, start = self._content, max(self._content.find(b"sheetData"), 0)
        while start < len(content):
            end = start + PIECE_BYTES
            if end < len(content):
                cut = content.rfind(self._opening, start + 1, end)
                end = cut if cut > start else content.find(self._opening, end)
                end = len(content) if end < 0 else end
            yield content[start:end]
            start = end

    def _number_rows(self, piece: bytes, last: int) -> int:
        for attributes in self._row.findall(piece):
            number = _ROW_NUMBER.search(attributes)
            row = int(number[1]) if number else last + 1
            if row <= last:
                details = {"reason": "row-twice", "part": str(row)}
                raise RefusedError("workbook-unreadable", details, sheet=self._name)
            if row > self._limits.max_rows:
                raise too_large("rows", self._limits.max_rows, row)
            if b"hidden" in attributes and _HIDDEN.search(attributes):
                self._found.hidden_rows.append(row)
            last = row
        return last

    def _count(self, piece: bytes) -> int:
        names = _CELL.findall(piece)
        if len(set(names)) != len(names):
            twice = Counter(names).most_common(1)[0][0].decode()
            details = {"reason": "cell-twice", "part": twice}
            raise RefusedError("workbook-unreadable", details, sheet=self._name, cell=twice)
        return len(names)

    def _read_faults(self, piece: bytes) -> None:
        errors = self._error.findall(piece) if _ERROR_TYPE.search(piece) else []
        for attributes, text in errors:
            self._put(attributes, "e", text)
        for attributes, text in self._unstored.findall(piece):
            self._put(attributes, "f", b"=" + text)

    def _put(self, attributes: bytes, kind: str, text: bytes) -> None:
        place = _REFERENCE.search(attributes)
        if place is not None:
            words = unescape(text.decode("utf-8", "replace"))
            self._found.faults[int(place[2]), column_of(place[1].decode())] = (kind, words)

    def _read_columns(self) -> None:
        head = self._content[: max(self._content.find(b"sheetData"), 0)]
        for attributes in self._col.findall(head):
            if not _HIDDEN.search(attributes):
                continue
            span = {name: int(number) for name, number in _SPAN.findall(attributes)}
            first, last = span.get(b"min", 1), span.get(b"max", 1)
            self._found.hidden_columns += range(first - 1, min(last, self._limits.max_columns))

    def _read_merges(self) -> None:
        tail, covered = self._content[max(self._content.rfind(b"sheetData"), 0) :], 0
        for attributes in self._merge.findall(tail):
            corners = _MERGE.search(attributes)
            if corners is None:
                continue
            left, right = column_of(corners[1].decode()), column_of(corners[3].decode())
            top, bottom = int(corners[2]), int(corners[4])
            covered += (right - left + 1) * (bottom - top + 1)
            if covered > MAX_MERGED_CELLS:
                raise too_large("merged", MAX_MERGED_CELLS, covered)
            self._found.merged.append((top, left, bottom, right))
