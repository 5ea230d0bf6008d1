"""What people say when they ask for something about vouchers: loaded alike by every door."""

from datetime import date
from typing import Any

from sqlmodel import Session
from typing_extensions import override

from cva.core import clock
from cva.core.errors import InputError
from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.core.input_schema import DayText, InputSchema, Text
from cva.societies import service as societies

LONGEST_TEXT = 200


class _RequiredText(Text):
    """A text that has to be there, and no longer than is kept."""

    def __init__(self, label: str, missing: str, **rest: Any) -> None:  # noqa: ANN401
        super().__init__(label, missing=missing, required=True, **rest)

    @override
    def read(self, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise InputError(_(self.missing), code="text_missing")
        return text


def _number(label: str) -> _RequiredText:
    return _RequiredText(
        label, N_("Write the number of the voucher."), attributes={"maxlength": 40}
    )


class VoucherRequestSchema(InputSchema):
    """What every request says; the reason stands beside it."""

    on = DayText(N_("Day on which it happened"))
    reason = Text(N_("Reason"), control="textarea", attributes={"rows": 2, "maxlength": 1000})


class WriteOffSchema(VoucherRequestSchema):
    """Vouchers to make void, or that are lost."""

    first = _number(N_("Number, or the first of several"))
    last = Text(N_("The last of several"), attributes={"maxlength": 40})


class DestructionSchema(WriteOffSchema):
    """Vouchers that were destroyed before witnesses."""

    witnesses = _RequiredText(
        N_("Witnesses"), N_("Name the witnesses."), attributes={"maxlength": LONGEST_TEXT}
    )


class ReplacementSchema(VoucherRequestSchema):
    """A voucher to replace by another."""

    number = _number(N_("Number"))
    new_number = _RequiredText(
        N_("Number of the new voucher"),
        N_("Write the number of the new voucher."),
        attributes={"maxlength": 40},
    )
    witness = _RequiredText(
        N_("Witness"), N_("Name the witness."), attributes={"maxlength": LONGEST_TEXT}
    )


class FalseRedemptionSchema(VoucherRequestSchema):
    """A redemption that was false."""

    number = _number(N_("Number"))
    claim = Text(
        N_("Sheet and row of the claim"),
        hint=N_("where it was redeemed several times"),
        attributes={"placeholder": "12:4", "maxlength": 24},
    )


class ExpirySchema(VoucherRequestSchema):
    """A book whose expired vouchers leave the expenses."""

    book = Text(N_("Book"))


class NewVendorPaymentSchema(VoucherRequestSchema):
    """A payment to a vendor."""

    vendor = Text(N_("Vendor"))
    programme = Text(N_("Programme"), control="select")
    currency = Text(N_("Currency"))
    amount = _RequiredText(
        N_("Amount"),
        N_("Write the amount that was paid."),
        attributes={"inputmode": "decimal", "maxlength": 24},
    )
    invoice = _RequiredText(
        N_("Number of the invoice"),
        N_("Write the number of the invoice."),
        attributes={"maxlength": 60},
    )


class PaymentReversalSchema(VoucherRequestSchema):
    """A payment to a vendor to reverse."""

    vendor = Text(N_("Vendor"))
    invoice = _RequiredText(
        N_("Number of the invoice"), N_("Write the number of the invoice."), control="select"
    )


#: By kind of request what it says.
REQUEST_SCHEMAS: dict[str, type[VoucherRequestSchema]] = {
    "void_vouchers": WriteOffSchema,
    "lose_vouchers": WriteOffSchema,
    "destroy_vouchers": DestructionSchema,
    "replace_voucher": ReplacementSchema,
    "false_redemption": FalseRedemptionSchema,
    "release_expired": ExpirySchema,
    "settle_vendor": NewVendorPaymentSchema,
    "reverse_vendor_payment": PaymentReversalSchema,
}


def day_of_request(session: Session, society_id: int, on: date | None) -> date:
    """The day that was said; today where none was.

    Raises:
        InputError: It lies in the future.
    """
    today = clock.today(societies.get_society(session, society_id).time_zone)
    if on is not None and on > today:
        message = _("The day lies in the future. Write the day on which it happened.")
        raise InputError(message, {"on": [message]}, code="day_in_future")
    return on or today
