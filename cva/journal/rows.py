"""The rows behind an entry, and the digest the entry holds over them."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, select

from cva.core.ids import new_ids


def digest(said: object) -> str:
    """SHA-256 of a value as compact JSON; days as ISO text."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
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


def rows_of_sheet(
    session: Session, table: type[SQLModel], columns: Sequence[str], sheet_id: int
) -> list[dict[str, Any]]:
    """The rows of a table that were posted from a sheet."""
    query = select(*(getattr(table, name) for name in columns)).where(
        table.sheet_id == sheet_id  # type: ignore[attr-defined]
    )
    return [dict(zip(columns, row, strict=True)) for row in session.exec(query)]
