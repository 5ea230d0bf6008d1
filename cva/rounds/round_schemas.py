"""Rounds as programs read them: the same from the interface and the command line."""

from collections.abc import Sequence
from typing import Any

from cva.core.money import plain
from cva.programmes.models import Round
from cva.rounds.views import ListedRound, RoundView


def rounds_json(listed: Sequence[ListedRound]) -> list[dict[str, Any]]:
    """Rounds as lines of a list."""
    return [
        {**_plan(line.round), "society": line.society.code, "programme": line.programme.code}
        | {"list": line.state}
        for line in listed
    ]


def round_json(view: RoundView) -> dict[str, Any]:
    """A round, how far its list is, and what it comes to; amounts as texts."""
    return {
        **_plan(view.round),
        "society": view.society.code,
        "programme": view.programme.code,
        "list": view.list.state if view.list else None,
        "list_version": view.list.version if view.list else 0,
        "drafts": view.list.drafts if view.list else 0,
        "answer": view.list.answer if view.list else None,
        "planned": [
            {
                "currency": each.currency,
                "people": each.people,
                "instalments": each.instalments,
                "amount": plain(each.currency, each.minor) if each.currency else None,
            }
            for each in view.planned
        ],
        "faults": [
            {"registration_no": number, "fault": fault, "row": row}
            for number, fault, row in view.faults
        ],
        "grants": [
            {"code": grant.code, "donor": grant.donor, "share_bp": share_bp}
            for grant, share_bp in view.shares
        ],
        "sheets": [{"id": sheet.id, "state": sheet.state} for sheet in view.sheets],
    }


def _plan(planned: Round) -> dict[str, Any]:
    currency = planned.currency or ""
    return {
        "id": planned.id,
        "code": planned.code,
        "starts_on": planned.starts_on.isoformat() if planned.starts_on else None,
        "ends_on": planned.ends_on.isoformat() if planned.ends_on else None,
        "sites": planned.sites or [],
        "modality": planned.modality,
        "mechanism": planned.mechanism,
        "conditionality": planned.conditionality,
        "restriction": planned.restriction,
        "rule": planned.rule,
        "currency": planned.currency,
        "amount": plain(currency, planned.amount_minor) if planned.amount_minor else None,
        "by_size": [
            {"members": members, "amount": plain(currency, minor)}
            for members, minor in planned.by_size or []
        ],
        "instalments": planned.instalments,
        "voucher_kind": planned.voucher_kind,
    }
