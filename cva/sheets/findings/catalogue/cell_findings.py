"""What is wrong in a cell."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import CELL, CatalogueEntry

CELLS: dict[str, CatalogueEntry] = {
    "required": CatalogueEntry(N_("A cell is blank"), CELL, N_("This cell is blank. Fill it in.")),
    "amount-unreadable": CatalogueEntry(
        N_("No amount"),
        CELL,
        N_('"{value}" is no amount. Write a number, for example 10000.00.'),
    ),
    "amount-not-positive": CatalogueEntry(
        N_("The amount is not above zero"),
        CELL,
        N_('"{value}" is not above zero. Write the amount that was given.'),
    ),
    "amount-too-precise": CatalogueEntry(
        N_("Too many decimals"),
        CELL,
        N_(
            '"{value}" has more decimals than {currency} has ({digits}). Write the amount that '
            "was given."
        ),
    ),
    "amount-too-large": CatalogueEntry(
        N_("The amount is too large"), CELL, N_('"{value}" is too large. Check the digits.')
    ),
    "currency-unknown": CatalogueEntry(
        N_("No currency"),
        CELL,
        N_('"{value}" is no currency in use. Write a code such as USD or EUR.'),
    ),
    "currency-mismatch": CatalogueEntry(
        N_("Two currencies for one amount"),
        CELL,
        N_('This cell says "{value}", the heading says {currency}. Make them agree.'),
    ),
    "date-unreadable": CatalogueEntry(
        N_("No date"),
        CELL,
        N_('"{value}" is no date that exists. Write the day, for example 2025-03-31.'),
    ),
    "date-in-future": CatalogueEntry(
        N_("The date lies in the future"),
        CELL,
        N_('"{value}" lies in the future. Write the day on which it happened.'),
    ),
    "date-outside-programme": CatalogueEntry(
        N_("The date lies outside the programme"),
        CELL,
        N_('"{value}" lies outside the programme, which runs from {first} to {last}.'),
    ),
    "month-closed": CatalogueEntry(
        N_("The month is closed"),
        CELL,
        N_('"{value}" lies in {month}, which is closed. Ask finance to open it again.'),
    ),
    "value-unknown": CatalogueEntry(
        N_("A value that is not understood"),
        CELL,
        N_('"{value}" is not understood here: {reason}'),
    ),
    "number-damaged": CatalogueEntry(
        N_("Excel changed a number"),
        CELL,
        N_(
            '"{value}" is what Excel made of a long number; digits were lost. Format the column '
            "as text and type the number again."
        ),
    ),
    "text-too-long": CatalogueEntry(
        N_("The text is too long"),
        CELL,
        N_("The text is longer than {limit} signs. Shorten it."),
    ),
    "formula-without-value": CatalogueEntry(
        N_("A formula that was never calculated"),
        CELL,
        N_(
            'The formula "{value}" has no stored value. Open the file in Excel, save it and send '
            "it again, or write the value."
        ),
    ),
    "merged-cell": CatalogueEntry(
        N_("Merged cells among the data"),
        CELL,
        N_("This cell is merged with {merged}. Unmerge it and fill in every row."),
    ),
    "receipt-unclear": CatalogueEntry(
        N_("Received or not?"),
        CELL,
        N_("Other rows are marked as received or not; this one is blank. Write yes or no."),
    ),
}
