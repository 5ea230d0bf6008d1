"""Recording cash transfers."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from cva.core.db import insert_columns, insert_rows
from cva.journal.rows import rows_of_sheet
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


def record(session: Session, rows: Sequence[dict[str, Any]], *, round_is_named: bool) -> None:
    """Record transfers (every column of ``COLUMNS``) whose entries are posted.

    Raises:
        sqlalchemy.exc.IntegrityError: One of them was paid before; nothing is recorded.
    """
    insert_rows(session, Transfer, rows)
    insert_columns(
        session,
        PaymentKey,
        {
            "transfer_id": [row["id"] for row in rows],
            "society_id": [row["society_id"] for row in rows],
            "round_id": [row["round_id"] for row in rows],
            "beneficiary_id": [row["beneficiary_id"] for row in rows],
            "instalment": [row["instalment"] for row in rows],
            "day_key": [
                None if round_is_named or row["exception"] else day_key(row) for row in rows
            ],
        },
    )


def day_key(row: dict[str, Any]) -> str:
    """Programme, person, day and amount as one text."""
    return (
        f"{row['programme_id']} {row['beneficiary_id']} {row['paid_on']} "
        f"{row['currency']} {row['amount_minor']}"
    )


def of_sheet(session: Session, sheet_id: int) -> list[dict[str, Any]]:
    """What was posted from a sheet, every column."""
    return rows_of_sheet(session, Transfer, COLUMNS, sheet_id)


def instalments(session: Session, round_id: int, people: Sequence[int]) -> dict[int, int]:
    """The highest instalment each of these people was paid in a round."""
    query = (
        select(PaymentKey.beneficiary_id, func.max(PaymentKey.instalment))
        .where(PaymentKey.round_id == round_id, col(PaymentKey.beneficiary_id).in_(people))
        .group_by(col(PaymentKey.beneficiary_id))
    )
    return dict(session.exec(query).all())
