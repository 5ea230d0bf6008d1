"""Recording vouchers handed out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, select

from cva.core.db import insert_rows
from cva.core.ids import new_ids
from cva.core.numbers import comparable
from cva.journal.service import digest
from cva.vouchers.models import Voucher, VoucherKey

#: Every column of a voucher, in the order its digest reads them.
COLUMNS = (
    "id",
    "society_id",
    "programme_id",
    "round_id",
    "beneficiary_id",
    "number",
    "modality",
    "kind",
    "quantity",
    "currency",
    "amount_minor",
    "issued_on",
    "mechanism",
    "region",
    "household_size",
    "exception",
    "sheet_id",
    "row_number",
    "entry_id",
)


def with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same vouchers, each with a random id of its own."""
    return [row | {"id": new} for row, new in zip(rows, new_ids(len(rows)), strict=True)]


def record(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Record vouchers (every column of ``COLUMNS``) whose entries are posted.

    Raises:
        sqlalchemy.exc.IntegrityError: A number was handed out before; nothing is recorded.
    """
    insert_rows(session, Voucher, rows)
    insert_rows(
        session,
        VoucherKey,
        [
            {
                "voucher_id": row["id"],
                "society_id": row["society_id"],
                "number_key": comparable(row["number"]),
            }
            for row in rows
        ],
    )


def rows_digest(rows: Sequence[dict[str, Any]]) -> str:
    """The digest an entry holds over the vouchers behind it; people by random id only."""
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    return digest([[_plain(row[name]) for name in COLUMNS] for row in ordered])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def of_sheet(session: Session, sheet_id: int) -> list[dict[str, Any]]:
    """The vouchers posted from a sheet, every column."""
    query = select(*(getattr(Voucher, name) for name in COLUMNS)).where(
        Voucher.sheet_id == sheet_id
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in session.exec(query)]
