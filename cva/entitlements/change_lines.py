"""The lines of a named change, as people write them."""

import re
from dataclasses import dataclass

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.money import parse

#: ``R-001 = 5000``, ``R-001/2 = 2500`` (the second instalment), ``R-001 = off`` (all that was not
#: given yet), ``R-001/2 = off`` (one instalment).
_LINE = re.compile(r"^(?P<number>.+?)(?:/(?P<part>[0-9]{1,2}))?\s*=\s*(?P<what>\S+)$")
OFF = "off"
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class ListChange:
    """One line of a change.

    Attributes:
        instalment: None where the line names none.
        minor: None where the person is taken off.
    """

    number: str
    instalment: int | None
    minor: int | None


def parse_lines(text: str, currency: str) -> list[ListChange]:
    """Read the lines of a change.

    Raises:
        InputError: A line cannot be read.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        message = _("Write one line for each person, for example: R-001 = 5000")
        raise InputError(message, {"changes": [message]}, code="change_empty")
    return [_parse_line(line, currency) for line in lines]


def _parse_line(line: str, currency: str) -> ListChange:
    match = _LINE.match(line)
    if match is None:
        message = _(
            '"{line}" cannot be read. Write number = amount, for example R-001 = 5000, '
            "or R-001 = off to take a person off the list."
        ).format(line=line[:60])
        raise InputError(message, {"changes": [message]}, code="change_line_unreadable")
    what = match["what"]
    minor = None if what.casefold() == OFF else parse(what, currency).minor
    if minor is not None and minor <= 0:
        message = _("Write an amount above zero, or off to take {number} off the list.").format(
            number=match["number"]
        )
        raise InputError(message, {"changes": [message]}, code="change_amount_zero")
    part = int(match["part"]) if match["part"] else None
    return ListChange(match["number"].strip(), part, minor)
