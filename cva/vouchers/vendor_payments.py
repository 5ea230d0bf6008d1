"""Paying a vendor for the vouchers it took: against an invoice, never more than is owed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from cva.core import formatting
from cva.core.db import insert_rows
from cva.core.errors import InputError, RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_id
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.money import Money, parse
from cva.core.permissions import Permission
from cva.journal import entry_posting
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.vouchers import vendors
from cva.vouchers.models import Vendor, VendorPayment
from cva.vouchers.request_schemas import (
    NewVendorPaymentSchema,
    PaymentReversalSchema,
    day_of_request,
)
from cva.vouchers.vendors import Paid
from cva.vouchers.voucher_lines import payment_lines
from cva.vouchers.write_offs import day_of


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    asked = NewVendorPaymentSchema().take(texts)
    vendor = vendors.find_vendor(session, society_id, asked["vendor"])
    programme = programmes.find_programme(session, society_id, asked["programme"])
    currency = asked["currency"].upper() or programme.currency
    amount = parse(asked["amount"], currency)
    if amount.minor <= 0:
        message = _("The amount is above zero.")
        raise InputError(message, {"amount": [message]}, code="amount_zero")
    details = {
        "vendor": vendor.id,
        "programme": programme.id,
        "currency": currency,
        "amount_minor": amount.minor,
        "invoice": asked["invoice"],
        "on": day_of_request(session, society_id, asked["on"]).isoformat(),
    }
    _checked(session, details)
    return details


def _checked(session: Session, details: Mapping[str, Any]) -> tuple[Vendor, Programme]:
    """Vendor and programme.

    Raises:
        RuleError: The vendor is owed less, or the invoice is paid.
    """
    vendor = vendors.get_vendor(session, details["vendor"])
    programme = programmes.get_programme(session, details["programme"])
    of_invoice = _payments_of(session, vendor, details["invoice"])
    if any(each.reversed_on is None for each in of_invoice):
        raise RuleError(_("This invoice is paid already."), code="invoice_paid")
    currency = details["currency"]
    owed = vendors.payable(session, vendor, programme.id).get(currency, 0)
    if details["amount_minor"] > owed:
        raise RuleError(
            _("Vendor {vendor} is owed {amount} for this programme, not more.").format(
                vendor=vendor.code, amount=formatting.amount(Money(currency, max(0, owed)))
            ),
            code="vendor_owed_less",
        )
    return vendor, programme


def _payments_of(session: Session, vendor: Vendor, invoice: str) -> list[Paid]:
    """The payments against an invoice; all but the last are reversed."""
    key = comparable(invoice)
    found = vendors.payments_to(session, vendor)
    return [each for each in found if comparable(each.invoice) == key]


def _settle(session: Session, request: ApprovedRequest) -> None:
    details = request.details
    vendor, programme = _checked(session, details)
    invoice = details["invoice"]
    entry_id = new_id()
    payment = {
        "id": new_id(),
        "society_id": request.society_id,
        "vendor_id": vendor.id,
        "programme_id": programme.id,
        "paid_on": day_of(details),
        "currency": details["currency"],
        "amount_minor": details["amount_minor"],
        "invoice": invoice,
        "invoice_key": _key_of(invoice, len(_payments_of(session, vendor, invoice))),
        "request_id": request.request_id,
        "entry_id": entry_id,
    }
    entry_posting.post_request(
        session,
        request,
        entry_id=entry_id,
        effective_on=day_of(details),
        kind="vendor_payment",
        parts=[(vendors.PAYMENTS_BEHIND, [payment])],
        lines=payment_lines(programme, vendor.id, details["currency"], details["amount_minor"]),
    )
    insert_rows(session, VendorPayment, [payment])


def _describe(session: Session, details: Mapping[str, Any]) -> str:
    vendor = vendors.get_vendor(session, details["vendor"])
    return _("Pay vendor {vendor} {amount} against invoice {invoice}.").format(
        vendor=apart(vendor.code),
        amount=formatting.amount(Money(details["currency"], details["amount_minor"])),
        invoice=apart(details["invoice"]),
    )


VENDOR_PAID = ApprovalAction(
    "settle_vendor", Permission.DECIDE_SHEETS, Permission.APPROVE_LISTS, _read, _settle, _describe
)


def _key_of(invoice: str, taken_back: int) -> str:
    """What makes paying an invoice twice impossible; once reversed it is paid under another."""
    key = comparable(invoice)  # has no blanks
    return f"{key} {taken_back + 1}" if taken_back else key


def _read_reversal(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    asked = PaymentReversalSchema().take(texts)
    vendor = vendors.find_vendor(session, society_id, asked["vendor"])
    on = day_of_request(session, society_id, asked["on"]).isoformat()
    details = {"vendor": vendor.id, "invoice": asked["invoice"], "on": on}
    _vendor, paid = _standing(session, details)
    return details | {"currency": paid.currency, "amount_minor": paid.amount_minor}


def _standing(session: Session, details: Mapping[str, Any]) -> tuple[Vendor, Paid]:
    """The payment against an invoice that is not reversed.

    Raises:
        RuleError: There is none, or it was paid later.
    """
    vendor = vendors.get_vendor(session, details["vendor"])
    of_invoice = _payments_of(session, vendor, details["invoice"])
    paid = next((each for each in of_invoice if each.reversed_on is None), None)
    if paid is None:
        raise RuleError(_("No payment against this invoice stands."), code="invoice_not_paid")
    if day_of(details) < paid.paid_on:
        raise RuleError(
            _("This invoice was paid later. Write a day from then on."), code="day_before_payment"
        )
    return vendor, paid


def _reverse(session: Session, request: ApprovedRequest) -> None:
    vendor, paid = _standing(session, request.details)
    programme = programmes.get_programme(session, paid.programme_id)
    lines = payment_lines(programme, vendor.id, paid.currency, paid.amount_minor)
    behind = vendors.PAYMENTS_BEHIND
    entry_posting.post_request(
        session,
        request,
        entry_id=new_id(),
        effective_on=day_of(request.details),
        kind="vendor_payment_reversal",
        parts=[(behind, behind.of_entry(session, paid.entry_id))],
        lines=[replace(line, amount_minor=-line.amount_minor) for line in lines],
        reversal_of=paid.entry_id,
    )


def _describe_reversal(session: Session, details: Mapping[str, Any]) -> str:
    message = _("Take back the payment of {amount} to vendor {vendor} against invoice {invoice}.")
    return message.format(
        amount=formatting.amount(Money(details["currency"], details["amount_minor"])),
        vendor=apart(vendors.get_vendor(session, details["vendor"]).code),
        invoice=apart(details["invoice"]),
    )


PAYMENT_REVERSED = ApprovalAction(
    "reverse_vendor_payment",
    Permission.DECIDE_SHEETS,
    Permission.APPROVE_LISTS,
    _read_reversal,
    _reverse,
    _describe_reversal,
)
