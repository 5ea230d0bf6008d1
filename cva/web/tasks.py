"""What waits for a person, told on the page they begin with."""

from collections.abc import Sequence
from typing import Any

from flask import g
from sqlmodel import Session

from cva.approvals.service import list_requests
from cva.core.permissions import Permission
from cva.rounds.views import lists_waiting
from cva.web.layout import holds


def waiting(session: Session) -> dict[str, Sequence[Any]]:
    """Requests that wait for them as the second person, and lists as the budget holder."""
    if not holds(g.actor, Permission.SEE_ROUNDS):
        return {"requests": (), "lists": ()}
    asked = list_requests(session, is_open=True)
    return {
        "requests": [each for each in asked if each.may_confirm],
        "lists": lists_waiting(session),
    }
