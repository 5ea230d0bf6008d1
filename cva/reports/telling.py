"""Figures and proofs as JSON: the same for the command line and the API. Amounts are strings."""

from collections.abc import Sequence
from typing import Any

from cva.core.money import plain
from cva.reports.proof import Proof
from cva.reports.together import Together
from cva.reports.values import COUNTS, SUMS, Figures, Group, Sum

_HANDED_OUT = dict(zip(SUMS, ("transfers", "vouchers"), strict=True))


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


def together_json(found: Together) -> dict[str, Any]:
    """A month of several societies; ``at_least`` names totals that lack what is withheld."""
    return {
        "month": str(found.month),
        "societies": [_side(each) for each in found.societies],
        "together": {
            **found.counts,
            **{
                name: [
                    {**told, "at_least": found.lacks_sum(name, told["currency"])}
                    for told in _sums(found.sums[name], what)
                ]
                for name, what in _HANDED_OUT.items()
            },
            "at_least": [name for name in (*COUNTS, *SUMS) if found.lacks(name)],
            "may_count_twice": found.may_count_twice,
        },
    }


def _side(figures: Figures) -> dict[str, Any]:
    return {
        "society": figures.society,
        "name": figures.society_name,
        **{name: getattr(figures, name) for name in COUNTS},
        **{name: _sums(getattr(figures, name), what) for name, what in _HANDED_OUT.items()},
        "withheld": [name for name in (*COUNTS, *SUMS) if figures.withholds(name)],
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
