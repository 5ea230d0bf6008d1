"""What the columns of the control sheet and the states of a voucher are called."""

from cva.core.i18n import gettext as _


def part_name(part: str) -> str:
    """A place or fate of vouchers, as a heading."""
    return {
        "printed": _("Printed"),
        "printer": _("Not received"),
        "store": _("In store"),
        "team": _("With teams"),
        "handed_out": _("Handed out"),
        "redeemed": _("Redeemed"),
        "expired": _("Expired"),
        "outstanding": _("Outstanding"),
        "void": _("Void"),
        "lost": _("Lost"),
        "replaced": _("Replaced"),
        "destroyed": _("Destroyed"),
    }[part]


def voucher_state_name(state: str) -> str:
    """What a voucher is."""
    return {
        "unissued": _("not handed out"),
        "out": _("handed out, outstanding"),
        "expired": _("expired"),
        "redeemed": _("redeemed"),
        "void": _("void"),
        "lost": _("lost"),
        "replaced": _("replaced"),
        "destroyed": _("destroyed"),
    }[state]


def move_name(kind: str) -> str:
    """How vouchers moved."""
    return {
        "received": _("received in store"),
        "to_team": _("given to a team"),
        "back": _("brought back to the store"),
    }[kind]
