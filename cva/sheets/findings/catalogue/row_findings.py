"""What keeps a row out: it stands against the sheet or the ledger."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import ERROR, WARNING, entries

_ERROR_TEXTS = {
    "duplicate-row": (
        N_("The same row twice"),
        N_('"{value}" stands already in row {other_row}. Delete one of the two.'),
    ),
    "duplicate-voucher": (
        N_("The same voucher twice"),
        N_('The voucher "{value}" stands already in row {other_row}. Correct one of the two.'),
    ),
    "already-paid": (
        N_("Already paid"),
        N_('"{value}" was paid for this already, in row {other_row} of sheet {sheet_id}.'),
    ),
    "unknown-beneficiary": (
        N_("Nobody is registered under this number"),
        N_('Nobody is registered under "{value}". Correct the number or register the person.'),
    ),
    "unknown-voucher": (
        N_("No such voucher"),
        N_('There is no voucher "{value}". Correct the number.'),
    ),
    "voucher-not-issued": (
        N_("The voucher was not handed out"),
        N_('The voucher "{value}" was never handed out. Send the distribution first.'),
    ),
    "voucher-already-redeemed": (
        N_("The voucher was redeemed before"),
        N_('The voucher "{value}" was redeemed on {day} already.'),
    ),
    "voucher-expired": (
        N_("The voucher had expired"),
        N_('The voucher "{value}" was good until {day}.'),
    ),
    "voucher-not-in-book": (
        N_("The number is in no book"),
        N_(
            'The number "{value}" is in no book of this programme. Correct it, or register the '
            "book first."
        ),
    ),
    "voucher-face-differs": (
        N_("Another value than the book's"),
        N_('The vouchers of book {book} are for {face}, the row says "{value}". Correct the row.'),
    ),
    "voucher-void": (N_("The voucher is void"), N_('The voucher "{value}" is void. Leave it out.')),
    "voucher-lost": (
        N_("The voucher was reported lost"),
        N_('The voucher "{value}" was reported lost. Leave it out and settle it with the vendor.'),
    ),
    "voucher-other-vendor": (
        N_("Another vendor's voucher"),
        N_('The voucher "{value}" is for another vendor. Leave it out.'),
    ),
    "voucher-other-programme": (
        N_("A voucher of another programme"),
        N_('The voucher "{value}" was handed out by another programme. Claim it there.'),
    ),
    "voucher-other-currency": (
        N_("Another currency than the voucher's"),
        N_('The voucher "{value}" is in {currency}. Claim it in this currency.'),
    ),
    "voucher-value-over": (
        N_("More than is left of the voucher"),
        N_('The claim for "{value}" is more than the {left} that are left. Claim no more.'),
    ),
    "voucher-redeemed-early": (
        N_("Redeemed before it was handed out"),
        N_('The voucher "{value}" was handed out on {day}, after this day. Correct one of them.'),
    ),
    "vendor-unknown": (
        N_("The vendor is not known"),
        N_(
            'The vendor "{value}" is not registered. Register it, or correct its code or name, '
            "and have the sheet checked again."
        ),
    ),
    "not-on-list": (N_("Not on the list"), N_('"{value}" is not on the list of this round.')),
    "list-not-approved": (
        N_("The list of the round is not approved"),
        N_(
            "Have the list of round {round} approved, then send this sheet again: nothing is "
            "handed out before."
        ),
    ),
    "amount-differs": (
        N_("The amount differs from what was planned"),
        N_(
            "Check with the provider, then send a corrected result; if it happened so, finance "
            'records it as an exception. "{value}" stands here, {planned} was planned.'
        ),
    ),
}
_WARNING_TEXTS = {
    "voucher-in-store": (
        N_("The voucher is still in store"),
        N_(
            'By book {book} no team has taken the voucher "{value}". Record who took it, or '
            "confirm that it was handed out."
        ),
    ),
}
ROWS = entries(ERROR, _ERROR_TEXTS) | entries(WARNING, _WARNING_TEXTS)
