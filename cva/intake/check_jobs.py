"""The long work of sheets, as the queue does it."""

from datetime import timedelta

from sqlalchemy import Engine

from cva.core import jobs
from cva.core.db import reading
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.core.tenancy import SYSTEM
from cva.intake.checking import check_run
from cva.sheets.files.limits import Limits


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
