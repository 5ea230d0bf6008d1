"""The tables of a web page, as a browser or Excel shows them.

The page is gone through as it is parsed, and no tree of it is kept. Nothing in it is run or
fetched: scripts are skipped like comments.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from lxml import etree

from cva.sheets.files.limits import LAST_ROW, Limits
from cva.sheets.files.markup_tables import MarkupTable, bounded_row, feed, named_apart
from cva.sheets.files.page_rules import PageElement, PageRules
from cva.sheets.files.page_styles import PLAIN_LOOK, Look, PageStyles, look_of
from cva.sheets.files.refusal import too_large, unreadable, unsafe
from cva.sheets.files.text_runs import in_position

#: Spans larger than these are taken for these, as browsers do.
_WIDEST, _HIGHEST = 1000, 65_534
_LONGEST_NAME = 31
#: Lines of text above a table that may say what it is about, and as many below the last one.
_LINES_ABOVE = 30
_DEEPEST = 200
_SKIPPED = frozenset(
    {"script", "style", "head", "template", "noscript", "option", "textarea", "rp"}
)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "base"})
#: Elements whose looks are those of a table, a row or a cell.
_OF_TABLES = frozenset({"table", "tr", "td", "th"})
#: Elements that begin and end a line of their own, or stand in no line of text.
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "center", "hr", "ul", "ol", "dl"}
    | {"dt", "dd", "pre", "blockquote", "section", "article", "header", "footer", "details"}
    | {"summary", "figure", "address", "fieldset", "svg", "object", "canvas", "iframe"}
)
#: Signs of an element that turns the order of letters, and of its end.
_TURNED = {"rtl": "\u202e", "ltr": "\u202d"}
_TURNED_BACK = "\u202c"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_BLANKS = re.compile(r"[\t\r\f\v][ \t\r\f\v]*|  +[ \t\r\f\v]*")
_DIGITS = 9
_CHECKED, _UNCHECKED = "☑", "☐"


def tables_of_page(content: bytes, limits: Limits) -> list[MarkupTable]:
    """The tables of a page in UTF-8 that hold something.

    Raises:
        RefusedError: There is none, or it is beyond a limit.
    """
    if _ENTITY.search(content):
        raise unsafe("entities", "html")
    if (rows := content.count(b"<tr")) > LAST_ROW:
        raise too_large("rows", limits.max_rows, rows)
    page = _PageTarget(content, limits)
    parser = etree.HTMLParser(target=cast("Any", page), encoding="utf-8", no_network=True)
    feed(parser, content)
    tables = [table for table in page.tables if table.cells]
    if not tables:
        raise unreadable("is-page")
    return named_apart(tables)


class _OpenTable:
    """A table that is not closed yet, and the cell in it that is."""

    def __init__(self, table: MarkupTable, styles: PageStyles, above: list[str]) -> None:
        self.table, self.styles = table, styles
        self.caption: list[str] | None = None
        self._row, self._column = 0, 0
        self._covered: dict[int, int] = {}
        self._place = (0, 0)
        self._texts: list[str] | None = None
        self._left: list[str] = []
        self._is_struck = self._is_covered = False
        for line in above:
            self.begin_row(PLAIN_LOOK)
            self.table.put(self._row, 0, line)

    def begin_row(self, look: Look) -> None:
        self.end_cell()
        self._row = bounded_row(self._row + 1, self.table.name, self.table.limits)
        self._column = 0
        self.styles.row, self.styles.cell = look, PLAIN_LOOK
        if look.is_hidden:
            self.table.beside.hidden_rows.append(self._row)

    def begin_cell(self, attributes: Mapping[str, str], look: Look) -> None:
        self.end_cell()
        if not self._row:
            self.begin_row(PLAIN_LOOK)
        while self._covered.get(self._column, 0) >= self._row:
            self._column += 1
        width = _span(attributes.get("colspan"), _WIDEST)
        height = _span(attributes.get("rowspan"), _HIGHEST)
        if width > 1 or height > 1:
            self.table.merge(self._row, self._column, height, width)
        if height > 1:
            last = self._row + height - 1
            self._covered |= dict.fromkeys(range(self._column, self._column + width), last)
        self._place = (self._row, self._column)
        self._column += width
        self._width_of_row()
        self._texts, self._left = [], []
        self.styles.cell, self._is_struck = look, False
        hidden = self.table.beside.hidden_columns
        if look.is_hidden and self._row == 1:
            hidden.append(self._place[1])
        self._is_covered = look.is_hidden and self._place[1] not in hidden

    def _width_of_row(self) -> None:
        """Note where rows begin to have more cells, or fewer, than those above."""
        widths = self.table.beside.widths
        if widths and widths[-1][0] == self._row:
            widths.pop()
        if not widths or widths[-1][1] != self._column:
            widths.append((self._row, self._column))

    def text(self, text: str, looks: Sequence[Look]) -> None:
        """Add to the cell, or to the caption.

        Args:
            text: What stands there.
            looks: Those of the elements around it.
        """
        if self.caption is not None:
            self.caption.append(text)
            return
        if self._texts is None:
            return
        is_struck = any(look.is_struck for look in looks)
        is_filled = self.styles.is_filled or any(look.is_filled for look in looks)
        is_unseen = any(
            look.is_hidden or look.is_unseen or (look.is_white and not is_filled) for look in looks
        )
        position = next((look.position for look in looks if look.position), "")
        self._texts.append(in_position(text, position))
        self._is_struck |= is_struck
        if not is_struck and not is_unseen:
            self._left.append(self._texts[-1])

    def end_cell(self) -> None:
        if self._texts is None:
            return
        text, left = _plain("".join(self._texts)), _plain("".join(self._left))
        self._texts = None
        if not text:
            return
        style = self.styles.of_cell(
            is_struck=not left and self._is_struck,
            is_unseen=self._is_covered or not (left or self._is_struck),
        )
        self.table.put(*self._place, text, style)
        if left and left != text and not style.is_struck:
            self.table.beside.partly_struck[self._place] = left

    def name(self) -> None:
        """The caption is over: it is what the table is called."""
        if caption := _plain("".join(self.caption or ())):
            self.table.name = caption.replace("\n", " ")[:_LONGEST_NAME]
        self.caption = None


class _PageTarget:
    """What the parser tells of a page, piece by piece."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.tables: list[MarkupTable] = []
        self._limits = limits
        self._rules = PageRules(content)
        self._elements: list[PageElement | None] = [None]
        self._looks: list[tuple[int, Look]] = []
        self._open: list[_OpenTable] = []
        self._above: list[str] = []
        self._depth = self._skipped = 0
        self._last: MarkupTable | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _VOID:
            self._void(tag, attributes)
            return
        self._depth += 1
        if self._depth > _DEEPEST:
            raise too_large("depth", _DEEPEST, self._depth)
        element = self._rules.element(self._elements[-1], tag, attributes)
        self._elements.append(element)
        look = look_of(tag, attributes, element)
        if look != PLAIN_LOOK and tag not in _OF_TABLES:
            self._looks.append((self._depth, look))
        if tag in _SKIPPED and not (tag == "option" and "selected" in attributes):
            self._skipped += 1
        elif tag == "table":
            self._begin_table(look)
        elif self._open:
            self._start_within(tag, attributes, look)
        if tag in _BLOCKS:
            self._add_text("\n")
        elif tag == "bdo":
            self._add_text(_TURNED.get(attributes.get("dir", "").lower(), ""))

    def _start_within(self, tag: str, attributes: Mapping[str, str], look: Look) -> None:
        if tag == "tr":
            self._open[-1].begin_row(look)
        elif tag in {"td", "th"}:
            self._open[-1].begin_cell(attributes, look)
        elif tag == "caption":
            self._open[-1].caption = []

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        if tag == "br":
            self._add_text("\n")
        elif tag == "input" and kind in {"checkbox", "radio"}:
            self._add_text(_CHECKED if "checked" in attributes else _UNCHECKED)
        elif tag == "input" and kind in {"", "text", "number", "date"}:
            self._add_text(attributes.get("value", ""))

    def _begin_table(self, look: Look) -> None:
        above = [] if self._open else _lines("".join(self._above))[-_LINES_ABOVE:]
        self._above = []
        table = MarkupTable(f"Table {len(self.tables) + 1}", self._limits)
        table.hidden = look.is_hidden
        self.tables.append(table)
        self._open.append(_OpenTable(table, PageStyles(look), above))

    def end(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._depth -= 1
        del self._elements[self._depth + 1 :]
        if tag in _BLOCKS:
            self._add_text("\n")
        elif tag == "bdo":
            self._add_text(_TURNED_BACK)
        if tag in _SKIPPED:
            self._skipped = max(self._skipped - 1, 0)
        elif self._open and tag in {"td", "th", "tr"}:
            self._open[-1].end_cell()
        elif self._open and tag == "caption":
            self._open[-1].name()
        elif self._open and tag == "table":
            self._end_table()
        while self._looks and self._looks[-1][0] > self._depth:
            self._looks.pop()

    def _end_table(self) -> None:
        table = self._open.pop()
        table.end_cell()
        if not self._open and table.table.cells:
            self._last = table.table

    def data(self, text: str) -> None:
        self._add_text(text.replace("\n", " "))

    def _add_text(self, text: str) -> None:
        if self._skipped:
            return
        if self._open:
            self._open[-1].text(text, [look for _depth, look in self._looks])
        else:
            self._above.append(text)

    def comment(self, text: str) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The page is over: what stands below its last table, such as who did not come, is kept."""
        if self._last is None:
            return
        # Right of all columns, where no date or number of a footer is taken for a person's.
        row, column = max(self._last.cells) + 2, max(map(max, self._last.cells.values())) + 1
        column = min(column, self._limits.max_columns - 1)
        for below, line in enumerate(_lines("".join(self._above))[:_LINES_ABOVE]):
            self._last.put(row + below, column, line)


def _span(attribute: str | None, most: int) -> int:
    digits = (attribute or "").strip()
    return min(max(int(digits), 1), most) if digits.isdecimal() and len(digits) < _DIGITS else 1


def _lines(text: str) -> list[str]:
    return [line for line in _plain(text).split("\n") if line]


def _plain(text: str) -> str:
    """A text as a browser shows it: any blanks are one, lines end where the page says so."""
    if "\n" not in text and _BLANKS.search(text) is None:
        return text.strip("\xa0 ")
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip("\n\xa0 ")
