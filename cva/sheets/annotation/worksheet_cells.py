"""Cells of a worksheet given another format or text; every other byte stays."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cva.sheets.files.cell_addresses import cell, column_of
from cva.sheets.files.worksheet_patterns import REFERENCE, ROW_NUMBER

_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_STYLE = re.compile(rb"\bs=[\"']([0-9]+)[\"']")
_TYPE = re.compile(rb"\s\bt=[\"']\w+[\"']")
_SELECTED = re.compile(rb"\stabSelected=[\"'](?:1|true)[\"']")
_LETTERS = re.compile(rb"\br=[\"']([A-Z]{1,3})[0-9]+[\"']")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CellChange:
    """What becomes of a cell.

    Attributes:
        restyle: From the number of its format to that of the new one; None where it stays.
        text: Its new text; None where it stays.
    """

    restyle: Callable[[int], int] | None
    text: str | None = None


Changes = Mapping[int, Mapping[int, CellChange]]


def printable(text: str) -> str:
    """The text without the signs that XML does not know."""
    return _NOT_XML.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text as it may be written in XML."""
    return escape(printable(text))


def xml_attribute(text: str) -> str:
    """The text as it may be written between the quotes of an attribute."""
    return xml_text(text).replace('"', "&quot;")


def text_cell(name: str, style: int, text: str) -> str:
    """A cell that holds its text itself."""
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{xml_text(text)}</t></is></c>'
    )


def column_widths(widths: Iterable[int]) -> str:
    """The element of the widths of all columns, in characters; none where there is no column."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, 1)
    )
    return f"<cols>{columns}</cols>" if columns else ""


class Worksheet:
    """The bytes of one worksheet."""

    def __init__(self, content: bytes) -> None:
        root = _ROOT.search(content[:4096])
        self.prefix = (root[1] if root else None) or b""
        p = re.escape(self.prefix)
        self._row = re.compile(rb"<%srow\b([^>]*?)(/?)>" % p)
        self._cell = re.compile(rb"<%sc\b([^>]*?)(?:/>|>(.*?)</%sc>)" % (p, p), re.DOTALL)
        self.content = content

    def deselect(self) -> None:
        """Leave the tab out of those that are selected: two at once are changed together."""
        head, found, rest = self.content.partition(b"sheetData")
        self.content = _SELECTED.sub(b"", head) + found + rest

    def restyle_all(self, formats: Mapping[int, int]) -> None:
        """Give cells of some formats other ones."""

        def other(match: re.Match[bytes]) -> bytes:
            return match[1] + b'"%d"' % formats[int(match[2])]

        numbers = b"|".join(b"%d" % number for number in formats)
        cell = rb"(<%sc\b[^>]*?\bs=)[\"'](%s)[\"']" % (re.escape(self.prefix), numbers)
        self.content = re.sub(cell, other, self.content)

    @property
    def columns(self) -> int:
        """How many columns have cells; 0 where the cells do not say where they are."""
        letters = {match[1].decode() for match in _LETTERS.finditer(self.content)}
        return max(map(column_of, letters), default=-1) + 1

    def change(self, changes: Changes) -> None:
        """Change cells, by row as Excel numbers it and column counted from 0."""
        pieces, at, number = [], 0, 0
        closing = b"</%srow>" % self.prefix
        for match in self._row.finditer(self.content):
            named = ROW_NUMBER.search(match[1])
            number = int(named[1]) if named else number + 1
            if number not in changes:
                continue
            is_empty = bool(match[2])
            end = match.end() if is_empty else self.content.find(closing, match.end())
            body = b"" if is_empty else self.content[match.end() : end]
            opening = b"<%srow%s>" % (self.prefix, match[1])
            pieces += [self.content[at : match.start()], opening]
            pieces.append(self._changed(number, body, changes[number]))
            pieces += [closing] if is_empty else []
            at = end
        self.content = b"".join([*pieces, self.content[at:]])

    def _changed(self, row: int, body: bytes, changes: Mapping[int, CellChange]) -> bytes:
        found: dict[int, bytes] = {}
        column = -1
        for match in self._cell.finditer(body):
            named = REFERENCE.search(match[1])
            column = column_of(named[1].decode()) if named else column + 1
            found[column] = match[0]
        for column, change in changes.items():
            found[column] = self._one(cell(row, column), found.get(column), change)
        return b"".join(found[column] for column in sorted(found))

    def _one(self, name: str, before: bytes | None, change: CellChange) -> bytes:
        if before is None:
            before = b'<%sc r="%s"/>' % (self.prefix, name.encode())
        match = self._cell.match(before)
        if match is None:
            return before
        opening = b"<%sc%s" % (self.prefix, match[1].rstrip())
        if change.restyle is not None:
            style = _STYLE.search(match[1])
            opening = _styled(opening, change.restyle(int(style[1]) if style else 0))
        is_formula = match[2] is not None and b"<%sf" % self.prefix in match[2]
        if change.text is None or is_formula:  # others may be shares of this formula
            return opening + before[match.end(1) :] if match[2] is not None else opening + b"/>"
        opening = _TYPE.sub(b"", opening)
        if not change.text:
            return opening + b"/>"
        return self._texted(opening, change.text)

    def _texted(self, opening: bytes, text: str) -> bytes:
        p, escaped = self.prefix.decode(), xml_text(text)
        inner = f'<{p}is><{p}t xml:space="preserve">{escaped}</{p}t></{p}is></{p}c>'
        return opening + b' t="inlineStr">' + inner.encode()

    def refer_to_drawing(self, key: str) -> None:
        """Name the drawing of the notes at its place among the last elements."""
        start = max(self.content.rfind(b"</%ssheetData>" % self.prefix), 0)
        tail = self.content[start:]
        places = [
            found.start()
            for name in (b"legacyDrawingHF", b"drawingHF", b"picture", b"tableParts")
            if (found := re.search(rb"<%s%s\b" % (re.escape(self.prefix), name), tail))
        ]
        if re.search(rb"</(?:\w+:)?extLst>\s*</(?:\w+:)?worksheet>\s*$", tail):
            places.append(tail.rfind(b"<%sextLst" % self.prefix))
        place = min(places, default=tail.rfind(b"</%sworksheet" % self.prefix))
        element = (
            b'<%slegacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships" r:id="%s"/>' % (self.prefix, key.encode())
        )
        self.content = self.content[:start] + tail[:place] + element + tail[place:]


def _styled(opening: bytes, number: int) -> bytes:
    style = b's="%d"' % number
    if _STYLE.search(opening):
        return _STYLE.sub(style, opening, count=1)
    return opening + b" " + style
