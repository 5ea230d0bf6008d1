"""Actions that take two people: one person asks for one and says why, another one confirms it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.money import Money
from cva.core.permissions import Permission

#: Digits of the largest number of a record.
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class ApprovedRequest:
    """What one person asked for and another one confirmed.

    Attributes:
        details: As ``ApprovalAction.parse`` gave them.
        asked_by: Who asked; the person who confirmed is the actor of the session.
    """

    request_id: int
    society_id: int
    details: Mapping[str, Any]
    reason: str
    asked_by: int

    @property
    def key(self) -> str:
        """The key of its entry, which makes posting it twice impossible."""
        return f"request:{self.request_id}"


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """What an action does to one person or voucher, for the second person; never a name.

    Attributes:
        instalment: None where it is about none.
        before: What is given now; None where nothing is. ``after``: what would be given.
        is_listed: The person is on the list already.
        sheet_id: Where it is, with ``row`` the row in it, called ``row_name``.
    """

    number: str
    instalment: int | None = None
    before: Money | None = None
    after: Money | None = None
    is_listed: bool = True
    sheet_id: int | None = None
    row: int | None = None
    row_name: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nothing was given before, so that it is an instalment more."""
        return self.before is None and self.after is not None


@dataclass(frozen=True, slots=True)
class ApprovalLines:
    """All that an action does, or the first of it.

    Attributes:
        count: How many there are, of which ``shown`` are the first.
        totals: What all of them come to, where that is shown.
        round_id: The round it is about. ``sheet_id``: the sheet.
    """

    shown: Sequence[ApprovalLine] = ()
    count: int = 0
    totals: Sequence[Money] = ()
    round_id: int | None = None
    sheet_id: int | None = None

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def _whole(details: Mapping[str, Any]) -> object:
    return details


def _no_lines(_session: Session, _details: Mapping[str, Any], _most: int) -> ApprovalLines:
    return ApprovalLines()


@dataclass(frozen=True, slots=True)
class ApprovalAction:
    """One kind of action that takes two people, a maker and a checker.

    Attributes:
        kind: Its stable name; stored, seen by programs, never used for something else.
        maker: The permission to request it. ``checker``: to confirm it.
        parse: Checks what was requested, as texts by name, and gives it as it is kept; raises what
            a person is shown where it cannot be done.
        carry_out: Does it, in the transaction of the checker.
        describe: Says in one plain sentence what would be done, for the checker.
        identity: Of the details what makes two requests the same, of which one is open at a time.
        lines: What it does to each person, at most so many, where one sentence cannot say it.
    """

    kind: str
    maker: Permission
    checker: Permission
    parse: Callable[[Session, int, Mapping[str, str]], dict[str, Any]]
    carry_out: Callable[[Session, ApprovedRequest], None]
    describe: Callable[[Session, Mapping[str, Any]], str]
    identity: Callable[[Mapping[str, Any]], object] = _whole
    lines: Callable[[Session, Mapping[str, Any], int], ApprovalLines] = _no_lines


def record_number(texts: Mapping[str, str], name: str) -> int:
    """The number of a record among the texts of a request.

    Raises:
        InputError: It is missing, or no number.
    """
    text = texts.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        message = _("{text} is no number of a record.").format(text=repr(text[:20]))
        raise InputError(message, {name: [message]}, code="record_number_unreadable")
    return int(text)
