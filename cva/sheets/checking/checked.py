"""What a check yields: frozen values that know nothing of workbooks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cva.core.money import Money
from cva.sheets.files.sheet_parts import SheetPart
from cva.sheets.findings.finding import Finding
from cva.sheets.recognition.recognise import RecognisedColumn
from cva.sheets.vocabulary.questions import Question

READY = "ready"
ERROR = "error"
NOT_RECEIVED = "not_received"
#: A field list has the person, and nothing was filled in.
NO_ANSWER = "no_answer"
#: Nothing is wrong with the row, but it waits for the answer to a question.
OPEN = "open"


class CheckedRow(NamedTuple):
    """One row of data.

    Attributes:
        number: As Excel numbers it.
        state: ``ready``, ``error``, ``not_received``, ``no_answer`` or ``open``.
        cells: As typed, one for each of the sheet's columns.
        values: Field to value as read; no key where there is none. Amounts are minor units
            under ``amount_minor`` beside ``currency``, dates ISO text.
    """

    number: int
    state: str
    cells: tuple[str, ...]
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check.

    Attributes:
        file: The name of the file.
        sha256: Digest of the file.
        content_sha256: Digest of the values as read; the same after saving again in Excel, with
            other lines above the headings or the columns in another order.
        headings_key: The same for the same set of headings.
        parts: The lists that were taken together, where there are several.
        columns: All columns with a heading or chosen by the sender, from the left.
        ask: What the sheet cannot settle by itself.
        has_receipt: Whether a receipt column decides who received.
        refused: The file was turned away as a whole; ``findings`` has the one reason.
        marks: What a workbook of ours says of itself (``cva.sheets.recognition.opened_workbook``).
    """

    file: str
    sha256: str
    content_sha256: str | None = None
    kind: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    headings_key: str | None = None
    parts: tuple[SheetPart, ...] = ()
    columns: tuple[RecognisedColumn, ...] = ()
    rows: list[CheckedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ask: list[Question] = field(default_factory=list)
    has_receipt: bool = False
    refused: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)


class RowTotal(NamedTuple):
    """The sum of some rows in one currency."""

    money: Money
    rows: int


def row_totals(rows: Iterable[CheckedRow]) -> list[RowTotal]:
    """The ready rows' amounts per currency; two currencies are never added."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in rows:
        amount, currency = row.values.get("amount_minor"), row.values.get("currency")
        if row.state == READY and isinstance(amount, int) and isinstance(currency, str):
            sums[currency] += amount
            counts[currency] += 1
    return [
        RowTotal(Money(currency, sums[currency]), count)
        for currency, count in sorted(counts.items())
    ]


def exit_status(checked: Checked) -> int:
    """0 nothing wrong, 1 errors or questions, 2 refused as a whole."""
    if checked.refused:
        return 2
    wrong = any(finding.severity == "error" for finding in checked.findings)
    return 1 if wrong or checked.ask else 0
