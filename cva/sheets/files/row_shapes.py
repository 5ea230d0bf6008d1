"""How many cells the rows of a text file have, and which cells hold rows that belong below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol


class LineReader(Protocol):
    """What cuts a text into rows, and says how many lines it has read."""

    @property
    def line_num(self) -> int:
        """The last line that was read."""

    def __iter__(self) -> Iterator[list[str]]:
        """The rows."""


@dataclass(slots=True)
class RowShapes:
    """What is seen of the rows while they are read; rows counted from 1, columns from 0.

    Attributes:
        widths: Where rows begin to have another number of cells, and that number.
        holding_rows: Cells with line breaks in them that look like rows of the file: a quotation
            mark that nobody meant joins all up to the next one.
    """

    widths: list[tuple[int, int]] = field(default_factory=list)
    holding_rows: list[tuple[int, int]] = field(default_factory=list)

    def watch(self, rows: LineReader, delimiter: str) -> Iterator[list[str]]:
        """The rows as they come."""
        # Words of a text stand behind a comma and a blank, cells right behind the comma.
        sign = re.compile(rf"{re.escape(delimiter)}(?! )")
        width = lines = 0
        for number, row in enumerate(rows, 1):
            if rows.line_num - lines > 1:
                self._look_into(number, row, sign)
            lines = rows.line_num
            if len(row) != width and any(row):
                width = len(row)
                self.widths.append((number, width))
            yield row

    def _look_into(self, number: int, row: list[str], sign: "re.Pattern[str]") -> None:
        for at, text in enumerate(row):
            first, *within = (len(sign.findall(line)) for line in text.split("\n"))
            if not within:
                continue
            last, whole = within.pop(), len(row) - 1
            if first >= whole - at and last >= at and all(each >= whole for each in within):
                self.holding_rows.append((number, at))
