"""Acts that take two people: one asks for it and says why, another one confirms it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from cva.core.errors import InputError
from cva.core.rights import Right
from cva.core.words import gettext as _

#: Digits of the largest number of a record.
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one person asked for and another one confirmed.

    Attributes:
        details: As ``Deed.read`` gave them.
        asked_by: Who asked; whoever confirmed is the actor of the session.
    """

    proposal_id: int
    society_id: int
    details: Mapping[str, Any]
    reason: str
    asked_by: int

    @property
    def key(self) -> str:
        """Names this very act: what makes posting it twice impossible."""
        return f"proposal:{self.proposal_id}"


def _all(details: Mapping[str, Any]) -> object:
    return details


@dataclass(frozen=True, slots=True)
class Deed:
    """One kind of act that takes two people.

    Attributes:
        kind: Its stable name; stored, seen by programs, never used for something else.
        asks: The right of whoever asks. ``confirms``: of the other one.
        read: Checks what was said as texts, by name, and gives it as it is kept; raises what a
            person is told where it cannot be done.
        do: Does it, in the transaction of the second person.
        tell: In one plain sentence what would be done, for the second person.
        about: Of the details what makes two requests the same, of which one is open at a time.
    """

    kind: str
    asks: Right
    confirms: Right
    read: Callable[[Session, int, Mapping[str, str]], dict[str, Any]]
    do: Callable[[Session, Agreed], None]
    tell: Callable[[Session, Mapping[str, Any]], str]
    about: Callable[[Mapping[str, Any]], object] = _all


def record_number(said: Mapping[str, str], name: str) -> int:
    """The number of a record among the texts somebody said.

    Raises:
        InputError: It is missing, or no number.
    """
    text = said.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        message = _("{text} is no number of a record.").format(text=repr(text[:20]))
        raise InputError(message, {name: [message]})
    return int(text)
