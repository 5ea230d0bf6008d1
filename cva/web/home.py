"""The first page: what a person came for, by what their roles let them see."""

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug import Response

from cva.core.db import reading
from cva.core.errors import SignInError
from cva.core.i18n import gettext as _
from cva.core.permissions import OPEN, Permission, needs
from cva.intake.inbox import inbox
from cva.web.layout import holds
from cva.web.tasks import waiting

pages = Blueprint("home", __name__)

#: Where a person begins: the first of these that a role of theirs opens.
_BEGINNINGS = (
    (Permission.SEE_FIGURES, "figures.first"),
    (Permission.SEE_SETUP, "setup.show"),
)


@pages.get("/")
@needs(OPEN)
def show() -> str | Response:
    """Sheets for whoever sees sheets; else the first page that is theirs."""
    if g.signed_in is None:
        raise SignInError(_("Sign in first."))
    if holds(g.actor, Permission.SEE_SHEETS):
        return _desk()
    for right, endpoint in _BEGINNINGS:
        if holds(g.actor, right):
            return redirect(url_for(endpoint))
    return render_template("no_role.html")


def _desk() -> str:
    with reading(g.ledger.engine, g.actor) as session:
        return render_template(
            "home.html",
            inbox=inbox(session),
            waiting=waiting(session),
            may_send=holds(g.actor, Permission.SEND_SHEETS),
            may_decide=holds(g.actor, Permission.DECIDE_SHEETS),
            is_of_several=len(g.actor.societies) > 1,
        )
