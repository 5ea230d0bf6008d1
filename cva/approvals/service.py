"""Asking for an action that takes two people, and answering as the second."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from cva.approvals.actions import ACTIONS, action_of
from cva.approvals.models import ApprovalRequest, RequestState
from cva.core import audit, clock
from cva.core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalLines, ApprovedRequest
from cva.core.paging import Page, page_of
from cva.core.permissions import Permission, roles_with
from cva.core.secret_columns import InRow
from cva.core.tenancy import actor_of, get_record
from cva.journal.entry_posting import lock_book
from cva.journal.row_digests import digest
from cva.societies import service as societies

#: So many are listed.
MOST_LISTED = 200
#: So many waiting items are shown on a first page.
MOST_WAITING = 20
#: Of so many people it is said what a request would do to them, where nobody asks for all.
FEW_PARTS = 20
#: More than any request has.
ALL_PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as people are shown it.

    Attributes:
        summary: What would be done, in one sentence.
        parts: What would be done to each person. Of a list of requests, of those that wait the
            first.
        people: E-mail addresses by id, of those who asked and answered.
        may_confirm: The reader is a second person for it. ``may_withdraw``: they asked for it.
    """

    request: ApprovalRequest
    summary: str
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


def agreements(session: Session, request_ids: Iterable[int | None]) -> dict[int, RequestableAction]:
    """What was asked for and confirmed, by id; without what the actor may not see."""
    wanted = {each for each in request_ids if each}
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
    session: Session, society_id: int, kind: str, texts: Mapping[str, str], reason: str
) -> ApprovalRequest:
    """Ask for an action that a second person has to confirm.

    Raises:
        InputError: No reason is given, the kind is unknown, or something is missing.
        ForbiddenError: The actor's role may not ask for it.
        ConflictError: The same is asked for already.
    """
    action = action_of(kind)
    actor = actor_of(session)
    actor.require(action.maker, society_id)
    if not reason.strip():
        raise InputError(_("Say why."), {"reason": [_("Say why.")]}, code="reason_missing")
    details = action.parse(session, society_id, texts)
    request = ApprovalRequest(
        society_id=society_id,
        kind=kind,
        details=details,
        details_sha256=digest([kind, action.identity(details)]),
        reason=reason.strip(),
        asked_by=actor.user_id,
        asked_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError:
        raise ConflictError(
            _("This is asked for already, and waits for a second person."),
            code="request_open_already",
        ) from None
    audit.record_about(session, audit.Act.REQUEST_MADE, request, kind=kind)
    return request


def confirm(session: Session, request_id: int) -> ApprovalRequest:
    """Do what was asked for, as the second person; all of it or nothing.

    Raises:
        ForbiddenError: The actor asked for it, or their role may not confirm it.
        ConflictError: Somebody answered already.
        RuleError: It cannot be done any more.
    """
    request = _open(session, request_id)
    action = action_of(request.kind)
    actor = actor_of(session)
    if not actor.may(action.checker, request.society_id):
        message = _("Your role cannot confirm this. Have it confirmed by: {roles}.")
        raise ForbiddenError(
            message.format(roles=roles_with(action.checker)), code="checker_role_missing"
        )
    if actor.user_id == request.asked_by:
        raise ForbiddenError(
            _("You asked for this. Somebody else confirms it."), code="own_request_confirmed"
        )
    lock_book(session, request.society_id)
    _answer(session, request, RequestState.CONFIRMED, None)
    action.carry_out(
        session,
        ApprovedRequest(
            request_id=request.id,
            society_id=request.society_id,
            details=request.details,
            reason=request.reason,
            asked_by=request.asked_by,
        ),
    )
    return request


def refuse(session: Session, request_id: int, answer: str) -> ApprovalRequest:
    """Say no to what was asked for, and why.

    Raises:
        InputError: No word says why.
        ForbiddenError: The actor asked for it, or their role may not answer it.
        ConflictError: Somebody answered already.
    """
    request = _open(session, request_id)
    if not answer.strip():
        raise InputError(_("Say why."), {"answer": [_("Say why.")]}, code="reason_missing")
    actor = actor_of(session)
    actor.require(action_of(request.kind).checker, request.society_id)
    if actor.user_id == request.asked_by:
        raise ForbiddenError(
            _("You asked for this. Withdraw it instead."), code="own_request_refused"
        )
    _answer(session, request, RequestState.REFUSED, answer.strip())
    return request


def withdraw(session: Session, request_id: int) -> ApprovalRequest:
    """Take back what one asked for.

    Raises:
        ForbiddenError: Somebody else asked for it.
        ConflictError: It was answered already.
    """
    request = _open(session, request_id)
    if actor_of(session).user_id != request.asked_by:
        raise ForbiddenError(
            _("Only the person who asked for this can withdraw it."), code="other_request_withdrawn"
        )
    _answer(session, request, RequestState.WITHDRAWN, None)
    return request


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
    return _all_shown(session, [each for each in session.exec(query) if _may_see(session, each)])


def page_of_requests(
    session: Session,
    *,
    society_id: int | None,
    state: str | None,
    kind: str | None,
    page: int,
    size: int,
) -> Page[Shown]:
    """A page of what the actor may see of what was asked for, the newest first."""
    wanted = (
        (ApprovalRequest.society_id, society_id),
        (ApprovalRequest.state, state),
        (ApprovalRequest.kind, kind),
    )
    query = select(ApprovalRequest).order_by(col(ApprovalRequest.id).desc())
    for column, value in wanted:
        if value is not None:
            query = query.where(col(column) == value)
    seen = [each for each in session.exec(query) if _may_see(session, each)]
    found = page_of(seen, page, size)
    return Page(_all_shown(session, found.items), found.total, found.number, found.pages)


def _all_shown(session: Session, found: Sequence[ApprovalRequest]) -> list[Shown]:
    people = societies.emails(
        session, [user for each in found for user in (each.asked_by, each.decided_by)]
    )
    return [
        _shown(session, each, people, FEW_PARTS if each.state == RequestState.OPEN else 0)
        for each in found
    ]


def list_waiting(session: Session) -> tuple[Sequence[Shown], int]:
    """What waits for the actor as the second person, the oldest first; and how much it is.

    At most so many as people read at once, without their parts.
    """
    actor = actor_of(session)
    kinds_by_right: dict[Permission, list[str]] = {}
    for action in ACTIONS.values():
        kinds_by_right.setdefault(action.checker, []).append(action.kind)
    may_confirm = [
        and_(
            col(ApprovalRequest.kind).in_(kinds),
            col(ApprovalRequest.society_id).in_(
                [each.id for each in societies.societies_with(session, right)]
            ),
        )
        for right, kinds in kinds_by_right.items()
    ]
    is_waiting = and_(
        col(ApprovalRequest.state) == RequestState.OPEN,
        col(ApprovalRequest.asked_by) != actor.user_id,
        or_(*may_confirm),
    )
    total = session.exec(select(func.count(col(ApprovalRequest.id))).where(is_waiting)).one()
    query = (
        select(ApprovalRequest)
        .where(is_waiting)
        .order_by(col(ApprovalRequest.id))
        .limit(MOST_WAITING)
    )
    found = session.exec(query).all() if total else []
    people = societies.emails(session, [each.asked_by for each in found])
    return [_shown(session, each, people, 0) for each in found], total


def show(session: Session, request_id: int, most: int = FEW_PARTS) -> Shown:
    """One request, with at most so many of its parts.

    Raises:
        NotFoundError: There is none that the actor may see.
    """
    request = _get(session, request_id)
    people = societies.emails(session, [request.asked_by, request.decided_by])
    return _shown(session, request, people, most)


def _shown(
    session: Session, request: ApprovalRequest, people: Mapping[int, str], most: int
) -> Shown:
    action = action_of(request.kind)
    is_open = request.state == RequestState.OPEN
    is_own = request.asked_by == actor_of(session).user_id
    may = actor_of(session).may(action.checker, request.society_id)
    return Shown(
        request=request,
        summary=action.describe(session, request.details),
        parts=action.lines(session, request.details, most) if most else ApprovalLines(),
        people=people,
        may_confirm=is_open and may and not is_own,
        may_withdraw=is_open and is_own,
    )


def _may_see(session: Session, request: ApprovalRequest) -> bool:
    action = ACTIONS[request.kind]
    rights = {action.maker, action.checker, Permission.SEE_SHEETS}
    return any(actor_of(session).may(right, request.society_id) for right in rights)


def _get(session: Session, request_id: int) -> ApprovalRequest:
    found = get_record(session, ApprovalRequest, request_id)
    if not _may_see(session, found):
        raise NotFoundError(_("There is no such record."))
    return found


def _open(session: Session, request_id: int) -> ApprovalRequest:
    found = _get(session, request_id)
    if found.state != RequestState.OPEN:
        raise ConflictError(_answered(found), code="request_answered")
    return found


def _answered(request: ApprovalRequest) -> str:
    return {
        RequestState.CONFIRMED: _("Somebody confirmed this already."),
        RequestState.REFUSED: _("Somebody refused this already."),
        RequestState.WITHDRAWN: _("This was withdrawn."),
    }[RequestState(request.state)]


def _answer(
    session: Session, request: ApprovalRequest, state: RequestState, answer: str | None
) -> None:
    """Move it on; of two at once exactly one succeeds."""
    result = session.execute(
        update(ApprovalRequest)
        .where(
            col(ApprovalRequest.id) == request.id, col(ApprovalRequest.state) == RequestState.OPEN
        )
        .values(
            state=state,
            answer=InRow(answer, request.id),
            decided_by=actor_of(session).user_id,
            decided_at=clock.now(),
        )
    )
    session.refresh(request)
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError(_answered(request), code="request_answered")
    audit.record_about(session, audit.Act.REQUEST_ANSWERED, request, state=str(state))
