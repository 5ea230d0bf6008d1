"""The entries that a sheet will be posted as, told before somebody approves it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core import clock
from cva.kinds.payment_results.posting import days_of_results
from cva.societies import service as societies
from cva.staging.models import RowState, Sheet, StagedRow


def days_of_entries(session: Session, sheet: Sheet) -> Sequence[date]:
    """The day of each entry to come, in their order; a day of several entries several times.

    Without the entry of who did not receive (``day_of_absences``), which moves no money.
    """
    if sheet.kind == "payment_results":
        return days_of_results(session, sheet)
    today = clock.today(societies.get_society(session, sheet.society_id).time_zone)
    if sheet.kind == "beneficiaries":
        return [today]
    query = select_columns(col(StagedRow.day)).where(
        col(StagedRow.sheet_id) == sheet.id,
        col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
    )
    return sorted({day or today for (day,) in session.execute(query.distinct())})
