"""How every answer leaves: its headers, and errors as a page or as JSON of one shape."""

import logging
import secrets
from typing import Any

from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from cva.app.authentication import is_api
from cva.core.errors import (
    ConflictError,
    CvaError,
    ForbiddenError,
    InputError,
    NotFoundError,
    RuleError,
    SignInError,
    TooManyTriesError,
)
from cva.core.i18n import gettext as _
from cva.web.formats import size
from cva.web.forms import TOO_LARGE, shown_again

log = logging.getLogger(__name__)

#: Which answer each error is. The most exact class counts.
STATUS: dict[type[CvaError], int] = {
    InputError: 422,
    SignInError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    RuleError: 422,
    TooManyTriesError: 429,
}

#: Which refusals of a form are told on its own page, with all that was typed.
SHOWN_AGAIN = {404, 409, 413, 422, 429}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": a form would then be sent without its origin, which guards it.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def harden(response: Response) -> Response:
    """Add what keeps a browser from doing more with an answer than show it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if g.ledger.settings.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def answer_errors(app: Flask) -> None:
    """Register an answer for every kind of error."""
    app.register_error_handler(CvaError, _refuse)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refuse(error: CvaError) -> Any:  # noqa: ANN401
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if status == 500:  # noqa: PLR2004
        return _unexpected(error)
    return _form_again(status, error.code, str(error), dict(error.fields))


def _form_again(status: int, code: str, message: str, fields: dict[str, Any]) -> Any:  # noqa: ANN401
    """The form that was sent, with what is wrong in it, where it has a page."""
    if status in SHOWN_AGAIN and not is_api():
        try:
            page = shown_again(status, code, message, fields)
        except NotFoundError as missing:
            return _answer(404, missing.code, str(missing), dict(missing.fields))
        if page is not None:
            return page
    return _answer(status, code, message, fields)


def _expired(_error: CSRFError) -> Any:  # noqa: ANN401
    return _answer(400, "form_expired", _("This form is too old. Go back, reload, send it again."))


def _http(error: HTTPException) -> Any:  # noqa: ANN401
    status = error.code or 500
    if status < 400:  # noqa: PLR2004
        return error
    known = {
        400: ("input_invalid", _("The request is incomplete. Nothing was stored. Try again.")),
        404: ("not_found", _not_found()),
        405: ("method_not_allowed", _("This cannot be done here.")),
        415: ("input_invalid", _("Send the sheet as a file.")),
        422: ("input_invalid", _("Some of this is not as it should be.")),
    }
    if status == TOO_LARGE:
        return _form_again(status, "too_large", _too_large(), {"file": [_too_large()]})
    code, message = known.get(status, ("error", _("This did not work.")))
    fields = getattr(error, "data", {}).get("messages", {}) if status == 422 else {}  # noqa: PLR2004
    return _answer(
        status, code, message, {k: v for part in fields.values() for k, v in part.items()}
    )


def _wanted_page() -> str | None:
    """Where a person was going who has to sign in first; a form is not sent a second time."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _not_found() -> str:
    """A page's heading says already that there is none at an address without a view."""
    if request.url_rule is None and not is_api():
        return _("Look whether the address is right.")
    return _("There is no such page or record.")


def _too_large() -> str:
    if (request.content_length or 0) <= (request.max_content_length or 0):
        return _("The form holds more text than is taken. Nothing was stored. Shorten it.")
    message = _("The file is larger than %(size)s. Nothing was stored. Send it in parts.")
    return message % {"size": size(g.ledger.settings.max_sheet_bytes)}


def _unexpected(error: Exception) -> Any:  # noqa: ANN401
    """Tell a reference and nothing else; the log has the rest under it."""
    reference = secrets.token_hex(4)
    log.error("Reference %s", reference, exc_info=error)
    message = _("Something went wrong on our side. Nothing was half done. Reference: {reference}")
    return _answer(500, "unexpected", message.format(reference=reference))


def _answer(status: int, code: str, message: str, fields: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
    if is_api():
        return {"code": code, "message": message, "fields": fields or {}}, status
    if code == SignInError.code:
        return redirect(url_for("sign_in.form", next=_wanted_page()))
    return render_template("error.html", status=status, code=code, message=message), status
