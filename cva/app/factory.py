"""Building the web application out of its parts."""

from functools import partial, update_wrapper
from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, Response, request, session
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect
from typing_extensions import override

from cva import api
from cva.api.schemas import PROBLEM, ProblemSchema
from cva.app.authentication import find_out_who, is_api
from cva.app.compressing import compress
from cva.app.responses import answer_errors, harden
from cva.core import crypto, i18n
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.core.permissions import OPEN, RIGHT_OF_VIEW, needing
from cva.web import blueprints as pages
from cva.web.cookies import cookie_name
from cva.web.forms import Form
from cva.web.languages import CHOSEN
from cva.web.url_parts import PersonNumber, RecordNumberPart, Secret

#: What a form may hold beside the file.
_FORM_BYTES = 64 * 1024

#: Style and scripts: another content has another address, so an address is kept for a year.
_ASSETS_KEPT_SECONDS = 31_536_000


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

    @override
    def full_dispatch_request(self) -> Response:
        """Answer in the language of the caller, errors too."""
        with i18n.reading_in(asked_language()):
            return super().full_dispatch_request()


class DescribedApi(Api):  # type: ignore[misc]
    """The interface's document, with errors as they really are."""

    ERROR_SCHEMA = ProblemSchema

    @override
    def _register_responses(self) -> None:
        """What is registered for all is errors; what an endpoint answers is plain JSON."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


def create_app(ledger: Ledger, queue: JobQueue) -> Flask:
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
        SECRET_KEY_FALLBACKS=crypto.keys().derive_older("cva/cookies"),
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
        API_SPEC_OPTIONS={"info": {"description": _about_languages()}},
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.globals["form_of"] = Form
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.url_map.converters |= {"int": RecordNumberPart, "person": PersonNumber, "secret": Secret}
    app.before_request(find_out_who)
    csrf = CSRFProtect(app)
    for page in (*pages, api.page):
        app.register_blueprint(page)
    described = DescribedApi(app)
    described.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    described.spec.options["security"] = [{"token": []}]
    for endpoints in api.endpoints:
        csrf.exempt(endpoints)
        described.register_blueprint(endpoints)
    _declare_foreign_views(app)
    _refuse_undeclared(app)
    app.after_request(compress)  # the one named first comes last
    app.after_request(harden)
    answer_errors(app)
    return app


def _about_languages() -> str:
    return (
        "`Accept-Language` chooses the language of messages "
        f"({', '.join(i18n.LANGUAGES)}); codes, keys, numbers and dates are the same in each."
    )


def _declare_foreign_views(app: Flask) -> None:
    """Static files and the description of the interface are open; their code is not ours."""
    for name in ("static", "api_page.static", "api-docs.openapi_json"):
        view: Any = app.view_functions[name]
        app.view_functions[name] = needing(OPEN, update_wrapper(partial(view), view))


def _refuse_undeclared(app: Flask) -> None:
    undeclared = [
        name for name, view in app.view_functions.items() if not hasattr(view, RIGHT_OF_VIEW)
    ]
    if undeclared:
        raise RuntimeError(f"These views declare no right: {undeclared}")


def asked_language() -> str:
    """What the reader chose on a page, else the best of what their program accepts.

    A program has no session, and a file of ours no text: neither is tied to a cookie.
    """
    chosen = None if is_api() or request.endpoint == "static" else session.get(CHOSEN)
    if chosen in i18n.LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(i18n.LANGUAGES, i18n.SOURCE)
