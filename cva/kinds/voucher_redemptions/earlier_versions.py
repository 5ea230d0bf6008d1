"""Vouchers that earlier versions of a claim redeemed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import and_, col

from cva.staging.models import RowState, Sheet, StagedRow
from cva.vouchers.models import VoucherEvent, VoucherEventKind


def redeemed_before(sheet: Sheet, earlier: Sequence[int]) -> Select[Any]:
    """Select the rows of which number, day and amount, or row, were redeemed before."""
    undone = aliased(VoucherEvent)
    return (
        select_columns(col(StagedRow.number))
        .join(
            VoucherEvent,
            and_(
                col(VoucherEvent.society_id) == sheet.society_id,
                col(VoucherEvent.number_key) == StagedRow.voucher_key,
                col(VoucherEvent.kind) == VoucherEventKind.REDEEMED,
                col(VoucherEvent.happened_on) == StagedRow.day,
                or_(
                    col(StagedRow.amount_minor).is_(None),
                    col(VoucherEvent.amount_minor) == StagedRow.amount_minor,
                    col(VoucherEvent.row_number) == StagedRow.number,
                ),
                ~exists().where(col(undone.undoes_id) == col(VoucherEvent.id)),
            ),
        )
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.READY,
            col(VoucherEvent.sheet_id).in_(earlier),
        )
        .distinct()
    )
