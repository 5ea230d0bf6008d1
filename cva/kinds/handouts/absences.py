"""Who did not receive, as an approved sheet of a round says: kept, so that the answer lasts."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries.models import Registration
from cva.core import clock
from cva.core.random_ids import new_id
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.kinds.handouts.handout_rows import HAND_OUTS
from cva.societies import service as societies
from cva.staging.models import RowState, Sheet, StagedRow
from cva.transfers import service as transfers
from cva.transfers.round_payments import ABSENCES_BEHIND, record_absences

#: The kind of their entries, which move no money.
KIND = "absences"


def post_absences(session: Session, sheet: Sheet) -> int:
    """Record the registered people whose rows say not received; return how many.

    Only for a named round: elsewhere nobody was expected.
    """
    found = _absent(session, sheet)
    if sheet.round_id is None or not found:
        return 0
    entry_id = new_id()
    people = sorted({person for *_row, person, _named in found})
    paid = transfers.instalments_paid(session, sheet.round_id, people)
    rows = with_ids(
        [
            {
                "society_id": sheet.society_id,
                "round_id": sheet.round_id,
                "beneficiary_id": person,
                "instalment": named or next(n for n in count(1) if n not in paid[person]),
                "reason": record[1].get("reason") or record[1].get("remarks"),
                "sheet_id": sheet.id,
                "row_number": number,
                "entry_id": entry_id,
            }
            for number, _day, record, person, named in found
        ]
    )
    entry_posting.post(session, [_entry(sheet, entry_id, _day(session, sheet, found), rows)])
    record_absences(session, rows)
    return len(rows)


def day_of_absences(session: Session, sheet: Sheet) -> date | None:
    """The day of the entry that ``post_absences`` would post; None where there is none."""
    found = _absent(session, sheet)
    return _day(session, sheet, found) if found else None


def _absent(session: Session, sheet: Sheet) -> Sequence[Any]:
    if sheet.round_id is None or sheet.kind not in HAND_OUTS:
        return ()
    return session.execute(
        select_columns(
            col(StagedRow.number),
            col(StagedRow.day),
            col(StagedRow.record),
            col(Registration.beneficiary_id),
            col(StagedRow.instalment),
        )
        .join(Registration, col(Registration.number_key) == StagedRow.registration_key)
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.NOT_RECEIVED,
            col(Registration.society_id) == sheet.society_id,
        )
        .order_by(col(StagedRow.number))
    ).all()


def _day(session: Session, sheet: Sheet, found: Sequence[Any]) -> date:
    """The last day that the rows name; else the last of the sheet's hand-outs, else today."""
    days = [day for _number, day, *_rest in found if day is not None]
    if not days:
        handed_out = select_columns(func.max(StagedRow.day)).where(
            col(StagedRow.sheet_id) == sheet.id
        )
        days = [day for day in session.scalars(handed_out) if day is not None]
    today = clock.today(societies.get_society(session, sheet.society_id).time_zone)
    return max(days, default=today)


def _entry(
    sheet: Sheet, entry_id: int, day: date, rows: list[dict[str, Any]]
) -> entry_posting.NewEntry:
    return entry_posting.NewEntry(
        entry_id=entry_id,
        society_id=sheet.society_id,
        effective_on=day,
        kind=KIND,
        key=f"sheet:{sheet.id}:{KIND}",
        sheet_id=sheet.id,
        sent_by=sheet.submitted_by or sheet.received_by,
        rows=len(rows),
        rows_sha256=ABSENCES_BEHIND.digest(rows),
        lines=[],
    )
