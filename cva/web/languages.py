"""Choosing the language of the pages, signed in or not."""

from urllib.parse import urlsplit, urlunsplit

from flask import current_app, redirect, request, session, url_for
from werkzeug import Response

from cva.core.errors import InputError
from cva.core.i18n import LANGUAGES
from cva.core.i18n import gettext as _
from cva.core.permissions import OPEN
from cva.web.declaring import Pages
from cva.web.url_parts import own_path

pages = Pages("languages", __name__)

#: Where the session keeps the choice.
CHOSEN = "language"


@pages.post("/language", needs=OPEN)
def choose() -> Response:
    """Keep the language, and go back to the page it was chosen on."""
    code = request.form.get("language", "")
    if code not in LANGUAGES:
        raise InputError(_("There is no such language here."), code="language_unknown")
    session[CHOSEN] = code
    return redirect(_page_before() or url_for("home.show"))


def _page_before() -> str | None:
    """Where the choice was made, unless what stood there was the answer to a form."""
    before = urlsplit(request.referrer or "")
    can_be_opened = current_app.url_map.bind(request.host).test(before.path or "/", "GET")
    return own_path(urlunsplit(("", "", before.path, before.query, ""))) if can_be_opened else None
