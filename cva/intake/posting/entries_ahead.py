"""The entries that a sheet will be posted as, told before somebody approves it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core import clock
from cva.intake.models import RowState, Sheet, StagedRow
from cva.intake.posting.absences import day_of_absences
from cva.intake.posting.results import days_of_results
from cva.societies import service as societies


def days_of_entries(session: Session, sheet: Sheet) -> Sequence[date]:
    """The day of each entry to come, in their order; a day of several entries several times."""
    if sheet.kind == "payment_results":
        return days_of_results(session, sheet)
    today = clock.today(societies.get_society(session, sheet.society_id).time_zone)
    if sheet.kind == "beneficiaries":
        return [today]
    query = select_columns(col(StagedRow.day)).where(
        col(StagedRow.sheet_id) == sheet.id,
        col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
    )
    days = {day or today for (day,) in session.execute(query.distinct())}
    absent_on = day_of_absences(session, sheet)
    return sorted([*days, *([absent_on] if absent_on else [])])
