"""What people are shown of a sheet: where it is, its totals, its rows and what is wrong in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cva.beneficiaries.models import Registration
from cva.core import runs
from cva.core.money import Money, plain
from cva.core.scope import actor_of
from cva.intake.deciding import (
    EXCEPTABLE,
    POSTABLE,
    get_sheet,
    has_other_total,
    needs_declaration,
    row_counts,
)
from cva.intake.models import RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.intake.receiving import sheet_id_of
from cva.journal import service as journal
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.sheets.findings import Finding, finding_of
from cva.sheets.report import finding_json
from cva.societies import service as societies
from cva.societies.models import Society

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some rows in one currency (or their number, where they carry no amount)."""

    money: Money
    rows: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet and all that is told about it beside its rows.

    Attributes:
        counts: Rows by state (``ready``, ``error``, ``not_received``, ``excepted``).
        totals: Over the rows that would be or were posted, per currency.
        left_out: Over the rows with an error whose amount could be read.
        whole: Findings about the sheet as a whole, or about a line that is no row of the list.
        needs_declaration: Only the sender's word says who received.
        has_other_total: A total that the sheet states differs from its rows.
        days: The days of hand-out of these rows; each becomes an entry.
        new_people: Ready rows' people who are not registered yet.
        entries: Numbers of the journal entries it was posted as.
        people: E-mail addresses of those who sent, submitted and decided, by id.
    """

    sheet: Sheet
    society: Society
    programme: Programme
    round_code: str | None
    run: runs.Run | None
    counts: Mapping[str, int]
    totals: Sequence[Total]
    days: Sequence[date]
    left_out: Sequence[Total]
    whole: Sequence[Finding]
    warnings: int
    new_people: int
    entries: Sequence[int]
    people: Mapping[int, str]
    is_own: bool
    needs_declaration: bool
    has_other_total: bool

    @property
    def stage(self) -> str:
        """What the page is about: the sheet's state, or for a checked one what it still needs.

        ``checking``, ``broken`` (the check), ``asks``, ``unposted`` (a kind that is not posted
        yet), ``attention`` (rows with errors), ``nothing_ready``, ``ready``, or another state.
        """
        if self.is_being_checked:
            has_failed = self.run is not None and self.run.state == runs.RunState.FAILED
            return "broken" if has_failed else "checking"
        if self.sheet.state != SheetState.CHECKED:
            return str(self.sheet.state)
        if self.sheet.asks:
            return "asks"
        if self.sheet.kind not in POSTABLE:
            return "unposted"
        if not self.ready:
            return "nothing_ready"
        return "attention" if self.errors else "ready"

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


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as the sender wrote it, with what is wrong in it by field."""

    number: int
    state: str
    cells: Sequence[str]
    findings: Mapping[str, Sequence[Finding]]
    about_row: Sequence[Finding]
    can_be_excepted: bool
    exception: str | None
    exception_reason: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One page of a sheet's rows.

    Attributes:
        show: ``"problems"`` (rows with findings) or ``"all"``.
        matching: Rows on all pages of it.
        problems: Rows with findings, whatever is shown.
    """

    rows: Sequence[GridRow]
    show: str
    page: int
    pages: int
    matching: int
    problems: int


def show(session: Session, sheet_id: int) -> SheetView:
    """A sheet as its page tells it."""
    sheet = get_sheet(session, sheet_id)
    involved = [sheet.received_by, sheet.submitted_by, sheet.decided_by]
    return SheetView(
        sheet=sheet,
        society=societies.get_society(session, sheet.society_id),
        programme=programmes.get_programme(session, sheet.programme_id),
        round_code=programmes.get_round(session, sheet.round_id).code if sheet.round_id else None,
        run=runs.latest(session, sheet_id),
        counts=row_counts(session, sheet_id),
        totals=totals_of(session, sheet_id, (RowState.READY, RowState.EXCEPTED)),
        days=_days(session, sheet_id),
        left_out=totals_of(session, sheet_id, (RowState.ERROR,)),
        whole=_whole_findings(session, sheet_id),
        warnings=_warned_rows(session, sheet_id),
        new_people=_new_people(session, sheet),
        entries=journal.numbers_of(session, sheet_id),
        people=societies.emails(session, involved),
        is_own=actor_of(session).user_id in {sheet.received_by, sheet.submitted_by},
        needs_declaration=needs_declaration(sheet),
        has_other_total=has_other_total(session, sheet),
    )


def list_sheets(session: Session, society_id: int | None = None) -> Sequence[Sheet]:
    """Sheets within the actor's societies, newest first."""
    query = select(Sheet).order_by(col(Sheet.id).desc())
    if society_id is not None:
        query = query.where(Sheet.society_id == society_id)
    return session.exec(query.limit(200)).all()


def totals_of(session: Session, sheet_id: int, states: Sequence[str]) -> list[Total]:
    """Sums of a sheet's rows in some states, per currency; two currencies are never added."""
    query = (
        select_columns(col(StagedRow.currency), func.sum(StagedRow.amount_minor), func.count())
        .where(
            col(StagedRow.sheet_id) == sheet_id,
            col(StagedRow.state).in_(states),
            col(StagedRow.amount_minor).is_not(None),
            col(StagedRow.currency).is_not(None),
        )
        .group_by(col(StagedRow.currency))
        .order_by(col(StagedRow.currency))
    )
    return [
        Total(Money(currency, int(minor)), int(rows))
        for currency, minor, rows in session.execute(query)
    ]


def grid(session: Session, sheet_id: int, *, show: str | None = None, page: int = 1) -> Grid:
    """One page of rows: those with findings, or all; unless asked, those with findings if any."""
    sheet = get_sheet(session, sheet_id)
    with_findings = (
        select(RowFinding.number)
        .where(RowFinding.sheet_id == sheet_id, col(RowFinding.number).is_not(None))
        .distinct()
    )
    query = select(StagedRow).where(StagedRow.sheet_id == sheet_id)
    of_problems = query.where(col(StagedRow.number).in_(with_findings))
    problems = _number_of(session, of_problems)
    show = "problems" if show == "problems" or (show is None and problems) else "all"
    query = of_problems if show == "problems" else query
    matching = problems if show == "problems" else _number_of(session, query)
    pages = max(1, -(-matching // ROWS_PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.exec(
        query.order_by(col(StagedRow.number))
        .offset((page - 1) * ROWS_PER_PAGE)
        .limit(ROWS_PER_PAGE)
    ).all()
    found = _findings_by_row(session, sheet_id, [row.number for row in rows])
    fields = {column["field"] for column in sheet.columns if column["field"]}
    shown = [_grid_row(row, found.get(row.number, []), fields) for row in rows]
    return Grid(shown, show, page, pages, matching, problems)


def _number_of(session: Session, query: SelectOfScalar[StagedRow]) -> int:
    return session.exec(select(func.count()).select_from(query.subquery())).one()


def _grid_row(row: StagedRow, findings: Sequence[Finding], fields: set[str]) -> GridRow:
    by_field: dict[str, list[Finding]] = {}
    about_row: list[Finding] = []
    for finding in findings:
        if finding.field in fields:
            by_field.setdefault(str(finding.field), []).append(finding)
        else:
            about_row.append(finding)
    errors = {finding.code for finding in findings if finding.severity == "error"}
    return GridRow(
        number=row.number,
        state=row.state,
        cells=row.record[0],
        findings=by_field,
        about_row=about_row,
        can_be_excepted=row.state == RowState.ERROR and bool(errors) and errors <= set(EXCEPTABLE),
        exception=row.exception,
        exception_reason=row.exception_reason,
    )


def _whole_findings(session: Session, sheet_id: int) -> list[Finding]:
    rows = session.exec(
        select(RowFinding.told)
        .join(
            StagedRow,
            (col(StagedRow.sheet_id) == RowFinding.sheet_id)
            & (col(StagedRow.number) == RowFinding.number),
            isouter=True,
        )
        .where(RowFinding.sheet_id == sheet_id, col(StagedRow.id).is_(None))
        .order_by(col(RowFinding.number), col(RowFinding.id))
    )
    return [finding_of(told) for told in rows]


def _findings_by_row(
    session: Session, sheet_id: int, numbers: Sequence[int]
) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    rows = session.exec(
        select(RowFinding.number, RowFinding.told).where(
            RowFinding.sheet_id == sheet_id, col(RowFinding.number).in_(numbers)
        )
    )
    for number, told in rows:
        found.setdefault(number or 0, []).append(finding_of(told))
    return found


def _days(session: Session, sheet_id: int) -> list[date]:
    query = (
        select_columns(col(StagedRow.day))
        .where(
            col(StagedRow.sheet_id) == sheet_id,
            col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
            col(StagedRow.day).is_not(None),
        )
        .distinct()
        .order_by(col(StagedRow.day))
    )
    return [day for (day,) in session.execute(query) if day is not None]


def _warned_rows(session: Session, sheet_id: int) -> int:
    of_rows = (col(StagedRow.sheet_id) == RowFinding.sheet_id) & (
        col(StagedRow.number) == RowFinding.number
    )
    query = (
        select(func.count(col(RowFinding.number).distinct()))
        .join(StagedRow, of_rows)
        .where(RowFinding.sheet_id == sheet_id, RowFinding.severity == "warning")
    )
    return session.exec(query).one()


def _new_people(session: Session, sheet: Sheet) -> int:
    """People of ready rows whose number nobody is registered under."""
    query = (
        select_columns(func.count(col(StagedRow.registration_key).distinct()))
        .join(
            Registration,
            (col(Registration.number_key) == StagedRow.registration_key)
            & (col(Registration.society_id) == sheet.society_id),
            isouter=True,
        )
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.READY,
            col(Registration.id).is_(None),
        )
    )
    return int(session.execute(query).scalar_one())


def report_of(session: Session, sheet: Sheet) -> dict[str, Any]:
    """What ``cva check`` says of the sheet, from what is stored."""
    sheet_id = sheet_id_of(sheet)
    counts = row_counts(session, sheet_id)
    told = session.exec(select(RowFinding.told).where(RowFinding.sheet_id == sheet_id))
    findings = sorted((finding_of(each) for each in told), key=lambda finding: finding.row or 0)
    return {
        "file": sheet.filename,
        "sha256": sheet.sha256,
        "kind": sheet.kind,
        "sheet": sheet.sheet_name,
        "header_row": sheet.header_row,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "ready": counts.get(RowState.READY, 0),
        "not_received": counts.get(RowState.NOT_RECEIVED, 0),
        "totals": [
            {
                "currency": total.money.currency,
                "amount": plain(total.money.currency, total.money.minor),
                "rows": total.rows,
            }
            for total in totals_of(session, sheet_id, (RowState.READY,))
        ],
        "findings": [finding_json(finding) for finding in findings],
        "ask": sheet.asks,
    }
