"""Vouchers handed out: recorded, and who received which in a round."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.beneficiaries.models import Beneficiary
from cva.core.db import insert_rows
from cva.core.identifiers import comparable
from cva.entitlements.delivery_comparison import Delivery
from cva.journal.row_digests import Behind
from cva.vouchers import voucher_states
from cva.vouchers.models import Voucher, VoucherEvent, VoucherEventKind, VoucherKey

#: What entries of hand-outs are proved from.
BEHIND = Behind(Voucher)
COLUMNS = BEHIND.columns


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


def handed_out_in(session: Session, round_id: int) -> list[Delivery]:
    """The hand-outs of a round: what a person was given on one day by one sheet is one.

    A voucher in the place of a lost one is the same hand-out.

    Value vouchers count by their face value, commodity vouchers by pieces.
    """
    rows = session.execute(
        select_columns(
            func.coalesce(col(Beneficiary.merged_into_id), col(Voucher.beneficiary_id)),
            col(Voucher.issued_on),
            col(Voucher.sheet_id),
            col(Voucher.row_number),
            col(Voucher.currency),
            col(Voucher.amount_minor),
            col(Voucher.quantity),
        )
        .join(Beneficiary, col(Beneficiary.id) == Voucher.beneficiary_id)
        .where(col(Voucher.round_id) == round_id, is_first_issue())
        .order_by(
            col(Voucher.issued_on),
            col(Voucher.sheet_id),
            col(Voucher.row_number),
        )
    )
    nth: Counter[int] = Counter()
    found: dict[tuple[int, date, int, str | None], Delivery] = {}
    for person, day, sheet_id, row, currency, minor, quantity in rows:
        unit, amount = (None, quantity or 1) if minor is None else (currency, minor)
        key = (person, day, sheet_id, unit)
        before = found.get(key)
        if before is not None:
            found[key] = before._replace(amount=before.amount + amount)
            continue
        nth[person] += 1
        found[key] = Delivery(
            person,
            nth[person],
            unit,
            amount,
            is_received=True,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
        )
    return list(found.values())
