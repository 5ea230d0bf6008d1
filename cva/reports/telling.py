"""Figures and proofs as JSON: the same for the command line and the API. Amounts are strings."""

from collections.abc import Sequence
from typing import Any

from cva.core.money import plain
from cva.reports.proof import Proof
from cva.reports.values import Figures, Group, Sum


def figures_json(figures: Figures) -> dict[str, Any]:
    """The figures of a month. ``null`` stands for a small number that is withheld."""
    return {
        "society": figures.society,
        "month": str(figures.month),
        "people": figures.people,
        "new_people": figures.new_people,
        "transfers": figures.transfers,
        "vouchers_issued": figures.vouchers_issued,
        "amounts": _sums(figures.amounts, "transfers"),
        "voucher_values": _sums(figures.voucher_values, "vouchers"),
        "exceptions": _sums(figures.exceptions, "transfers"),
        "returned": _sums(figures.returned, "returns"),
        "reached": dict(figures.reached),
        "by": {name: [_group(group) for group in groups] for name, groups in figures.by.items()},
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "code": group.code,
        "name": group.name,
        "people": group.people,
        "transfers": group.transfers,
        "vouchers_issued": group.vouchers_issued,
        "amounts": _sums(group.amounts, "transfers"),
        "voucher_values": _sums(group.voucher_values, "vouchers"),
    }


def _sums(sums: Sequence[Sum], what: str) -> list[dict[str, Any]]:
    return [
        {
            "currency": each.money.currency,
            "amount": plain(each.money.currency, each.money.minor),
            what: each.count,
        }
        for each in sums
    ]


def proof_json(proof: Proof) -> dict[str, Any]:
    """What was found in a book."""
    return {
        "society": proof.society,
        "sound": proof.is_sound,
        "entries": proof.entries,
        "rows": proof.rows,
        "head": proof.head,
        "fault": (
            {"entry": proof.fault.entry, "message": proof.fault.message} if proof.fault else None
        ),
    }
