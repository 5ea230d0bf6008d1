"""Finds the row of headings of a sheet, and what stands in every column of it."""

from collections.abc import Collection
from dataclasses import dataclass

from cva.sheets.book import Sheet
from cva.sheets.headings import Meaning, is_tag, key_of, meaning, tagged

MAX_HEADING_ROWS = 60
MAX_LEVELS = 3
FEWEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Head:
    """One column's heading.

    Attributes:
        column: Counted from 0.
        row: Where its text stands.
        text: As typed, on one line.
        meaning: The fields it may mean.
        tag: The field of the HXL tag under it.
    """

    column: int
    row: int
    text: str
    meaning: Meaning
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a sheet.

    Attributes:
        row: The last row of headings as Excel numbers it.
        first: The first of its rows.
        data_from: The first row that may hold data.
        heads: One for every column that has a heading, from the left.
    """

    row: int
    first: int
    data_from: int
    heads: tuple[Head, ...]

    @property
    def key(self) -> str:
        """The same wherever these headings stand."""
        return key_of(head.text for head in self.heads)

    @property
    def known(self) -> int:
        """How many different fields are recognised."""
        return len(
            {field for head in self.heads for field in head.meaning.fields}
            | {head.tag for head in self.heads if head.tag}
        )


def find_heading_row(
    sheet: Sheet, told: int | None = None, remembered: Collection[str] = ()
) -> HeadingRow | None:
    """The row that names the most fields; the upper one, with fewer levels, of two alike.

    Args:
        sheet: Where to look.
        told: The row that a person named.
        remembered: Keys of headings that a person explained before.
    """
    if told is not None:
        return _heading_row(sheet, told, 1) if told <= sheet.rows else None
    best: tuple[int, int, int] | None = None
    for row in range(1, min(sheet.rows, MAX_HEADING_ROWS) + 1):
        if _is_tag_row(sheet, row):
            continue
        for levels in range(1, min(MAX_LEVELS, row) + 1):
            score = _score(sheet, row, levels)
            if score >= FEWEST_KNOWN and (best is None or score > best[0]):
                best = (score, row, levels)
    found = _heading_row(sheet, best[1], best[2]) if best else None
    if not remembered or (found and found.key in remembered):
        return found
    return _explained(sheet, remembered) or found


def _explained(sheet: Sheet, remembered: Collection[str]) -> HeadingRow | None:
    rows = (_heading_row(sheet, row, 1) for row in range(1, min(sheet.rows, MAX_HEADING_ROWS) + 1))
    return next((row for row in rows if row.heads and row.key in remembered), None)


def _is_tag_row(sheet: Sheet, row: int) -> bool:
    texts = [text for column in range(len(sheet.columns)) if (text := sheet.text(row, column))]
    return len(texts) > 1 and sum(map(is_tag, texts)) * 2 > len(texts)


def _score(sheet: Sheet, row: int, levels: int) -> int:
    found: set[str] = set()
    tags = row < sheet.rows and _is_tag_row(sheet, row + 1)
    for column in range(len(sheet.columns)):
        head = _head(sheet, row, levels, column)
        if head is None:
            continue
        if head.meaning.fields:
            found.add(min(head.meaning.fields))
        elif tags and (tag := tagged(sheet.text(row + 1, column))):
            found.add(tag)
    return len(found)


def _head(sheet: Sheet, row: int, levels: int, column: int) -> Head | None:
    """The lowest text of the column; a parent above counts where it is known.

    A child that says nothing by itself is tried together with its parent.
    """
    own = " ".join(sheet.text(row, column).split())
    if own:
        means = meaning(own)
        if not means.fields and levels > 1:
            parent = _parent(sheet, row - 1, column)
            means = meaning(f"{parent} {own}") if parent else means
        return Head(column, row, own, means)
    for above in range(row - 1, row - levels, -1):
        text = " ".join(sheet.text(above, column).split())
        if text and (means := meaning(text)).fields:
            return Head(column, above, text, means)
        if text:
            return None
    return None


def _parent(sheet: Sheet, row: int, column: int) -> str:
    """The text above, also where it is merged over several columns."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return " ".join(sheet.text(top, left).split())
    return " ".join(sheet.text(row, column).split())


def _heading_row(sheet: Sheet, row: int, levels: int) -> HeadingRow:
    last = max(
        [row, *(bottom for top, _, bottom, _ in sheet.merged if top <= row < bottom <= row + 2)]
    )
    tag_row = last + 1 if last < sheet.rows and _is_tag_row(sheet, last + 1) else 0
    heads = []
    for column in range(len(sheet.columns)):
        head = _head(sheet, row, levels, column)
        if head is None and last > row:
            head = _head(sheet, last, 1, column)
        tag = tagged(sheet.text(tag_row, column)) if tag_row else None
        if head is None and tag:
            head = Head(column, tag_row, sheet.text(tag_row, column), meaning(""))
        if head is not None:
            heads.append(Head(column, head.row, head.text, head.meaning, tag))
    first = min((head.row for head in heads), default=row)
    return HeadingRow(last, first, (tag_row or last) + 1, tuple(heads))
