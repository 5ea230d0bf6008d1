"""What is to be marked, as it travels to the process that does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cva.sheets.files.limits import Limits

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
class AnnotationRequest:
    """A workbook to be marked, and the page of findings in the reader's language.

    Attributes:
        sha256: Of the file as it was sent, by which the workbook is known when it comes back.
        form: How the file is read: a kind of workbook, ``text``, ``page`` or ``xml``.
        limits: How long it may take.
        amended: By sheet, the texts of cells that replace those of the file.
        beside: By sheet and row, texts of one more column behind the last; of the heading too.
        name: What the tab of the page is called.
        preamble: Lines above its table; the first is the title.
        headings: Of severity, cell, column, value and what to do.
    """

    sha256: str
    form: str
    limits: Limits
    amended: Mapping[str, Mapping[str, str]]
    beside: Mapping[str, Mapping[str, str]]
    name: str
    preamble: Sequence[str]
    headings: Sequence[str]
    lines: Sequence[AnnotationLine]
    is_right_to_left: bool


def request_of(values: Mapping[str, Any]) -> AnnotationRequest:
    """The request that JSON carries."""
    lines = [AnnotationLine(**line) for line in values["lines"]]
    return AnnotationRequest(**{**values, "lines": lines, "limits": Limits(**values["limits"])})
