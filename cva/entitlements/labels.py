"""What the states of lists and the faults of drafts are called."""

from cva.core.i18n import gettext as _


def list_state_name(state: str | None) -> str:
    """How far the list of a round is."""
    return {
        None: _("no list yet"),
        "draft": _("draft"),
        "submitted": _("waiting for approval"),
        "approved": _("approved"),
    }[state]


def fault_name(fault: str) -> str:
    """Why a row of a draft cannot be approved."""
    return {
        "no-amount": _("no amount: the household size or the amount is missing"),
        "unknown": _("not registered, and the programme refuses people it does not know"),
        "not-active": _("no longer active: deceased, moved or merged"),
    }.get(fault, fault)
