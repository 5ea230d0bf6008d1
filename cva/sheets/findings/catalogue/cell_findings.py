"""What is wrong in a cell."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import CELL, entries

_CELL_TEXTS = {
    "required": (N_("A cell is blank"), N_("This cell is blank. Fill it in.")),
    "amount-unreadable": (
        N_("No amount"),
        N_('"{value}" is no amount. Write a number, for example 10000.00.'),
    ),
    "amount-not-positive": (
        N_("The amount is not above zero"),
        N_('"{value}" is not above zero. Write the amount that was given.'),
    ),
    "amount-too-precise": (
        N_("Too many decimals"),
        N_(
            '"{value}" has more decimals than {currency} has ({digits}). Write the amount that '
            "was given."
        ),
    ),
    "amount-too-large": (
        N_("The amount is too large"),
        N_('"{value}" is too large. Check the digits.'),
    ),
    "currency-unknown": (
        N_("No currency"),
        N_('"{value}" is no currency in use. Write a code such as USD or EUR.'),
    ),
    "currency-mismatch": (
        N_("Two currencies for one amount"),
        N_('This cell says "{value}", the heading says {currency}. Make them agree.'),
    ),
    "date-unreadable": (
        N_("No date"),
        N_('"{value}" is no date that exists. Write the day, for example 2025-03-31.'),
    ),
    "date-in-future": (
        N_("The date lies in the future"),
        N_('"{value}" lies in the future. Write the day on which it happened.'),
    ),
    "date-outside-programme": (
        N_("The date lies outside the programme"),
        N_('"{value}" lies outside the programme, which runs from {first} to {last}.'),
    ),
    "month-closed": (
        N_("The month is closed"),
        N_('"{value}" lies in {month}, which is closed. Ask finance to open it again.'),
    ),
    "value-unknown": (
        N_("A value that is not understood"),
        N_('"{value}" is not understood here: {reason}'),
    ),
    "number-damaged": (
        N_("Excel changed a number"),
        N_(
            '"{value}" is what Excel made of a long number; digits were lost. Format the column '
            "as text and type the number again."
        ),
    ),
    "text-too-long": (
        N_("The text is too long"),
        N_("The text is longer than {limit} signs. Shorten it."),
    ),
    "formula-without-value": (
        N_("A formula that was never calculated"),
        N_(
            'The formula "{value}" has no stored value. Open the file in Excel, save it and send '
            "it again, or write the value."
        ),
    ),
    "merged-cell": (
        N_("Merged cells among the data"),
        N_("This cell is merged with {merged}. Unmerge it and fill in every row."),
    ),
    "receipt-unclear": (
        N_("Received or not?"),
        N_("Other rows are marked as received or not; this one is blank. Write yes or no."),
    ),
}
CELLS = entries(CELL, _CELL_TEXTS)
