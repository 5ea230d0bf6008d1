"""Recording cash transfers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from cva.core.db import insert_rows
from cva.core.ids import new_ids
from cva.journal.service import digest
from cva.transfers.models import PaymentKey, Transfer

#: Every column of a transfer, in the order its digest reads them.
COLUMNS = (
    "id",
    "society_id",
    "programme_id",
    "round_id",
    "beneficiary_id",
    "instalment",
    "currency",
    "amount_minor",
    "paid_on",
    "mechanism",
    "region",
    "household_size",
    "exception",
    "sheet_id",
    "row_number",
    "entry_id",
)


def with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same transfers, each with a random id of its own."""
    return [row | {"id": new} for row, new in zip(rows, new_ids(len(rows)), strict=True)]


def record(session: Session, rows: Sequence[dict[str, Any]], *, round_is_named: bool) -> None:
    """Record transfers (every column of ``COLUMNS``) whose entries are posted.

    Raises:
        sqlalchemy.exc.IntegrityError: One of them was paid before; nothing is recorded.
    """
    insert_rows(session, Transfer, rows)
    insert_rows(session, PaymentKey, [_key(row, round_is_named=round_is_named) for row in rows])


def _key(row: dict[str, Any], *, round_is_named: bool) -> dict[str, Any]:
    own_day = None if round_is_named or row["exception"] else day_key(row)
    return {
        "transfer_id": row["id"],
        "society_id": row["society_id"],
        "round_id": row["round_id"],
        "beneficiary_id": row["beneficiary_id"],
        "instalment": row["instalment"],
        "day_key": own_day,
    }


def day_key(row: dict[str, Any]) -> str:
    """Programme, person, day and amount as one text."""
    return (
        f"{row['programme_id']} {row['beneficiary_id']} {row['paid_on']} "
        f"{row['currency']} {row['amount_minor']}"
    )


def rows_digest(rows: Sequence[dict[str, Any]]) -> str:
    """The digest an entry holds over the transfers behind it; people by random id only."""
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    return digest([[_plain(row[name]) for name in COLUMNS] for row in ordered])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def of_sheet(session: Session, sheet_id: int) -> list[dict[str, Any]]:
    """The transfers posted from a sheet, every column."""
    query = select(*(getattr(Transfer, name) for name in COLUMNS)).where(
        Transfer.sheet_id == sheet_id
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in session.exec(query)]


def instalments(session: Session, round_id: int, people: Sequence[int]) -> dict[int, int]:
    """The highest instalment each of these people was paid in a round."""
    query = (
        select(PaymentKey.beneficiary_id, func.max(PaymentKey.instalment))
        .where(PaymentKey.round_id == round_id, col(PaymentKey.beneficiary_id).in_(people))
        .group_by(PaymentKey.beneficiary_id)
    )
    return dict(session.exec(query).all())
