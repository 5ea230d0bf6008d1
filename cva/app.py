"""The one place where the parts are put together."""

import logging
import secrets
from functools import partial, update_wrapper
from io import BytesIO
from typing import IO, Any

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_smorest import Api
from flask_wtf.csrf import CSRFError, CSRFProtect
from typing_extensions import override
from werkzeug.exceptions import HTTPException

from cva import api
from cva.core import crypto, words
from cva.core.db import reading, transaction
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
from cva.core.opening import Ledger
from cva.core.queue import RunQueue
from cva.core.rights import OPEN, RIGHT_OF_VIEW, Right, needs
from cva.core.scope import SYSTEM, Actor
from cva.core.words import gettext as _
from cva.societies import sign_in, tokens
from cva.societies.sign_in import SignedIn
from cva.web import blueprints as pages
from cva.web.addresses import RecordNumber
from cva.web.cookies import cookie_name, signed_in_cookie

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

#: What a form may hold beside the file.
_FORM_BYTES = 64 * 1024

#: Style and scripts: another content has another address, so an address is kept for a year.
_ASSETS_KEPT_SECONDS = 31_536_000

#: Where a form of ours comes from, as the browser itself says it (Fetch Metadata).
_OWN_ORIGINS = {"same-origin", "none"}

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


class InMemoryRequest(Request):
    """A request whose files never touch the disk: they hold people's names."""

    @override
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


class LedgerApp(Flask):
    """The web application over an open ledger."""

    request_class = InMemoryRequest


def create_app(ledger: Ledger, queue: RunQueue) -> Flask:
    """Build the web application.

    Raises:
        RuntimeError: A view declares no right.
    """
    app = LedgerApp("cva.web", static_folder="static", template_folder="templates")
    settings = ledger.settings
    app.config.update(
        LEDGER=ledger,
        QUEUE=queue,
        SECRET_KEY=crypto.keys().derive("cva/cookies"),
        MAX_CONTENT_LENGTH=settings.max_sheet_bytes + _FORM_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=_ASSETS_KEPT_SECONDS,
        SESSION_COOKIE_NAME=cookie_name(settings, "form"),
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        API_TITLE="CVA ledger",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.url_map.converters["int"] = RecordNumber
    app.before_request(_find_out_who)
    csrf = CSRFProtect(app)
    for page in (*pages, api.page):
        app.register_blueprint(page)
    described = Api(app)
    described.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    described.spec.options["security"] = [{"token": []}]
    for endpoints in api.endpoints:
        csrf.exempt(endpoints)
        described.register_blueprint(endpoints)
    _declare_foreign_views(app)
    _refuse_undeclared(app)
    app.after_request(_harden)
    _answer_errors(app)
    return app


def _declare_foreign_views(app: Flask) -> None:
    """Static files and the description of the interface are open; their code is not ours."""
    for name in ("static", "api_page.static", "api-docs.openapi_json"):
        view: Any = app.view_functions[name]
        app.view_functions[name] = needs(OPEN)(update_wrapper(partial(view), view))


def _refuse_undeclared(app: Flask) -> None:
    undeclared = [
        name for name, view in app.view_functions.items() if not hasattr(view, RIGHT_OF_VIEW)
    ]
    if undeclared:
        raise RuntimeError(f"These views declare no right: {undeclared}")


def _find_out_who() -> None:
    """Find out who asks, and go on only where a role of theirs holds what the view needs."""
    g.ledger = current_app.config["LEDGER"]
    g.queue = current_app.config["QUEUE"]
    _refuse_foreign_form()
    g.signed_in = _by_token() if _is_api() else _by_cookie()
    g.actor = g.signed_in.actor if g.signed_in else Actor(0)
    if request.endpoint is None:
        return
    needed: Right | None = getattr(current_app.view_functions[request.endpoint], RIGHT_OF_VIEW)
    if needed is None:
        return
    if g.signed_in is None:
        raise SignInError(_("Sign in first."))
    if not any(needed in rights for rights in g.actor.rights.values()):
        raise ForbiddenError(_("Your role cannot do this."))


def _refuse_foreign_form() -> None:
    """A form is sent from a page of ours; other sites are refused whatever they hold."""
    is_form = request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_api()
    origin = request.headers.get("Sec-Fetch-Site", "same-origin")
    if is_form and origin not in _OWN_ORIGINS:
        raise ForbiddenError(_("This was sent from another site. Nothing was done."))


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _by_token() -> SignedIn | None:
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not token:
        return None
    with reading(g.ledger.engine, SYSTEM) as session:
        return tokens.who_holds(session, token.strip())


def _by_cookie() -> SignedIn | None:
    secret = request.cookies.get(signed_in_cookie(g.ledger.settings))
    if not secret or request.endpoint == "static":
        return None
    with reading(g.ledger.engine, SYSTEM) as session:
        found = sign_in.who_is(session, secret, g.ledger.settings)
    if found is not None and found.is_stale:
        with transaction(g.ledger.engine, SYSTEM) as session:
            sign_in.touch(session, secret)
    return found


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if g.ledger.settings.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(CvaError, _refuse)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refuse(error: CvaError) -> Any:  # noqa: ANN401
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if status == 500:  # noqa: PLR2004
        return _unexpected(error)
    return _answer(status, error.code, str(error), dict(error.fields))


def _expired(_error: CSRFError) -> Any:  # noqa: ANN401
    return _answer(400, "form_expired", _("This form is too old. Go back, reload, send it again."))


def _http(error: HTTPException) -> Any:  # noqa: ANN401
    status = error.code or 500
    if status < 400:  # noqa: PLR2004
        return error
    known = {
        400: ("input_invalid", _("The request is incomplete. Nothing was stored. Try again.")),
        404: ("not_found", _("There is no such page or record.")),
        405: ("method_not_allowed", _("This cannot be done here.")),
        413: ("too_large", _too_large()),
        415: ("input_invalid", _("Send the sheet as a file.")),
        422: ("input_invalid", _("Some of this is not as it should be.")),
    }
    code, message = known.get(status, ("error", _("This did not work.")))
    fields = getattr(error, "data", {}).get("messages", {}) if status == 422 else {}  # noqa: PLR2004
    return _answer(
        status, code, message, {k: v for part in fields.values() for k, v in part.items()}
    )


def _wanted_page() -> str | None:
    """Where a person was going who has to sign in first; a form is not sent a second time."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _too_large() -> str:
    limit = g.ledger.settings.max_sheet_bytes // (1024 * 1024)
    return _("The file is larger than {limit} MiB. Nothing was stored. Send it in parts.").format(
        limit=limit
    )


def _unexpected(error: Exception) -> Any:  # noqa: ANN401
    """Tell a reference and nothing else; the log has the rest under it."""
    reference = secrets.token_hex(4)
    log.error("Reference %s", reference, exc_info=error)
    message = _("Something went wrong on our side. Nothing was half done. Reference: {reference}")
    return _answer(500, "unexpected", message.format(reference=reference))


def _answer(status: int, code: str, message: str, fields: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
    if _is_api():
        return {"code": code, "message": message, "fields": fields or {}}, status
    if code == SignInError.code:
        return redirect(url_for("sign_in.form", next=_wanted_page()))
    return render_template("error.html", status=status, code=code, message=message), status
