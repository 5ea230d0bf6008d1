"""The people of the rows that are posted: who is registered, and registering who is new."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.service import number_of
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.staging.rows import RowToPost


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
    query = (
        select(
            Registration.number_key,
            Beneficiary.id,
            Beneficiary.region,
            Beneficiary.household_size,
        )
        .join(Beneficiary, col(Beneficiary.id) == Registration.beneficiary_id)
        .join(StagedRow, context.is_registered)
        .where(StagedRow.sheet_id == context.sheet.id)
        .distinct()
    )
    return {key: RowPerson(*person) for key, *person in context.session.exec(query)}
