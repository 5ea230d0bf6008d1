"""A reconciliation as JSON: the same for the command line and the API. Nobody is named in it."""

from typing import Any

from cva.core import formatting
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.entitlements.delivery_comparison import ComparedLine, Outcome
from cva.entitlements.outcome_sums import Sums
from cva.providers.uncollected import Available
from cva.rounds.grant_totals import Carried
from cva.rounds.labels import amount_names, answer_name
from cva.rounds.reconciliation import Reconciliation


def reconciliation_json(found: Reconciliation) -> dict[str, Any]:
    """Amounts are strings; pieces of commodity vouchers have no currency."""
    return {
        "round": found.round.code,
        "programme": found.programme.code,
        "society": found.society.code,
        "list_version": found.version,
        "open_days": found.open_days,
        "owner": found.owner or None,
        "people": {str(answer): found.people[answer] for answer in Outcome},
        "instalments": {str(answer): found.instalments[answer] for answer in Outcome},
        "sums": [_sums_json(one) for one in found.sums],
        "ties": found.ties,
        "left_out": [
            {"sheet": sheet, "rows": rows, "not_on_list": found.strangers_out.get(sheet, (0, 0))[0]}
            for sheet, rows in found.left_out.items()
        ],
        "grants": [_grant_json(one) for one in found.grants],
        "differences": [_line_json(found, line) for line in found.differences],
    }


def _sums_json(one: Sums) -> dict[str, Any]:
    amounts = {name: amount_text(one.currency, getattr(one, name)) for name in amount_names()}
    people = {name: one.people.get(name, 0) for name in amounts if name != "explained"}
    counts = {
        "people": people,
        "instalments": {name: one.instalments.get(name, 0) for name in people},
    }
    return {"currency": one.currency, **amounts, **counts, "ties": one.ties}


def _grant_json(one: Carried) -> dict[str, Any]:
    return {
        "grant": one.grant.code if one.grant else None,
        "share_bp": one.share_bp,
        "currency": one.currency,
        "planned": plain(one.currency, one.planned),
        "told": plain(one.currency, one.told),
        "confirmed": plain(one.currency, one.confirmed),
    }


def _line_json(found: Reconciliation, line: ComparedLine) -> dict[str, Any]:
    planned, told = line.planned, line.delivery
    given = told if told and told.is_received else None
    waits, gone = found.available_of(line), found.gone_of(line)
    by = waits or told
    return {
        "registration_no": found.number(line),
        "instalment": line.instalment,
        "site": found.site(line) or None,
        "answer": str(line.answer),
        "planned": amount_text(planned.currency, planned.amount) if planned else None,
        "planned_currency": planned.currency if planned else None,
        "told": amount_text(given.currency, given.amount) if given else None,
        "told_currency": given.currency if given else None,
        "confirmed": bool(told and told.is_confirmed),
        "returned": amount_text(given.currency, given.returned) if given else None,
        "available": plain(waits.money.currency, waits.money.minor) if waits else None,
        "available_since": waits.since.isoformat() if waits else None,
        "sheet": by.sheet_id if by else None,
        "row": by.row if by else None,
        "gone": gone.kind if gone else None,
        "gone_on": gone.from_on.isoformat() if gone else None,
    }


def available_text(waits: Available) -> str:
    """What waits at a provider to be collected, and since when."""
    told = _("available since {day}: {amount}")
    return told.format(day=formatting.day(waits.since), amount=formatting.amount(waits.money))


def amount_text(currency: str | None, amount: int) -> str:
    """An amount as a plain text, or pieces."""
    return str(amount) if currency is None else plain(currency, amount)


def instalments_text(found: Reconciliation) -> str:
    """How many instalments have which answer: 7 as planned, 12 open."""
    counts = ((answer, found.instalments[answer]) for answer in Outcome)
    return ", ".join(f"{count} {answer_name(answer)}" for answer, count in counts if count)
