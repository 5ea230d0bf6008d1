"""Recording vouchers handed out."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from cva.core.db import insert_rows
from cva.core.numbers import comparable
from cva.journal.rows import Behind
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
#: What stands behind the entries of hand-outs.
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
