"""What keeps a row out: it stands against the sheet or the ledger."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import ERROR, WARNING, CatalogueEntry

ROWS: dict[str, CatalogueEntry] = {
    "duplicate-row": CatalogueEntry(
        N_("The same row twice"),
        ERROR,
        N_('"{value}" stands already in row {other_row}. Delete one of the two.'),
    ),
    "duplicate-voucher": CatalogueEntry(
        N_("The same voucher twice"),
        ERROR,
        N_('The voucher "{value}" stands already in row {other_row}. Correct one of the two.'),
    ),
    "already-paid": CatalogueEntry(
        N_("Already paid"),
        ERROR,
        N_('"{value}" was paid for this already, in row {other_row} of sheet {sheet_id}.'),
    ),
    "unknown-beneficiary": CatalogueEntry(
        N_("Nobody is registered under this number"),
        ERROR,
        N_('Nobody is registered under "{value}". Correct the number or register the person.'),
    ),
    "unknown-voucher": CatalogueEntry(
        N_("No such voucher"), ERROR, N_('There is no voucher "{value}". Correct the number.')
    ),
    "voucher-not-issued": CatalogueEntry(
        N_("The voucher was not handed out"),
        ERROR,
        N_('The voucher "{value}" was never handed out. Send the distribution first.'),
    ),
    "voucher-already-redeemed": CatalogueEntry(
        N_("The voucher was redeemed before"),
        ERROR,
        N_('The voucher "{value}" was redeemed on {day} already.'),
    ),
    "voucher-expired": CatalogueEntry(
        N_("The voucher had expired"),
        ERROR,
        N_('The voucher "{value}" was good until {day}.'),
    ),
    "voucher-not-in-book": CatalogueEntry(
        N_("The number is in no book"),
        ERROR,
        N_(
            'The number "{value}" is in no book of this programme. Correct it, or register the '
            "book first."
        ),
    ),
    "voucher-face-differs": CatalogueEntry(
        N_("Another value than the book's"),
        ERROR,
        N_('The vouchers of book {book} are for {face}, the row says "{value}". Correct the row.'),
    ),
    "voucher-void": CatalogueEntry(
        N_("The voucher is void"),
        ERROR,
        N_('The voucher "{value}" is void. Leave it out.'),
    ),
    "voucher-lost": CatalogueEntry(
        N_("The voucher was reported lost"),
        ERROR,
        N_('The voucher "{value}" was reported lost. Leave it out and settle it with the vendor.'),
    ),
    "voucher-other-vendor": CatalogueEntry(
        N_("Another vendor's voucher"),
        ERROR,
        N_('The voucher "{value}" is for another vendor. Leave it out.'),
    ),
    "voucher-other-programme": CatalogueEntry(
        N_("A voucher of another programme"),
        ERROR,
        N_('The voucher "{value}" was handed out by another programme. Claim it there.'),
    ),
    "voucher-other-currency": CatalogueEntry(
        N_("Another currency than the voucher's"),
        ERROR,
        N_('The voucher "{value}" is in {currency}. Claim it in this currency.'),
    ),
    "voucher-value-over": CatalogueEntry(
        N_("More than is left of the voucher"),
        ERROR,
        N_('The claim for "{value}" is more than the {left} that are left. Claim no more.'),
    ),
    "voucher-in-store": CatalogueEntry(
        N_("The voucher is still in store"),
        WARNING,
        N_(
            'By book {book} no team has taken the voucher "{value}". Record who took it, or '
            "confirm that it was handed out."
        ),
    ),
    "voucher-redeemed-early": CatalogueEntry(
        N_("Redeemed before it was handed out"),
        ERROR,
        N_('The voucher "{value}" was handed out on {day}, after this day. Correct one of them.'),
    ),
    "vendor-unknown": CatalogueEntry(
        N_("The vendor is not known"),
        ERROR,
        N_(
            'The vendor "{value}" is not registered. Register it, or correct its code or name, '
            "and have the sheet checked again."
        ),
    ),
    "not-on-list": CatalogueEntry(
        N_("Not on the list"),
        ERROR,
        N_('"{value}" is not on the list of this round.'),
    ),
    "list-not-approved": CatalogueEntry(
        N_("The list of the round is not approved"),
        ERROR,
        N_(
            "Have the list of round {round} approved, then send this sheet again: nothing is "
            "handed out before."
        ),
    ),
    "amount-differs": CatalogueEntry(
        N_("The amount differs from what was planned"),
        ERROR,
        N_(
            "Check with the provider, then send a corrected result; if it happened so, finance "
            'records it as an exception. "{value}" stands here, {planned} was planned.'
        ),
    ),
}
