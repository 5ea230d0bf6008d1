"""The errors a caller may meet, each with a stable code.

A code is part of the product: users see it, the API returns it, programs branch on it, and
``docs/errors.md`` says what it means and what to do. It is never renamed and never used again for
something else.
"""

from collections.abc import Mapping
from typing import ClassVar


class CvaError(Exception):
    """Something the caller asked for cannot be done.

    Attributes:
        kind: The stable name of this class of errors. ``status``: its status over HTTP.
        code: The stable name of this very refusal; the kind where it has no name of its own.
        message: What a person reads.
        fields: What is wrong per field of the input, where that is known.
        denied: The society and the right that was missing in it, where that was it.
    """

    kind: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    denied: tuple[int, str] | None = None

    def __init__(
        self,
        message: str,
        fields: Mapping[str, list[str]] | None = None,
        *,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code or self.kind
        self.message = message
        self.fields: Mapping[str, list[str]] = fields or {}


class InputError(CvaError):
    """The input is not what was asked for; ``fields`` says where."""

    kind = "input_invalid"
    status = 422


class NotFoundError(CvaError):
    """No such record within the caller's societies."""

    kind = "not_found"
    status = 404


class ForbiddenError(CvaError):
    """The caller's role does not hold this right."""

    kind = "forbidden"
    status = 403


class SignInError(CvaError):
    """The caller is not signed in, or the sign-in did not succeed."""

    kind = "sign_in_required"
    status = 401


class TooManyTriesError(CvaError):
    """Too many failed sign-ins; the message says when to try again."""

    kind = "too_many_tries"
    status = 429


class RuleError(CvaError):
    """A rule of the ledger forbids this."""

    kind = "rule"
    status = 422


class ConflictError(CvaError):
    """Another person or another change was first; the message says who or what."""

    kind = "conflict"
    status = 409


class TenancyError(CvaError):
    """A record of another society was touched, or a query named no actor: a fault of ours."""

    kind = "no_scope"


class SettingError(CvaError):
    """The installation is not set up right; the message lists every fault and its cure."""

    kind = "setting_invalid"
