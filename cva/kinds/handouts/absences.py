"""Who did not receive, as an approved sheet of a round says: kept, so that the answer lasts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col, func

from cva.beneficiaries.models import Registration
from cva.core.db import insert_rows
from cva.core.identifiers import new_id
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.kinds.sheet_entries import entry_of
from cva.staging.context import SheetContext
from cva.staging.models import RowState, StagedRow
from cva.staging.rows import values_of
from cva.transfers import service as transfers
from cva.transfers.models import Absence
from cva.transfers.round_payments import ABSENCES_BEHIND

#: The kind of their entries, which move no money.
KIND = "absences"


def post_absences(context: SheetContext) -> int:
    """Record the registered people whose rows say not received; return how many.

    Only for a named round: elsewhere nobody was expected.
    """
    session, sheet = context.session, context.sheet
    absent = _absent(context)
    if sheet.round_id is None or not absent:
        return 0
    entry_id = new_id()
    people = sorted({person for *_row, person, _named in absent})
    paid = transfers.instalments_paid(session, sheet.round_id, people)
    rows = with_ids(
        [
            {
                "society_id": sheet.society_id,
                "round_id": sheet.round_id,
                "beneficiary_id": person,
                "instalment": named or transfers.first_unpaid(paid[person]),
                "reason": values_of(record).get("reason") or values_of(record).get("remarks"),
                "sheet_id": sheet.id,
                "row_number": number,
                "entry_id": entry_id,
            }
            for number, _day, record, person, named in absent
        ]
    )
    day, digest = _day(context, absent), ABSENCES_BEHIND.digest(rows)
    entry = entry_of(sheet, entry_id, day, len(rows), digest, [])
    entry_posting.post(session, [replace(entry, kind=KIND, key=f"sheet:{sheet.id}:{KIND}")])
    insert_rows(session, Absence, rows)
    return len(rows)


def day_of_absences(context: SheetContext) -> date | None:
    """The day of the entry that ``post_absences`` would post; None where there is none."""
    absent = _absent(context)
    return _day(context, absent) if absent else None


def _absent(context: SheetContext) -> Sequence[Any]:
    sheet = context.sheet
    if sheet.round_id is None:
        return ()
    return context.session.execute(
        select_columns(
            col(StagedRow.number),
            col(StagedRow.day),
            col(StagedRow.record),
            col(Registration.beneficiary_id),
            col(StagedRow.instalment),
        )
        .join(Registration, context.is_registered)
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.NOT_RECEIVED,
        )
        .order_by(col(StagedRow.number))
    ).all()


def _day(context: SheetContext, absent: Sequence[Any]) -> date:
    """The last day that the rows name; else the last of the sheet's hand-outs, else today."""
    days = [day for _number, day, *_rest in absent if day is not None]
    if not days:
        handed_out = select_columns(func.max(StagedRow.day)).where(
            col(StagedRow.sheet_id) == context.sheet.id
        )
        days = [day for day in context.session.scalars(handed_out) if day is not None]
    return max(days, default=context.today)
