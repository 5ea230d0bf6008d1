"""The errors a caller may meet, each with a stable code.

A code is part of the product: users see it, the API returns it, programs branch on it.
It is never renamed and never used again for something else.
"""

from collections.abc import Mapping
from typing import ClassVar


class CvaError(Exception):
    """Something the caller asked for cannot be done.

    Attributes:
        code: The stable name of this kind of error.
        fields: What is wrong per field of the input, where that is known.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.fields: Mapping[str, list[str]] = fields or {}


class InputError(CvaError):
    """The input is not what was asked for; ``fields`` says where."""

    code = "input_invalid"


class NotFoundError(CvaError):
    """No such record within the caller's societies."""

    code = "not_found"


class ForbiddenError(CvaError):
    """The caller's role does not hold this right."""

    code = "forbidden"


class SignInError(CvaError):
    """Nobody is signed in, or the sign-in did not succeed."""

    code = "sign_in_required"


class TooManyTriesError(CvaError):
    """Too many failed sign-ins; the message says when to try again."""

    code = "too_many_tries"


class RuleError(CvaError):
    """A rule of the ledger forbids this."""

    code = "rule"


class ConflictError(CvaError):
    """Somebody or something else was first; the message says who or what."""

    code = "conflict"


class TenancyError(CvaError):
    """A record of another society was touched, or a query named no actor: a fault of ours."""

    code = "no_scope"


class SettingError(CvaError):
    """The installation is not set up right; the message lists every fault and its cure."""

    code = "setting_invalid"
