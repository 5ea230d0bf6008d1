"""What finance does: approve a sheet, send it back, record a row as an exception."""

from typing import Any

from flask import flash, g, redirect, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import transaction
from cva.core.i18n import ngettext
from cva.core.permissions import Permission
from cva.intake import approval as service
from cva.intake.input_schemas import ExceptionSchema, SeenSchema, SheetRejectionFormSchema
from cva.web.declaring import Pages, changes, takes
from cva.web.formats import count

pages = Pages("deciding", __name__, url_prefix="/sheets")


@pages.post("/<int:sheet_id>/approve", needs=Permission.DECIDE_SHEETS)
@takes(SeenSchema, "sheets.show")
def approve(values: dict[str, Any], sheet_id: int) -> Response:
    """Post a submitted sheet."""
    with transaction(g.ledger.engine, g.actor) as session:
        approval = service.approve(session, sheet_id, values["version"])
    if approval.conflicts:
        flash(_went_back(approval.conflicts))
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


def _went_back(conflicts: int) -> str:
    return ngettext(
        "Nothing was posted: another sheet was first with {count} row. It is marked now, and the "
        "sheet is with its sender again.",
        "Nothing was posted: other sheets were first with {count} rows. They are marked now, and "
        "the sheet is with its sender again.",
        conflicts,
    ).format(count=count(conflicts))


@pages.post("/<int:sheet_id>/send-back", needs=Permission.DECIDE_SHEETS)
@changes("sheets.show", takes=SheetRejectionFormSchema)
def send_back(session: Session, values: dict[str, Any], sheet_id: int) -> None:
    """Send a submitted sheet back with a word."""
    service.reject(session, sheet_id, values["reason"], values["version"])


@pages.post("/<int:sheet_id>/rows/<int:number>/exception", needs=Permission.DECIDE_SHEETS)
@changes("sheets.show", takes=ExceptionSchema)
def except_row(session: Session, values: dict[str, Any], sheet_id: int, number: int) -> None:
    """Record that a row really happened although a rule forbids it."""
    service.except_row(session, sheet_id, number, values["kind"], values["reason"])
