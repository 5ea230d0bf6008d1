"""The rows behind an entry, and the digest the entry holds over them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, select

from cva.core.identifiers import new_ids


def digest(value: object) -> str:
    """SHA-256 of a value as compact JSON; days as ISO text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows, each with a random id of its own."""
    return [row | {"id": new} for row, new in zip(rows, new_ids(len(rows)), strict=True)]


def rows_digest(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> str:
    """The digest over all columns of all rows, in the order of their ids.

    People stand in it by random id only, so that erasing a person breaks nothing.
    """
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    return digest([[row[name] for name in columns] for row in ordered])


@dataclass(frozen=True, slots=True)
class Behind:
    """A table whose rows stand behind entries, and every column of it that their digest reads.

    The table has ``entry_id``, and ``sheet_id`` for what came with a sheet.
    """

    table: type[SQLModel]
    columns: tuple[str, ...]

    def digest(self, rows: Sequence[dict[str, Any]]) -> str:
        """The digest an entry holds over its rows."""
        return rows_digest(rows, self.columns)

    def of_sheet(
        self,
        session: Session,
        sheet_id: int,
        row_number: int | None = None,
        *conditions: ColumnElement[bool],
    ) -> list[dict[str, Any]]:
        """The rows that came with a sheet, or with one row of it, and meet conditions."""
        table: Any = self.table
        of_row = [] if row_number is None else [table.row_number == row_number]
        return self.rows(session, table.sheet_id == sheet_id, *of_row, *conditions)

    def of_entry(self, session: Session, entry_id: int) -> list[dict[str, Any]]:
        """The rows of one entry."""
        return self.rows(session, self.table.entry_id == entry_id)  # type: ignore[attr-defined]

    def rows(
        self,
        session: Session,
        *conditions: ColumnElement[bool],
        order: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """The rows that all conditions hold for, every column; in the order of the named ones."""
        query = select(*(getattr(self.table, name) for name in self.columns))
        query = query.where(*conditions).order_by(*(getattr(self.table, name) for name in order))
        return [dict(zip(self.columns, row, strict=True)) for row in session.exec(query)]


def digest_of_all(parts: Sequence[tuple[Behind, Sequence[dict[str, Any]]]]) -> str:
    """The digest over the rows of one table, or of several in their order."""
    digests = [behind.digest(rows) for behind, rows in parts]
    return digests[0] if len(digests) == 1 else digest(digests)
