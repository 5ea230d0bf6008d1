"""Providers, their floats and payment lists as JSON: the same for the command line and the API."""

from collections.abc import Sequence
from typing import Any

from cva.core.money import Money, plain
from cva.providers.floats import FloatStatement
from cva.providers.instructions import Made
from cva.providers.models import Provider, StatedBalance
from cva.providers.stated_balances import Compared
from cva.providers.views import ListLine, ListView, Named, Standing


def provider_json(provider: Provider, society: str) -> dict[str, Any]:
    """A provider in short."""
    return {
        "id": provider.id,
        "society": society,
        "code": provider.code,
        "name": provider.name,
        "mechanism": provider.mechanism,
        "template": provider.template,
        "reached": "collected" if provider.tells_collection else "paid",
    }


def float_json(
    statements: Sequence[FloatStatement],
    compared: Sequence[Compared],
    under_way: Sequence[Standing],
) -> dict[str, Any]:
    """The float per currency, the balances the provider stated beside ours, what is under way."""
    return {
        "float": [
            {
                "currency": each.currency,
                "opening": plain(each.currency, each.opening_minor),
                "advanced": plain(each.currency, each.advanced_minor),
                "paid": plain(each.currency, each.paid_minor),
                "returned": plain(each.currency, each.returned_minor),
                "fees": plain(each.currency, each.fees_minor),
                "given_back": plain(each.currency, each.given_back_minor),
                "closing": plain(each.currency, each.closing_minor),
            }
            for each in statements
        ],
        "balances": [
            balance_json(each.stated)
            | {
                "ours": plain(each.stated.currency, each.ours_minor),
                "difference": plain(each.stated.currency, each.difference_minor),
                "candidates": [candidate.number for candidate in each.candidates],
            }
            for each in compared
        ],
        "under_way": [_standing(each) for each in under_way],
    }


def balance_json(stated: StatedBalance) -> dict[str, Any]:
    """A balance that a provider stated."""
    return {
        "day": stated.stated_on.isoformat(),
        "currency": stated.currency,
        "stated": plain(stated.currency, stated.minor),
        "source": stated.source,
    }


def made_json(made: Made) -> dict[str, Any]:
    """A payment list that was just made."""
    return {
        "id": made.list_id,
        "state": "made",
        "payments": made.payments,
        "totals": [_money(total) for total in made.totals],
        "gone": list(made.gone),
        "in_sheets": [
            {"sheet": sheet_id, "registration_numbers": list(numbers)}
            for sheet_id, numbers in made.in_sheets.items()
        ],
        "successors": dict(made.successors),
        "lacking": [
            {"registration_no": each.number, "fields": list(each.fields)} for each in made.lacking
        ],
    }


def line_json(line: ListLine) -> dict[str, Any]:
    """A payment list in short."""
    found = line.payment_list
    return {
        "id": found.id,
        "society": line.society.code,
        "provider": line.provider.code,
        "round": line.round_code,
        "number": found.number,
        "site": found.site,
        "state": found.state,
        "file": found.filename,
        "sha256": found.sha256,
        "payments": found.payments,
        "unanswered": line.unanswered,
        "not_paid": line.not_paid,
        "open_days": line.open_days,
        "sent_by": line.sent_by or None,
        "standings": [_standing(each) for each in line.standings],
    }


def list_json(view: ListView) -> dict[str, Any]:
    """A payment list with what has no answer and what was not paid; no names and no phones."""
    return line_json(view.line) | {
        "sendings": [
            {
                "turn": each.turn,
                "by": view.people.get(each.sent_by),
                "at": each.sent_at.isoformat(),
                "reason": each.reason,
            }
            for each in view.sendings
        ],
        "open": [_named(each) for each in view.open],
        "failed": [_named(each) for each in view.not_paid],
    }


def _named(each: Named) -> dict[str, Any]:
    return {
        "registration_no": each.number,
        "reference": each.reference,
        "state": each.state,
        "told_on": each.told_on.isoformat() if each.told_on else None,
        "reason": each.reason,
    } | _money(each.money)


def _standing(each: Standing) -> dict[str, Any]:
    return {"state": each.state, "payments": each.payments} | _money(each.money)


def _money(money: Money) -> dict[str, str]:
    return {"currency": money.currency, "amount": plain(money.currency, money.minor)}
