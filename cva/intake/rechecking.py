"""Having a sheet's kept file checked once more, with what a person has decided since."""

from collections.abc import Mapping

from sqlmodel import Session, col, delete

from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.intake.receiving import queue_check
from cva.staging.models import RowFinding, Sheet, SheetFile, SheetState, StagedRow
from cva.staging.workflow import move, require_state


def check_once_more(session: Session, sheet: Sheet, settled: Mapping[str, str]) -> int:
    """Drop what the last check staged and queue another; return the run's id.

    Raises:
        RuleError: The sheet is not at this step, or its file was not kept.
    """
    require_state(sheet, SheetState.CHECKED, SheetState.REFUSED)
    sheet_id = sheet.id
    if session.get(SheetFile, sheet_id) is None:
        raise RuleError(_("The file was not kept. Send it again."), code="file_not_kept")
    move(
        session,
        sheet,
        SheetState(sheet.state),
        state=SheetState.RECEIVED,
        settled=dict(settled),
        content_sha256=None,
        asks=[],
        ask_examples=None,
    )
    for table in (RowFinding, StagedRow):
        session.execute(delete(table).where(col(table.sheet_id) == sheet_id))
    return queue_check(session, sheet)
