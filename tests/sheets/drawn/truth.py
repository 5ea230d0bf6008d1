"""What a drawn sheet is: its file, and what a careful clerk would make of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: The day on which all drawn sheets are sent.
TODAY = dt.date(2025, 12, 1)


class Payment(NamedTuple):
    """What one person got: an amount in minor units on a day in ISO form."""

    number: str
    minor: int
    currency: str
    day: str


class Cell(NamedTuple):
    """A cell as Excel keeps it.

    Attributes:
        shown: Its number format.
        struck_part: A text that stands before the value and is struck out, or that nobody sees.
        look: How that part looks: ``struck``, ``white`` or ``tiny``; ``raised`` stands behind.
    """

    value: str | int | float | dt.date | None = None
    shown: str = "General"
    is_struck: bool = False
    struck_part: str = ""
    is_yellow: bool = False
    look: str = "struck"


BLANK = Cell()
Row = Sequence[Cell]


@dataclass(slots=True)
class Tab:
    """One sheet of a workbook.

    Attributes:
        merged: Top, left, bottom and right of merged cells, counted from 1.
        hidden_rows: Counted from 1.
        hidden_columns: Counted from 1.
        explained_rows: Those that a line is about, counted from 1.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    phantom_row: int = 0
    explained_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet with its truth.

    Attributes:
        features: What was drawn, by dimension.
        paid: All that was paid, each once; nothing else may ever be ready.
        doubts: What the sheet does not settle by itself, so that it has to be asked.
        answers: What its sender knows, by the kind of a question or by its whole key.
        fields: By the letters of a column what it holds.
        words: What the marks, words and remarks of the sheet say: yes, no or nothing.
        currency: The programme's currency; None where none is known.
    """

    filename: str
    content: bytes
    features: Mapping[str, str]
    paid: Sequence[Payment]
    doubts: frozenset[str]
    answers: Mapping[str, str]
    fields: Mapping[str, str]
    words: Mapping[str, str]
    currency: str | None
