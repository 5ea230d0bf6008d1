"""What waits for a second person: asked for, confirmed, refused, withdrawn."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service
from cva.approvals.input_schemas import DeclineSchema
from cva.approvals.labels import novelty_text
from cva.core.db import transaction
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.intake.input_schemas import ReversalSchema
from cva.societies import service as societies
from cva.staging.workflow import get_sheet
from cva.web.declaring import Pages, changes, on_page, reads

#: So many people a page names.
MOST_PARTS = 2_000

pages = Pages("requests", __name__, url_prefix="/requests")


@pages.get("", needs=Permission.SEE_ROUNDS)
@reads
def show_all(session: Session) -> str:
    """What waits, and what was answered lately."""
    return render_template(
        "requests.html",
        waiting=service.list_requests(session, is_open=True),
        answered=service.list_requests(session, is_open=False),
        zones=societies.time_zones(session),
        novelty_text=novelty_text,
    )


@pages.get("/<int:request_id>", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, request_id: int) -> str:
    """One request, with what it would do to each person."""
    return render_template(
        "request.html",
        shown=service.show(session, request_id, MOST_PARTS),
        zones=societies.time_zones(session),
        novelty_text=novelty_text,
    )


@pages.post("/<int:request_id>/confirm", needs=Permission.SEE_ROUNDS)
@on_page("requests.show", "requests.show_all")
def confirm(request_id: int) -> Response:
    """Do what was asked for, as the second person."""
    with transaction(g.ledger.engine, g.actor) as session:
        service.confirm(session, request_id)
    flash(_("Done."), "done")
    return redirect(url_for("requests.show_all"))


@pages.post("/<int:request_id>/refuse", needs=Permission.SEE_ROUNDS)
@changes("requests.show", "requests.show_all", takes=DeclineSchema)
def refuse(session: Session, values: dict[str, Any], request_id: int) -> Response:
    """Refuse what was asked for, with the reason."""
    service.refuse(session, request_id, values["answer"])
    return redirect(url_for("requests.show_all"))


@pages.post("/<int:request_id>/withdraw", needs=Permission.SEE_ROUNDS)
@changes("requests.show", "requests.show_all")
def withdraw(session: Session, request_id: int) -> Response:
    """Withdraw what one asked for."""
    service.withdraw(session, request_id)
    return redirect(url_for("requests.show_all"))


@pages.post("/reverse/<int:sheet_id>", needs=Permission.SEND_SHEETS)
@changes("sheets.show", takes=ReversalSchema)
def reverse(session: Session, values: dict[str, Any], sheet_id: int) -> str:
    """Ask for a sheet, or a row of it, to be reversed."""
    details = {"sheet": str(sheet_id)} | ({"row": values["row"]} if values["row"] else {})
    kind = "reverse_row" if values["row"] else "reverse_sheet"
    sheet = get_sheet(session, sheet_id)
    service.ask(session, sheet.society_id, kind, details, values["reason"])
    return _("Asked for. It is done once somebody of finance confirms it.")
