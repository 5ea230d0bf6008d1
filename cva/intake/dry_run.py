"""A check against the ledger that stores nothing: what sending the sheet would say."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Engine

from cva.core.db import reading, rehearsal
from cva.core.tenancy import SYSTEM
from cva.intake.checking import choices_for
from cva.intake.column_mapping import remembered
from cva.intake.receiving import NewSheet, receive
from cva.intake.sheet_report import SheetReport, report_of
from cva.intake.staging import stage
from cva.programmes import service as programmes
from cva.sheets.checking.check import check
from cva.sheets.files.limits import Limits
from cva.societies import service as societies
from cva.staging.models import SheetState
from cva.staging.rows import prepare_rows
from cva.staging.workflow import get_sheet


def dry_run(
    engine: Engine,
    programme_id: int,
    filename: str,
    content: bytes,
    settled: Mapping[str, str],
    limits: Limits,
) -> tuple[SheetReport, int]:
    """Check a sheet as if it were sent for a programme.

    Returns:
        The report, and 0 (nothing wrong), 1 (errors or questions) or 2 (refused as a whole).
    """
    with reading(engine, SYSTEM) as session:
        programme = programmes.get_programme(session, programme_id)
        society = societies.get_society(session, programme.society_id)
        choices = replace(
            choices_for(society, programme, dict(settled), is_list=False),
            remembered=remembered(session, programme.society_id),
        )
    checked = check(content, filename, choices, limits)
    rows = prepare_rows(checked, lambda _done, _rows: None)
    with rehearsal(engine, SYSTEM) as session:
        received = receive(session, NewSheet(programme_id, filename, content, settled=settled))
        stage(session, received.sheet_id, checked, rows)
        sheet = get_sheet(session, received.sheet_id)
        report = report_of(session, sheet)
        session.expunge_all()  # the report is used after the roll-back
        if sheet.state == SheetState.REFUSED:
            return report, 2
        wrong = any(found.severity == "error" for found in report.findings)
        return report, 1 if wrong or report.ask else 0
