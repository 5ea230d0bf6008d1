"""Headings that people explained: seen, changed, forgotten."""

from flask import g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import reading
from cva.core.permissions import Permission
from cva.intake import column_mapping
from cva.sheets.vocabulary.layouts import layout_of
from cva.societies import service as societies
from cva.web.declaring import Pages, changes

pages = Pages("headings", __name__, url_prefix="/headings")


@pages.get("", needs=Permission.SEE_SHEETS)
def show() -> str:
    """All that is remembered in the actor's societies."""
    with reading(g.ledger.engine, g.actor) as session:
        known = column_mapping.list_headings(session)
        named = {each.id: each for each in societies.list_societies(session)}
        people = societies.emails(session, [each.made_by for each in known])
    return render_template(
        "headings.html",
        known=known,
        societies=named,
        people=people,
        layout_of=layout_of,
        may_change={
            each.id for each in known if g.actor.may(Permission.SEND_SHEETS, each.society_id)
        },
    )


@pages.post("/<int:headings_id>", needs=Permission.SEND_SHEETS)
@changes("headings.show")
def change(session: Session, headings_id: int) -> Response:
    """Change what they hold."""
    column_mapping.change_headings(session, headings_id, request.form.getlist("field"))
    return redirect(url_for("headings.show", _anchor=f"headings-{headings_id}"))


@pages.post("/<int:headings_id>/forget", needs=Permission.SEND_SHEETS)
@changes("headings.show")
def forget(session: Session, headings_id: int) -> None:
    """Forget them."""
    column_mapping.forget_headings(session, headings_id)
