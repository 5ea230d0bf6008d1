"""A sheet with all that its check and its posting ask about it, loaded once for each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, or_

from cva.beneficiaries.models import Beneficiary, Registration
from cva.core import clock
from cva.programmes import service as programmes
from cva.programmes.models import Programme, Round
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.sheet_parts import SheetPart, cell_in_workbook
from cva.sheets.findings.finding import Finding, severity_of
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.models import RowState, Sheet, StagedRow
from cva.staging.workflow import parts_of

#: The fields by which a person is meant, the first that a sheet has.
_WHO = ("registration_no", "full_name", "family_name", "first_name", "id_number", "phone")


@dataclass(frozen=True, slots=True)
class CellLocator:
    """Where the fields of a sheet are, so that a finding can name the cell."""

    sheet_name: str | None
    columns: dict[str, tuple[str, str]]
    parts: Sequence[SheetPart] = ()

    def finding(self, code: str, row: int, field: str, value: str, **details: object) -> Finding:
        """A finding about one row, at the cell of a field; it is as grave as its code."""
        column, heading = self.columns.get(field, ("", None))
        sheet, cell = cell_in_workbook(self.parts, self.sheet_name or "", row, column_of(column))
        return Finding(
            severity=severity_of(code),
            code=code,
            sheet=sheet,
            cell=cell if column else None,
            row=row,
            field=field,
            heading=heading,
            value=value,
            details=_as_texts(details),
        )

    def at_number(self, code: str, row: int, number: str, **details: object) -> Finding:
        """A finding about the person of a row, at the number or what else says who it is."""
        field = next((name for name in _WHO if name in self.columns), _WHO[0])
        return self.finding(code, row, field, number, **details)

    def about_sheet(self, code: str, value: str = "", **details: object) -> Finding:
        """A finding about the sheet as a whole."""
        return Finding(
            severity_of(code), code, self.sheet_name, value=value, details=_as_texts(details)
        )


def _as_texts(details: Mapping[str, object]) -> dict[str, str]:
    return {name: str(detail) for name, detail in details.items()}


@dataclass(frozen=True)
class SheetContext:
    """A staged sheet and what it belongs to.

    Attributes:
        round: None where the sheet names none.
        today: In the society's time zone.
    """

    session: Session
    sheet: Sheet
    society: Society
    programme: Programme
    round: Round | None
    today: date

    @cached_property
    def locator(self) -> CellLocator:
        """Where the fields of the sheet are."""
        columns = self.sheet.columns
        found = {column["field"]: (column["column"], column["heading"]) for column in columns}
        return CellLocator(self.sheet.sheet_name, found, parts_of(self.sheet))

    @property
    def is_ready(self) -> ColumnElement[bool]:
        """The condition that a row of this sheet would be posted."""
        return and_(
            col(StagedRow.sheet_id) == self.sheet.id,
            col(StagedRow.state) == RowState.READY,
        )

    def people_with(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Each ready row of a registered person once: its number, the person's, these columns."""
        return (
            select_columns(col(StagedRow.number), col(Registration.number), *columns)
            .join(Registration, self.is_registered)
            .where(self.is_ready)
            .group_by(col(StagedRow.number), col(Registration.number))
            .order_by(col(StagedRow.number))
        )

    def registered(self, *columns: SQLColumnExpression[Any]) -> Select[Any]:
        """Each registered person of the sheet: the comparable number, and these columns."""
        return (
            select_columns(col(Registration.number_key), *columns)
            .join(Beneficiary, col(Beneficiary.id) == Registration.beneficiary_id)
            .join(StagedRow, self.is_registered)
            .where(col(StagedRow.sheet_id) == self.sheet.id)
            .distinct()
        )

    @property
    def names_instalment(self) -> ColumnElement[bool]:
        """The row came from a field list, which was written for one instalment of the person."""
        return col(StagedRow.instalment).is_not(None)

    def is_about(self, instalment: object) -> ColumnElement[bool]:
        """Whether a row may mean what is recorded of an instalment: it names it, or none."""
        return or_(~self.names_instalment, col(StagedRow.instalment) == instalment)

    @property
    def is_registered(self) -> ColumnElement[bool]:
        """A staged row's number is a registration of this society."""
        return and_(
            col(Registration.society_id) == self.sheet.society_id,
            col(Registration.number_key) == StagedRow.registration_key,
        )


def load_context(session: Session, sheet: Sheet) -> SheetContext:
    """Load what a sheet belongs to."""
    society = societies.get_society(session, sheet.society_id)
    return SheetContext(
        session=session,
        sheet=sheet,
        society=society,
        programme=programmes.get_programme(session, sheet.programme_id),
        round=programmes.get_round(session, sheet.round_id) if sheet.round_id else None,
        today=clock.today(society.time_zone),
    )
