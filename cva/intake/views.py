"""What people are shown of a sheet: where it is, its totals, its rows and what is wrong in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Registration
from cva.core import jobs
from cva.core.audit import AuditEvent
from cva.core.dates import Month
from cva.intake import evidence
from cva.intake.cell_corrections import AmendedCells, amended_together, amendments
from cva.intake.column_mapping import may_map
from cva.intake.receiving import has_file
from cva.intake.sheet_submission import (
    confirmed_codes,
    has_assumed_currency,
    has_finding,
    has_news,
    has_other_total,
    needs_declaration,
)
from cva.journal import service as journal
from cva.kinds.handouts.posting import day_of_absences
from cva.kinds.registry import is_handout, is_known, kind_of
from cva.programmes.models import Programme
from cva.sheets.checking.checked import RowTotal
from cva.sheets.checking.finding_groups import FindingGroup, groups_of
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.questions import Question
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.context import SheetContext, load_context
from cva.staging.labels import SHEET_ACTS
from cva.staging.models import Amendment, RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.staging.rows import findings_of
from cva.staging.totals import AnswerTotal, answers_of, totals_of
from cva.staging.workflow import get_sheet, is_own, names_no_numbers, questions_of, row_counts
from cva.vouchers.models import Vendor


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet and all that is shown of it beside its rows.

    Attributes:
        counts: Rows by state (``ready``, ``error``, ``not_received``, ``excepted``).
        totals: Over the rows that would be or were posted, per currency.
        left_out: Over the rows with an error whose amount could be read.
        whole: Findings about the sheet as a whole, or about a line that is no row of the list.
        needs_declaration: Only the sender's word says who received.
        has_other_total: A total that the sheet states differs from its rows.
        has_assumed_currency: Only the programme tells the currency of the amounts.
        changes: What the sender confirms: what differs from the field list as it was written, from
            voucher books or, in a list before hand-out, from the registered names; the first.
        days: Of a submitted sheet, the day of each entry it will be posted as; ``absent_on``: of
            the one more that keeps who did not receive.
        answers: Of payment results, what the rows without an error say: paid, failed ...
        new_people: Ready rows' people who are not registered yet; ``known_people``: who are.
        is_outdated: Another sheet registered people of this one since it was checked.
        entries: Numbers of the journal entries it was posted as; ``months``: of their days, whose
            figures have it.
        people: E-mail addresses of those who sent, submitted, corrected and decided, by id.
        amendments: Cells corrected in the ledger, the oldest first.
        may_map: A person can still say what its columns hold.
        has_file: The file was kept.
        scans: Of the signed list.
        claimants: Codes of the vendors that claim vouchers with it.
    """

    sheet: Sheet
    society: Society
    programme: Programme
    round_code: str | None
    run: jobs.Job | None
    counts: Mapping[str, int]
    totals: Sequence[RowTotal]
    days: Sequence[date]
    absent_on: date | None
    left_out: Sequence[RowTotal]
    whole: Sequence[Finding]
    warnings: int
    answers: Sequence[AnswerTotal]
    new_people: int
    known_people: int
    is_outdated: bool
    entries: Sequence[int]
    months: Sequence[Month]
    people: Mapping[int, str]
    amendments: Sequence[Amendment]
    may_map: bool
    has_file: bool
    is_own: bool
    needs_declaration: bool
    has_other_total: bool
    has_assumed_currency: bool
    changes: Sequence[Finding]
    scans: Sequence[evidence.ListedScan]
    claimants: Sequence[str]

    #: So many of ``changes`` are shown.
    MOST_CHANGES: ClassVar[int] = 200

    @property
    def stage(self) -> str:
        """What the page is about: the sheet's state, or for a checked one what it still needs.

        ``checking``, ``broken`` (the check), ``asks``, ``unposted`` (a kind that is not posted
        yet), ``attention`` (rows with errors), ``nothing_ready``, ``ready``, or another state.
        """
        if self.is_being_checked:
            has_failed = self.run is not None and self.run.state == jobs.JobState.FAILED
            return "broken" if has_failed else "checking"
        if self.sheet.state != SheetState.CHECKED:
            return str(self.sheet.state)
        if self.sheet.asks:
            return "asks"
        if not is_known(self.sheet):
            return "unposted"
        if not has_news(self.sheet, self.counts):
            return "nothing_ready"
        return "attention" if self.errors else "ready"

    @property
    def needs_evidence(self) -> bool:
        """Whether it is accepted only with a scan of the signed list."""
        is_handout_done = is_handout(self.sheet) and not self.sheet.is_list
        return self.programme.needs_evidence and is_handout_done

    @property
    def questions(self) -> Sequence[Question]:
        """What the sheet leaves open."""
        return questions_of(self.sheet)

    @property
    def is_answer(self) -> bool:
        """Whether its rows are a provider's answers."""
        return kind_of(self.sheet).is_answer

    @property
    def takes_evidence(self) -> bool:
        """Whether a scan of a signed list may belong to it: it is about something given."""
        return kind_of(self.sheet).takes_evidence

    @property
    def is_without_numbers(self) -> bool:
        """Whether it has no column of registration numbers, so that the ledger knows its people."""
        return names_no_numbers(self.sheet)

    @property
    def amended(self) -> Sequence[AmendedCells]:
        """The corrected cells, equal corrections as one."""
        return amended_together(self.sheet, self.amendments)

    @property
    def errors(self) -> int:
        """Rows with an error."""
        return self.counts.get(RowState.ERROR, 0)

    @property
    def ready(self) -> int:
        """Rows that would be or were posted."""
        return self.counts.get(RowState.READY, 0) + self.counts.get(RowState.EXCEPTED, 0)

    @property
    def is_being_checked(self) -> bool:
        """Whether its check is still to come or under way."""
        return self.sheet.state == SheetState.RECEIVED


def show(session: Session, sheet_id: int) -> SheetView:
    """A sheet as its page shows it."""
    sheet = get_sheet(session, sheet_id)
    context = load_context(session, sheet)
    days, absent_on = _entry_days(context)
    corrections, scans = amendments(session, sheet_id), evidence.of_sheet(session, sheet_id)
    entries = journal.entries_of(session, sheet_id)
    involved = [
        *(sheet.received_by, sheet.submitted_by, sheet.decided_by),
        *(each.made_by for each in corrections),
        *(scan.added_by for scan in scans),
    ]
    return SheetView(
        sheet=sheet,
        society=context.society,
        programme=context.programme,
        round_code=context.round.code if context.round else None,
        run=jobs.latest(session, sheet_id),
        counts=row_counts(session, sheet_id),
        totals=totals_of(session, sheet_id, (RowState.READY, RowState.EXCEPTED)),
        days=days,
        absent_on=absent_on,
        left_out=totals_of(session, sheet_id, (RowState.ERROR,)),
        whole=findings_of(session, sheet_id, ~exists().where(_IS_ABOUT_ROW)),
        warnings=_warned_rows(session, sheet_id),
        answers=answers_of(session, sheet_id),
        new_people=_people(context, col(Registration.id).is_(None)),
        known_people=_people(context, col(Registration.id).is_not(None)),
        is_outdated=has_finding(session, sheet, "registered-since"),
        entries=[entry.number for entry in entries],
        months=sorted({Month.of(entry.effective_on) for entry in entries}),
        people=societies.emails(session, involved),
        amendments=corrections,
        may_map=may_map(session, sheet),
        has_file=has_file(session, sheet),
        is_own=is_own(session, sheet),
        needs_declaration=needs_declaration(sheet),
        has_other_total=has_other_total(session, sheet),
        has_assumed_currency=has_assumed_currency(session, sheet),
        changes=findings_of(
            session,
            sheet_id,
            col(RowFinding.code).in_(confirmed_codes(sheet)),
            most=SheetView.MOST_CHANGES,
        ),
        scans=scans,
        claimants=_claimants(session, sheet),
    )


#: The condition that a finding is about a staged row.
_IS_ABOUT_ROW = (col(StagedRow.sheet_id) == RowFinding.sheet_id) & (
    col(StagedRow.number) == RowFinding.number
)


def _warned_rows(session: Session, sheet_id: int) -> int:
    query = (
        select(func.count(col(RowFinding.number).distinct()))
        .join(StagedRow, _IS_ABOUT_ROW)
        .where(RowFinding.sheet_id == sheet_id, RowFinding.severity == "warning")
    )
    return session.exec(query).one()


def _people(context: SheetContext, is_meant: ColumnElement[bool]) -> int:
    """How many people of ready rows are registered, or are not."""
    query = (
        select_columns(func.count(col(StagedRow.registration_key).distinct()))
        .join(Registration, context.is_registered, isouter=True)
        .where(context.is_ready, is_meant)
    )
    return int(context.session.execute(query).scalar_one())


def _entry_days(context: SheetContext) -> tuple[Sequence[date], date | None]:
    """Of a submitted sheet, the days of the entries to come, and of that of who was absent."""
    if context.sheet.state != SheetState.SUBMITTED:
        return (), None
    kind = kind_of(context.sheet)
    return kind.entry_days(context), day_of_absences(context) if kind.is_handout else None


def _claimants(session: Session, sheet: Sheet) -> list[str]:
    """The codes of the vendors that claim vouchers with a sheet."""
    query = (
        select(Vendor.code)
        .join(StagedRow, col(StagedRow.vendor_id) == Vendor.id)
        .where(StagedRow.sheet_id == sheet.id)
        .distinct()
        .order_by(Vendor.code)
    )
    return list(session.exec(query))


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

    @property
    def groups(self) -> Sequence[FindingGroup]:
        """The findings, the same fault in many cells as one."""
        fields = {column["field"] for column in self.sheet.columns}
        return groups_of(self.findings, self.sheet.kind, fields)


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


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """One thing that was done with a sheet.

    Attributes:
        who: E-mail address; empty where the ledger did it itself.
        rows: How many rows it was about, where the trail says so. ``row``: the very one.
        request_id: The request that a second person confirmed, which has the reason.
    """

    at: datetime
    act: str
    who: str
    rows: int | None
    row: int | None
    request_id: int | None


def sheet_history(session: Session, sheet: Sheet) -> list[SheetEvent]:
    """All that was done with a sheet."""
    events = session.exec(
        select(AuditEvent)
        .where(
            AuditEvent.society_id == sheet.society_id,
            AuditEvent.subject_id == sheet.id,
            col(AuditEvent.act).in_(SHEET_ACTS),
        )
        .order_by(col(AuditEvent.id))
    ).all()
    people = societies.emails(session, [event.user_id for event in events])
    return [
        SheetEvent(
            event.at,
            event.act,
            people.get(event.user_id, ""),
            (event.detail or {}).get("rows"),
            (event.detail or {}).get("row"),
            (event.detail or {}).get("request"),
        )
        for event in events
    ]
