"""What the check of a stored sheet found: the same as ``cva check`` says of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from cva.intake.cell_corrections import amendments
from cva.sheets.checking.checked import RowTotal
from cva.sheets.findings.finding import Finding, finding_of
from cva.sheets.vocabulary.choices import Question
from cva.societies import service as societies
from cva.staging.models import Amendment, RowFinding, RowState, Sheet
from cva.staging.totals import AnswerTotal, answers_of, totals_of
from cva.staging.workflow import questions_of, row_counts


@dataclass(frozen=True, slots=True)
class SheetReport:
    """All that the check of a sheet found.

    Attributes:
        counts: Rows by state.
        answers: Of payment results, what the rows without an error say.
    """

    sheet: Sheet
    counts: Mapping[str, int]
    totals: Sequence[RowTotal]
    answers: Sequence[AnswerTotal]
    findings: Sequence[Finding]
    ask: Sequence[Question]


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A sheet with its report and the cells amended since; ``people``: e-mail addresses by id."""

    sheet: Sheet
    report: SheetReport
    amendments: Sequence[Amendment]
    people: Mapping[int, str]


def report_of(session: Session, sheet: Sheet) -> SheetReport:
    """What the check of a sheet found, from what is stored."""
    stored = session.exec(select(RowFinding.finding).where(RowFinding.sheet_id == sheet.id))
    return SheetReport(
        sheet=sheet,
        counts=row_counts(session, sheet.id),
        totals=totals_of(session, sheet.id, (RowState.READY,)),
        answers=answers_of(session, sheet.id),
        findings=sorted((finding_of(each) for each in stored), key=lambda found: found.row or 0),
        ask=questions_of(sheet),
    )


def checked_sheet(session: Session, sheet: Sheet) -> CheckedSheet:
    """A sheet with all that its check found."""
    made = amendments(session, sheet.id)
    people = societies.emails(session, [each.made_by for each in made])
    return CheckedSheet(sheet, report_of(session, sheet), made, people)
