"""In which language a request is answered."""

from flask import request, session

from cva.app.authentication import is_api
from cva.core.i18n import LANGUAGES, SOURCE
from cva.web.languages import CHOSEN


def asked_language() -> str:
    """What the reader chose on a page, else the best of what their program accepts.

    A program has no session, and a file of ours no text: neither is tied to a cookie.
    """
    chosen = None if is_api() or request.endpoint == "static" else session.get(CHOSEN)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, SOURCE)
