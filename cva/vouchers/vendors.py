"""Vendors that take vouchers: registered, found, owed and paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.lookup_keys import Tokens, renews_tokens, tokens_of
from cva.core.permissions import Permission
from cva.core.secret_columns import is_readable
from cva.core.tenancy import actor_of, get_record
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.row_digests import Behind
from cva.vouchers.models import Vendor, VendorPayment

#: What entries of payments to vendors are proved from.
PAYMENTS_BEHIND = Behind(VendorPayment)
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class NewVendor:
    """A vendor to register."""

    code: str
    name: str
    contract: str = ""


def add_vendor(session: Session, society_id: int, new: NewVendor) -> Vendor:
    """Register a vendor.

    Raises:
        InputError: Code or name is blank.
        ConflictError: There is one with this code or name.
    """
    actor = actor_of(session)
    actor.require(Permission.PREPARE, society_id)
    code, name = new.code.strip(), new.name.strip()
    if not (code and name) or len(code) > LONGEST_CODE:
        message = _("A vendor needs a code and a name.")
        raise InputError(message, {"code": [message]}, code="vendor_incomplete")
    for text in (code, name):
        if find_vendor_by(session, society_id, text) is not None:
            raise ConflictError(
                _("There is a vendor with this code or name already."), code="vendor_exists"
            )
    vendor = Vendor(
        society_id=society_id,
        code=code,
        code_key=comparable(code),
        name=name,
        name_token=_token(tokens_of(session, society_id), name),
        contract=new.contract.strip() or None,
        made_at=clock.now(),
        made_by=actor.user_id,
    )
    session.add(vendor)
    session.flush()
    audit.record_about(session, audit.Act.VENDOR_ADDED, vendor)
    return vendor


def list_vendors(session: Session, society_id: int) -> Sequence[Vendor]:
    """The vendors of a society, by code."""
    query = select(Vendor).where(Vendor.society_id == society_id).order_by(col(Vendor.code_key))
    return session.exec(query).all()


def get_vendor(session: Session, vendor_id: int) -> Vendor:
    """A vendor whose society's vouchers the actor may see.

    Raises:
        NotFoundError: There is none.
    """
    return get_record(session, Vendor, vendor_id, Permission.SEE_ROUNDS)


def find_vendor(session: Session, society_id: int, text: str) -> Vendor:
    """The vendor with a code or name.

    Raises:
        InputError: There is none.
    """
    found = find_vendor_by(session, society_id, text)
    if found is None:
        message = _("No vendor has this code or name. Register the vendor first.")
        raise InputError(message, {"vendor": [message]}, code="vendor_unknown")
    return found


def find_vendor_by(session: Session, society_id: int, text: str) -> Vendor | None:
    """The vendor with a code or name, if any."""
    token = _token(tokens_of(session, society_id), text)
    query = select(Vendor).where(
        Vendor.society_id == society_id,
        (col(Vendor.code_key) == comparable(text)) | (col(Vendor.name_token) == token),
    )
    return session.exec(query).first()


def ids_of(session: Session, society_id: int, texts: Sequence[Any]) -> list[int | None]:
    """For each code or name the vendor's id, where it is known."""
    by_code: dict[str, int | None] = {}
    by_name: dict[str, int | None] = {}
    query = select(Vendor.id, Vendor.code_key, Vendor.name_token).where(
        Vendor.society_id == society_id
    )
    for vendor_id, code_key, name_token in session.exec(query):
        by_code[code_key], by_name[name_token] = vendor_id, vendor_id
    tokens = tokens_of(session, society_id)
    known = {
        text: by_code.get(comparable(text)) or by_name.get(_token(tokens, text))
        for text in {str(text) for text in texts if text}
    }
    return [known.get(str(text)) if text else None for text in texts]


def _token(tokens: Tokens, name: str) -> str:
    return tokens.of("vendor", comparable(name))


@renews_tokens
def _renew_tokens(session: Session, society_id: int, tokens: Tokens) -> None:
    query = select(Vendor).where(
        Vendor.society_id == society_id, is_readable(session, Vendor, society_id)
    )
    for vendor in session.exec(query):
        vendor.name_token = _token(tokens, vendor.name)


def payable(session: Session, vendor: Vendor, programme_id: int) -> dict[str, int]:
    """What a vendor is still owed for a programme, per currency."""
    found = journal.balance_of(
        session,
        vendor.society_id,
        Account.PAYABLES,
        vendor_id=vendor.id,
        programme_id=programme_id,
    )
    return {currency: -minor for currency, minor in found.items()}


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment to a vendor; ``reversed_on`` where it was reversed."""

    entry_id: int
    programme_id: int
    invoice: str
    paid_on: date
    currency: str
    amount_minor: int
    reversed_on: date | None


def payments_to(session: Session, vendor: Vendor) -> Sequence[Paid]:
    """What a vendor was paid, the oldest first."""
    query = (
        select(VendorPayment)
        .where(VendorPayment.vendor_id == vendor.id)
        .order_by(col(VendorPayment.paid_on), col(VendorPayment.request_id))
    )
    rows = session.exec(query).all()
    taken_back = journal.reversals_of(session, [row.entry_id for row in rows])
    return [
        Paid(
            entry_id=row.entry_id,
            programme_id=row.programme_id,
            invoice=row.invoice,
            paid_on=row.paid_on,
            currency=row.currency,
            amount_minor=row.amount_minor,
            reversed_on=taken_back.get(row.entry_id),
        )
        for row in rows
    ]
