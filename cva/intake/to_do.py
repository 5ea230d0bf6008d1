"""What a person has to do with sheets: decide about those of others, finish their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from cva.core.jobs import Job, JobState
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.intake.inbox import ListedSheet, described, in_societies, page_of
from cva.intake.sheet_submission import has_news
from cva.staging.models import Amendment, RowState, Sheet, SheetState
from cva.staging.totals import rows_by_sheet

#: So many of each are shown, the oldest; others come up as these are done.
MOST_SHOWN = 20


class Need(StrEnum):
    """What a sheet needs next."""

    DECISION = "decision"
    CHECK = "check"
    ANSWERS = "answers"
    MENDING = "mending"
    SUBMISSION = "submission"
    NOTHING_NEW = "nothing_new"
    ANOTHER_FILE = "another_file"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class Task:
    """A sheet, and what it needs."""

    line: ListedSheet
    need: Need


@dataclass(frozen=True, slots=True)
class ToDo:
    """What waits for a person, the oldest first.

    Attributes:
        decisions: Submitted by others, for this person to decide.
        own: Sent by this person and not finished.
        decisions_total: How many there are, of which the oldest are shown; ``own_total`` too.
    """

    decisions: Sequence[Task]
    decisions_total: int
    own: Sequence[Task]
    own_total: int


def to_do(session: Session) -> ToDo:
    """What waits for the actor, over all their societies."""
    decisions = page_of(session, _to_decide(session), size=MOST_SHOWN, oldest_first=True)
    own = page_of(session, _to_finish(session), size=MOST_SHOWN, oldest_first=True)
    return ToDo(
        decisions=[Task(each, Need.DECISION) for each in described(session, decisions.items)],
        decisions_total=decisions.total,
        own=_own_tasks(session, own.items),
        own_total=own.total,
    )


def _to_decide(session: Session) -> ColumnElement[bool]:
    """A person who sent, submitted or corrected a sheet does not decide about it."""
    user_id = actor_of(session).user_id
    is_corrected = exists().where(
        col(Amendment.sheet_id) == col(Sheet.id), col(Amendment.made_by) == user_id
    )
    return (
        in_societies(session, Permission.DECIDE_SHEETS)
        & (col(Sheet.state) == SheetState.SUBMITTED)
        & (col(Sheet.received_by) != user_id)
        & (col(Sheet.submitted_by) != user_id)
        & ~is_corrected
    )


def _to_finish(session: Session) -> ColumnElement[bool]:
    """Own sheets that wait for no other person.

    A sheet sent back waits until one that corrects it is sent; one that cannot be used, until the
    sender sends any other for the programme.
    """
    state, user_id, other = col(Sheet.state), actor_of(session).user_id, aliased(Sheet)
    corrected = select(other.replaces_id).where(col(other.replaces_id).is_not(None))
    newest = (
        select(func.max(other.id))
        .where(col(other.received_by) == user_id)
        .group_by(col(other.programme_id))
    )
    newest_run = (
        select(func.max(Job.id))
        .where(col(Job.subject_id) == col(Sheet.id))
        .correlate(Sheet)
        .scalar_subquery()
    )
    is_broken = exists().where(col(Job.id) == newest_run, col(Job.state) == JobState.FAILED)
    return (
        in_societies(session, Permission.SEND_SHEETS)
        & (col(Sheet.received_by) == user_id)
        & or_(
            state == SheetState.CHECKED,
            (state == SheetState.RECEIVED) & is_broken,
            (state == SheetState.REJECTED) & col(Sheet.id).not_in(corrected),
            (state == SheetState.REFUSED) & col(Sheet.id).in_(newest),
        )
    )


def _own_tasks(session: Session, sheets: Sequence[Sheet]) -> list[Task]:
    ids = [sheet.id for sheet in sheets]
    given = rows_by_sheet(session, ids, (RowState.READY, RowState.EXCEPTED))
    absent = rows_by_sheet(session, ids, (RowState.NOT_RECEIVED,))
    tasks = []
    for line in described(session, sheets):
        sheet_id = line.sheet.id
        counts: dict[str, int] = {
            RowState.READY: given.get(sheet_id, 0),
            RowState.NOT_RECEIVED: absent.get(sheet_id, 0),
        }
        tasks.append(Task(line, _need(line, has_rows=has_news(line.sheet, counts))))
    return tasks


def _need(line: ListedSheet, *, has_rows: bool) -> Need:
    of_states = {
        SheetState.RECEIVED: Need.CHECK,
        SheetState.REJECTED: Need.SENT_BACK,
        SheetState.REFUSED: Need.ANOTHER_FILE,
    }
    if line.sheet.state != SheetState.CHECKED:
        return of_states[SheetState(line.sheet.state)]
    if line.sheet.asks:
        return Need.ANSWERS
    if line.errors:
        return Need.MENDING
    return Need.SUBMISSION if has_rows else Need.NOTHING_NEW
