"""Fixing a list: what was drafted becomes what people are entitled to, under its own entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, update

from cva.core import audit, clock
from cva.core.db import insert_rows
from cva.core.errors import ForbiddenError
from cva.core.i18n import gettext as _
from cva.core.identifiers import new_id
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.entitlements.list_workflow import move
from cva.entitlements.models import DraftRow, Entitlement, ListState, ListVersion, RoundList
from cva.entitlements.service import BEHIND
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.programmes.models import Round
from cva.societies import service as societies

#: What an entitlement has as the row of the draft that it is made of.
_TAKEN_OVER = [name for name in BEHIND.columns if name in DraftRow.model_fields.keys() - {"id"}]


def begin_approval(session: Session, planned: Round, found: RoundList, drafts: int | None) -> None:
    """Let the budget holder approve: one of two at once, never a person who made the list.

    Raises:
        ForbiddenError: The actor made or submitted the list, or is not the budget holder.
        ConflictError: The draft changed since it was shown.
        RuleError: It does not wait for approval.
    """
    actor = actor_of(session)
    actor.require(Permission.APPROVE_LISTS, planned.society_id)
    if actor.user_id in {found.made_by, found.submitted_by}:
        raise ForbiddenError(
            _("You made or submitted this list. Somebody else approves it."),
            code="own_list_approved",
        )
    entry_posting.lock_book(session, planned.society_id)
    move(
        session,
        found,
        ListState.SUBMITTED,
        drafts,
        state=ListState.APPROVED,
        approved_by=actor.user_id,
        approved_at=clock.now(),
        version=1,
    )


def fix_list(
    session: Session, planned: Round, found: RoundList, registered: Mapping[str, int]
) -> int:
    """Make entitlements of the draft, the first version of the list; return how many.

    Args:
        session: The transaction in which ``begin_approval`` was done.
        planned: The round.
        found: Its list.
        registered: Ids of the people who were registered just now, by comparable number.
    """
    rows = session.execute(
        select_columns(col(DraftRow.number_key), *(getattr(DraftRow, name) for name in _TAKEN_OVER))
        .where(col(DraftRow.round_id) == planned.id)
        .order_by(col(DraftRow.number_key), col(DraftRow.instalment))
    )
    drafted = []
    for key, *values in rows:
        row = dict(zip(_TAKEN_OVER, values, strict=True)) | {"is_withdrawn": False}
        if row["beneficiary_id"] is None:
            row["beneficiary_id"] = registered[key]
        drafted.append(row)
    post_version(
        session,
        planned,
        drafted,
        version=1,
        name="",
        made_by=found.submitted_by or found.made_by,
    )
    session.execute(delete(DraftRow).where(col(DraftRow.round_id) == planned.id))
    audit.record_about(session, audit.Act.LIST_APPROVED, planned, rows=len(drafted))
    return len(drafted)


def post_version(
    session: Session,
    planned: Round,
    rows: Sequence[Mapping[str, Any]],
    *,
    version: int,
    name: str,
    made_by: int,
    request_id: int | None = None,
) -> None:
    """Record the entitlements of a version under an entry that moves no money."""
    entry_id = new_id()
    shared = {
        "society_id": planned.society_id,
        "round_id": planned.id,
        "version": version,
        "entry_id": entry_id,
    }
    made = with_ids([{**row, **shared} for row in rows])
    society = societies.get_society(session, planned.society_id)
    entry_posting.post(
        session,
        [
            entry_posting.NewEntry(
                entry_id=entry_id,
                society_id=planned.society_id,
                effective_on=clock.today(society.time_zone),
                kind="round_list",
                key=f"list:{planned.id}:{version}",
                sheet_id=None,
                sent_by=made_by,
                rows=len(made),
                rows_sha256=BEHIND.digest(made),
                lines=[],
            )
        ],
    )
    insert_rows(session, Entitlement, made)
    session.add(
        ListVersion(
            id=new_id(),
            society_id=planned.society_id,
            round_id=planned.id,
            version=version,
            request_id=request_id,
            name=name,
            made_by=made_by,
            approved_by=actor_of(session).user_id,
            approved_at=clock.now(),
            entry_id=entry_id,
        )
    )
    session.execute(
        update(RoundList).where(col(RoundList.round_id) == planned.id).values(version=version)
    )
    session.flush()
