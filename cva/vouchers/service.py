"""Recording vouchers handed out."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import Session, col, select

from cva.core.db import insert_rows
from cva.core.identifiers import comparable
from cva.journal.row_digests import Behind
from cva.vouchers import voucher_states
from cva.vouchers.models import Voucher, VoucherEvent, VoucherEventKind, VoucherKey

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
#: What entries of hand-outs are proved from.
BEHIND = Behind(Voucher, COLUMNS)


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
    if rows:
        numbers = (comparable(row["number"]) for row in rows)
        voucher_states.refresh(session, rows[0]["society_id"], numbers)


def number_of(session: Session, voucher_id: int) -> str:
    """The number of a voucher as it was handed out."""
    return session.exec(select(Voucher.number).where(Voucher.id == voucher_id)).one()


def is_live() -> ColumnElement[bool]:
    """The condition that a hand-out was not reversed."""
    return ~exists().where(
        col(VoucherEvent.voucher_id) == col(Voucher.id),
        col(VoucherEvent.kind) == VoucherEventKind.REVERSED,
    )


def is_first_issue() -> ColumnElement[bool]:
    """The condition that a hand-out counts: not reversed, and not in the place of another."""
    return and_(is_live(), ~exists().where(col(VoucherEvent.replacement_id) == col(Voucher.id)))


def live_of_sheet(
    session: Session, sheet_id: int, row_number: int | None = None
) -> list[dict[str, Any]]:
    """What was handed out by a sheet, or one row of it, and not reversed; every column."""
    return BEHIND.of_sheet(session, sheet_id, row_number, is_first_issue())
