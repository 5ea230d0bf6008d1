"""A vendor's claim, number by number: what stands against paying for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cva.core.money import plain
from cva.vouchers.models import VoucherBook, VoucherStatus


@dataclass(frozen=True, slots=True)
class ClaimedVoucher:
    """One number of a claim.

    Attributes:
        amount_minor: None where the claim names no amount: then all that is left of it.
        vendor_id: None where the vendor is not known.
        was_claimed: Whether this vendor was credited with this amount of this day before.
    """

    number_key: str
    redeemed_on: date | None
    currency: str | None
    amount_minor: int | None
    vendor_id: int | None
    was_claimed: bool = False


@dataclass(frozen=True, slots=True)
class HeldVoucher:
    """What the ledger knows of a number that was handed out, or can no longer be."""

    programme_id: int
    voucher_id: int | None
    state: str
    currency: str | None
    face_minor: int | None
    redeemed_minor: int
    issued_on: date | None

    @property
    def rest_minor(self) -> int | None:
        """What is left of its face value."""
        return None if self.face_minor is None else self.face_minor - self.redeemed_minor

    def after(self, claimed: ClaimedVoucher) -> "HeldVoucher":
        """What is known of it for the rows below one that is paid."""
        rest = self.rest_minor
        if rest is None:
            return replace(self, state=VoucherStatus.REDEEMED)
        spent = rest if claimed.amount_minor is None else claimed.amount_minor
        return replace(self, redeemed_minor=self.redeemed_minor + spent)


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """Why a number is not paid: a code of the catalogue, and what its message names."""

    code: str
    details: Mapping[str, str]


_ENDED = {
    VoucherStatus.VOID: "voucher-void",
    VoucherStatus.REPLACED: "voucher-void",
    VoucherStatus.DESTROYED: "voucher-void",
    VoucherStatus.LOST: "voucher-lost",
}


def fault_of(
    claimed: ClaimedVoucher,
    held: HeldVoucher | None,
    book: VoucherBook | None,
    programme_id: int,
    *,
    has_books: bool,
) -> ClaimFault | None:
    """What stands against paying for a number; None where nothing does."""
    if claimed.vendor_id is None:
        return ClaimFault("vendor-unknown", {})
    if held is not None and held.state in _ENDED:
        return ClaimFault(_ENDED[VoucherStatus(held.state)], {})
    if held is None or held.voucher_id is None:
        is_unknown = has_books and book is None
        return ClaimFault("unknown-voucher" if is_unknown else "voucher-not-issued", {})
    if held.programme_id != programme_id:
        return ClaimFault("voucher-other-programme", {})
    return _fault_of_day(claimed, held, book) or _fault_of_value(claimed, held)


def _fault_of_day(
    claimed: ClaimedVoucher, held: HeldVoucher, book: VoucherBook | None
) -> ClaimFault | None:
    if held.state == VoucherStatus.REDEEMED or claimed.was_claimed:
        return ClaimFault("voucher-already-redeemed", {})
    if book is not None and book.vendor_id not in {None, claimed.vendor_id}:
        return ClaimFault("voucher-other-vendor", {})
    day = claimed.redeemed_on
    if day is None:
        return None
    if held.issued_on is not None and day < held.issued_on:
        return ClaimFault("voucher-redeemed-early", {"day": held.issued_on.isoformat()})
    if book is not None and book.expires_on is not None and day > book.expires_on:
        return ClaimFault("voucher-expired", {"day": book.expires_on.isoformat()})
    return None


def _fault_of_value(claimed: ClaimedVoucher, held: HeldVoucher) -> ClaimFault | None:
    rest = held.rest_minor
    if rest is None or claimed.amount_minor is None:
        return None
    currency = held.currency or ""
    left = f"{plain(currency, rest)} {currency}"
    if claimed.currency != held.currency:
        return ClaimFault("voucher-other-currency", {"currency": currency})
    if claimed.amount_minor > rest:
        return ClaimFault("voucher-value-over", {"left": left})
    return None
