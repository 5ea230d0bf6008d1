"""Posting vouchers that were handed out."""

from collections.abc import Sequence
from typing import Any

from cva.kinds.handouts.posting import HandoutPosting, post_handouts
from cva.kinds.sheet_entries import voucher_lines
from cva.programmes.service import BY_HAND, Mechanism
from cva.staging.context import SheetContext
from cva.staging.rows import RowToPost
from cva.vouchers import service as vouchers


def post_vouchers(context: SheetContext) -> int:
    """Post the rows that are ready or recorded as exceptions; return how many."""
    return post_handouts(
        context,
        _vouchers,
        day_column="issued_on",
        behind=vouchers.BEHIND,
        lines=voucher_lines,
        record=_record,
    )


def _vouchers(posting: HandoutPosting, rows: Sequence[RowToPost]) -> list[dict[str, Any]]:
    return [
        posting.columns(row)
        | {
            "number": row.values["voucher_number"],
            "modality": "commodity_voucher" if row.amount_minor is None else "value_voucher",
            "kind": row.values.get("voucher_type"),
            "quantity": row.values.get("quantity"),
            "issued_on": posting.day(row),
            "mechanism": _mechanism(posting.mechanism(row)),
        }
        for row in rows
    ]


def _mechanism(mechanism: str) -> str:
    return Mechanism.PAPER_VOUCHER if mechanism in BY_HAND else mechanism


def _record(posting: HandoutPosting, made: list[dict[str, Any]]) -> None:
    vouchers.record(posting.context.session, made)
