"""Signing in and out; sessions live here, and a browser holds only a secret that names one."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, delete, func, select

from cva.core import clock
from cva.core.crypto import keys
from cva.core.errors import TooManyTriesError
from cva.core.i18n import gettext as _
from cva.core.settings import Settings
from cva.core.tenancy import Actor
from cva.societies import passwords
from cva.societies.models import SignIn, SignInTry, User
from cva.societies.service import actor_for, find_user, folded_address

#: Failed tries are counted over this time; after it everybody may try again.
TRIES_COUNT_FOR = timedelta(minutes=15)
#: One address may fail so often for one person, for everybody, and one person from anywhere.
TRIES_FOR_PERSON_FROM_ADDRESS = 5
TRIES_FROM_ADDRESS = 50
TRIES_FOR_PERSON = 30
#: The moment of last use is written at most so often.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who is signed in.

    Attributes:
        is_stale: It is time to note that the session is in use (``touch``).
    """

    actor: Actor
    email: str
    is_stale: bool = False


def sign_in(session: Session, email: str, password: str, address: str) -> str | None:
    """Sign a person in.

    Returns:
        The secret for the browser's cookie, or None where e-mail or password do not fit. A failed
        try is counted, so the caller lets the transaction commit either way.

    Raises:
        TooManyTriesError: Too many tries failed lately; nothing was looked at.
    """
    user = whose_password(session, email, password, address)
    if user is None:
        return None
    if passwords.needs_rehash(user.password_hash):
        user.password_hash = passwords.hashed(password, email)
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(SignIn(secret_sha256=digest(secret), user_id=user.id, made_at=now, seen_at=now))
    return secret


def whose_password(session: Session, email: str, password: str, address: str) -> User | None:
    """The person with an address and a password, or None where the two do not fit.

    A failed try is counted, so the caller lets the transaction commit either way.

    Raises:
        TooManyTriesError: Too many tries failed lately; nothing was looked at.
    """
    limits = _limits(email, address)
    _refuse_too_many(session, limits)
    user = find_user(session, email)
    fits = passwords.matches(password, user.password_hash if user else None)
    if user is None or not fits or user.disabled_at is not None:
        session.add_all(SignInTry(who=who, at=clock.now()) for who in limits)
        return None
    session.execute(delete(SignInTry).where(col(SignInTry.who) == next(iter(limits))))
    return user


def _limits(email: str, address: str) -> dict[str, int]:
    folded = folded_address(email)
    kinds = (
        ("person from address", f"{folded}|{address}", TRIES_FOR_PERSON_FROM_ADDRESS),
        ("address", address, TRIES_FROM_ADDRESS),
        ("person", folded, TRIES_FOR_PERSON),
    )
    return {keys().digest(kind, value): limit for kind, value, limit in kinds}


def _refuse_too_many(session: Session, limits: dict[str, int]) -> None:
    since = clock.now() - TRIES_COUNT_FOR
    session.execute(delete(SignInTry).where(col(SignInTry.at) < since))
    failed = session.exec(
        select(SignInTry.who, func.count())
        .where(col(SignInTry.who).in_(list(limits)))
        .group_by(SignInTry.who)
    ).all()
    if any(count >= limits[who] for who, count in failed):
        raise TooManyTriesError(_("Too many tries. Wait 15 minutes, then sign in again."))


def digest(secret: str) -> str:
    """What is stored of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def who_is(session: Session, secret: str, settings: Settings) -> SignedIn | None:
    """The person a browser's secret stands for, or None where the session is over."""
    now = clock.now()
    row = session.exec(
        select(SignIn, User)
        .join(User, col(User.id) == SignIn.user_id)
        .where(SignIn.secret_sha256 == digest(secret))
    ).one_or_none()
    if row is None:
        return None
    found, user = row
    is_over = (
        now - found.seen_at > timedelta(minutes=settings.session_idle_minutes)
        or now - found.made_at > timedelta(hours=settings.session_hours)
        or user.disabled_at is not None
    )
    if is_over:
        return None
    is_stale = now - found.seen_at > _SEEN_EVERY
    return SignedIn(actor_for(session, found.user_id), user.email, is_stale)


def touch(session: Session, secret: str) -> None:
    """Note that a session was used just now."""
    found = session.get(SignIn, digest(secret))
    if found is not None:
        found.seen_at = clock.now()


def sign_out(session: Session, secret: str) -> None:
    """End a session at once."""
    session.execute(delete(SignIn).where(col(SignIn.secret_sha256) == digest(secret)))
