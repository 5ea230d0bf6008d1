"""What is to be marked, as it travels to the process that does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Of the number that says how long the order is.
LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class AnnotationLine:
    """One finding.

    Attributes:
        severity: ``error``, ``warning`` or ``info``; ``word`` is what the reader calls it.
        sheet: The sheet it is about; empty where it is about the whole file.
        cell: Such as L18; empty where no cell is meant.
    """

    severity: str
    word: str
    sheet: str
    cell: str
    heading: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingsSheet:
    """The whole page, in the reader's language.

    Attributes:
        name: What its tab is called.
        preamble: Lines above the table; the first is the title.
        headings: Of severity, cell, column, value and what to do.
    """

    name: str
    preamble: Sequence[str]
    headings: Sequence[str]
    lines: Sequence[AnnotationLine]
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class AnnotationRequest:
    """What is to be done.

    Attributes:
        page: The page of findings.
        amended: By sheet, the texts of cells that replace those of the file.
        marks: What the workbook will say of itself beside what it says already.
    """

    page: FindingsSheet
    amended: Mapping[str, Mapping[str, str]]
    marks: Mapping[str, str]


def request_of(values: Mapping[str, Any]) -> AnnotationRequest:
    """The order that JSON carries."""
    page = values["page"]
    lines = [AnnotationLine(**line) for line in page["lines"]]
    return AnnotationRequest(**{**values, "page": FindingsSheet(**{**page, "lines": lines})})
