"""What the check of a stored sheet found: the same as ``cva check`` says of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from cva.intake.cell_corrections import amendments
from cva.sheets.checking.checked import RowTotal
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.choices import Question
from cva.societies import service as societies
from cva.staging.models import Amendment, RowState, Sheet
from cva.staging.rows import findings_of
from cva.staging.totals import AnswerTotal, answers_of, totals_of
from cva.staging.workflow import questions_of, row_counts


@dataclass(frozen=True, slots=True)
class SheetReport:
    """All that the check of a sheet found, and the cells amended since.

    Attributes:
        counts: Rows by state.
        answers: Of payment results, what the rows without an error say.
        people: E-mail addresses of those who amended, by id.
    """

    sheet: Sheet
    counts: Mapping[str, int]
    totals: Sequence[RowTotal]
    answers: Sequence[AnswerTotal]
    findings: Sequence[Finding]
    ask: Sequence[Question]
    amendments: Sequence[Amendment]
    people: Mapping[int, str]


def report_of(session: Session, sheet: Sheet) -> SheetReport:
    """What the check of a sheet found, from what is stored."""
    made = amendments(session, sheet.id)
    return SheetReport(
        sheet=sheet,
        counts=row_counts(session, sheet.id),
        totals=totals_of(session, sheet.id, (RowState.READY,)),
        answers=answers_of(session, sheet.id),
        findings=findings_of(session, sheet.id),
        ask=questions_of(sheet),
        amendments=made,
        people=societies.emails(session, [each.made_by for each in made]),
    )
