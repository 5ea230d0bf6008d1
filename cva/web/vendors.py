"""Vendors that take vouchers: registered, and each with its statement."""

from typing import Any

from flask import g, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import reading
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.reports.vendor_statement import statement, statement_pages
from cva.rounds.templates import filename_of
from cva.sheets.findings.finding import message, title
from cva.sheets.writing.table_workbook import write_workbook
from cva.societies import service as societies
from cva.vouchers import vendors
from cva.vouchers.input_schemas import NewVendorSchema
from cva.vouchers.request_schemas import REQUEST_SCHEMAS
from cva.vouchers.vendors import NewVendor
from cva.web.declaring import Pages, attachment, changes, reads

pages = Pages("vendors", __name__, url_prefix="/vendors")

#: So many rejected numbers stand on the page; the workbook has all.
MOST_SHOWN = 200


@pages.get("/<int:vendor_id>", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, vendor_id: int) -> str:
    """The statement of a vendor."""
    found = statement(session, vendor_id)
    society_id = found.vendor.society_id
    return render_template(
        "vendor.html",
        found=found,
        most_shown=MOST_SHOWN,
        title_of=title,
        request_schemas=REQUEST_SCHEMAS,
        message=message,
        society=societies.get_society(session, society_id),
        programmes=programmes.list_programmes(session, society_id),
        may_settle=g.actor.may(Permission.DECIDE_SHEETS, society_id),
        may_see_sheets=g.actor.may(Permission.SEE_SHEETS, society_id),
    )


@pages.get("/<int:vendor_id>/workbook", needs=Permission.SEE_ROUNDS)
def workbook(vendor_id: int) -> Response:
    """The statement as a workbook."""
    with reading(g.ledger.engine, g.actor) as session:
        found = statement(session, vendor_id)
    made = write_workbook(statement_pages(found))
    name = filename_of("vendor", found.vendor.code)
    return attachment(made, name)


@pages.post("/of/<int:society_id>", needs=Permission.PREPARE)
@changes("vouchers.show", takes=NewVendorSchema)
def add(session: Session, values: dict[str, Any], society_id: int) -> Response:
    """Register a vendor."""
    societies.get_society(session, society_id)
    vendor_id = vendors.add_vendor(session, society_id, NewVendor(**values)).id
    return redirect(url_for("vendors.show", vendor_id=vendor_id))
