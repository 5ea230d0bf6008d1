"""Figures and proofs as JSON: the same for the command line and the API. Amounts are strings."""

from collections.abc import Sequence
from typing import Any

from cva.core.money import plain
from cva.reports.control_totals import ControlTotals
from cva.reports.figures import COUNTS, SUMS, FigureGroup, Figures, FigureSum
from cva.reports.multi_society import SocietiesTogether
from cva.reports.verification import Proof

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


def together_json(found: SocietiesTogether) -> dict[str, Any]:
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


def _group(group: FigureGroup) -> dict[str, Any]:
    return {
        "code": group.code,
        "name": group.name,
        "people": group.people,
        "transfers": group.transfers,
        "vouchers_issued": group.vouchers_issued,
        "amounts": _sums(group.amounts, "transfers"),
        "voucher_values": _sums(group.voucher_values, "vouchers"),
    }


def _sums(sums: Sequence[FigureSum], what: str) -> list[dict[str, Any]]:
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


def totals_json(totals: ControlTotals) -> dict[str, Any]:
    """Control totals; amounts are strings, and debits and credits positive."""
    return {
        "society": totals.society,
        "from": totals.first.isoformat() if totals.first else None,
        "to": totals.last.isoformat() if totals.last else None,
        "steps": [
            {
                "step": step.step,
                "currency": step.money.currency,
                "amount": plain(step.money.currency, step.money.minor),
                "rows": step.rows,
            }
            for step in totals.steps
        ],
        "accounts": [
            {
                "account": balance.account,
                "currency": balance.currency,
                "debit": plain(balance.currency, balance.debit_minor),
                "credit": plain(balance.currency, balance.credit_minor),
                "balance": plain(balance.currency, balance.debit_minor - balance.credit_minor),
            }
            for balance in totals.accounts
        ],
        "ties": [
            {
                "currency": tie.currency,
                "approved": plain(tie.currency, tie.approved_minor),
                "posted": plain(tie.currency, tie.posted_minor),
                "booked": plain(tie.currency, tie.booked_minor),
                "holds": tie.holds,
            }
            for tie in totals.ties
        ],
        "tie": totals.tie,
    }
