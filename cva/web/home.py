"""The first page: what a person came for, by what their roles let them see."""

from flask import g, redirect, render_template, request, url_for
from werkzeug import Response

from cva.core.dates import Month
from cva.core.db import reading
from cva.core.errors import SignInError
from cva.core.i18n import gettext as _
from cva.core.permissions import OPEN, Permission
from cva.intake.inbox import PAGE_SIZE, SheetFilter, described, list_senders, list_sheets
from cva.intake.to_do import to_do
from cva.programmes import service as programmes
from cva.staging.models import SheetState
from cva.web.declaring import Pages
from cva.web.inputs import id_asked, page_asked
from cva.web.layout import holds
from cva.web.tasks import waiting

pages = Pages("home", __name__)

#: Where a person begins: the first of these that a role of theirs opens.
_BEGINNINGS = (
    (Permission.SEE_FIGURES, "figures.first"),
    (Permission.SEE_SETUP, "setup.show"),
)

#: What the list of sheets can be narrowed by, as fields of its form.
_FILTERS = ("find", "state", "programme", "month", "sender")


@pages.get("/", needs=OPEN)
def show() -> str | Response:
    """Sheets for those who may see sheets; else the first page that is theirs."""
    if g.signed_in is None:
        raise SignInError(_("Sign in first."))
    if holds(g.actor, Permission.SEE_SHEETS):
        return _sheets()
    for right, endpoint in _BEGINNINGS:
        if holds(g.actor, right):
            return redirect(url_for(endpoint))
    return render_template("no_role.html")


def _sheets() -> str:
    """What is to be done, and all sheets beneath it."""
    filters = _asked_filter()
    with reading(g.ledger.engine, g.actor) as session:
        found = list_sheets(session, filters, page=page_asked(), size=PAGE_SIZE)
        return render_template(
            "home.html",
            to_do=to_do(session),
            waiting=waiting(session),
            found=found,
            lines=described(session, found.items),
            filters=filters,
            asked={name: value for name in _FILTERS if (value := request.args.get(name))},
            states=list(SheetState),
            senders=list_senders(session),
            offered=programmes.offered(session, Permission.SEE_SHEETS),
            may_send=holds(g.actor, Permission.SEND_SHEETS),
            may_decide=holds(g.actor, Permission.DECIDE_SHEETS),
            is_of_several=len(g.actor.societies) > 1,
        )


def _asked_filter() -> SheetFilter:
    asked = {name: request.args.get(name, "").strip() for name in _FILTERS}
    return SheetFilter(
        programme_id=id_asked("programme"),
        state=asked["state"] or None,
        month=Month.parse(asked["month"]) if asked["month"] else None,
        sender_id=id_asked("sender"),
        text=asked["find"] or None,
    )
