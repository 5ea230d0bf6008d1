"""Bounds on the texts of an .xlsx, which cells share by their numbers.

A small file may hold millions of texts, or one long text in a hundred thousand cells: each cell
gets a copy of its own when it is read.
"""

from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from cva.sheets.files.limits import MIB
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable
from cva.sheets.files.worksheet import WorksheetLook
from cva.sheets.files.worksheet_patterns import (
    REFERENCE,
    TAG_ENDS,
    Bytes,
    Patterns,
    patterns_of,
    without_comments,
)

MAX_TEXTS = 2_000_000
#: As many signs as Excel allows in one cell.
MAX_CELL_CHARS = 32_767
MAX_TEXT_BYTES = 64 * MIB
TEXTS = "xl/sharedStrings.xml"


class SharedTexts:
    """The texts that the cells of a workbook name by numbers."""

    def __init__(self, content: Bytes) -> None:
        self._content = without_comments(content)
        self._patterns = patterns_of(self._content)

    def bounds(self, looks: Sequence[WorksheetLook]) -> None:
        """Refuse too many texts, too long ones, and too many copies of long ones."""
        content, opening = self._content, self._patterns.opening_text
        count = sum(content.count(opening + end) for end in TAG_ENDS)
        if count > MAX_TEXTS:
            raise too_large("texts", MAX_TEXTS, count)
        if not content.rstrip().endswith((b"sst>", b"/>")) or b"<![" in content:
            raise damaged(TEXTS)
        longest = 0
        for start, end in spans_over(content, opening, MAX_CELL_CHARS):
            longest = max(longest, end - start)
            _bound_length(self._patterns, content[start:end])
        self._bound_volume(looks, longest or MAX_CELL_CHARS)

    def _bound_volume(self, looks: Sequence[WorksheetLook], longest: int) -> None:
        """Count what all cells together repeat, unless it cannot be much."""
        copies = sum(look.content.count(b'"s"') + look.content.count(b"'s'") for look in looks)
        if copies * min(longest, len(self._content)) <= MAX_TEXT_BYTES:
            return
        lengths = [end - start for start, end in pairwise(self._starts())]
        volume = 0
        for look in looks:
            for _, number in named_texts(look):
                volume += lengths[number] if number < len(lengths) else 0
                if volume > MAX_TEXT_BYTES:
                    raise too_large("texts-volume", MAX_TEXT_BYTES, volume)

    def _starts(self) -> list[int]:
        content, opening = self._content, self._patterns.opening_text
        starts, at = [], content.find(opening)
        while at >= 0:
            starts.append(at)
            at = content.find(opening, at + 1)
        return [*starts, len(content)]

    def missing(self, looks: Sequence[WorksheetLook]) -> RefusedError | None:
        """The refusal that names the first cell whose text is not there."""
        count = len(self._starts()) - 1
        for look in looks:
            for attributes, number in named_texts(look):
                if number >= count:
                    return _no_such_text(look, attributes)
        return None


def look_at_cells(look: WorksheetLook) -> None:
    """Refuse a text that is too long."""
    for piece in look.pieces():
        for start, end in spans_over(piece, look.patterns.opening_cell, MAX_CELL_CHARS):
            _bound_length(look.patterns, piece[start:end], look)


def spans_over(content: Bytes, opening: bytes, limit: int) -> Iterator[tuple[int, int]]:
    """What lies between two openings that are further apart than the limit."""
    at = content.find(opening)
    while at >= 0:
        following = content.rfind(opening, at + 1, at + limit + len(opening))
        if following < 0:
            following = content.find(opening, at + 1)
            yield at, len(content) if following < 0 else following
        at = following


def named_texts(look: WorksheetLook) -> Iterator[tuple[bytes, int]]:
    """Each cell with a shared text: the beginning of its element and the text's number."""
    for piece in look.pieces():
        for found in look.patterns.named_text.finditer(piece):
            start = max(found.start() - 60, 0)
            yield bytes(piece[start : found.start()]), int(found[1][:9])


def _bound_length(patterns: Patterns, span: Bytes, look: WorksheetLook | None = None) -> None:
    characters = sum(
        len(unescape(text.decode("utf-8", "replace"))) for text in patterns.spoken.findall(span)
    )
    if characters > MAX_CELL_CHARS:
        sheet, cell = (look.name, _name(span)) if look else (None, None)
        raise too_large("text", MAX_CELL_CHARS, characters, sheet=sheet, cell=cell)


def _name(opening: Bytes) -> str | None:
    found = REFERENCE.search(opening)
    return (found[1] + found[2]).decode() if found else None


def _no_such_text(look: WorksheetLook, opening: bytes) -> RefusedError:
    place = opening.rfind(look.patterns.opening_cell)
    cell = _name(opening[max(place, 0) :])
    return unreadable("text-number", cell or "?", sheet=look.name, cell=cell)
