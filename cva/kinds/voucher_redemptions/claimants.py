"""Which vendor claims the rows of a sheet of vouchers redeemed."""

from collections.abc import Mapping
from typing import Any

from cva.kinds.voucher_findings import VENDOR
from cva.sheets.checking.checked import Checked
from cva.staging.context import SheetContext
from cva.vouchers import vendors


def find_claimants(context: SheetContext, checked: Checked) -> Mapping[str, list[Any]]:
    """For each row the vendor it names, else the one named beside the file.

    Where a row has neither, the sheet asks which vendor it is.
    """
    session, sheet, rows = context.session, context.sheet, checked.rows
    chosen = sheet.settled.get(VENDOR)
    whole = vendors.ids_of(session, sheet.society_id, [chosen])[0]
    named: list[Any] = [row.values.get(VENDOR) for row in rows]
    if chosen is None and not all(named):
        listed = vendors.list_vendors(session, sheet.society_id)
        options = [vendor.code for vendor in listed]
        sheet.asks = [*sheet.asks, {"choice": VENDOR, "options": options, "heading": ""}]
    found = vendors.ids_of(session, sheet.society_id, named)
    return {"vendor_id": [own if text else whole for own, text in zip(found, named, strict=True)]}
