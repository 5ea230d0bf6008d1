"""Checking a sheet that was received: read once, staged whole, then compared with the ledger."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from cva.core import clock, jobs
from cva.core.crypto import keys
from cva.core.db import in_bulk, reading, rehearsal, transaction
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.core.money import plain
from cva.core.tenancy import SYSTEM
from cva.entitlements import service as entitlements
from cva.intake.cell_corrections import cells_amended
from cva.intake.column_mapping import remembered
from cva.intake.receiving import NewSheet, receive
from cva.intake.staging import stage
from cva.intake.views import SheetReport, report_of
from cva.programmes import service as programmes
from cva.programmes.models import Programme, Round, ValueRule
from cva.sheets.checking.check import check
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import Choices
from cva.societies import service as societies
from cva.staging.models import Sheet, SheetFile, SheetState
from cva.staging.rows import prepare_rows
from cva.staging.workflow import get_sheet

#: How often a run says how far it is.
_BEAT_SECONDS = 0.2


class _CancelledError(Exception):
    """The sheet was withdrawn while it was checked."""


def check_run(engine: Engine, run_id: int, limits: Limits) -> None:
    """Do the check of a run; doing it twice does it once.

    Between reading the file and staging its rows no transaction is open. A process that dies here
    leaves the sheet as received, with a run that is taken up again.
    """
    work = _load(engine, run_id)
    if work is None:
        return
    sheet, content, choices = work
    report = _beating(engine, run_id)
    try:
        with in_bulk():
            report(0, 0)
            checked = check(content, sheet.filename, choices, limits, report)
            rows = prepare_rows(checked, report)
            with transaction(engine, SYSTEM) as session:
                stage(session, sheet.id, checked, rows)
                jobs.finish(session, run_id, jobs.JobState.DONE)
    except _CancelledError:
        return
    except Exception:
        with transaction(engine, SYSTEM) as session:
            jobs.finish(session, run_id, jobs.JobState.FAILED)
        raise


def _load(engine: Engine, run_id: int) -> tuple[Sheet, bytes, Choices] | None:
    """A received sheet with its file and all that is known beside it; None where it is no more."""
    with reading(engine, SYSTEM) as session:
        run = session.get(jobs.Job, run_id)
        sheet = session.get(Sheet, run.subject_id) if run else None
        kept = session.get(SheetFile, sheet.id) if sheet else None
        if sheet is None or kept is None or sheet.state != SheetState.RECEIVED:
            return None
        return sheet, kept.content, choices_of(session, sheet)


def choices_of(session: Session, sheet: Sheet) -> Choices:
    """All that is known beside the file of a stored sheet."""
    programme = programmes.get_programme(session, sheet.programme_id)
    amended = cells_amended(session, sheet.id)
    choices = _choices(session, programme, sheet.settled, is_list=sheet.is_list, amended=amended)
    if sheet.round_id is None:
        return choices
    planned = programmes.get_round(session, sheet.round_id)
    # The list of a round says of each person where; without one only the sender can.
    is_listed = entitlements.list_of(session, planned.id) is not None
    sites = () if is_listed else tuple(planned.sites or ())
    return replace(choices, offered=_offered(planned), sites=sites)


def _offered(planned: Round) -> dict[str, str]:
    """What a round gives to everybody, by field: its one day, and its fixed amount."""
    offered = {}
    if planned.starts_on and planned.ends_on in {None, planned.starts_on}:
        offered["distribution_date"] = planned.starts_on.isoformat()
    if planned.rule == ValueRule.FIXED and planned.amount_minor is not None:
        offered["amount"] = plain(planned.currency, planned.amount_minor)
    return offered


def _choices(
    session: Session,
    programme: Programme,
    settled: Mapping[str, str],
    *,
    is_list: bool,
    amended: Mapping[str, str],
) -> Choices:
    """What sender, programme and society settle about a sheet."""
    society = societies.get_society(session, programme.society_id)
    return Choices(
        kind=settled.get("kind"),
        sheet=settled.get("sheet"),
        settled={key: value for key, value in settled.items() if key not in {"kind", "sheet"}},
        remembered=remembered(session, programme.society_id),
        amended=amended,
        currency=programme.currency,
        country=society.country,
        today=clock.today(society.time_zone),
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        is_list=is_list,
        digest=partial(keys().digest, f"text of a sheet of {society.id}"),
    )


def _beating(engine: Engine, run_id: int) -> Callable[[int, int], None]:
    last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _BEAT_SECONDS or done == total:
            last = time.monotonic()
            with transaction(engine, SYSTEM) as session:
                may_go_on = jobs.beat(session, run_id, done, total)
            if not may_go_on:
                raise _CancelledError

    return report


def dry_run(
    engine: Engine,
    programme_id: int,
    filename: str,
    content: bytes,
    settled: Mapping[str, str],
    limits: Limits,
) -> tuple[SheetReport, int]:
    """Check a sheet against the ledger as if it were sent for a programme; nothing is stored.

    Returns:
        The report, and 0 (nothing wrong), 1 (errors or questions) or 2 (refused as a whole).
    """
    with reading(engine, SYSTEM) as session:
        programme = programmes.get_programme(session, programme_id)
        choices = _choices(session, programme, settled, is_list=False, amended={})
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


def limits_of(ledger: Ledger) -> Limits:
    """How large a sheet may be in this installation."""
    return Limits(max_file_bytes=ledger.settings.max_sheet_bytes)


def queue_for(ledger: Ledger) -> JobQueue:
    """The queue of a ledger; what an earlier process left undone is taken up at the start."""
    limits = limits_of(ledger)

    def work(run_id: int) -> None:
        check_run(ledger.engine, run_id, limits)

    queue = JobQueue(ledger.settings, work, lambda: _stale(ledger.engine, jobs.STALE_AFTER))
    for run_id in _stale(ledger.engine, timedelta(0)):
        queue.add(run_id)
    return queue


def _stale(engine: Engine, silent_for: timedelta) -> list[int]:
    with reading(engine, SYSTEM) as session:
        return jobs.unfinished(session, silent_for=silent_for)
