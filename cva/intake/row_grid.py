"""The sender's own rows, a page at a time, with what is wrong in each cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cva.beneficiaries.models import Registration
from cva.beneficiaries.service import number_of
from cva.core.errors import NotFoundError
from cva.core.i18n import gettext as _
from cva.core.paging import place_of_page
from cva.intake.approval import EXCEPTABLE
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.findings.finding import Finding, finding_of
from cva.staging.models import GIVEN, RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.staging.rows import cells_of, values_of
from cva.staging.workflow import get_sheet, names_no_numbers, parts_of

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as the sender wrote it, with what is wrong in it by field.

    Attributes:
        name: Its number as a person finds it, with the tab where several were taken together.
        person: The number of its person, where the ledger gave or knew it and no column has it.
    """

    number: int
    name: str
    state: str
    cells: Sequence[str]
    findings: Mapping[str, Sequence[Finding]]
    about_row: Sequence[Finding]
    can_be_excepted: bool
    exception: str | None
    exception_reason: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One page of a sheet's rows.

    Attributes:
        show: ``"errors"`` (rows with an error), ``"problems"`` (with any finding), ``"new"`` (of
            people who are not registered yet) or ``"all"``.
        errors: Rows with an error, whatever is shown. ``problems``: rows with any finding.
    """

    rows: Sequence[GridRow]
    show: str
    page: int
    pages: int
    errors: int
    problems: int
    new: int


def grid(
    session: Session,
    sheet_id: int,
    *,
    show: str | None = None,
    page: int = 1,
    row: int | None = None,
) -> Grid:
    """One page of rows; unless asked, those with an error, else those with findings, else all.

    Who decides about a sheet sees all rows with findings first: its errors are settled.
    A ``row`` that is asked for is on the page, among all rows.
    """
    sheet = get_sheet(session, sheet_id)
    all_rows = select(StagedRow).where(StagedRow.sheet_id == sheet_id)
    views = {
        "errors": all_rows.where(col(StagedRow.number).in_(_numbers(sheet_id, "error"))),
        "problems": all_rows.where(col(StagedRow.number).in_(_numbers(sheet_id))),
        "new": _new_people(sheet, all_rows),
        "all": all_rows,
    }
    counts = {name: _number_of(session, query) for name, query in views.items()}
    if row is not None:
        before = _number_of(session, all_rows.where(StagedRow.number < row))
        show, page = "all", 1 + before // ROWS_PER_PAGE
    if show not in views:
        first = ("errors", "problems") if sheet.state == SheetState.CHECKED else ("problems",)
        show = next((name for name in first if counts[name]), "all")
    page, pages = place_of_page(page, counts[show], ROWS_PER_PAGE)
    rows = session.exec(
        views[show]
        .order_by(col(StagedRow.number))
        .offset((page - 1) * ROWS_PER_PAGE)
        .limit(ROWS_PER_PAGE)
    ).all()
    return Grid(
        rows=_grid_rows(session, sheet, rows),
        show=show,
        page=page,
        pages=pages,
        errors=counts["errors"],
        problems=counts["problems"],
        new=counts["new"],
    )


def _new_people(sheet: Sheet, rows: SelectOfScalar[StagedRow]) -> SelectOfScalar[StagedRow]:
    """The rows to be posted whose people are not registered yet."""
    is_registered = (
        select(Registration.id)
        .where(
            Registration.society_id == sheet.society_id,
            Registration.number_key == StagedRow.registration_key,
        )
        .exists()
    )
    return rows.where(
        col(StagedRow.state).in_(GIVEN),
        col(StagedRow.registration_key).is_not(None),
        ~is_registered,
    )


def one_row(session: Session, sheet_id: int, number: int) -> GridRow:
    """One row with what is wrong in it.

    Raises:
        NotFoundError: The sheet has no such row.
    """
    sheet = get_sheet(session, sheet_id)
    row = session.exec(
        select(StagedRow).where(StagedRow.sheet_id == sheet_id, StagedRow.number == number)
    ).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such record."))
    return _grid_rows(session, sheet, [row])[0]


def _numbers(sheet_id: int, severity: str | None = None) -> SelectOfScalar[Any]:
    """Numbers of the rows with findings, or with findings of one severity."""
    query = select(RowFinding.number).where(
        RowFinding.sheet_id == sheet_id, col(RowFinding.number).is_not(None)
    )
    return query if severity is None else query.where(RowFinding.severity == severity)


def _number_of(session: Session, query: SelectOfScalar[StagedRow]) -> int:
    return session.exec(select(func.count()).select_from(query.subquery())).one()


def _grid_rows(session: Session, sheet: Sheet, rows: Sequence[StagedRow]) -> list[GridRow]:
    stored = session.exec(
        select(RowFinding.number, RowFinding.finding).where(
            RowFinding.sheet_id == sheet.id,
            col(RowFinding.number).in_([row.number for row in rows]),
        )
    )
    found: dict[int | None, list[Finding]] = defaultdict(list)
    for number, finding in stored:
        found[number].append(finding_of(finding))
    fields = {column["field"] for column in sheet.columns if column["field"]}
    parts = parts_of(sheet)
    is_numbered = not names_no_numbers(sheet)
    return [
        _grid_row(
            row,
            row_name(parts, row.number),
            found[row.number],
            fields,
            None if is_numbered else number_of(values_of(row.record)),
        )
        for row in rows
    ]


def _grid_row(
    row: StagedRow, name: str, findings: Sequence[Finding], fields: set[str], person: str | None
) -> GridRow:
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
        name=name,
        state=row.state,
        cells=cells_of(row.record),
        findings=by_field,
        about_row=about_row,
        can_be_excepted=row.state == RowState.ERROR and bool(errors) and errors <= set(EXCEPTABLE),
        exception=row.exception,
        exception_reason=row.exception_reason,
        person=person,
    )
