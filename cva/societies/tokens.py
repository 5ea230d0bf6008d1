"""Keys for programs: a bearer token acts as the person it was made for."""

import secrets
from datetime import timedelta

from sqlmodel import Session, col, select

from cva.core import clock
from cva.core.audit import Act
from cva.societies.models import ApiToken, User
from cva.societies.service import actor_for, get_user
from cva.societies.sign_in import SignedIn, digest
from cva.societies.user_accounts import record_act

PREFIX = "cva_"
LASTS = timedelta(days=365)


def add_token(session: Session, email: str) -> str:
    """Make a token for a person; it is shown this once and lasts a year.

    Raises:
        NotFoundError: Nobody has this address.
    """
    user = get_user(session, email)
    token = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    made = ApiToken(
        user_id=user.id, secret_sha256=digest(token), made_at=now, expires_at=now + LASTS
    )
    session.add(made)
    session.flush()
    record_act(session, Act.TOKEN_MADE, user.id, token=made.id)
    return token


def who_holds(session: Session, token: str) -> SignedIn | None:
    """The person a token acts as, or None where it is unknown, revoked or expired."""
    row = session.exec(
        select(ApiToken, User)
        .join(User, col(User.id) == ApiToken.user_id)
        .where(ApiToken.secret_sha256 == digest(token))
    ).one_or_none()
    if row is None:
        return None
    found, user = row
    is_over = (
        found.revoked_at is not None
        or found.expires_at < clock.now()
        or user.disabled_at is not None
    )
    return None if is_over else SignedIn(actor_for(session, found.user_id), user.email)
