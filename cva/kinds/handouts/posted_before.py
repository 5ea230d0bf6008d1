"""Rows that earlier versions of a sheet posted unchanged."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlmodel import and_, col

from cva.beneficiaries.models import Beneficiary, Registration
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher


def posted_the_same(
    context: SheetContext,
    earlier: Sequence[int],
    table: type[Transfer] | type[Voucher] | type[Beneficiary],
    is_same: ColumnElement[bool],
) -> Select[Any]:
    """Select the numbers of ready rows whose person has a record of earlier versions.

    Args:
        context: The newest version.
        earlier: Ids of the versions before it.
        table: What they were posted as.
        is_same: The condition on a record, the person's registration and the staged row.
    """
    return (
        select_columns(col(StagedRow.number))
        .join(Registration, context.is_registered)
        .join(table, and_(col(table.society_id) == context.sheet.society_id, is_same))
        .where(context.is_ready, col(table.sheet_id).in_(earlier))
        .distinct()
    )
