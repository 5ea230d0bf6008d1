"""A form that is refused: its page once more, with what was typed and every fault told."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import urlsplit, urlunsplit

from flask import current_app, render_template, request
from markupsafe import escape
from werkzeug import Response
from werkzeug.routing import MapAdapter

from cva.core.i18n import gettext as _
from cva.web.form_refilling import Located, refill
from cva.web.refusals import refusal_title
from cva.web.url_parts import own_path

#: The status of a request whose body is not read, so that nothing typed is known.
TOO_LARGE = 413

#: What was said of the form's own request, and not of who asks.
_OF_THE_FORM_ALONE = (
    "CONTENT_",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_CONTENT_",
    "HTTP_TRANSFER_",
    "werkzeug.",
    "wsgi.input",
)


def shown_again(
    status: int, code: str, message: str, fields: Mapping[str, Sequence[str]]
) -> Response | None:
    """The page of the form that was sent, or None where it has none that the sender may open.

    The page is asked for as the browser itself would, so all that guards it does so here.
    """
    is_read = status != TOO_LARGE
    address = _page_of_form(_named_page() if is_read else _page_before())
    if request.method != "POST" or address is None:
        return None
    page = _asked(address)
    if page.status_code != 200 or page.mimetype != "text/html":  # noqa: PLR2004
        return None
    typed, missing = (_typed(), _("Fill this in.")) if is_read else ({}, None)
    filled = refill(page.get_data(as_text=True), request.path, typed, fields, missing)
    title = refusal_title(status, code)
    summary = render_template(
        "refused.html",
        title=title,
        located=filled.located,
        others=_others(message, fields, filled.located),
    )
    at = filled.main_end
    html = filled.html[:at] + summary + filled.html[at:]
    page.set_data(html.replace("<title>", f"<title>{escape(title)} – ", 1))
    page.status_code = status
    return page


def _others(
    message: str, fields: Mapping[str, Sequence[str]], located: Sequence[Located]
) -> Sequence[str]:
    """What is told and stands at no field; a message that only joins them is not said again."""
    texts = [text for told in fields.values() for text in told]
    if message not in {*texts, " ".join(texts)}:
        texts = [message, *texts]
    at_fields = {each.told for each in located}
    return [text for text in texts if text not in at_fields]


def _typed() -> dict[str, list[str]]:
    files = {name: [file.filename or ""] for name, file in request.files.items()}
    return files | dict(request.form.lists())


def _named_page() -> str | None:
    """The page a form names as its own."""
    return own_path(request.form.get("page", ""))


def _page_before() -> str | None:
    """The page the browser was on, for a form that is too large to be read."""
    parts = urlsplit(request.referrer or "")
    page = urlunsplit(("", "", parts.path, parts.query, ""))
    return own_path(page) if parts.netloc == request.host else None


def _page_of_form(said: str | None) -> str | None:
    """Where the form stood: as was said, else the nearest page above its address."""
    adapter = current_app.url_map.bind(request.host)
    for address in (said, *_above(request.path)):
        if address and address.isascii() and _is_page(adapter, urlsplit(address).path):
            return address
    return None


def _is_page(adapter: MapAdapter, path: str) -> bool:
    return not path.startswith("/api/") and adapter.test(path, "GET")


def _above(path: str) -> Iterator[str]:
    """The path itself, and each that it lies under; the first page of all is none of them."""
    while path.strip("/"):
        yield path
        path = path.rpartition("/")[0]


def _asked(address: str) -> Response:
    """The page at an address of ours, for whoever sent this form."""
    parts = urlsplit(address)
    environ = {
        **{
            key: value
            for key, value in request.environ.items()
            if not key.startswith(_OF_THE_FORM_ALONE)
        },
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "wsgi.input": BytesIO(),
    }
    return Response.from_app(current_app.wsgi_app, environ, buffered=True)
