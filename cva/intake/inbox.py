"""The sheets on a person's desk: what waits for them, what they sent, what else there is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.models import RowState, Sheet, SheetState
from cva.staging.totals import Total, rows_by_sheet, totals_by_sheet

#: A list shows the newest; older ones are found by month and society.
LONGEST_LIST = 50
#: So many at most go to a program at once.
LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as a line of a list.

    Attributes:
        totals: Over the rows that would be or were posted, per currency.
        ready: How many those are, where none carries an amount.
        sender: E-mail address of whoever sent it.
    """

    sheet: Sheet
    society: Society
    programme: Programme
    totals: Sequence[Total]
    ready: int
    sender: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a person finds on their desk, newest first.

    Attributes:
        waiting: Submitted by others, for this person to decide; the oldest first.
        own: Sent by this person.
        others: Sent by others and seen by this person.
    """

    waiting: Sequence[ListedSheet]
    own: Sequence[ListedSheet]
    others: Sequence[ListedSheet]


def list_sheets(session: Session, society_id: int | None = None) -> Sequence[Sheet]:
    """Sheets in the societies where the actor sees sheets, or in one of them; newest first."""
    query = select(Sheet).where(_in_societies(session, Permission.SEE_SHEETS))
    if society_id is not None:
        query = query.where(Sheet.society_id == society_id)
    return session.exec(query.order_by(col(Sheet.id).desc()).limit(LONGEST_ANSWER)).all()


def inbox(session: Session) -> Inbox:
    """The actor's desk, over all societies in which the actor sees sheets."""
    actor = actor_of(session)
    own = col(Sheet.received_by) == actor.user_id
    seen = _in_societies(session, Permission.SEE_SHEETS)
    to_decide = (
        _in_societies(session, Permission.DECIDE_SHEETS)
        & (col(Sheet.state) == SheetState.SUBMITTED)
        & ~own
        & (col(Sheet.submitted_by) != actor.user_id)
    )
    waiting = _listed(session, to_decide, oldest_first=True)
    is_waiting = col(Sheet.id).in_([line.sheet.id for line in waiting])
    return Inbox(
        waiting=waiting,
        own=_listed(session, seen & own),
        others=_listed(session, seen & ~own & ~is_waiting),
    )


def _in_societies(session: Session, right: Permission) -> ColumnElement[bool]:
    ids = [each.id for each in societies.societies_with(session, right)]
    return col(Sheet.society_id).in_(ids)


def _listed(
    session: Session, condition: ColumnElement[bool], *, oldest_first: bool = False
) -> list[ListedSheet]:
    order = col(Sheet.id).asc() if oldest_first else col(Sheet.id).desc()
    sheets = session.exec(select(Sheet).where(condition).order_by(order).limit(LONGEST_LIST)).all()
    by_id = {each.id: each for each in societies.list_societies(session)}
    known = {each.id: each for each in programmes.list_programmes(session)}
    ids, states = [sheet.id for sheet in sheets], (RowState.READY, RowState.EXCEPTED)
    totals = totals_by_sheet(session, ids, states)
    without = [sheet_id for sheet_id in ids if sheet_id not in totals]
    ready = rows_by_sheet(session, without, states)
    senders = societies.emails(session, [sheet.received_by for sheet in sheets])
    return [
        ListedSheet(
            sheet=sheet,
            society=by_id[sheet.society_id],
            programme=known[sheet.programme_id],
            totals=totals.get(sheet.id, []),
            ready=ready.get(sheet.id, 0),
            sender=senders.get(sheet.received_by, ""),
        )
        for sheet in sheets
    ]
