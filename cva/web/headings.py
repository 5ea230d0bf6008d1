"""Headings that people explained: seen, changed, forgotten."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.rights import Right, needs
from cva.intake.checking import mapping
from cva.sheets.words.layouts import layout_of
from cva.societies import service as societies

pages = Blueprint("headings", __name__, url_prefix="/headings")


@pages.get("")
@needs(Right.SEE_SHEETS)
def show() -> str:
    """All that is remembered in the actor's societies."""
    with reading(g.ledger.engine, g.actor) as session:
        known = mapping.list_headings(session)
        named = {each.id: each for each in societies.list_societies(session)}
        people = societies.emails(session, [each.made_by for each in known])
    return render_template(
        "headings.html",
        known=known,
        societies=named,
        people=people,
        layout_of=layout_of,
        may_change={each.id for each in known if g.actor.may(Right.SEND_SHEETS, each.society_id)},
    )


@pages.post("/<int:headings_id>")
@needs(Right.SEND_SHEETS)
def change(headings_id: int) -> Response:
    """Say anew what they hold."""
    with transaction(g.ledger.engine, g.actor) as session:
        mapping.change_headings(session, headings_id, request.form.getlist("field"))
    return redirect(url_for("headings.show", _anchor=f"headings-{headings_id}"))


@pages.post("/<int:headings_id>/forget")
@needs(Right.SEND_SHEETS)
def forget(headings_id: int) -> Response:
    """Forget them."""
    with transaction(g.ledger.engine, g.actor) as session:
        mapping.forget_headings(session, headings_id)
    return redirect(url_for("headings.show"))
