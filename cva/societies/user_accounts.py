"""Accounts over their life: shut and opened, roles taken away, tokens, sessions, passwords.

An account may work for several societies and belongs to none. So these functions take a session of
the ledger itself (``acting``), and beside it who acts. What takes away is open to an administrator
of any society that the person works for; what gives back, to one of all of them.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from cva.core import audit, clock
from cva.core.audit import Act
from cva.core.db import transaction
from cva.core.errors import ForbiddenError, NotFoundError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission, Role
from cva.core.tenancy import SYSTEM, Actor
from cva.societies.models import ApiToken, Membership, PasswordLink, SignIn, Society, User
from cva.societies.sign_in import digest


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """What a person is in a society.

    Attributes:
        may_remove: The person who looks may take the role away.
    """

    society: Society
    role: str
    may_remove: bool


@dataclass(frozen=True, slots=True)
class UserAccount:
    """An account as its owner or an administrator sees it.

    Attributes:
        sessions: How many are open, in this browser and elsewhere.
        tokens: Those that still work, the newest first.
        is_of_all: The person who looks administers every society the account works for.
    """

    user_id: int
    email: str
    is_disabled: bool
    roles: Sequence[RoleHeld]
    tokens: Sequence[ApiToken]
    sessions: int
    is_of_all: bool


def acting(engine: Engine, actor: Actor) -> AbstractContextManager[Session]:
    """A transaction of the ledger itself, in whose trail a person stands."""
    return transaction(engine, replace(SYSTEM, user_id=actor.user_id))


def show_account(session: Session, actor: Actor, user_id: int) -> UserAccount:
    """One's own account, or that of somebody in a society that one administers.

    Raises:
        NotFoundError: It is neither.
    """
    user = _own_or_managed(session, actor, user_id)
    held = _roles(session, user_id)
    managed = _managed(actor, held)
    now = clock.now()
    tokens = session.exec(
        select(ApiToken)
        .where(ApiToken.user_id == user_id, col(ApiToken.revoked_at).is_(None))
        .where(ApiToken.expires_at > now)
        .order_by(col(ApiToken.id).desc())
    ).all()
    sessions = select(func.count()).select_from(SignIn).where(SignIn.user_id == user_id)
    return UserAccount(
        user_id=user_id,
        email=user.email,
        is_disabled=user.disabled_at is not None,
        roles=[RoleHeld(society, role, society.id in managed) for society, role in held],
        tokens=tokens,
        sessions=session.exec(sessions).one(),
        is_of_all=managed == {society.id for society, _role in held},
    )


def disable(session: Session, actor: Actor, user_id: int) -> None:
    """Shut an account at once: nobody signs in with it, its sessions end, its tokens stop.

    Raises:
        NotFoundError: The person works for no society that the actor administers.
        RuleError: It is the actor's own, or that of a society's last administrator.
    """
    user = managed_user(session, actor, user_id)
    if user_id == actor.user_id:
        raise RuleError(_("Your own account is shut by another administrator."), code="account_own")
    held = _roles(session, user_id)
    _keep_an_administrator(
        session, user_id, [society for society, role in held if role == Role.ADMIN]
    )
    now = clock.now()
    user.disabled_at = user.disabled_at or now
    session.execute(delete(SignIn).where(col(SignIn.user_id) == user_id))
    session.execute(delete(PasswordLink).where(col(PasswordLink.user_id) == user_id))
    for token in _working_tokens(session, user_id):
        token.revoked_at = now
    record_act(session, Act.ACCOUNT_DISABLED, user_id)


def enable(session: Session, actor: Actor, user_id: int) -> None:
    """Open an account again; sessions and tokens do not come back.

    Raises:
        NotFoundError: The person works for no society that the actor administers.
        ForbiddenError: The person works for another society too.
    """
    user = managed_user(session, actor, user_id, of_all=True)
    user.disabled_at = None
    record_act(session, Act.ACCOUNT_ENABLED, user_id)


def remove_role(session: Session, actor: Actor, society_id: int, user_id: int, role: str) -> None:
    """Take a role in a society away; it holds from the person's next click.

    Raises:
        NotFoundError: The society is not one of the actor's, or the person has not this role.
        ForbiddenError: The actor does not administer the society.
        RuleError: The person is its last administrator.
    """
    actor.require(Permission.MANAGE_SETUP, society_id)
    held = session.exec(
        select(Membership).where(
            Membership.society_id == society_id,
            Membership.user_id == user_id,
            Membership.role == role,
        )
    ).one_or_none()
    if held is None:
        raise NotFoundError(_("The person has not this role there."), code="role_unknown")
    if role == Role.ADMIN:
        _keep_an_administrator(session, user_id, [session.get_one(Society, society_id)])
    session.delete(held)
    audit.record(
        session, Act.MEMBER_REMOVED, society_id=society_id, subject_id=user_id, role=str(role)
    )


def revoke_token(session: Session, actor: Actor, token_id: int) -> None:
    """Stop a token of one's own, or of somebody in a society that one administers.

    Raises:
        NotFoundError: It is neither.
    """
    token = session.get(ApiToken, token_id)
    if token is None:
        raise NotFoundError(_("There is no such record."))
    _own_or_managed(session, actor, token.user_id)
    token.revoked_at = token.revoked_at or clock.now()
    record_act(session, Act.TOKEN_REVOKED, token.user_id, token=token.id)


def end_sessions(session: Session, actor: Actor, user_id: int, kept: str = "") -> None:
    """End the sessions of an account.

    Args:
        session: Of ``acting``.
        actor: The owner, or an administrator.
        user_id: Whose.
        kept: The secret of the one that goes on.

    Raises:
        NotFoundError: It is neither one's own account nor one that one administers.
    """
    _own_or_managed(session, actor, user_id)
    session.execute(
        delete(SignIn).where(
            col(SignIn.user_id) == user_id, col(SignIn.secret_sha256) != digest(kept)
        )
    )
    record_act(session, Act.SESSIONS_ENDED, user_id)


def _roles(session: Session, user_id: int) -> list[tuple[Society, str]]:
    query = (
        select(Society, Membership.role)
        .join(Membership, col(Membership.society_id) == Society.id)
        .where(Membership.user_id == user_id)
        .order_by(col(Society.name), col(Membership.role))
    )
    return list(session.exec(query).all())


def _managed(actor: Actor, held: Sequence[tuple[Society, str]]) -> set[int]:
    """The societies of an account that the actor administers."""
    return {society.id for society, _role in held if actor.may(Permission.MANAGE_SETUP, society.id)}


def managed_user(session: Session, actor: Actor, user_id: int, *, of_all: bool = False) -> User:
    """Somebody in a society that an actor administers.

    Args:
        session: Of ``acting``.
        actor: Who acts.
        user_id: Whose account.
        of_all: The actor has to administer every society that the person works for.

    Raises:
        NotFoundError: The person works for no society that the actor administers.
        ForbiddenError: The person works for another society too.
    """
    user = session.get(User, user_id)
    held = _roles(session, user_id)
    managed = _managed(actor, held)
    if user is None or not (managed or actor.is_system):
        raise NotFoundError(_("There is no such record."))
    if of_all and managed != {society.id for society, _role in held}:
        raise ForbiddenError(
            _(
                "The person works for a society too that you do not administer. Ask whoever runs "
                "the server."
            ),
            code="account_elsewhere",
        )
    return user


def _own_or_managed(session: Session, actor: Actor, user_id: int) -> User:
    if user_id == actor.user_id:
        return session.get_one(User, user_id)
    return managed_user(session, actor, user_id)


def _keep_an_administrator(session: Session, user_id: int, societies: Sequence[Society]) -> None:
    for society in societies:
        others = session.exec(
            select(func.count())
            .select_from(Membership)
            .join(User, col(User.id) == Membership.user_id)
            .where(
                Membership.society_id == society.id,
                Membership.role == Role.ADMIN,
                Membership.user_id != user_id,
                col(User.disabled_at).is_(None),
            )
        ).one()
        if not others:
            raise RuleError(
                _("{society} would have no administrator any more. Add another first.").format(
                    society=society.name
                ),
                code="last_administrator",
            )


def _working_tokens(session: Session, user_id: int) -> Sequence[ApiToken]:
    return session.exec(
        select(ApiToken).where(ApiToken.user_id == user_id, col(ApiToken.revoked_at).is_(None))
    ).all()


def record_act(session: Session, act: Act, user_id: int, **detail: str | int) -> None:
    """Add an act about an account to the trail of each society that the person works for."""
    for society_id in sorted({society.id for society, _role in _roles(session, user_id)}):
        audit.record(session, act, society_id=society_id, subject_id=user_id, **detail)
