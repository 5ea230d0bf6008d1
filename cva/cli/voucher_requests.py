"""Commands that ask for an act over vouchers, which a second person confirms."""

from typing import Any

from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.context import as_option
from cva.cli.declaring import changes, society_option
from cva.cli.schema_options import as_texts, schema_options
from cva.cli.vouchers import voucher_group
from cva.core.i18n import gettext as _
from cva.vouchers.request_schemas import REQUEST_SCHEMAS

__all__ = ["voucher_group"]

#: What the schemas leave open, as pages know it: which book, vendor or programme is meant.
_OPTIONS: dict[str, dict[str, Any]] = {
    "on": {"help": "Today unless given."},
    "reason": {"required": True},
    "book": {"required": True, "help": "Code of the book."},
    "vendor": {"required": True, "help": "Code or name."},
    "programme": {"required": True, "help": "Code of the programme."},
    "currency": {"help": "Unless it is the programme's."},
}

#: By command the kind of request and what it asks for.
_ACTS = {
    "void": ("void_vouchers", "Ask to make vouchers void."),
    "lost": ("lose_vouchers", "Ask to record that vouchers are lost."),
    "destroy": (
        "destroy_vouchers",
        "Ask to record that vouchers were destroyed before witnesses.",
    ),
    "replace": ("replace_voucher", "Ask to replace a voucher by another one."),
    "false": ("false_redemption", "Ask to record that a redemption was false."),
    "settle": ("settle_vendor", "Ask to pay a vendor what it is owed."),
    "take-back-payment": (
        "reverse_vendor_payment",
        "Ask to reverse a payment to a vendor that was booked wrongly.",
    ),
    "expire": (
        "release_expired",
        "Ask to take what expired of a book out of the expenses booked at hand-over.",
    ),
}


def _add_command(name: str, kind: str, shown: str) -> None:
    """Add a command that asks for an act, with the options of the act's schema."""

    @voucher_group.command(name, help=shown)
    @society_option
    @schema_options(REQUEST_SCHEMAS[kind], load=as_texts, options=_OPTIONS)
    @as_option
    @changes
    def ask(session: Session, society_id: int, values: dict[str, str]) -> str:
        made = approvals.ask(session, society_id, kind, values, values.pop("reason"))
        message = _("Request {id}: {what}")
        what = approvals.show(session, made.id).summary
        note = _("A second person confirms it before anything is recorded.")
        return f"{message.format(id=made.id, what=what)}\n{note}"


for _name, (_kind, _shown) in _ACTS.items():
    _add_command(_name, _kind, _shown)
