"""How every answer leaves: its headers, and errors as a page or as JSON of one shape."""

import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from cva.api.schemas import PROBLEM, ProblemSchema
from cva.app.authentication import is_api
from cva.core.errors import (
    CvaError,
    InputError,
    NotFoundError,
    SignInError,
)
from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.web.formats import size
from cva.web.refused_forms import TOO_LARGE, shown_again

log = logging.getLogger(__name__)

#: Kind and code of what is refused before a view is called, by status.
HTTP_CODES = {
    400: (InputError.kind, "request_incomplete"),
    404: (NotFoundError.kind, NotFoundError.kind),
    405: ("method_not_allowed", "method_not_allowed"),
    413: ("too_large", "too_large"),
    415: (InputError.kind, "file_expected"),
    422: (InputError.kind, InputError.kind),
}
FORM_EXPIRED = "form_expired"
#: Of faults of ours.
UNEXPECTED = "unexpected"

#: Which refusals of a form are shown on its own page, with all that was typed.
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

#: What the library that loads schemas says of a value, and how our own fields say it.
_PLAIN_WORDS = {
    "Missing data for required field.": N_("Fill this in."),
    "Field may not be null.": N_("Fill this in."),
    "Not a valid string.": N_("Write a text."),
    "Not a valid integer.": N_("Write a whole number."),
    "Not a valid boolean.": N_("Write true or false."),
    "Not a valid date.": N_("Write a day such as 2025-03-04."),
    "Not a valid list.": N_("Write a list."),
    "Not a valid mapping type.": N_("Write names and values."),
    "Invalid input type.": N_("Write names and values."),
    "Unknown field.": N_("There is no such field."),
    "Shorter than minimum length 1.": N_("Fill this in."),
    "Length must be 3.": N_("Write a code of three letters."),
}
_OPTIONS = re.compile(r"Must be one of: (.*)\.", re.DOTALL)
_BOUNDS = re.compile(r"Must be greater than or equal to (\d+) and less than or equal to (\d+)\.")


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
    if error.status == 500:  # noqa: PLR2004
        return _unexpected(error)
    return _form_again(error.status, error.kind, str(error), error.fields, code=error.code)


def _form_again(
    status: int, kind: str, message: str, fields: Mapping[str, list[str]], *, code: str
) -> Any:  # noqa: ANN401
    """The form that was sent, with what is wrong in it, where it has a page."""
    if status in SHOWN_AGAIN and not is_api():
        try:
            page = shown_again(status, kind, message, fields)
        except NotFoundError as missing:
            return _answer(404, missing.kind, str(missing), missing.fields, code=missing.code)
        if page is not None:
            return page
    return _answer(status, kind, message, fields, code=code)


def _expired(_error: CSRFError) -> Any:  # noqa: ANN401
    return _answer(400, FORM_EXPIRED, _("This form is too old. Go back, reload, send it again."))


def _http(error: HTTPException) -> Any:  # noqa: ANN401
    status = error.code or 500
    if status < 400:  # noqa: PLR2004
        return error
    messages = {
        400: _no_json() if request.is_json else _("The request is incomplete. Nothing was stored."),
        404: _not_found(),
        405: _("This cannot be done here."),
        415: _("This is not sent in a form that is read here. Send JSON, or a sheet as a file."),
        422: _("Some of this is not as it should be."),
    }
    kind, code = HTTP_CODES.get(status, (CvaError.kind, CvaError.kind))
    if status == TOO_LARGE:
        return _form_again(status, kind, _too_large(), {"file": [_too_large()]}, code=code)
    message = messages.get(status, _("This did not work."))
    fields = getattr(error, "data", {}).get("messages", {}) if status == 422 else {}  # noqa: PLR2004
    response = make_response(_answer(status, kind, message, _by_field(fields), code=code))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _no_json() -> str:
    return _("This is no JSON. Nothing was stored. Correct it, then send it again.")


def _by_field(messages: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong by field, without where it was sent; a field within one is ``a.b``."""
    found: dict[str, list[str]] = {}
    for part in messages.values():
        for name, errors in part.items():
            _gather(str(name), errors, found)
    return found


def _gather(name: str, messages: Any, found: dict[str, list[str]]) -> None:  # noqa: ANN401
    if isinstance(messages, Mapping):
        for inner, more in messages.items():
            # what is wrong with a key or a value of a mapping is wrong with its field
            _gather(name if inner in {"key", "value"} else f"{name}.{inner}", more, found)
    else:
        found[name] = [_in_plain_words(str(each)) for each in messages]


def _in_plain_words(message: str) -> str:
    """What the library says of a value, as our own fields say it."""
    if message in _PLAIN_WORDS:
        return _(_PLAIN_WORDS[message])
    if options := _OPTIONS.fullmatch(message):
        return _("Choose one of: {options}.").format(options=options[1])
    if bounds := _BOUNDS.fullmatch(message):
        first, last = bounds.groups()
        return _("Write a number from {first} to {last}.").format(first=first, last=last)
    return message


def _wanted_page() -> str | None:
    """Where a person was going who has to sign in first; a form is not sent a second time."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _not_found() -> str:
    """A page's heading shows already that there is none at an address without a view."""
    if request.url_rule is None and not is_api():
        return _("Look whether the address is right.")
    return _("There is no such page or record.")


def _too_large() -> str:
    if (request.content_length or 0) <= (request.max_content_length or 0):
        return _("The form holds more text than is taken. Nothing was stored. Shorten it.")
    message = _("The file is larger than %(size)s. Nothing was stored. Send it in parts.")
    return message % {"size": size(g.ledger.settings.max_sheet_bytes)}


def _unexpected(error: Exception) -> Any:  # noqa: ANN401
    """Show a reference and nothing else; the log has the rest under it."""
    reference = secrets.token_hex(4)
    log.error("Reference %s", reference, exc_info=error)
    message = _("Something went wrong on our side. Nothing was half done. Reference: {reference}")
    return _answer(500, UNEXPECTED, message.format(reference=reference))


def _answer(
    status: int,
    kind: str,
    message: str,
    fields: Mapping[str, list[str]] | None = None,
    *,
    code: str = "",
) -> Any:  # noqa: ANN401
    if is_api():
        problem = ProblemSchema().dump(
            {
                "status": status,
                "kind": kind,
                "code": code or kind,
                "message": message,
                "fields": fields or {},
            }
        )
        return Response(current_app.json.dumps(problem), status, mimetype=PROBLEM)
    if kind == SignInError.kind:
        return redirect(url_for("sign_in.form", next=_wanted_page()))
    return render_template("error.html", status=status, code=kind, message=message), status
