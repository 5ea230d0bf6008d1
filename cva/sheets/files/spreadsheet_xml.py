"""Workbooks in one file of XML, as Excel 2003 and many programs of administrations write them.

They are gone through as they are parsed, and no tree of them is kept.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from lxml import etree

from cva.sheets.files.cell_styles import LEAST_POINTS, ORDINARY, CellStyle, number_of
from cva.sheets.files.format_sections import code_of
from cva.sheets.files.html_tables import tables_of_page
from cva.sheets.files.limits import Limits
from cva.sheets.files.markup_tables import MarkupTable, bounded_row, feed, named_apart
from cva.sheets.files.number_formats import ANY_SIGN, places_of
from cva.sheets.files.refusal import damaged, too_large, unreadable, unsafe
from cva.sheets.files.rounded_cells import is_rounded
from cva.sheets.files.text_runs import LOWERED, RAISED, in_position

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<(?!\?|!)(?:[\w.-]+:)?(\w+)")
_DEEPEST = 100
#: Formats that go by a name; the others leave a number as it is or are dates.
_NAMED_FORMATS = {
    "Currency": f"[${ANY_SIGN}]#,##0.00",
    "Euro Currency": "[$€]#,##0.00",
    "Percent": "0.00%",
}
_PLAIN_FORMATS = frozenset({"General", "General Number", "Fixed", "Standard", "Scientific"})
_POSITIONS = {"Sup": RAISED, "Sub": LOWERED}
_NAMED_PLACES = {"Fixed": 2, "Standard": 2, "Currency": 2, "Euro Currency": 2}
_FIRST_YEAR = 1900
_MOST_DIGITS = 7


def tables_of_xml(content: bytes, limits: Limits) -> list[MarkupTable]:
    """The sheets of a workbook in UTF-8; a page that is written as XML gives its tables.

    Raises:
        RefusedError: It is other XML, damaged, or beyond a limit.
    """
    root = _ROOT.search(content)
    name = root[1] if root else b""
    if name == b"html":
        return tables_of_page(content, limits)
    if name != b"Workbook" or _SPACE.encode() not in content:
        raise unreadable("is-xml")
    if _DECLARATION.search(content):
        raise unsafe("entities", "xml")
    book = _Book(limits)
    parser = etree.XMLParser(
        target=cast("Any", book),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    feed(parser, content)
    if not book.tables:
        raise unreadable("no-sheets")
    return named_apart(book.tables)


class _Book:
    """What the parser tells of a workbook, element by element."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[MarkupTable] = []
        self._limits = limits
        self._styles = _Styles()
        self._path: list[str] = []
        self._row = self._column = self._next_column = 0
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._texts: list[str] | None = None
        self._left: list[str] = []
        self._begin: dict[str, Callable[[Mapping[str, str]], None]] = {
            "Worksheet": self._worksheet,
            "Column": self._columns,
            "Row": self._begin_row,
            "Cell": self._begin_cell,
            "Data": self._data,
        }

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = etree.QName(tag).localname
        plain = {etree.QName(key).localname: value for key, value in attributes.items()}
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise too_large("depth", _DEEPEST, len(self._path))
        if "Styles" in self._path:
            self._styles.start(name, plain)
        elif begin := None if "Comment" in self._path else self._begin.get(name):
            begin(plain)

    def end(self, _tag: str) -> None:
        name = self._path.pop()
        if name == "Cell":
            self._end_cell()
        elif name == "Visible" and self.tables and self._texts is not None:
            self.tables[-1].hidden = "Hidden" in "".join(self._texts)
            self._texts = None

    def data(self, text: str) -> None:
        if self._path and self._path[-1] == "Visible":
            self._texts = [*(self._texts or ()), text]
        elif self._texts is not None and "Data" in self._path and "Comment" not in self._path:
            place = next((_POSITIONS[name] for name in self._path if name in _POSITIONS), "")
            self._texts.append(in_position(text, place))
            if "S" not in self._path:
                self._left.append(self._texts[-1])

    def comment(self, text: str) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The workbook is over."""

    def _worksheet(self, attributes: Mapping[str, str]) -> None:
        self.tables.append(MarkupTable(attributes.get("Name", ""), self._limits))
        self._row = self._column = 0
        self._row_style, self._column_styles = "", {}

    @property
    def _table(self) -> MarkupTable:
        if not self.tables:
            raise damaged()
        return self.tables[-1]

    def _columns(self, attributes: Mapping[str, str]) -> None:
        first = _number(attributes, "Index", self._column + 1) - 1
        is_hidden = attributes.get("Hidden") == "1" or _is_flat(attributes.get("Width"))
        last = min(first + _number(attributes, "Span", 0), self._limits.max_columns - 1)
        self._column = last + 1
        for at in range(first, last + 1):
            self._column_styles[at] = attributes.get("StyleID", "")
            if is_hidden:
                self._table.beside.hidden_columns.append(at)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        table, row = self._table, _number(attributes, "Index", self._row + 1)
        if row <= self._row:
            raise unreadable("row-twice", str(row), sheet=table.name)
        last = bounded_row(row + _number(attributes, "Span", 0), table.name, self._limits)
        if attributes.get("Hidden") == "1" or _is_flat(attributes.get("Height")):
            table.beside.hidden_rows += range(row, last + 1)
        self._row, self._next_column = last, 0
        self._row_style = attributes.get("StyleID", "")

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        column = _number(attributes, "Index", self._next_column + 1) - 1
        if column < self._next_column:
            raise unreadable("odd-markup", self._table.name)
        width, height = (
            _number(attributes, "MergeAcross", 0) + 1,
            _number(attributes, "MergeDown", 0) + 1,
        )
        if width > 1 or height > 1:
            self._table.merge(self._row, column, height, width)
        self._column, self._next_column = column, column + width
        self._cell, self._kind = attributes, ""
        self._texts, self._left = None, []

    def _data(self, attributes: Mapping[str, str]) -> None:
        if self._texts is not None:
            raise unreadable("odd-markup", self._table.name)
        self._kind, self._texts = attributes.get("Type", "String"), []

    def _end_cell(self) -> None:
        place = (self._row, self._column)
        text, left = "".join(self._texts or ()), "".join(self._left)
        self._texts = None
        if not text.strip():
            if formula := self._cell.get("Formula"):
                self._table.put(*place, ("f", formula))
            return
        key = self._cell.get("StyleID") or self._row_style or self._column_styles.get(place[1], "")
        style, value = self._styles.of(key), _value(self._kind, text)
        places = self._styles.places(key) if isinstance(value, float) else None
        if places is not None and is_rounded(value, places):
            self._table.beside.rounded[place] = places
        if not left.strip():
            style = CellStyle(style.format_code, is_struck=True, is_unseen=style.is_unseen)
        elif left != text:
            self._table.beside.partly_struck[place] = left
        self._table.put(*place, value, style)


class _Styles:
    """The styles of a workbook by id."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, str]] = {}
        self._at: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element within a style."""
        if name == "Style":
            self._at = dict(self._found.get(attributes.get("Parent", ""), {}))
            self._found[attributes.get("ID", "")] = self._at
        elif name in {"NumberFormat", "Font", "Interior"}:
            self._at |= {f"{name}.{key}": value for key, value in attributes.items()}

    def places(self, key: str) -> int | None:
        """How many decimals cells of a style show at most."""
        code = (self._found.get(key) or {}).get("NumberFormat.Format", "")
        return _NAMED_PLACES[code] if code in _NAMED_PLACES else places_of(code)

    def of(self, key: str) -> CellStyle:
        """What is special about cells of a style."""
        style = self._found.get(key) or self._found.get("Default")
        if not style:
            return ORDINARY
        code = style.get("NumberFormat.Format", "")
        white = style.get("Font.Color", "").upper() == "#FFFFFF"
        filled = style.get("Interior.Color", "#FFFFFF").upper() != "#FFFFFF"
        return CellStyle(
            format_code=""
            if code in _PLAIN_FORMATS
            else code_of(0, _NAMED_FORMATS.get(code, code)),
            is_struck=style.get("Font.StrikeThrough") == "1",
            is_unseen=white and not filled,
        )


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise damaged()
    return int(text)


def _is_flat(size: str | None) -> bool:
    """Whether a row or a column is too small to be seen."""
    return size is not None and number_of(size) < LEAST_POINTS


def _value(kind: str, text: str) -> Any:  # noqa: ANN401 - whatever a cell holds
    if kind == "Error":
        return ("e", text.strip())
    if kind == "Boolean":
        return text.strip() == "1"
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _moment(text.strip())
    except ValueError as error:
        raise damaged() from error
    return text


def _moment(text: str) -> dt.date | dt.time:
    """A day, a day with a time, or a time alone, which stands on the day before all days."""
    moment = dt.datetime.fromisoformat(text)
    if moment.year < _FIRST_YEAR:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
