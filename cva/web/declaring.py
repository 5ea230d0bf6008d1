"""What a view declares: the form it takes, the pages of that form, and the session it works in.

A view that reads or changes takes the open session first, then the loaded values of its form, then
the parts of its address.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from io import BytesIO
from typing import Any, NamedTuple

from flask import Blueprint, current_app, flash, g, redirect, request, send_file, url_for
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.input_schema import InputSchema
from cva.core.permissions import DeclaredView, RoutesByRight
from cva.sheets.files.file_types import WORKBOOK


class Pages(RoutesByRight, Blueprint):  # type: ignore[misc]
    """Pages of a subject."""


#: Where ``on_page`` notes what form a view takes.
_FORM_OF_VIEW = "form_of_view"


class FormOfView(NamedTuple):
    """The form that a view takes, and the endpoints of the pages that show it."""

    schema: type[InputSchema]
    pages: Sequence[str]


def on_page(
    *pages: str, schema: type[InputSchema] = InputSchema
) -> Callable[[DeclaredView], DeclaredView]:
    """Declare the pages that show a view's form; the first where the form names none."""

    def declare(view: DeclaredView) -> DeclaredView:
        setattr(view, _FORM_OF_VIEW, FormOfView(schema, pages))
        return view

    return declare


def takes(schema: type[InputSchema], *pages: str) -> Callable[[Callable[..., Any]], Any]:
    """The same, and call the view with the loaded values of the form."""

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def load(**parts: Any) -> Any:  # noqa: ANN401
            return view(schema().take(request.form), **parts)

        return on_page(*pages, schema=schema)(load)

    return declare


def form_of(endpoint: str) -> FormOfView:
    """The form that the view of an endpoint takes."""
    form: FormOfView = getattr(current_app.view_functions[endpoint], _FORM_OF_VIEW)
    return form


def takes_form(endpoint: str | None) -> bool:
    """Whether the view of an endpoint takes a form."""
    return hasattr(current_app.view_functions.get(endpoint or ""), _FORM_OF_VIEW)


def first_page() -> str:
    """The address of the first page of the form that is sent, about the same record."""
    form = form_of(request.endpoint or "")
    rule = next(current_app.url_map.iter_rules(form.pages[0]))
    parts = request.view_args or {}
    known = {name: part for name, part in parts.items() if name in rule.arguments}
    return url_for(form.pages[0], **known)


def reads(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view reads in one session, which is open while its page is drawn."""

    @wraps(view)
    def read(*values: Any, **parts: Any) -> Any:  # noqa: ANN401
        with reading(g.ledger.engine, g.actor) as session:
            return view(session, *values, **parts)

    return read


def changes(
    *pages: str, takes: type[InputSchema] | None = None, drawn_by: type[InputSchema] = InputSchema
) -> Callable[[Callable[..., Response | str | None]], Any]:
    """The view changes something in one transaction, and leads back to the page of its form.

    It gives the message that is shown there, if any; or leads to another page by a ``redirect``.

    Args:
        pages: As in ``on_page``.
        takes: What the form is loaded by, for the view.
        drawn_by: What the form is drawn by, where the view loads it itself.
    """

    def declare(view: Callable[..., Response | str | None]) -> Callable[..., Response]:
        @wraps(view)
        def change(**parts: Any) -> Response:  # noqa: ANN401
            values = [takes().take(request.form)] if takes else []
            g.runs = []
            with transaction(g.ledger.engine, g.actor) as session:
                outcome = view(session, *values, **parts)
            for run_id in g.runs:
                g.queue.add(run_id)
            if isinstance(outcome, Response):
                return outcome
            if outcome:
                flash(outcome, "done")
            return redirect(first_page())

        return on_page(*pages, schema=takes or drawn_by)(change)

    return declare


def check_afterwards(run_id: int) -> None:
    """Have a sheet checked once the transaction of this request is committed."""
    g.runs.append(run_id)


def attachment(content: bytes, name: str, media_type: str = WORKBOOK) -> Response:
    """A file to keep, never shown within our pages."""
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
