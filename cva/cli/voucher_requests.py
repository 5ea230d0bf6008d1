"""Commands that ask for an act over vouchers, which a second person confirms."""

from collections.abc import Mapping

import click

from cva.approvals import service as approvals
from cva.cli.context import CommandContext, as_option
from cva.cli.vouchers import voucher_group
from cva.core.i18n import gettext as _
from cva.societies import service as societies

__all__ = ["voucher_group"]


def _asks(name: str, kind: str, shown: str, **options: str) -> None:
    """A command that asks for an act; ``options`` are what it says, and their helps."""

    def command(
        desk: CommandContext, /, society: str, reason: str, email: str, **options: str
    ) -> None:
        with desk.writing(email) as session:
            known: Mapping[str, str] = {key: text or "" for key, text in options.items()}
            made = approvals.ask(
                session,
                societies.find_society(session, society).id,
                kind,
                known,
                reason,
            )
            what = approvals.show(session, made.id).summary
        click.echo(_("Request {id}: {what}").format(id=made.id, what=what))
        click.echo(_("A second person confirms it before anything is recorded."))

    command.__doc__ = shown
    made = click.pass_obj(command)
    made = as_option(made)
    made = click.option("--reason", required=True, help="Why.")(made)
    made = click.option("--on", default="", metavar="DAY", help="Today unless said.")(made)
    for option, text in reversed(options.items()):
        is_needed = text.startswith("!")
        flag = f"--{option.replace('_', '-')}"
        made = click.option(flag, option, required=is_needed, help=text.lstrip("!"))(made)
    made = click.option("--society", required=True, metavar="CODE")(made)
    voucher_group.command(name, help=shown)(made)


_RANGE = {"first": "!The number, or the first of several.", "last": "The last of several."}
_asks("void", "void_vouchers", "Ask to make vouchers void.", **_RANGE)
_asks("lost", "lose_vouchers", "Ask to record that vouchers are lost.", **_RANGE)
_asks(
    "destroy",
    "destroy_vouchers",
    "Ask to record that vouchers were destroyed before witnesses.",
    **_RANGE,
    witnesses="!Who saw it.",
)
_asks(
    "replace",
    "replace_voucher",
    "Ask to replace a voucher by another one.",
    number="!The old number.",
    new_number="!The new number.",
    witness="!Who saw it.",
)
_asks(
    "false",
    "false_redemption",
    "Ask to record that a redemption was false.",
    number="!The number.",
    claim="Sheet of the claim, or sheet and row as 12:4, where there are several.",
)
_asks(
    "settle",
    "settle_vendor",
    "Ask to pay a vendor what it is owed.",
    vendor="!Code or name.",
    programme="!Code of the programme.",
    amount="!Such as 12500.00.",
    currency="Unless it is the programme's.",
    invoice="!Number of the invoice.",
)
_asks(
    "take-back-payment",
    "reverse_vendor_payment",
    "Ask to take back a payment to a vendor that was booked wrongly.",
    vendor="!Code or name.",
    invoice="!Number of the invoice.",
)
_asks(
    "expire",
    "release_expired",
    "Ask to take what expired of a book out of the expenses, where it is one from hand-over on.",
    book="!Code of the book.",
)
