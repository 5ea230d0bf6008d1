"""What the answers and the amounts of a reconciliation are called."""

from collections.abc import Mapping

from cva.core.words import gettext as _
from cva.entitlements.answers import Answer


def answer_name(answer: str) -> str:
    """What an answer is called."""
    return {
        Answer.AS_PLANNED: _("as planned"),
        Answer.LESS: _("less"),
        Answer.MORE: _("more"),
        Answer.NOT_RECEIVED: _("not received"),
        Answer.NOT_ON_LIST: _("not on the list"),
        Answer.TWICE: _("twice"),
        Answer.OPEN: _("open"),
    }[Answer(answer)]


def amount_names() -> Mapping[str, str]:
    """What is told of each currency, in order."""
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
