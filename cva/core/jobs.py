"""Long work as rows: the row is the truth, the queue only carries its id.

A process that dies leaves its run with an old heartbeat; the next start queues it again. Work is
therefore written so that doing it twice does it once.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, col, select, update

from cva.core import clock
from cva.core.column_types import STRICT, Instant, Word
from cva.core.tenancy import TenantOwned

#: A run without a sign of life for this long is taken up again.
STALE_AFTER = timedelta(minutes=2)


class JobState(StrEnum):
    """How far a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class Job(TenantOwned, table=True):
    """One piece of long work, such as the check of a sheet (``subject_id``)."""

    __table_args__ = STRICT

    id: int = Field(default=None, primary_key=True)
    subject_id: int = Field(index=True)
    started_by: int
    state: str = Field(default=JobState.WAITING, sa_type=Word)
    rows_done: int = 0
    rows_total: int = 0
    made_at: datetime = Field(default_factory=clock.now, sa_type=Instant)
    heartbeat_at: datetime = Field(default_factory=clock.now, sa_type=Instant)


def beat(session: Session, run_id: int, rows_done: int, rows_total: int) -> bool:
    """Say that a run is alive and how far it is; give back whether it may go on."""
    running = {"state": JobState.RUNNING, "rows_done": rows_done, "rows_total": rows_total}
    return _set(session, col(Job.id) == run_id, **running)


def finish(session: Session, run_id: int, state: JobState) -> None:
    """Say how a run ended, unless it was cancelled before."""
    done = {"rows_done": Job.rows_total} if state == JobState.DONE else {}
    _set(session, col(Job.id) == run_id, state=state, **done)


def cancel(session: Session, subject_id: int) -> None:
    """Stop what is under way about a subject; the worker sees that at its next beat."""
    _set(session, col(Job.subject_id) == subject_id, state=JobState.CANCELLED)


def _set(session: Session, which: ColumnElement[bool], **values: object) -> bool:
    unfinished = update(Job).where(which, col(Job.state).in_(_UNFINISHED))
    result = session.execute(unfinished.values(heartbeat_at=clock.now(), **values))
    return bool(result.rowcount)  # type: ignore[attr-defined]


def unfinished(session: Session, *, silent_for: timedelta = STALE_AFTER) -> list[int]:
    """Ids of runs that are not done and gave no sign of life for so long."""
    query = select(Job.id).where(
        col(Job.state).in_(_UNFINISHED),
        Job.heartbeat_at <= clock.now() - silent_for,
    )
    return list(session.exec(query))


def latest(session: Session, subject_id: int) -> Job | None:
    """The newest run about a subject."""
    return session.exec(
        select(Job).where(Job.subject_id == subject_id).order_by(col(Job.id).desc())
    ).first()
