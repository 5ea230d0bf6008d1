"""What happens to vouchers once their books are there: recorded behind entries, read again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from cva.core.db import TableRows, batches, insert_rows, rows_among
from cva.core.identifiers import new_id
from cva.core.maker_checker import ApprovedRequest
from cva.journal import entry_posting
from cva.journal.row_digests import Behind, with_ids
from cva.vouchers import voucher_states
from cva.vouchers.models import VoucherEvent, VoucherEventKind, VoucherKey

#: What entries of redemptions, reversals and all that two people agreed on are proved from.
BEHIND = Behind(VoucherEvent)
COLUMNS = BEHIND.columns
_NOTHING = dict.fromkeys(COLUMNS)


def numbered(session: Session, society_id: int, rows: Sequence[dict[str, Any]]) -> TableRows:
    """Events ready to be posted: every column filled, ids given, counted on for each number."""
    query = (
        select_columns(col(VoucherEvent.number_key), func.max(VoucherEvent.nth))
        .where(col(VoucherEvent.society_id) == society_id)
        .group_by(col(VoucherEvent.number_key))
    )
    keys = (row["number_key"] for row in rows)
    counted = Counter(dict(rows_among(session, query, VoucherEvent.number_key, keys)))
    made = []
    for row in rows:
        key = row["number_key"]
        counted[key] += 1
        made.append(_NOTHING | {"society_id": society_id, "nth": counted[key]} | row)
    return with_ids(made)


def record(session: Session, society_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Record events (every column of ``COLUMNS``) whose entries are posted; states follow.

    A hand-out that is reversed frees its number, so that it can be handed out again.
    """
    insert_rows(session, VoucherEvent, rows)
    freed = [row["voucher_id"] for row in rows if row["kind"] == VoucherEventKind.REVERSED]
    for part in batches(freed):
        session.execute(delete(VoucherKey).where(col(VoucherKey.voucher_id).in_(part)))
    voucher_states.refresh(session, society_id, (row["number_key"] for row in rows))


def post_request(
    session: Session,
    request: ApprovedRequest,
    kind: VoucherEventKind,
    happened_on: date,
    rows: Sequence[dict[str, Any]],
    lines: Sequence[entry_posting.NewLine],
) -> None:
    """Post what two people agreed on about some numbers, and record it.

    Args:
        session: The transaction of who confirmed it.
        request: What was agreed on.
        kind: What happened to each number.
        happened_on: In the society's calendar.
        rows: ``number_key`` and whatever else of ``COLUMNS`` this kind has.
        lines: What it moves in the accounts.
    """
    entry_id = new_id()
    shared = {
        "kind": str(kind),
        "happened_on": happened_on,
        "request_id": request.request_id,
        "entry_id": entry_id,
    }
    made = numbered(session, request.society_id, [row | shared for row in rows])
    entry_posting.post_request(
        session,
        request,
        entry_id=entry_id,
        effective_on=happened_on,
        kind=str(kind) if kind == VoucherEventKind.REDEMPTION_FALSE else f"voucher_{kind}",
        parts=[(BEHIND, made)],
        lines=lines,
    )
    record(session, request.society_id, made)


def redemptions(
    session: Session,
    sheet_id: int | None = None,
    row_number: int | None = None,
    *,
    voucher_id: int | None = None,
) -> TableRows:
    """Redemptions that stand, of a sheet, a row of it or a voucher; every column, oldest first."""
    undone = aliased(VoucherEvent)
    wanted = (
        (VoucherEvent.sheet_id, sheet_id),
        (VoucherEvent.row_number, row_number),
        (VoucherEvent.voucher_id, voucher_id),
    )
    return BEHIND.rows(
        session,
        col(VoucherEvent.kind) == VoucherEventKind.REDEEMED,
        ~exists().where(col(undone.undoes_id) == col(VoucherEvent.id)),
        *(col(column) == value for column, value in wanted if value is not None),
        order=("happened_on", "nth"),
    )


def expired_of(session: Session, voucher_ids: Iterable[int | None]) -> set[int]:
    """Those of these hand-outs whose value left the accounts when they had expired."""
    query = select_columns(col(VoucherEvent.voucher_id)).where(
        col(VoucherEvent.kind) == VoucherEventKind.EXPIRED
    )
    known = (each for each in voucher_ids if each is not None)
    return {found for (found,) in rows_among(session, query, VoucherEvent.voucher_id, known)}


def of_numbers(session: Session, society_id: int, number_keys: Iterable[str]) -> TableRows:
    """Everything that happened to some numbers, in order."""
    is_own, order = col(VoucherEvent.society_id) == society_id, ("number_key", "nth")
    return BEHIND.among(session, "number_key", number_keys, is_own, order=order)
