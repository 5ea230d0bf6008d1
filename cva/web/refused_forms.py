"""A form that is refused: the page that shows it is drawn again, with what was typed.

Where a view that takes a form raises, the view of the form's page is called, and the form that was
sent shows what was typed and what is wrong.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from flask import current_app, g, make_response, request
from werkzeug import Response
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, Rule

from cva.core.errors import CvaError, NotFoundError
from cva.core.permissions import RIGHT_OF_VIEW
from cva.web.declaring import first_page, form_of, takes_form
from cva.web.layout import holds
from cva.web.refusals import refusal_title
from cva.web.url_parts import own_path

#: The status of a request whose body is not read, so that nothing typed is known.
TOO_LARGE = 413


class Located(NamedTuple):
    """A fault at its field."""

    anchor: str
    label: str
    message: str


@dataclass
class Refusal:
    """The form that was refused in this request.

    Attributes:
        title: What happened, in a few words.
        page: The address of the page that shows it.
        located: Each fault of a field, with the field's anchor and its label; there
            once the page is drawn.
    """

    status: int
    title: str
    message: str
    faults: Mapping[str, Sequence[str]]
    typed: MultiDict[str, str]
    page: str
    located: list[Located] = field(default_factory=list)

    @property
    def others(self) -> Sequence[str]:
        """What is reported at no field; a message that only joins them is left away."""
        texts = [text for messages in self.faults.values() for text in messages]
        if self.message not in {*texts, " ".join(texts)}:
            texts = [self.message, *texts]
        at_fields = {each.message for each in self.located}
        return [text for text in texts if text not in at_fields]


def shown_again(
    status: int, code: str, message: str, faults: Mapping[str, Sequence[str]]
) -> Response | None:
    """The page of the form that was sent, or None where it has none that the sender may open.

    Of a form that is too large nothing is read: the browser sends the page that it was on.

    Raises:
        NotFoundError: The page is about a record that is not there for the sender: whatever else
            is wrong with the form, that is reported, and nothing of the record.
    """
    is_read = status != TOO_LARGE
    found = _page(own_path(request.form.get("page", "")) if is_read else _page_before())
    if found is None:
        return None
    view = current_app.view_functions[found.rule.endpoint]
    right = getattr(view, RIGHT_OF_VIEW)
    if right is not None and not holds(g.actor, right):
        return None
    typed = _typed() if is_read else MultiDict()
    g.refused = Refusal(status, refusal_title(status, code), message, faults, typed, found.address)
    # From here on it is the page that is asked for: views read its query, the layout its endpoint.
    request.url_rule, request.view_args = found.rule, dict(found.parts)
    request.args = ImmutableMultiDict(parse_qsl(urlsplit(found.address).query))
    try:
        page = view(**found.parts)
    except NotFoundError:
        g.refused = None
        raise
    except CvaError:
        page = None
    if not isinstance(page, str):
        g.refused = None
        return None
    return make_response(page, status)


def _typed() -> MultiDict[str, str]:
    typed = MultiDict(request.form)
    for name, file in request.files.items():
        typed.setdefault(name, file.filename or "")
    return typed


def _page_before() -> str | None:
    """The page the browser was on, for a form that is too large to be read."""
    parts = urlsplit(request.referrer or "")
    page = urlunsplit(("", "", parts.path, parts.query, ""))
    return own_path(page) if parts.netloc == request.host else None


class _Page(NamedTuple):
    rule: Rule
    parts: Mapping[str, Any]
    address: str


def _page(named: str | None) -> _Page | None:
    """The page that shows a form, if what is named is one of its pages; else the first."""
    if request.method != "POST" or not takes_form(request.endpoint):
        return None
    pages = form_of(request.endpoint or "").pages
    adapter = current_app.url_map.bind(request.host)
    addresses = [named]
    with suppress(BuildError):
        addresses.append(first_page())
    for address in filter(None, addresses):
        try:
            rule, parts = adapter.match(urlsplit(address).path, "GET", return_rule=True)
        except HTTPException:
            continue
        if rule.endpoint in pages:
            return _Page(rule, parts, address)
    return None
