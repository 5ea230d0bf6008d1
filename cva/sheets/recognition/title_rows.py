"""Which rows are titles within a list: the name of a village above its people, or a note."""

import re
from collections.abc import Collection, Sequence

from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.repeated_headings import Cells
from cva.sheets.vocabulary.unpaid_titles import line_may_deny

#: A title, a note or a label to sign at has more blanks between words than an identifier.
MOST_BLANKS = 3
#: So many words of letters alone are more than a day or an amount.
FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")


class TitleRows:
    """Tells titles from rows of people that lack something.

    Args:
        known: The sheet.
        key: The column with the numbers of people, where there is one.
        required: The columns that every row needs, those that stand for each other together.
        counted: The columns of days and amounts.
        complete: For every row whether it lacks nothing.
    """

    def __init__(
        self,
        known: Recognised,
        key: int | None,
        required: Sequence[Sequence[int]],
        counted: Collection[int],
        complete: Sequence[bool],
    ) -> None:
        self._sheet, self._key, self._counted = known.sheet, key, counted
        self._needed = {column for columns in required for column in columns}
        below = range(known.heading_row.data_from, known.sheet.rows + 1)
        # Where nobody has a number, people are known by documents, telephones and names.
        self._keys = {key, *required[0]} if key is not None else set[int]()
        self._numbered = {at for at in self._keys if self._have_digits(at, below, complete)}

    def _have_digits(self, key: int, below: range, complete: Sequence[bool]) -> bool:
        """Whether most of the numbers of people have digits here."""
        rows = [row for row in below if complete[row - 1]] or below
        column = self._sheet.columns[key]
        texts = [text for at in set(column.of_rows(rows)) if (text := column.texts[at].strip())]
        return sum(any(map(str.isdigit, text)) for text in texts) * 2 > len(texts)

    def is_title(self, row: int, cells: Cells) -> bool:
        """Whether it is one text alone that is nothing of a person."""
        if len(cells) != 1 or self._is_of_block(row):
            return False
        column, text = cells[0]
        is_identifier = column == self._key or column in self._numbered
        if column in self._keys and (
            line_may_deny(text) or (is_identifier and self._is_prose(text, column))
        ):
            return True
        if column in self._counted and not (
            any(map(str.isdigit, text)) and len(_WORD.findall(text)) < FEWEST_WORDS
        ):
            return True
        merged = any(
            top <= row <= bottom and left <= column < right
            for top, left, bottom, right in self._sheet.merged
        )
        return merged or column not in self._needed

    def _is_of_block(self, row: int) -> bool:
        """Whether a cell that every row needs is merged over this row and those above."""
        return any(
            top < row <= bottom and self._needed & set(range(left, right + 1))
            for top, left, bottom, right in self._sheet.merged
        )

    def _is_prose(self, text: str, column: int) -> bool:
        """A text among identifiers that is none: a label to sign at, a sentence, a village."""
        if any(mark in text for mark in (":", "__", "..")) or text.count(" ") >= MOST_BLANKS:
            return True
        return not any(map(str.isdigit, text)) and column in self._numbered
