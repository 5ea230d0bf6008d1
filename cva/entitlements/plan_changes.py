"""The plan of a round put right, until its list is submitted."""

from sqlmodel import Session, col, delete

from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.entitlements.models import DraftRow, ListState, RoundList
from cva.entitlements.service import list_of
from cva.journal.entry_posting import lock_book
from cva.programmes import planning
from cva.programmes.models import Round
from cva.programmes.planning import NewRound


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
