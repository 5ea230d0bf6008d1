"""Asking for an act that takes two people, and answering as the second."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from cva.approvals.actions import ACTIONS, action_of
from cva.approvals.models import ApprovalRequest, RequestState
from cva.core import audit, clock
from cva.core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalLines, ApprovedRequest
from cva.core.permissions import Permission, roles_with
from cva.core.records import get_record
from cva.core.tenancy import actor_of
from cva.journal.entry_posting import lock_book
from cva.journal.row_digests import digest
from cva.societies import service as societies

#: So many are listed.
MOST_LISTED = 200
#: Of so many people it is said what a request would do to them, where nobody asks for all.
FEW_PARTS = 20
#: More than any request has.
ALL_PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as people are shown it.

    Attributes:
        tells: What would be done, in one sentence.
        parts: What would be done to each person. Of a list of requests, of those that wait the
            first.
        people: E-mail addresses by id, of those who asked and answered.
        may_confirm: The reader is a second person for it. ``may_withdraw``: they asked for it.
    """

    proposal: ApprovalRequest
    tells: str
    parts: ApprovalLines
    people: Mapping[int, str]
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class RequestableAction:
    """Why something was done that took two people, and which: e-mail addresses."""

    reason: str
    asked_by: str
    confirmed_by: str


def agreements(
    session: Session, proposal_ids: Iterable[int | None]
) -> dict[int, RequestableAction]:
    """What was asked for and confirmed, by id; without what the actor may not see."""
    wanted = {each for each in proposal_ids if each}
    rows = (
        session.exec(select(ApprovalRequest).where(col(ApprovalRequest.id).in_(wanted)))
        if wanted
        else ()
    )
    found = [each for each in rows if _may_see(session, each)]
    people = societies.emails(
        session, [user for each in found for user in (each.asked_by, each.decided_by)]
    )
    return {
        each.id: RequestableAction(
            each.reason, people.get(each.asked_by, ""), people.get(each.decided_by or 0, "")
        )
        for each in found
    }


def ask(
    session: Session, society_id: int, kind: str, said: Mapping[str, str], reason: str
) -> ApprovalRequest:
    """Ask for an act that a second person has to confirm.

    Raises:
        InputError: No reason is given, the kind is unknown, or something is missing.
        ForbiddenError: The actor's role may not ask for it.
        ConflictError: The same is asked for already.
    """
    deed = action_of(kind)
    actor = actor_of(session)
    actor.require(deed.asks, society_id)
    if not reason.strip():
        raise InputError(_("Say why."), {"reason": [_("Say why.")]})
    details = deed.read(session, society_id, said)
    proposal = ApprovalRequest(
        society_id=society_id,
        kind=kind,
        details=details,
        details_sha256=digest([kind, deed.about(details)]),
        reason=reason.strip(),
        asked_by=actor.user_id,
        asked_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(proposal)
    except IntegrityError:
        raise ConflictError(
            _("This is asked for already, and waits for a second person.")
        ) from None
    audit.record(
        session,
        audit.Act.PROPOSAL_MADE,
        society_id=society_id,
        subject_id=proposal.id,
        kind=kind,
    )
    return proposal


def confirm(session: Session, proposal_id: int) -> ApprovalRequest:
    """Do what was asked for, as the second person; all of it or nothing.

    Raises:
        ForbiddenError: The actor asked for it, or their role may not confirm it.
        ConflictError: Somebody answered already.
        RuleError: It cannot be done any more.
    """
    proposal = _open(session, proposal_id)
    deed = action_of(proposal.kind)
    actor = actor_of(session)
    if not actor.may(deed.confirms, proposal.society_id):
        told = _("Your role cannot confirm this. Have it confirmed by: {roles}.")
        raise ForbiddenError(told.format(roles=roles_with(deed.confirms)))
    if actor.user_id == proposal.asked_by:
        raise ForbiddenError(_("You asked for this. Somebody else confirms it."))
    lock_book(session, proposal.society_id)
    _answer(session, proposal, RequestState.CONFIRMED, None)
    deed.do(
        session,
        ApprovedRequest(
            proposal_id=proposal.id,
            society_id=proposal.society_id,
            details=proposal.details,
            reason=proposal.reason,
            asked_by=proposal.asked_by,
        ),
    )
    return proposal


def refuse(session: Session, proposal_id: int, answer: str) -> ApprovalRequest:
    """Say no to what was asked for, and why.

    Raises:
        InputError: No word says why.
        ForbiddenError: The actor asked for it, or their role may not answer it.
        ConflictError: Somebody answered already.
    """
    proposal = _open(session, proposal_id)
    if not answer.strip():
        raise InputError(_("Say why."), {"answer": [_("Say why.")]})
    actor = actor_of(session)
    actor.require(action_of(proposal.kind).confirms, proposal.society_id)
    if actor.user_id == proposal.asked_by:
        raise ForbiddenError(_("You asked for this. Withdraw it instead."))
    _answer(session, proposal, RequestState.REFUSED, answer.strip())
    return proposal


def withdraw(session: Session, proposal_id: int) -> ApprovalRequest:
    """Take back what one asked for.

    Raises:
        ForbiddenError: Somebody else asked for it.
        ConflictError: It was answered already.
    """
    proposal = _open(session, proposal_id)
    if actor_of(session).user_id != proposal.asked_by:
        raise ForbiddenError(_("Only the person who asked for this can withdraw it."))
    _answer(session, proposal, RequestState.WITHDRAWN, None)
    return proposal


def list_requests(
    session: Session, *, is_open: bool | None = None, society_id: int | None = None
) -> Sequence[Shown]:
    """What the actor may see of what was asked for, in one society or all, the newest first."""
    query = select(ApprovalRequest).order_by(col(ApprovalRequest.id).desc()).limit(MOST_LISTED)
    if is_open is not None:
        is_state = col(ApprovalRequest.state) == RequestState.OPEN
        query = query.where(is_state if is_open else ~is_state)
    if society_id is not None:
        query = query.where(ApprovalRequest.society_id == society_id)
    found = [each for each in session.exec(query) if _may_see(session, each)]
    people = societies.emails(
        session, [user for each in found for user in (each.asked_by, each.decided_by)]
    )
    return [
        _shown(session, each, people, FEW_PARTS if each.state == RequestState.OPEN else 0)
        for each in found
    ]


def show(session: Session, proposal_id: int, most: int = FEW_PARTS) -> Shown:
    """One request, with at most so many of its parts.

    Raises:
        NotFoundError: There is none that the actor may see.
    """
    proposal = _get(session, proposal_id)
    people = societies.emails(session, [proposal.asked_by, proposal.decided_by])
    return _shown(session, proposal, people, most)


def _shown(
    session: Session, proposal: ApprovalRequest, people: Mapping[int, str], most: int
) -> Shown:
    deed = action_of(proposal.kind)
    is_open = proposal.state == RequestState.OPEN
    is_own = proposal.asked_by == actor_of(session).user_id
    may = actor_of(session).may(deed.confirms, proposal.society_id)
    return Shown(
        proposal=proposal,
        tells=deed.tell(session, proposal.details),
        parts=deed.parts(session, proposal.details, most) if most else ApprovalLines(),
        people=people,
        may_confirm=is_open and may and not is_own,
        may_withdraw=is_open and is_own,
    )


def _may_see(session: Session, proposal: ApprovalRequest) -> bool:
    deed = ACTIONS[proposal.kind]
    rights = {deed.asks, deed.confirms, Permission.SEE_SHEETS}
    return any(actor_of(session).may(right, proposal.society_id) for right in rights)


def _get(session: Session, proposal_id: int) -> ApprovalRequest:
    found = get_record(session, ApprovalRequest, proposal_id)
    if not _may_see(session, found):
        raise NotFoundError(_("There is no such record."))
    return found


def _open(session: Session, proposal_id: int) -> ApprovalRequest:
    found = _get(session, proposal_id)
    if found.state != RequestState.OPEN:
        raise ConflictError(_answered(found))
    return found


def _answered(proposal: ApprovalRequest) -> str:
    return {
        RequestState.CONFIRMED: _("Somebody confirmed this already."),
        RequestState.REFUSED: _("Somebody refused this already."),
        RequestState.WITHDRAWN: _("This was withdrawn."),
    }[RequestState(proposal.state)]


def _answer(
    session: Session, proposal: ApprovalRequest, state: RequestState, answer: str | None
) -> None:
    """Move it on; of two at once exactly one succeeds."""
    result = session.execute(
        update(ApprovalRequest)
        .where(
            col(ApprovalRequest.id) == proposal.id, col(ApprovalRequest.state) == RequestState.OPEN
        )
        .values(
            state=state,
            answer=answer,
            decided_by=actor_of(session).user_id,
            decided_at=clock.now(),
        )
    )
    session.refresh(proposal)
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError(_answered(proposal))
    audit.record(
        session,
        audit.Act.PROPOSAL_ANSWERED,
        society_id=proposal.society_id,
        subject_id=proposal.id,
        state=str(state),
    )
