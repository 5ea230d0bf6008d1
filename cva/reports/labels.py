"""What happened to people, and what figures and totals are about: what each is called."""

from cva.core.i18n import gettext as _
from cva.sheets.findings import voucher_steps


def happening_name(what: str) -> str:
    """What happened to a person, a transfer or a voucher."""
    return {
        "registered": _("registered"),
        "listed": _("put on the list"),
        "off_list": _("taken off the list"),
        "paid": _("paid"),
        "handed_out": _("voucher handed out"),
        "reversed": _("reversed"),
        "returned": _("returned"),
        "recoverable": _("paid twice, to be got back"),
        "loss": _("paid twice, lost"),
        "active": _("active"),
        "deceased": _("deceased"),
        "moved": _("moved away"),
        "merged": _("merged: registered twice"),
        "available": _("available, not collected"),
        "collected": _("collected"),
        "failed": _("failed"),
        "expired": _("expired"),
        "return_reversed": _("reversed"),
    }.get(what) or voucher_steps.word(what)


def dimension_name(dimension: str) -> str:
    """What figures are broken down by."""
    return {
        "programme": _("Programme"),
        "modality": _("Modality"),
        "region": _("Region"),
        "sex": _("Sex"),
    }[dimension]


def by_dimension(dimension: str) -> str:
    """The title of a breakdown."""
    return {
        "programme": _("By programme"),
        "modality": _("By modality"),
        "region": _("By region"),
        "sex": _("By sex"),
    }[dimension]


def group_name(dimension: str, name: str) -> str:
    """One group of a breakdown."""
    known = {
        "modality": {
            "cash": _("Cash transfer"),
            "value_voucher": _("Value voucher"),
            "commodity_voucher": _("Commodity voucher"),
        },
        "sex": {"female": _("Women and girls"), "male": _("Men and boys"), "other": _("Other")},
    }
    return known.get(dimension, {}).get(name, name) or _("not said")


def step_name(step: str) -> str:
    """A step of the rows' way into the ledger."""
    return {
        "waiting": _("Waiting for approval"),
        "left_out": _("Left out of approved sheets"),
        "approved": _("Approved cash rows"),
        "posted": _("Posted cash transfers"),
        "approved_vouchers": _("Approved voucher rows, face value"),
        "posted_vouchers": _("Vouchers handed out, face value"),
    }.get(step, step)
