"""Which vendor claims the rows of a sheet of vouchers redeemed."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from cva.sheets.checking.check import CheckedRow
from cva.staging.models import Sheet, StagedRow
from cva.vouchers import vendors
from cva.vouchers.models import Vendor

CHOICE = "vendor"


def claimants_of(session: Session, sheet: Sheet) -> list[str]:
    """The codes of the vendors that claim the rows of a sheet."""
    query = (
        select(Vendor.code)
        .join(StagedRow, col(StagedRow.vendor_id) == Vendor.id)
        .where(StagedRow.sheet_id == sheet.id)
        .distinct()
        .order_by(Vendor.code)
    )
    return list(session.exec(query))


def find_claimants(session: Session, sheet: Sheet, rows: Sequence[CheckedRow]) -> list[int | None]:
    """For each row the vendor it names, else the one settled beside the file.

    Where a row has neither, the sheet asks which vendor it is.
    """
    if sheet.kind != "voucher_redemptions":
        return [None] * len(rows)
    settled = sheet.settled.get(CHOICE)
    whole = vendors.ids_of(session, sheet.society_id, [settled])[0]
    named: list[Any] = [row.values.get("vendor") for row in rows]
    if settled is None and not all(named):
        listed = vendors.list_vendors(session, sheet.society_id)
        options = [vendor.code for vendor in listed]
        sheet.asks = [*sheet.asks, {"choice": CHOICE, "options": options, "heading": ""}]
    found = vendors.ids_of(session, sheet.society_id, named)
    return [own if text else whole for own, text in zip(found, named, strict=True)]
