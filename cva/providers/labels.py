"""What the states of payments and their lists, and what moved a float, are called."""

from collections.abc import Mapping, Sequence

from cva.beneficiaries.status import departure_texts
from cva.core.i18n import gettext as _


def payment_state(state: str) -> str:
    """The state of a payment, or what a provider answered."""
    return {
        "instructed": _("no answer yet"),
        "pending": _("no answer yet"),
        "available": _("available, not collected"),
        "paid": _("paid"),
        "collected": _("collected"),
        "failed": _("failed"),
        "expired": _("expired"),
        "returned": _("returned"),
        "cancelled": _("cancelled"),
        "fee": _("fee only"),
    }.get(state, state)


def left_off(
    departed: Sequence[str], successors: Mapping[str, str], in_sheets: Mapping[int, Sequence[str]]
) -> list[str]:
    """Who is not on a payment list though nobody paid them: sentences with their numbers.

    Args:
        departed: Who died or moved after the round's list was approved.
        successors: By number of who is gone, who receives for the household instead.
        in_sheets: Who stands in a hand-out sheet that is not decided yet, by its number.
    """
    text = _(
        "Not on the list until sheet {id} is approved or withdrawn, as they stand in it: {numbers}."
    )
    texts = [text.format(id=each, numbers=", ".join(own)) for each, own in in_sheets.items()]
    return [*texts, departure_texts(departed, successors)] if departed else texts


def payment_list_state(state: str) -> str:
    """How far a payment list is."""
    return {
        "made": _("made, not sent"),
        "sent": _("sent"),
        "cancelled": _("cancelled"),
    }.get(state, state)


def movement_name(kind: str) -> str:
    """What moved the float of a provider."""
    return {
        "advance_float": _("Advance"),
        "return_float": _("Given back"),
        "payment_returns": _("Came back"),
        "payment_fees": _("Fees"),
    }.get(kind, _("Reversal") if kind.endswith("_reversal") else _("Paid"))


def reached_name(meaning: str) -> str:
    """When somebody counts as reached by a provider."""
    return _("collected") if meaning == "collected" else _("paid")
