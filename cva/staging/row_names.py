"""Rows as people find them: by their number, with the tab where several lists were taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.db import batches
from cva.core.maker_checker import record_number
from cva.sheets.files.sheet_parts import SheetPart, row_name
from cva.sheets.findings.finding import Finding
from cva.staging.models import Sheet
from cva.staging.workflow import parts_of


class RowNames:
    """The names of the rows of some sheets."""

    def __init__(self, session: Session, sheet_ids: Iterable[int | None]) -> None:
        self._parts: dict[int, list[SheetPart]] = {}
        for part in batches(sheet_id for sheet_id in sheet_ids if sheet_id):
            query = select_columns(col(Sheet.id), col(Sheet.parts)).where(col(Sheet.id).in_(part))
            for sheet_id, parts in session.execute(query):
                self._parts[sheet_id] = [SheetPart(*one) for one in parts or ()]

    def of(self, sheet_id: int | None, number: int) -> str:
        """A row such as 7, or North 7 where it is the seventh of the tab North."""
        return row_name(self._parts.get(sheet_id or 0, ()), number)

    def shown(self, sheet_id: int | None, number: int) -> int | str:
        """The same in a column of a workbook, where a number alone stays a number."""
        name = self.of(sheet_id, number)
        return number if name == str(number) else name


def row_number(sheet: Sheet, texts: Mapping[str, str], field: str = "row") -> int:
    """The number of a row that somebody names: by it, or by its tab and number, as North 7.

    Raises:
        InputError: It is missing, or neither.
    """
    text, parts = " ".join(texts.get(field, "").split()), parts_of(sheet)
    name, _blank, last = text.rpartition(" ")
    for part in parts:
        if part.name == name and last.isdecimal():
            number = int(last) + part.offset
            if row_name(parts, number) == text:
                return number
    return record_number(texts, field)


def with_row_names(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Findings that speak of rows of other sheets, with the names of these rows."""
    sheets = [int(one.details.get("sheet_id") or 0) for one in findings]
    names = RowNames(session, sheets)
    return [
        _named(one, names.of(sheet_id, int(one.details["other_row"])))
        if sheet_id and one.details.get("other_row")
        else one
        for one, sheet_id in zip(findings, sheets, strict=True)
    ]


def _named(found: Finding, row: str) -> Finding:
    return replace(found, details={**found.details, "other_row": row})
