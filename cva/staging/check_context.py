"""What the ledger is asked about a staged sheet, and where an answer is shown in it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, or_

from cva.beneficiaries.models import Registration
from cva.programmes.models import Programme, Round
from cva.sheets.findings.finding import Finding
from cva.staging.models import RowState, Sheet, StagedRow


@dataclass(frozen=True, slots=True)
class CellLocator:
    """Where the fields of a sheet stand, so that a finding can name the cell."""

    sheet_name: str | None
    columns: dict[str, tuple[str, str]]

    def finding(
        self, severity: str, code: str, row: int, field: str, value: str, **details: str
    ) -> Finding:
        """A finding about one row, at the cell of a field."""
        column, heading = self.columns.get(field, (None, None))
        return Finding(
            severity=severity,
            code=code,
            sheet=self.sheet_name or "",
            cell=f"{column}{row}" if column else None,
            row=row,
            field=field,
            heading=heading,
            value=value,
            details=details,
        )


def locator_of(sheet: Sheet) -> CellLocator:
    """Where the fields of a stored sheet stand."""
    columns = {column["field"]: (column["column"], column["heading"]) for column in sheet.columns}
    return CellLocator(sheet.sheet_name, columns)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A staged sheet, with what it is held against.

    Attributes:
        named_round: None where the sheet makes a round of its own.
    """

    session: Session
    sheet: Sheet
    programme: Programme
    named_round: Round | None
    places: CellLocator

    @property
    def ready(self) -> ColumnElement[bool]:
        """The rows of this sheet that would be posted."""
        return and_(
            col(StagedRow.sheet_id) == self.sheet.id,
            col(StagedRow.state) == RowState.READY,
        )

    def people_with(self, *told: ColumnElement[Any]) -> Select[Any]:
        """Each ready row of a registered person once: its number, the person's, what is told."""
        return (
            select_columns(col(StagedRow.number), col(Registration.number), *told)
            .join(Registration, self.registered)
            .where(self.ready)
            .group_by(col(StagedRow.number), col(Registration.number))
            .order_by(col(StagedRow.number))
        )

    @property
    def names_instalment(self) -> ColumnElement[bool]:
        """The row came from a field list, which was written for one instalment of the person."""
        return col(StagedRow.instalment).is_not(None)

    def is_about(self, instalment: object) -> ColumnElement[bool]:
        """Whether a row may mean what is recorded of an instalment: it names it, or none."""
        return or_(~self.names_instalment, col(StagedRow.instalment) == instalment)

    @property
    def registered(self) -> ColumnElement[bool]:
        """A staged row's number is a registration of this society."""
        return and_(
            col(Registration.society_id) == self.sheet.society_id,
            col(Registration.number_key) == StagedRow.registration_key,
        )
