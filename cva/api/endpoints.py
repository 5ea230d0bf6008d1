"""What every endpoint has in common: a session, one schema for its answer, pages, repetition.

A view takes the open session first, then what was sent, then the parts of its path; it returns
what the schema shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import Request, Response, current_app, g, jsonify, request, send_file
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from typing_extensions import override
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from cva.core.db import reading, transaction
from cva.core.errors import ConflictError, InputError
from cva.core.i18n import gettext as _
from cva.core.idempotency import RepeatableCall, call_of, store_response, stored_response
from cva.core.input_schema import refuse_unstorable
from cva.core.paging import Page, page_of
from cva.core.permissions import DeclaredView, RoutesByRight
from cva.core.schemas import OutputSchema
from cva.sheets.files.file_types import WORKBOOK
from cva.societies import service as societies

LONGEST_KEY = 200
#: So many items go out at once, unless fewer are asked for.
LONGEST_PAGE = 200

_REPEATABLE = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "description": "Made by the caller, one per call: the same again gets the same answer.",
            "schema": {"type": "string", "maxLength": LONGEST_KEY},
        }
    ]
}


class PageQuerySchema(Schema):
    """Which page of a list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))
    per_page = fields.Integer(load_default=LONGEST_PAGE, validate=validate.Range(1, LONGEST_PAGE))


class RequestParser(FlaskParser):
    """Reads what is sent; a form and its file as one: the document can describe one body only."""

    @override
    def load_json(self, req: Request, schema: Schema) -> Any:
        if req.content_length and not req.is_json:
            raise UnsupportedMediaType
        try:
            found = super().load_json(req, schema)
        except (RecursionError, ValueError) as error:  # too deep, or a number without end
            raise BadRequest from error
        refuse_unstorable(found)
        return found

    @override
    def load_files(self, req: Request, schema: Schema) -> Any:
        if len(req.files.getlist("file")) > 1:
            raise InputError(
                _("Send one file at a time."), {"file": [_("Choose one.")]}, code="several_files"
            )
        return self._makeproxy(CombinedMultiDict([req.files, req.form]), schema)


class Endpoints(RoutesByRight, Blueprint):  # type: ignore[misc]
    """A group of endpoints, each with the schema that dumps its answer."""

    ARGUMENTS_PARSER = RequestParser()

    def __init__(self, name: str, import_name: str, description: str | None, path: str) -> None:
        super().__init__(name, import_name, url_prefix=f"/api/v1{path}", description=description)
        self.before_request(_refuse_unknown_parameters)

    def reads(
        self, schema: type[OutputSchema], query: type[Schema] | None = None
    ) -> Callable[[DeclaredView], DeclaredView]:
        """The view reads what the schema shows; it is given what the query asks."""

        def decorate(view: DeclaredView) -> Any:  # noqa: ANN401
            @wraps(view)
            def answered(*data: Any, **where: Any) -> Response:  # noqa: ANN401
                with reading(g.ledger.engine, g.actor) as session:
                    return jsonify(schema().dump(view(session, *data, **where)))

            described = self.alt_response(200, schema=schema, success=True)(answered)
            return self.arguments(query, location="query")(described) if query else described

        return decorate

    def lists(
        self, item: type[OutputSchema], query: type[PageQuerySchema] = PageQuerySchema
    ) -> Callable[[DeclaredView], DeclaredView]:
        """The view gives a ``Page``, or all items, of which a page is answered."""
        schema = _page_schema(item)

        def decorate(view: DeclaredView) -> Any:  # noqa: ANN401
            @wraps(view)
            def answered(asked: dict[str, Any], **where: Any) -> Response:  # noqa: ANN401
                with reading(g.ledger.engine, g.actor) as session:
                    found = view(session, asked, **where)
                    if not isinstance(found, Page):
                        found = page_of(found, asked["page"], asked["per_page"])
                    if asked["page"] > found.pages:  # whoever counts pages up comes to an end
                        found = replace(found, items=())
                    return jsonify(schema().dump({"page": found, "next": _next(found)}))

            described = self.alt_response(200, schema=schema, success=True)(answered)
            return self.arguments(query, location="query")(described)

        return decorate

    def changes(
        self,
        schema: type[OutputSchema],
        status: int = 200,
        *,
        body: type[Schema] | None = None,
        form: type[Schema] | None = None,
    ) -> Callable[[DeclaredView], DeclaredView]:
        """The view changes something, in one transaction, and gives what the schema shows.

        It is given what is sent: as JSON, or as a form with a file.
        Under the same ``Idempotency-Key`` the same call is answered as before and not done again;
        the answer then carries ``Idempotency-Replayed: true``.
        """

        def decorate(view: DeclaredView) -> Any:  # noqa: ANN401
            @wraps(view)
            def answered(*data: Any, **where: Any) -> Response:  # noqa: ANN401
                return _once(lambda session: schema().dump(view(session, *data, **where)), status)

            described = self.alt_response(status, schema=schema, success=True)(answered)
            described = self.doc(**_REPEATABLE)(described)
            if sent := body or form:
                return self.arguments(sent, location="files" if form else "json")(described)
            return described

        return decorate


def attachment(content: bytes, name: str, media_type: str = WORKBOOK) -> Response:
    """A file to keep."""
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)


def check_afterwards(run_id: int) -> None:
    """Have a check run once the transaction of this call is committed."""
    g.runs.append(run_id)


def _page_schema(item: type[OutputSchema]) -> type[OutputSchema]:
    """A page of a list, as the schema of its items names it."""
    name = item.__name__.removesuffix("Schema")
    declared: dict[str, Any] = {
        "total": fields.Integer(
            attribute="page.total", metadata={"description": "Items on all pages."}
        ),
        "next": fields.String(
            allow_none=True, metadata={"description": "Where the next page is; null: nowhere."}
        ),
        "items": fields.List(fields.Nested(item), attribute="page.items"),
        "__doc__": "A page of a list.",
    }
    return type(f"{name}PageSchema", (OutputSchema,), declared)


def _next(found: Page[Any]) -> str | None:
    if found.number >= found.pages:
        return None
    asked = request.args.to_dict() | {"page": str(found.number + 1)}
    return f"{request.path}?{urlencode(asked)}"


def _refuse_unknown_parameters() -> None:
    """What no parameter is asked for by is refused, and not passed over."""
    view = current_app.view_functions[request.endpoint or ""]
    declared = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
    known = {
        field.data_key or name
        for each in declared
        if each["in"] == "query"
        for name, field in _fields_of(each["schema"]).items()
    }
    message = _("Some of this is not as it should be.")
    if unknown := [name for name in request.args if name not in known]:
        fault = _("There is no such parameter.")
        raise InputError(message, {name: [fault] for name in unknown}, code="parameter_unknown")
    if twice := [name for name, values in request.args.lists() if len(values) > 1]:
        fault = _("Say this once.")
        raise InputError(message, {name: [fault] for name in twice}, code="parameter_twice")


def _fields_of(schema: Schema | type[Schema]) -> Mapping[str, fields.Field[Any]]:
    return (schema() if isinstance(schema, type) else schema).fields


def _once(act: Callable[[Session], Any], status: int) -> Response:
    call = _call()
    try:
        return _do(act, status, call)
    except (IntegrityError, ConflictError):  # perhaps the same call was first, and its answer kept
        if call is None:
            raise
        return _do(act, status, call)


def _call() -> RepeatableCall | None:
    key = request.headers.get("Idempotency-Key")
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise InputError(
            _("An Idempotency-Key has at most 200 characters."), code="idempotency_key_too_long"
        )
    form = [f"{name}={value}".encode() for name, value in sorted(request.form.items())]
    files = [content_of(file) for _name, file in sorted(request.files.items())]
    body = b"" if files else request.get_data()
    where = f"{request.method} {request.path}".encode()
    return call_of(g.actor.user_id, key, where, body, *form, *files)


def content_of(file: FileStorage) -> bytes:
    """The whole file, also where it was read before: a call may be tried again."""
    file.stream.seek(0)
    return file.stream.read()


def _do(act: Callable[[Session], Any], status: int, call: RepeatableCall | None) -> Response:
    g.runs = []
    with transaction(g.ledger.engine, g.actor) as session:
        kept = stored_response(session, call) if call else None
        if kept is not None:
            return _answer(kept.answer, kept.status, was_kept=True)
        answer = act(session)
        if call is not None:
            store_response(session, call, status, answer)
    for run_id in g.runs:
        g.queue.add(run_id)
    return _answer(answer, status)


def _answer(answer: object, status: int, *, was_kept: bool = False) -> Response:
    response = jsonify(answer)
    response.status_code = status
    if was_kept:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def society_id_of(session: Session, asked: dict[str, Any]) -> int | None:
    """The society that a list is narrowed to; None where none is named."""
    return societies.find_society(session, asked["society"]).id if asked["society"] else None
