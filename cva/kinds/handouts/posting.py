"""Posting what was handed to people: one entry per day, and who did not receive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col, func

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Registration
from cva.beneficiaries.proxies import FIELDS, record_collectors
from cva.beneficiaries.service import names_of
from cva.core.db import TableRows, insert_rows
from cva.core.identifiers import new_id
from cva.journal import entry_posting
from cva.journal.row_digests import Behind, with_ids
from cva.kinds.people import RowPerson, people_of
from cva.kinds.sheet_entries import Dimensions, dimensions_of, entry_of, post_by_day, with_entries
from cva.programmes import service as programmes
from cva.programmes.models import Round
from cva.staging.context import SheetContext
from cva.staging.models import RowState, StagedRow
from cva.staging.rows import RowToPost, rows_to_post, values_of
from cva.transfers import service as transfers
from cva.transfers.models import Absence
from cva.transfers.round_payments import ABSENCES_BEHIND


@dataclass(frozen=True, slots=True)
class HandoutPosting:
    """What the rows of a sheet of hand-outs have in common while they are posted.

    Attributes:
        round: The one the sheet names, else one of its own.
    """

    context: SheetContext
    round: Round
    people: dict[str, RowPerson]
    dimensions: Dimensions

    def person_id(self, row: RowToPost) -> int:
        """The record of a row's person."""
        return self.people[row.key].person_id

    def day(self, row: RowToPost) -> date:
        """The day of a row, else today."""
        return row.day or self.context.today

    def mechanism(self, row: RowToPost) -> str:
        """The row's delivery mechanism, else the round's, else the programme's."""
        return (
            row.values.get("delivery_mechanism")
            or self.round.mechanism
            or self.context.programme.mechanism
        )

    def columns(self, row: RowToPost) -> dict[str, Any]:
        """The columns that transfers and vouchers share."""
        sheet, person = self.context.sheet, self.people[row.key]
        return {
            "society_id": sheet.society_id,
            "programme_id": sheet.programme_id,
            "round_id": self.round.id,
            "beneficiary_id": person.person_id,
            "currency": row.currency,
            "amount_minor": row.amount_minor,
            "region": row.values.get("region") or person.region,
            "household_size": row.values.get("household_size") or person.household_size,
            "exception": row.exception,
            "sheet_id": sheet.id,
            "row_number": row.number,
        }


#: The kind of their entries, which move no money.
ABSENCES = "absences"


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
    entry_posting.post(session, [replace(entry, kind=ABSENCES, key=f"sheet:{sheet.id}:{ABSENCES}")])
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


#: Makes the rows to record of the rows of a sheet, each with its own ``row_number``.
MakeRows = Callable[[HandoutPosting, Sequence[RowToPost]], list[dict[str, Any]]]


def post_handouts(
    context: SheetContext,
    make: MakeRows,
    *,
    day_column: str,
    behind: Behind,
    lines: Callable[[Dimensions, TableRows], list[entry_posting.NewLine]],
    record: Callable[[HandoutPosting, list[dict[str, Any]]], None],
) -> int:
    """Post the rows that are ready or recorded as exceptions; return how many.

    Args:
        context: The sheet.
        make: Makes the rows to record.
        day_column: Their day, on which their entry is posted.
        behind: The table they are recorded in.
        lines: The lines of the entry of some of them.
        record: Records them, once their entries are posted.
    """
    session, sheet, programme = context.session, context.sheet, context.programme
    rows = rows_to_post(session, sheet.id)
    people = people_of(context, rows)
    own = context.round or programmes.own_round(session, programme, sheet.id)
    dimensions = dimensions_of(session, programme, own.id)
    posting = HandoutPosting(context, own, people, dimensions)
    made = with_ids(with_entries(make(posting, rows), day_column))
    post_by_day(session, sheet, made, day_column, behind, partial(lines, dimensions))
    record(posting, made)
    _record_collectors(posting, rows, made)
    post_absences(context)
    return len(rows)


def _record_collectors(
    posting: HandoutPosting, rows: Sequence[RowToPost], made: Sequence[dict[str, Any]]
) -> None:
    """Where the sheet does not name the person, the register does: was it another person?"""
    session = posting.context.session
    rows = [row for row in rows if any(map(row.values.get, FIELDS))]
    if not rows:
        return
    ids = {row["row_number"]: row["id"] for row in made}
    unnamed = {
        row.number: posting.person_id(row)
        for row in rows
        if row.values.get("received_by") and not beneficiaries.name_of(row.values)
    }
    names = names_of(session, unnamed.values())
    collected = {
        ids[row.number]: {**row.values, "full_name": names[unnamed[row.number]]}
        if row.number in unnamed
        else row.values
        for row in rows
    }
    record_collectors(session, posting.context.sheet.society_id, collected)
