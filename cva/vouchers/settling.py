"""Paying a vendor for the vouchers it took: against an invoice, never more than is owed."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from cva.core import writing
from cva.core.db import insert_rows
from cva.core.deeds import Agreed, Deed
from cva.core.errors import InputError, RuleError
from cva.core.ids import new_id
from cva.core.money import Money, parse
from cva.core.numbers import comparable
from cva.core.rights import Right
from cva.core.words import gettext as _
from cva.journal import service as journal
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.vouchers import vendors
from cva.vouchers.asking import day_said, text_said
from cva.vouchers.ending import day_of
from cva.vouchers.lines import payment_lines
from cva.vouchers.models import Vendor, VendorPayment


def _read(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    vendor = vendors.find_vendor(session, society_id, said.get("vendor", ""))
    programme = programmes.find_programme(session, society_id, said.get("programme", ""))
    currency = said.get("currency", "").strip().upper() or programme.currency
    amount = parse(text_said(said, "amount", _("Write the amount that was paid.")), currency)
    if amount.minor <= 0:
        message = _("The amount is above zero.")
        raise InputError(message, {"amount": [message]})
    details = {
        "vendor": vendor.id,
        "programme": programme.id,
        "currency": currency,
        "amount_minor": amount.minor,
        "invoice": text_said(said, "invoice", _("Write the number of the invoice.")),
        "on": day_said(session, society_id, said).isoformat(),
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
    paid = select(VendorPayment.id).where(
        VendorPayment.vendor_id == vendor.id,
        VendorPayment.invoice_key == comparable(details["invoice"]),
    )
    if session.exec(paid).first() is not None:
        raise RuleError(_("This invoice is paid already."))
    currency = details["currency"]
    owed = vendors.payable(session, vendor, programme.id or 0).get(currency, 0)
    if details["amount_minor"] > owed:
        raise RuleError(
            _("Vendor {vendor} is owed {amount} for this programme, not more.").format(
                vendor=vendor.code, amount=writing.amount(Money(currency, max(0, owed)))
            )
        )
    return vendor, programme


def _settle(session: Session, agreed: Agreed) -> None:
    details = agreed.details
    vendor, programme = _checked(session, details)
    entry_id = new_id()
    payment = {
        "id": new_id(),
        "society_id": agreed.society_id,
        "vendor_id": vendor.id,
        "programme_id": programme.id,
        "paid_on": day_of(details),
        "currency": details["currency"],
        "amount_minor": details["amount_minor"],
        "invoice": details["invoice"],
        "invoice_key": comparable(details["invoice"]),
        "proposal_id": agreed.proposal_id,
        "entry_id": entry_id,
    }
    journal.post(
        session,
        [
            journal.NewEntry(
                entry_id=entry_id,
                society_id=agreed.society_id,
                effective_on=day_of(details),
                kind="vendor_payment",
                key=agreed.key,
                sheet_id=None,
                sent_by=agreed.asked_by,
                rows=1,
                rows_sha256=vendors.PAYMENTS_BEHIND.digest([payment]),
                lines=payment_lines(
                    programme, vendor.id or 0, details["currency"], details["amount_minor"]
                ),
            )
        ],
    )
    insert_rows(session, VendorPayment, [payment])


def _tell(session: Session, details: Mapping[str, Any]) -> str:
    vendor = vendors.get_vendor(session, details["vendor"])
    return _("Pay vendor {vendor} {amount} against invoice {invoice}.").format(
        vendor=vendor.code,
        amount=writing.amount(Money(details["currency"], details["amount_minor"])),
        invoice=details["invoice"],
    )


VENDOR_PAID = Deed("settle_vendor", Right.DECIDE_SHEETS, Right.APPROVE_LISTS, _read, _settle, _tell)
