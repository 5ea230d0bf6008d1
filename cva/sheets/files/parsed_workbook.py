"""A workbook as it came out of the child process: sheets of columns of distinct values."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cva.sheets.files.cell_addresses import cell
from cva.sheets.files.format_sections import section_for
from cva.sheets.files.number_formats import NumberFormat, format_of, shown
from cva.sheets.files.sheet_parts import SheetPart, cell_in_workbook
from cva.sheets.files.transport import Numbers
from cva.sheets.files.worksheet_facts import CellRange

#: Excel shows whole numbers up to here digit by digit.
LARGEST_PLAIN = 10**15


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell in which Excel shows an error such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose value was never stored."""

    formula: str


@dataclass(frozen=True, slots=True)
class TimeOnly:
    """A time of day or a duration."""

    text: str


class ShownMonth(dt.date):
    """The first of a month that a format shows without its day."""


@dataclass(frozen=True, slots=True)
class FormattedNumber:
    """A number whose format adds something to it, such as a currency or zeros in front."""

    number: int | float
    format_code: str

    @property
    def format(self) -> NumberFormat:
        """What the format adds."""
        return format_of(self.format_code)

    @property
    def text(self) -> str:
        """The number as Excel shows it, without grouping, with all its decimals."""
        return shown(self.number, self.format_code)


Value = str | int | float | bool | dt.date | ErrorCell | Uncalculated | TimeOnly | FormattedNumber
#: A cell of a sheet: its row from 1, its column from 0.
Place = tuple[int, int]


def _as_shown(number: float, code: str) -> Value:
    """A number as its format shows it: by a text alone, with more around it, or as it is."""
    section = section_for(number, code)
    if section.text is not None:
        return section.text
    found = FormattedNumber(number, section.code)
    return number if found.format.is_plain else found


#: By the letter of the wire, what makes the value of the rest.
_MADE_OF: Mapping[str, Callable[..., Value]] = {
    "n": _as_shown,
    "d": dt.date.fromisoformat,
    "m": ShownMonth.fromisoformat,
    "t": dt.datetime.fromisoformat,
    "e": ErrorCell,
    "f": Uncalculated,
    "o": TimeOnly,
}


def received(sent: Any) -> Value:  # noqa: ANN401 - what JSON gives
    """A value of the wire."""
    if not isinstance(sent, list):
        return sent if isinstance(sent, str | int | float) else ""
    return _MADE_OF[sent[0]](*sent[1:])


def plain_value(value: Value) -> Value:
    """A number without its format, any other value as it is; a percentage is no plain number."""
    if isinstance(value, FormattedNumber) and not value.format.is_percent:
        return value.number
    return value


def typed(value: Value) -> str:
    """The value as text, for people; a whole number without its ``.0``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < LARGEST_PLAIN
        return str(int(value)) if whole else repr(value)
    if isinstance(value, ErrorCell | TimeOnly | FormattedNumber):
        return value.text
    return value.formula if isinstance(value, Uncalculated) else str(value)


@dataclass(frozen=True)
class SheetColumn:
    """One column from the sheet's first row on.

    Attributes:
        values: Its distinct values, the blank first.
        index: For every row the position of its value.
    """

    values: list[Value]
    index: Numbers

    def at(self, row: int) -> Value:
        """The value in a row as Excel numbers it; blank below the sheet."""
        return self.values[self.index[row - 1]] if row <= len(self.index) else ""

    def of_rows(self, rows: Sequence[int]) -> Sequence[int]:
        """The positions of the values in these rows, which go upward."""
        if rows and rows[-1] - rows[0] + 1 == len(rows):
            return self.index[rows[0] - 1 : rows[-1]]
        return [self.index[row - 1] for row in rows]

    @cached_property
    def texts(self) -> list[str]:
        """The distinct values as typed."""
        return [value if isinstance(value, str) else typed(value) for value in self.values]


@dataclass(frozen=True)
class ParsedSheet:
    """One sheet; rows as Excel numbers them, columns counted from 0.

    Attributes:
        struck: Cells that are struck out as a whole. ``unseen``: cells in white on white.
        partly_struck: By cell what is left of a text of which something is struck out.
        parts: The lists of which it was put together, if it was.
        left_out: Rows in which a person has nothing of the list they would be part of.
        above: By part what is written above it, and its name; nothing where that is the first's.
        has_formats: Number formats were read, or a file of this kind has none.
        notes: By cell the text of a note on it.
        colours: By row the colours of its cells and texts, beside those of paper and ink.
        rounded: By cell the decimals that its format shows, where its number has more.
        widths: Where rows of a page or a text begin to have another number of cells, and it.
        row_faults: Rows that are not as they were meant: the code of the finding and a column.
        symbols: Cells in a font of signs, such as Wingdings, and the font.
    """

    name: str
    hidden: bool
    rows: int
    columns: list[SheetColumn]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[CellRange, ...] = ()
    struck: frozenset[Place] = frozenset()
    unseen: frozenset[Place] = frozenset()
    partly_struck: Mapping[Place, str] = field(default_factory=dict)
    symbols: Mapping[Place, str] = field(default_factory=dict)
    notes: Mapping[Place, str] = field(default_factory=dict)
    colours: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rounded: Mapping[Place, int] = field(default_factory=dict)
    widths: tuple[tuple[int, int], ...] = ()
    row_faults: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    parts: tuple[SheetPart, ...] = ()
    left_out: frozenset[int] = frozenset()
    above: tuple[tuple[str, ...], ...] = ()
    has_formats: bool = True

    @property
    def tab(self) -> str:
        """The tab that it is on, of which it may be one table, or the first of its lists."""
        return self.parts[0].sheet if self.parts else self.name

    def place(self, row: int, column: int) -> tuple[str, str | None]:
        """The tab and the cell, as a person finds them in the workbook."""
        if not self.parts:
            return self.name, cell(row, column)
        return cell_in_workbook(self.parts, self.name, row, column)

    def text(self, row: int, column: int) -> str:
        """A cell as typed, outer blanks off."""
        if not 0 < row <= self.rows or column >= len(self.columns):
            return ""
        value = self.columns[column].at(row)
        return (value if isinstance(value, str) else typed(value)).strip()

    def texts(self, row: int) -> list[str]:
        """The cells of a row as typed, outer blanks off."""
        return [self.text(row, column) for column in range(len(self.columns))]


@dataclass(frozen=True, slots=True)
class FileNote:
    """Something about the file as a whole: the code of a finding and its details."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedBook:
    """A file that was read, and what is said of it as a whole."""

    sheets: list[ParsedSheet]
    notes: Sequence[FileNote] = ()


def book_of(header: dict[str, Any], columns: list[Numbers]) -> list[ParsedSheet]:
    """The sheets of a message from the child."""
    sheets, at = [], 0
    for head in header["sheets"]:
        width = len(head["columns"])
        sheets.append(
            ParsedSheet(
                name=head["name"],
                hidden=head["hidden"],
                rows=head["rows"],
                columns=[
                    SheetColumn([v if isinstance(v, str) else received(v) for v in values], index)
                    for values, index in zip(head["columns"], columns[at : at + width], strict=True)
                ],
                hidden_rows=frozenset(head["hidden_rows"]),
                hidden_columns=frozenset(head["hidden_columns"]),
                merged=tuple((r[0], r[1], r[2], r[3]) for r in head["merged"]),
                struck=_places(head["struck"]),
                unseen=_places(head["unseen"]),
                partly_struck={(row, at): left for row, at, left in head["partly_struck"]},
                rounded={(row, at): places for row, at, places in head["rounded"]},
                widths=tuple((row, width) for row, width in head["widths"]),
                row_faults={row: ("rows-in-cell", at) for row, at in head["holding_rows"]},
                symbols={
                    (row, at): font
                    for font, at, first, last in head["symbols"]
                    for row in range(first, last + 1)
                },
                notes={(row, at): text for row, at, text in head["notes"]},
                colours=_colours(head["colours"]),
            )
        )
        at += width
    return sheets


def _colours(runs: Iterable[tuple[str, int, int]]) -> dict[int, frozenset[str]]:
    """By row its colours, of runs: a colour, and its first and last row."""
    found: dict[int, frozenset[str]] = {}
    for colour, first, last in runs:
        for row in range(first, last + 1):
            found[row] = found.get(row, frozenset()) | {colour}
    return found


def _places(runs: Iterable[Sequence[int]]) -> frozenset[Place]:
    """The cells of runs: a column, and its first and last row."""
    return frozenset((row, at) for at, first, last in runs for row in range(first, last + 1))
