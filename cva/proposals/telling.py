"""Requests as programs read them."""

from typing import Any

from cva.proposals.service import Shown


def request_json(shown: Shown) -> dict[str, Any]:
    """A request: what it would do, who asked, how far it is."""
    one = shown.proposal
    return {
        "id": one.id,
        "kind": one.kind,
        "tells": shown.tells,
        "reason": one.reason,
        "state": one.state,
        "asked_by": shown.people.get(one.asked_by),
        "asked_at": one.asked_at.isoformat(),
        "answered_by": shown.people.get(one.decided_by or 0),
        "answered_at": one.decided_at.isoformat() if one.decided_at else None,
        "answer": one.answer,
    }
