"""Requests as programs read them."""

from typing import Any

from cva.approvals.service import Shown
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalLine
from cva.core.money import plain


def request_json(shown: Shown) -> dict[str, Any]:
    """A request: what it would do, who asked, how far it is."""
    one = shown.request
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
        "round": shown.parts.round_id,
        "sheet": shown.parts.sheet_id,
        "parts": [_part_json(each) for each in shown.parts.shown],
        "more_parts": shown.parts.more,
    }


def _part_json(part: ApprovalLine) -> dict[str, Any]:
    money = part.before or part.after
    return {
        "number": part.number,
        "instalment": part.instalment,
        "is_new": part.is_new,
        "before": plain(part.before.currency, part.before.minor) if part.before else None,
        "after": plain(part.after.currency, part.after.minor) if part.after else None,
        "currency": money.currency if money else None,
        "sheet": part.sheet_id,
        "row": part.row,
    }


def part_told(part: ApprovalLine) -> str:
    """A part as a line: whom it is about, and what is given now and would be."""
    about = part.number if part.instalment is None else f"{part.number}/{part.instalment}"
    told = [about, f"{part.before or '–'} → {part.after or '–'}", news_told(part)]
    if part.row is not None:
        told = [about, str(part.before or ""), f"{part.sheet_id}:{part.row}"]
    return "  ".join(each for each in told if each)


def news_told(part: ApprovalLine) -> str:
    """That the person gets an instalment more, or comes on the list; blank where neither."""
    if not part.is_new:
        return ""
    if not part.is_listed:
        return _("new on the list")
    return _("new instalment {number}").format(number=part.instalment)
