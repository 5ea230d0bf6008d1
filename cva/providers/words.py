"""What the words for payments are called."""

from cva.core.words import gettext as _


def payment_state(state: str) -> str:
    """Where a payment stands, or what a provider answered."""
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
