"""Every code of a finding: what it is called, how grave it is and what it says.

A code never changes and is never used again for something else. Each text says what is wrong
and what to write instead. ``docs/findings.md`` explains every code at length.
"""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.cell_findings import CELLS
from cva.sheets.findings.catalogue.entry import CatalogueEntry
from cva.sheets.findings.catalogue.file_findings import FILES
from cva.sheets.findings.catalogue.payment_findings import PAYMENTS
from cva.sheets.findings.catalogue.row_findings import ROWS
from cva.sheets.findings.catalogue.sheet_findings_texts import SHEETS
from cva.sheets.findings.catalogue.warnings import WARNINGS

#: What a provider said before, as a message names it.
ANSWERS: dict[str, str] = {
    "available": N_("available"),
    "paid": N_("paid"),
    "collected": N_("collected"),
    "failed": N_("failed"),
    "expired": N_("expired"),
    "returned": N_("returned"),
}

CATALOGUE: dict[str, CatalogueEntry] = FILES | SHEETS | CELLS | ROWS | PAYMENTS | WARNINGS

#: What is said instead where the other row is known, in this sheet or another.
ELSEWHERE: dict[str, str] = {
    "duplicate-voucher": N_(
        'The voucher "{value}" was handed out already, in row {other_row} of sheet {sheet_id}.'
    ),
    "phone-shared": N_(
        'The phone number "{value}" stands already in row {first_row}, for somebody else.'
    ),
    "possible-duplicate": N_(
        '"{value}" was paid on {day}, in row {other_row} of sheet {sheet_id}. Check both.'
    ),
}

#: What is said instead where a detail of this name is known.
NARROWER: dict[str, str] = {
    "taken_off": N_(
        "{before} was planned for {value} when this list was written; since then the person was "
        "taken off the list."
    ),
    "payments": N_(
        '{payments} payments fit "{value}". Write the reference that the payment list gives.'
    ),
    "not_posted": N_(
        "The same rows were sent before, as sheet {sheet_id} on {day}. Rows left out then, or "
        "reversed since: {not_posted}. Send those alone, as they should be, in a new file."
    ),
    "several": N_(
        '"{value}" holds several numbers. Write one number in each row, with its own amount.'
    ),
}
