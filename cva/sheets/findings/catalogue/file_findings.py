"""Why a whole file is turned away."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import ERROR, CatalogueEntry

FILES: dict[str, CatalogueEntry] = {
    "workbook-unreadable": CatalogueEntry(
        N_("The file cannot be read"), ERROR, N_("The file cannot be read: {reason}"), refuses=True
    ),
    "workbook-encrypted": CatalogueEntry(
        N_("The file is protected by a password"),
        ERROR,
        N_("The file is protected by a password. Save it without one and send it again."),
        refuses=True,
    ),
    "workbook-too-large": CatalogueEntry(
        N_("The file is too large"), ERROR, N_("The file is too large: {reason}"), refuses=True
    ),
    "workbook-unsafe": CatalogueEntry(
        N_("The file holds something that no sheet needs"),
        ERROR,
        N_("The file is not opened: {reason}"),
        refuses=True,
    ),
    "format-unknown": CatalogueEntry(
        N_("This kind of file is not read"),
        ERROR,
        N_(
            'Files that end in ".{ending}" are not read. Save it as an Excel workbook (.xlsx); '
            ".xlsb, .xls, .ods, .csv, .tsv and .txt are read too."
        ),
        refuses=True,
    ),
    "kind-unknown": CatalogueEntry(
        N_("There is no such kind of sheet"),
        ERROR,
        N_('"{kind}" is no kind of sheet. Choose one of: {kinds}.'),
        refuses=True,
    ),
    "no-heading-row": CatalogueEntry(
        N_("No headings were found"),
        ERROR,
        N_(
            "No row of headings was found in: {sheets}. One row must name the columns, for "
            "example Registration number, Family name, Distribution date, Amount (USD)."
        ),
        refuses=True,
    ),
    "no-data-rows": CatalogueEntry(
        N_("There are headings but no rows"),
        ERROR,
        N_("There is nothing under the headings. Fill in at least one row."),
        refuses=True,
    ),
    "column-missing": CatalogueEntry(
        N_("A column is missing"),
        ERROR,
        N_("No column was recognised for: {fields}. Add it, or rename the heading that means it."),
        refuses=True,
    ),
    "column-twice": CatalogueEntry(
        N_("Two columns mean the same"),
        ERROR,
        N_(
            "This column and the one in {first} both mean {field}. Remove one, or rename the "
            "one that means something else."
        ),
        refuses=True,
    ),
    "already-received": CatalogueEntry(
        N_("This sheet was sent before"),
        ERROR,
        N_("The same rows were sent before, as sheet {sheet_id} on {day}. Nothing was taken over."),
        refuses=True,
    ),
}
