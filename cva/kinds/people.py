"""The people of the rows that are posted: who is registered, and registering who is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlmodel import and_, col

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.service import number_of
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.staging.rows import RowToPost
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher


@dataclass(frozen=True, slots=True)
class RowPerson:
    """The person of a row, with what a hand-out takes over from the register."""

    person_id: int
    region: str | None
    household_size: int | None


def people_of(context: SheetContext, rows: Sequence[RowToPost]) -> dict[str, RowPerson]:
    """The people of rows by their number; who is new is registered."""
    known = _registered(context)
    return known | register_new(context, rows, known)


def register_new(
    context: SheetContext, rows: Sequence[RowToPost], known: dict[str, RowPerson] | None = None
) -> dict[str, RowPerson]:
    """Register the people of rows who are not known yet, from the first row of each."""
    known = _registered(context) if known is None else known
    first_rows: dict[str, RowToPost] = {}
    for row in rows:
        if row.key not in known:
            first_rows.setdefault(row.key, row)
    new = [
        beneficiaries.NewPerson(
            number_of(row.values) or "", row.number, row.values, row.day or context.today
        )
        for row in first_rows.values()
    ]
    sheet = context.sheet
    ids = beneficiaries.register(context.session, sheet.society_id, sheet.id, new)
    return {
        key: RowPerson(ids[key], row.values.get("region"), row.values.get("household_size"))
        for key, row in first_rows.items()
    }


def _registered(context: SheetContext) -> dict[str, RowPerson]:
    query = context.registered(
        col(Beneficiary.id), col(Beneficiary.region), col(Beneficiary.household_size)
    )
    return {key: RowPerson(*person) for key, *person in context.session.execute(query)}


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
