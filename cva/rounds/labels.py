"""What the answers and the amounts of a reconciliation are called."""

from collections.abc import Mapping

from cva.core import formatting
from cva.core.i18n import gettext as _
from cva.entitlements.delivery_comparison import Outcome
from cva.providers.uncollected import Available
from cva.rounds.reconciliation import Reconciliation


def outcome_name(answer: str) -> str:
    """What an answer is called."""
    return {
        Outcome.AS_PLANNED: _("as planned"),
        Outcome.LESS: _("less"),
        Outcome.MORE: _("more"),
        Outcome.NOT_RECEIVED: _("not received"),
        Outcome.NOT_ON_LIST: _("not on the list"),
        Outcome.TWICE: _("twice"),
        Outcome.OPEN: _("open"),
    }[Outcome(answer)]


def amount_names() -> Mapping[str, str]:
    """What is shown of each currency, in order."""
    return {
        "planned": _("Planned"),
        "told": _("Told"),
        "confirmed": _("Confirmed"),
        "returned": _("Returned"),
        "open": _("Open"),
        "open_failed": _("Open, failed before"),
        "open_returned": _("Open, came back before"),
        "not_received": _("Not received"),
        "not_received_failed": _("Not received, failed"),
        "not_received_returned": _("Not received, came back"),
        "shortfall": _("Shortfall"),
        "surplus": _("Surplus"),
        "doubled": _("Given twice"),
        "not_on_list": _("Not on the list"),
        "explained": _("Told, explained"),
    }


def available_text(waits: Available) -> str:
    """What waits at a provider to be collected, and since when."""
    message = _("available since {day}: {amount}")
    return message.format(day=formatting.day(waits.since), amount=formatting.amount(waits.money))


def instalments_text(found: Reconciliation) -> str:
    """How many instalments have which answer: 7 as planned, 12 open."""
    counts = ((answer, found.instalments[answer]) for answer in Outcome)
    return ", ".join(f"{count} {outcome_name(answer)}" for answer, count in counts if count)
