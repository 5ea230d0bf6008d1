"""Why a whole file is turned away."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import ERROR, entries

_ERROR_TEXTS = {
    "workbook-unreadable": (N_("The file cannot be read"), N_("The file cannot be read: {reason}")),
    "workbook-encrypted": (
        N_("The file is protected by a password"),
        N_("The file is protected by a password. Save it without one and send it again."),
    ),
    "workbook-too-large": (N_("The file is too large"), N_("The file is too large: {reason}")),
    "workbook-unsafe": (
        N_("The file holds something that no sheet needs"),
        N_("The file is not opened: {reason}"),
    ),
    "format-unknown": (
        N_("This kind of file is not read"),
        N_(
            'Files that end in ".{ending}" are not read. Save it as an Excel workbook (.xlsx); '
            ".xlsb, .xls, .ods, .csv, .tsv and .txt are read too."
        ),
    ),
    "kind-unknown": (
        N_("There is no such kind of sheet"),
        N_('"{kind}" is no kind of sheet. Choose one of: {kinds}.'),
    ),
    "no-heading-row": (
        N_("No headings were found"),
        N_(
            "No row of headings was found in: {sheets}. One row must name the columns, for "
            "example Registration number, Family name, Distribution date, Amount (USD)."
        ),
    ),
    "no-data-rows": (
        N_("There are headings but no rows"),
        N_("There is nothing under the headings. Fill in at least one row."),
    ),
    "column-missing": (
        N_("A column is missing"),
        N_("No column was recognised for: {fields}. Add it, or rename the heading that means it."),
    ),
    "column-twice": (
        N_("Two columns mean the same"),
        N_(
            "This column and the one in {first} both mean {field}. Remove one, or rename the "
            "one that means something else."
        ),
    ),
    "already-received": (
        N_("This sheet was sent before"),
        N_("The same rows were sent before, as sheet {sheet_id} on {day}. Nothing was taken over."),
    ),
}
FILES = entries(ERROR, _ERROR_TEXTS)
