"""Control totals: what was sent, posted and booked, and whether it ties."""

from flask import g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.dates import parse_day
from cva.core.db import reading
from cva.core.permissions import Permission
from cva.reports.control_totals import control_totals
from cva.societies import service as societies
from cva.web.declaring import Pages, reads

pages = Pages("totals", __name__, url_prefix="/totals")


@pages.get("", needs=Permission.SEE_TOTALS)
@reads
def first(session: Session) -> Response:
    """The first society whose totals are open to this person."""
    society = societies.societies_with(session, Permission.SEE_TOTALS)[0]
    return redirect(url_for("totals.show", society_id=society.id))


@pages.get("/<int:society_id>", needs=Permission.SEE_TOTALS)
def show(society_id: int) -> str:
    """The totals, over all days of hand-out or from one to another."""
    first_day = parse_day(request.args.get("from", ""))
    last_day = parse_day(request.args.get("to", ""))
    with reading(g.ledger.engine, g.actor) as session:
        return render_template(
            "totals.html",
            totals=control_totals(session, society_id, first_day, last_day),
            society=societies.get_society(session, society_id),
            societies=societies.societies_with(session, Permission.SEE_TOTALS),
        )
