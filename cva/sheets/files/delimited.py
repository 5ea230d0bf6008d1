"""Text files of columns: which delimiter."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from cva.sheets.files.limits import LAST_ROW, Limits
from cva.sheets.files.refusal import too_large, unreadable
from cva.sheets.files.row_shapes import RowShapes

DELIMITERS = ";\t,|"
SAMPLE_LINES = 50
SAMPLE_CHARS = 500_000
#: Our own text files put an apostrophe before what a spreadsheet would run.
_NEUTRAL = re.compile("'[=+\\-@\t\r\uff1d]")
MAX_CELL_CHARS = 32_767
#: A first line that only says which delimiter is used.
_DELIMITER_LINE = re.compile(r'"?sep=([^\w\s"]|\t)\1*"?\s*', re.IGNORECASE)


def delimiter_of(text: str) -> str:
    """The sign that cuts the most of the first lines into the same number of cells."""
    lines = [line for line in text[:SAMPLE_CHARS].splitlines()[:SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        if not counts:
            continue
        cells, often = max(counts.items(), key=lambda item: (item[1] * item[0], item[0]))
        if cells * often > best_score:
            best, best_score = sign, cells * often
    return best


def rows_of(content: bytes, limits: Limits, shapes: RowShapes | None = None) -> Iterator[list[str]]:
    """All rows of a text in UTF-8, blank ones too, so that numbers are those of the file's lines.

    Args:
        content: The text.
        limits: How large it may be.
        shapes: What is filled in while the rows are read.

    Raises:
        RefusedError: No text, too many rows or columns, or a quote that never ends.
    """
    text = content.decode("utf-8-sig", "surrogatepass").replace("\r\n", "\n").replace("\r", "\n")
    first, _line_end, below = text.partition("\n")
    line = _DELIMITER_LINE.fullmatch(first)
    delimiter = line[1] if line else delimiter_of(text)
    csv.field_size_limit(MAX_CELL_CHARS)
    lines = StringIO("\n" + below if line else text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        rows = shapes.watch(reader, delimiter) if shapes else reader
        yield from bounded(rows, limits, lambda: text.count("\n") + 1)
    except csv.Error as error:
        if "field larger" in str(error) and text.count('"') % 2 == 0:
            raise too_large("line", MAX_CELL_CHARS, reader.line_num) from error
        raise unreadable("quotes", str(reader.line_num)) from error


def bounded(
    rows: Iterable[list[str]], limits: Limits, count: Callable[[], int]
) -> Iterator[list[str]]:
    """The rows down to the last one that holds something, without blank cells beyond all columns.

    Args:
        rows: All rows.
        limits: How many may hold something.
        count: How many there are, for a refusal.

    Raises:
        RefusedError: A row or column beyond the limits holds something.
    """
    blank = 0
    for number, row in enumerate(rows, 1):
        if len(row) > limits.max_columns:
            row = _without_end(row, limits)  # noqa: PLW2901
        if not any(row):
            blank += 1
            if number > LAST_ROW:
                raise too_large("rows", limits.max_rows, count())
            continue
        if number > limits.max_rows:
            raise too_large("rows", limits.max_rows, count())
        yield from ([] for _ in range(blank))
        blank = 0
        yield [cell[1:] if _NEUTRAL.match(cell) else cell for cell in row]


def _without_end(row: list[str], limits: Limits) -> list[str]:
    last = max((at for at, cell in enumerate(row) if cell), default=-1)
    if last >= limits.max_columns:
        raise too_large("columns", limits.max_columns, last + 1)
    return row[: last + 1]
