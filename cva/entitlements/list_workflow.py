"""A list at its step: its plan put right, submitted, given back; of two at once one succeeds."""

from sqlmodel import Session, col, delete, func, select, update

from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.permissions import Permission
from cva.core.secret_columns import in_row
from cva.core.tenancy import actor_of
from cva.entitlements.models import DraftRow, ListState, RoundList
from cva.entitlements.service import get_list, list_of
from cva.journal.entry_posting import lock_book
from cva.programmes import planning
from cva.programmes.models import Round
from cva.programmes.planning import NewRound


def submit_list(session: Session, round_id: int, drafts: int | None = None) -> RoundList:
    """Submit the draft to the budget holder.

    Args:
        session: The caller's transaction.
        round_id: A planned round.
        drafts: The draft the actor saw; None where nobody looked (command line).

    Raises:
        RuleError: A row has a fault, or the list is not a draft.
        ConflictError: The draft changed meanwhile.
    """
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    lock_book(session, planned.society_id)
    found = get_list(session, round_id)
    if found.state != ListState.DRAFT:
        raise RuleError(state_text(found), code="list_wrong_step")
    faulty = session.exec(
        select(func.count()).where(DraftRow.round_id == round_id, col(DraftRow.fault).is_not(None))
    ).one()
    if faulty:
        raise RuleError(
            ngettext(
                "{count} row of the list has a fault. Mend it first.",
                "{count} rows of the list have a fault. Mend them first.",
                faulty,
            ).format(count=faulty),
            code="list_faulty",
        )
    move(
        session,
        found,
        ListState.DRAFT,
        drafts,
        state=ListState.SUBMITTED,
        submitted_by=actor_of(session).user_id,
        submitted_at=clock.now(),
        answer=None,
    )
    audit.record_about(session, audit.Act.LIST_SUBMITTED, planned)
    return found


def send_back(session: Session, round_id: int, answer: str) -> RoundList:
    """Give a submitted list back to whoever made it: by the budget holder, or withdrawn.

    Raises:
        InputError: The budget holder says no word why.
        RuleError: The list does not wait for approval.
    """
    planned = planning.see_round(session, round_id)
    found = get_list(session, round_id)
    actor = actor_of(session)
    is_own = actor.user_id == found.submitted_by
    if not is_own:
        actor.require(Permission.APPROVE_LISTS, planned.society_id)
        if not answer.strip():
            raise InputError(_("Say why."), {"answer": [_("Say why.")]}, code="reason_missing")
    move(
        session,
        found,
        ListState.SUBMITTED,
        None,
        state=ListState.DRAFT,
        answer=answer.strip() or None,
    )
    audit.record_about(session, audit.Act.LIST_SENT_BACK, planned)
    return found


def move(
    session: Session,
    found: RoundList,
    expected: ListState,
    drafts: int | None,
    **values: object,
) -> None:
    """Change a list that is still where it was seen; of two at once exactly one succeeds."""
    statement = update(RoundList).where(
        col(RoundList.id) == found.id, col(RoundList.state) == expected
    )
    if drafts is not None:
        statement = statement.where(col(RoundList.drafts) == drafts)
    result = session.execute(statement.values(**in_row(RoundList, found.id, values)))
    session.refresh(found)
    if result.rowcount == 1:  # type: ignore[attr-defined]
        return
    if found.state == expected:
        raise ConflictError(
            _("This list changed while you looked at it. Reload, then decide."),
            code="list_reloaded",
        )
    raise RuleError(state_text(found), code="list_wrong_step")


def state_text(found: RoundList) -> str:
    """What is said where a list is not at the step that was asked for."""
    return {
        ListState.DRAFT: _("The list is a draft, not submitted yet."),
        ListState.SUBMITTED: _("The list waits for approval already."),
        ListState.APPROVED: _("The list is approved already."),
    }[ListState(found.state)]


def change_plan(session: Session, round_id: int, new: NewRound) -> Round:
    """Put another plan in place of a round's; a draft of its list, made by the old one, is dropped.

    Raises:
        InputError: As ``planning.plan_round``.
        RuleError: The list is submitted or approved, so others rely on the plan.
        ConflictError: Another round has the code.
        ForbiddenError: The actor's role does not prepare rounds.
    """
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    lock_book(session, planned.society_id)
    known = list_of(session, round_id)
    if known is not None and known.state == ListState.SUBMITTED:
        raise RuleError(
            _("The list waits for approval. Take it back, then change the plan."),
            code="plan_list_submitted",
        )
    if known is not None and known.state == ListState.APPROVED:
        raise RuleError(
            _("The list is approved. Change it by name, or plan another round."),
            code="plan_list_approved",
        )
    for table in (DraftRow, RoundList):
        session.execute(delete(table).where(col(table.round_id) == round_id))
    return planning.replan(session, planned, new)
