"""What waits for a person beside sheets, shown on the page they begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g
from sqlmodel import Session

from cva.approvals.service import Shown, list_waiting
from cva.core.permissions import Permission
from cva.programmes.models import Round
from cva.rounds.views import lists_waiting
from cva.societies import service as societies
from cva.web.layout import holds


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requests that wait for them as the second person, lists as the budget holder.

    Attributes:
        requests_total: How many there are, of which ``requests`` are the oldest.
        zones: The time zones of the societies, whose clocks times are shown by.
    """

    requests: Sequence[Shown] = ()
    requests_total: int = 0
    lists: Sequence[Round] = ()
    zones: Mapping[int, str] | None = None

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.requests or self.lists)


def waiting(session: Session) -> Waiting:
    """What waits for the actor; nothing for who sees no rounds."""
    if not holds(g.actor, Permission.SEE_ROUNDS):
        return Waiting()
    requests, total = list_waiting(session)
    return Waiting(requests, total, lists_waiting(session), societies.time_zones(session))
