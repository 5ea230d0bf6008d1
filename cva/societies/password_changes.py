"""A new password: by whoever knows that of today, or by a link that works once."""

import secrets
from datetime import timedelta

from sqlmodel import Session, col, delete, select

from cva.core import clock
from cva.core.audit import Act
from cva.core.errors import NotFoundError, RuleError
from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.core.tenancy import Actor
from cva.societies import passwords
from cva.societies.models import PasswordLink, SignIn, User
from cva.societies.sign_in import digest
from cva.societies.user_accounts import managed_user, record_act

#: A link to choose a new password works once, and so long.
LINK_LASTS = timedelta(hours=24)
_OVER = N_("This link was used or is too old. Ask the administrator for another.")


def change_password(session: Session, user_id: int, password: str, kept: str = "") -> None:
    """Give an account another password; its other sessions end.

    Raises:
        InputError: The password is too weak.
    """
    user = session.get_one(User, user_id)
    user.password_hash = passwords.hashed(password, user.email)
    session.execute(delete(PasswordLink).where(col(PasswordLink.user_id) == user_id))
    session.execute(
        delete(SignIn).where(
            col(SignIn.user_id) == user_id, col(SignIn.secret_sha256) != digest(kept)
        )
    )
    record_act(session, Act.PASSWORD_CHANGED, user_id)


def make_password_link(session: Session, actor: Actor, user_id: int) -> str:
    """The secret of a link by which a person chooses a new password, once; it is shown once.

    An administrator could open it too: the trail says who made it, and the person's old password
    does not fit any more once it was used.

    Raises:
        NotFoundError: The person works for no society that the actor administers.
        ForbiddenError: The person works for another society too.
        RuleError: The account is shut.
    """
    user = managed_user(session, actor, user_id, of_all=True)
    if user.disabled_at is not None:
        raise RuleError(_("The account is shut. Open it first."), code="account_disabled")
    secret = secrets.token_urlsafe(32)
    expires_at = clock.now() + LINK_LASTS
    session.execute(delete(PasswordLink).where(col(PasswordLink.user_id) == user_id))
    session.add(PasswordLink(secret_sha256=digest(secret), user_id=user_id, expires_at=expires_at))
    record_act(session, Act.PASSWORD_LINK_MADE, user_id)
    return secret


def holder_of_link(session: Session, secret: str) -> User:
    """Whose password a link lets choose.

    Raises:
        NotFoundError: It was used, replaced, or is older than a day.
    """
    found = session.exec(
        select(User)
        .join(PasswordLink, col(PasswordLink.user_id) == User.id)
        .where(
            PasswordLink.secret_sha256 == digest(secret),
            PasswordLink.expires_at > clock.now(),
            col(User.disabled_at).is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_(_OVER), code="password_link_over")
    return found


def use_password_link(session: Session, secret: str, password: str) -> None:
    """Give the holder of a link a new password; the link works no more.

    Raises:
        NotFoundError: As ``holder_of_link``.
        InputError: The password is too weak.
    """
    user = holder_of_link(session, secret)
    taken = session.execute(
        delete(PasswordLink).where(col(PasswordLink.secret_sha256) == digest(secret))
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise NotFoundError(
            _(_OVER), code="password_link_over"
        )  # somebody used it between the two statements
    change_password(session, user.id, password)
