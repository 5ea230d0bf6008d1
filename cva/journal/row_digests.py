"""The rows behind an entry, and the digest the entry holds over them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, select

from cva.core.db import Key, batches
from cva.core.identifiers import new_ids


def digest(value: object) -> str:
    """SHA-256 of a value as compact JSON; days as ISO text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows, each with a random id of its own."""
    return [row | {"id": new} for row, new in zip(rows, new_ids(len(rows)), strict=True)]


@dataclass(frozen=True, slots=True)
class Behind:
    """A table whose rows stand behind entries, and the columns of it that their digest reads.

    The table has ``entry_id``, and ``sheet_id`` for what came with a sheet.

    Attributes:
        but: What the digest does not read.
        columns: All others: id and society first, then as the table has them. Their order is part
            of every digest, so in such a table no column is ever moved.
    """

    table: type[SQLModel]
    but: tuple[str, ...] = ()
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = ("id", "society_id", *self.table.__table__.columns.keys())  # type: ignore[attr-defined]
        columns = tuple(name for name in dict.fromkeys(names) if name not in self.but)
        object.__setattr__(self, "columns", columns)

    def digest(self, rows: Sequence[dict[str, Any]]) -> str:
        """The digest an entry holds over its rows, in the order of their ids.

        People stand in it by random id only, so that erasing a person breaks nothing.
        """
        ordered = sorted(rows, key=lambda row: int(row["id"]))
        return digest([[row[name] for name in self.columns] for row in ordered])

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

    def among(
        self,
        session: Session,
        name: str,
        keys: Iterable[Key],
        *conditions: ColumnElement[bool],
        order: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """The rows of which the named column has one of some keys, however many they are."""
        column, found = getattr(self.table, name), []
        for part in batches(keys):
            found += self.rows(session, column.in_(part), *conditions, order=order)
        return found


def digest_of_all(parts: Sequence[tuple[Behind, Sequence[dict[str, Any]]]]) -> str:
    """The digest over the rows of one table, or of several in their order."""
    digests = [behind.digest(rows) for behind, rows in parts]
    return digests[0] if len(digests) == 1 else digest(digests)
