"""Passwords: argon2id, and the few rules that help (OWASP ASVS 5.0, 6.2)."""

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cva.core.errors import InputError
from cva.core.i18n import gettext as _

SHORTEST = 12
LONGEST = 128

_hasher = PasswordHasher()
#: A hash takes 64 MiB; two at once are enough, so that many sign-ins cannot exhaust the memory.
_at_once = threading.BoundedSemaphore(2)


def hashed(password: str, email: str) -> str:
    """The argon2id hash of a new password.

    Raises:
        InputError: It is too short, too long, too plain or made from the address.
    """
    fault = _fault(password, email)
    if fault:
        raise InputError(fault, {"password": [fault]}, code="password_weak")
    with _at_once:
        return _hasher.hash(password)


def _fault(password: str, email: str) -> str | None:
    if not SHORTEST <= len(password) <= LONGEST:
        return _("Choose a password of {shortest} to {longest} characters.").format(
            shortest=SHORTEST, longest=LONGEST
        )
    if len(set(password)) < SHORTEST // 3 or email.partition("@")[0].casefold() == (
        password.casefold()
    ):
        return _("This password is too easy to guess. Choose another, such as four words.")
    return None


def matches(password: str, password_hash: str | None) -> bool:
    """Whether a password fits; an unknown person costs the same time as a known one."""
    with _at_once:
        try:
            _hasher.verify(password_hash or _nobody(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)
