"""Forms: drawn by ``forms.html`` from an input schema, and drawn again where they are refused.

A view that takes a form names its schema and the pages it stands on. Where the view raises, the
view of the page is called, and the form that was sent shows what was typed and what is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from flask import current_app, g, make_response, request, url_for
from werkzeug import Response
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, Rule

from cva.core.errors import CvaError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.input_schema import InputSchema, RecordNumber, Text
from cva.core.permissions import RIGHT_OF_VIEW
from cva.web.layout import holds
from cva.web.refusals import refusal_title
from cva.web.url_parts import own_path

View = TypeVar("View", bound=Callable[..., Any])

#: The status of a request whose body is not read, so that nothing typed is known.
TOO_LARGE = 413

#: Where ``on_page`` notes what form a view takes.
_FORM_OF_VIEW = "form_of_view"
#: What forms carry beside what tells them apart: it is of the browser, or of the moment.
CARRIED = {"csrf_token", "page", "version", "drafts"}
_NEVER_SHOWN = {"password", "file"}


class FormOfView(NamedTuple):
    """The form that a view takes, and the endpoints of the pages it stands on."""

    schema: type[InputSchema]
    pages: Sequence[str]


def on_page(*pages: str, schema: type[InputSchema] = InputSchema) -> Callable[[View], View]:
    """Declare the pages that a view's form stands on; the first where the form names none."""

    def declare(view: View) -> View:
        setattr(view, _FORM_OF_VIEW, FormOfView(schema, pages))
        return view

    return declare


def takes(schema: type[InputSchema], *pages: str) -> Callable[[Callable[..., Any]], Any]:
    """The same, and call the view with what the form says, loaded."""

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def load(**parts: Any) -> Any:  # noqa: ANN401
            return view(schema().take(request.form), **parts)

        return on_page(*pages, schema=schema)(load)

    return declare


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
        page: The address of the page that it stands on.
        located: Each fault that stands at a field, with the field's anchor and its label; there
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
        """What is told and stands at no field; a message that only joins them is left away."""
        texts = [text for messages in self.faults.values() for text in messages]
        if self.message not in {*texts, " ".join(texts)}:
            texts = [self.message, *texts]
        at_fields = {each.message for each in self.located}
        return [text for text in texts if text not in at_fields]


def shown_again(
    status: int, code: str, message: str, faults: Mapping[str, Sequence[str]]
) -> Response | None:
    """The page of the form that was sent, or None where it has none that the sender may open.

    Of a form that is too large nothing is read: the browser says on which page it stood.

    Raises:
        NotFoundError: The page is about a record that is not there for the sender: whatever else
            is wrong with the form, that is told, and nothing of the record.
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
    """The page that a form stands on, if what is named is one of its pages; else the first."""
    taken: FormOfView | None = getattr(
        current_app.view_functions.get(request.endpoint or ""), _FORM_OF_VIEW, None
    )
    if taken is None or request.method != "POST":
        return None
    adapter = current_app.url_map.bind(request.host)
    addresses = [named]
    with suppress(BuildError):
        addresses.append(url_for(taken.pages[0], **(request.view_args or {})))
    for address in filter(None, addresses):
        try:
            rule, parts = adapter.match(urlsplit(address).path, "GET", return_rule=True)
        except HTTPException:
            continue
        if rule.endpoint in taken.pages:
            return _Page(rule, parts, address)
    return None


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form as it is drawn.

    Attributes:
        kind: A type of ``<input>``, ``textarea``, ``select`` or ``radio``.
        value: What stands in it. ``is_on``: whether a box is ticked.
        options: Values and words to choose from.
        faults: What is wrong with it.
    """

    name: str
    kind: str
    label: str
    hint: str
    value: str
    is_on: bool
    options: Sequence[tuple[str, str]]
    attributes: Mapping[str, Any]
    faults: Sequence[str]


class Form:
    """A form of a page; the one that was refused knows what was typed."""

    def __init__(
        self,
        endpoint: str,
        *,
        hidden: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        schema: type[InputSchema] | None = None,
        page: str | None = None,
        **parts: Any,  # noqa: ANN401
    ) -> None:
        taken: FormOfView = getattr(current_app.view_functions[endpoint], _FORM_OF_VIEW)
        refusal: Refusal | None = g.get("refused")
        self.action = url_for(endpoint, **parts)
        self.hidden, self._values = hidden or {}, values or {}
        self._fields: Mapping[str, Any] = (schema or taken.schema)().fields
        self._refusal = refusal if refusal and self._is_of(refusal) else None
        self.page = page or (refusal.page if refusal else request.full_path)
        self._left = {name: list(each) for name, each in refusal.typed.lists()} if refusal else {}

    def _is_of(self, refusal: Refusal) -> bool:
        return request.path == self.action and all(
            name not in refusal.typed or str(value) in refusal.typed.getlist(name)
            for name, value in self.hidden.items()
            if name not in CARRIED
        )

    @property
    def is_sent(self) -> bool:
        """Whether it is the one that was refused, so that a fold around it is open."""
        return self._refusal is not None

    def is_filled(self, *names: str) -> bool:
        """Whether what was typed, or is wrong, in one of its fields has to be in view."""
        refusal = self._refusal
        return refusal is not None and any(
            name in refusal.faults
            or refusal.typed.get(name, "") not in {"", self._values.get(name)}
            for name in names
        )

    def field(
        self,
        name: str,
        *,
        label: str | None = None,
        hint: str | None = None,
        kind: str | None = None,
        value: object = None,
        options: Sequence[Any] | None = None,
        named: Callable[[str], str] | None = None,
        blank: str | None = None,
        required: bool | None = None,
        **attributes: Any,  # noqa: ANN401
    ) -> Control:
        """A field to draw, by its schema; what the page knows better is said here.

        Args:
            name: Of the schema, or one that only the page knows.
            label: Instead of the schema's.
            hint: Likewise.
            kind: Likewise.
            value: What stands in it at first, or whether it is ticked.
            options: Words to choose from, pairs of a word and its name, or records.
            named: The name of a word.
            blank: The name of the choice of none, where it is offered.
            required: Instead of the schema's.
            attributes: More attributes of the control.
        """
        known = self._fields.get(name) or Text()
        kind = kind or known.control
        needed = known.required if required is None else required
        words = known.options() if options is None else options
        pairs = [_option(each, named) for each in words]
        text = label if label is not None else known.label and _(known.label)
        first = self._values.get(name, value)
        typed = self._typed(name, kind)
        faults = self._faults_of(name, text, _(known.missing) if needed else "")
        attributes = {"required": needed, **known.attributes, **attributes}
        if faults:
            attributes |= {
                "id": f"field-{name}",
                "aria-invalid": "true",
                "aria-describedby": f"fault-{name}",
            }
        if g.get("refused"):
            attributes.pop("autofocus", None)
        return Control(
            name=name,
            kind=kind,
            label=text,
            hint=hint if hint is not None else known.hint and _(known.hint),
            value=str(first if first is not None else "") if typed is None else typed,
            is_on=bool(first) if typed is None else bool(typed),
            options=pairs if blank is None else [("", blank), *pairs],
            attributes={
                key: "" if each is True else each
                for key, each in attributes.items()
                if each is not False
            },
            faults=faults,
        )

    @staticmethod
    def plain(control: Control) -> Mapping[str, Any]:
        """The attributes of all circles but the first, to which the fault belongs."""
        return {name: each for name, each in control.attributes.items() if name == "required"}

    def _typed(self, name: str, kind: str) -> str | None:
        """What was typed in the field; None where the page says what stands in it."""
        if self._refusal is None or kind in _NEVER_SHOWN:
            return None
        if kind == "checkbox":
            return self._refusal.typed.get(name, "")
        left = self._left.get(name)
        return left.pop(0) if left else None

    def _faults_of(self, name: str, label: str, missing: str) -> Sequence[str]:
        """What is wrong with the field; of several controls of a name the first says it."""
        refusal = self._refusal
        anchor = f"field-{name}"
        if refusal is None or any(each.anchor == anchor for each in refusal.located):
            return ()
        is_read = refusal.status != TOO_LARGE
        is_blank = is_read and not any(text.strip() for text in refusal.typed.getlist(name))
        messages = refusal.faults.get(name) or ([missing] if missing and is_blank else ())
        refusal.located += [Located(anchor, label, each) for each in messages]
        return messages


def _option(each: Any, named: Callable[[str], str] | None) -> tuple[str, str]:  # noqa: ANN401
    if isinstance(each, tuple):
        return each
    if isinstance(each, str):
        return str(each), named(each) if named else str(each)
    return str(each.id), each.name


def _html(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes as ``xmlattr`` writes them; a bare one is written with nothing in it."""
    return {
        name: "" if each is True else each
        for name, each in attributes.items()
        if each is not False and each is not None
    }


def file_field(name: str) -> FileStorage | None:
    """The one file of a field, or None where there is none.

    Raises:
        InputError: There are several.
    """
    files = request.files.getlist(name)
    if len(files) > 1:
        raise InputError(
            _("Send one file at a time."), {name: [_("Choose one.")]}, code="several_files"
        )
    return files[0] if files else None


def id_asked(name: str) -> int | None:
    """The number of a record in the address, or None where there is none.

    Raises:
        InputError: It is no number that a record can have.
    """
    text = request.args.get(name, "")
    return RecordNumber().read(text) if text else None


def page_asked() -> int:
    """The page of a long list that is asked for."""
    return request.args.get("page", 1, type=int)
