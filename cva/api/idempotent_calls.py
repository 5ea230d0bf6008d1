"""Calls that change something, made repeatable by ``Idempotency-Key``."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, jsonify, request
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from cva.core.db import transaction
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.idempotency import RepeatableCall, call_of, store_response, stored_response

LONGEST_KEY = 200

#: How a repeatable call is described: ``@endpoints.doc(**REPEATABLE)``.
REPEATABLE = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "description": "Made by the caller, one per call: the same again gets the same answer.",
            "schema": {"type": "string", "maxLength": LONGEST_KEY},
        }
    ]
}


def once(act: Callable[[Session], Any], status: int = 200) -> Response:
    """Do ``act`` in one transaction and answer with what it returns.

    Under the same key the same call is answered as before and not done again; the answer then
    carries ``Idempotency-Replayed: true``.

    Raises:
        ConflictError: The key was used for another call.
        InputError: The key is too long.
    """
    call = _call()
    try:
        return _do(act, status, call)
    except IntegrityError:
        if call is None:
            raise
        return _do(act, status, call)


def _call() -> RepeatableCall | None:
    key = request.headers.get("Idempotency-Key")
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise InputError(_("An Idempotency-Key has at most 200 characters."))
    form = [f"{name}={value}".encode() for name, value in sorted(request.form.items())]
    files = [_content(file) for _name, file in sorted(request.files.items())]
    body = b"" if files else request.get_data()
    where = f"{request.method} {request.path}".encode()
    return call_of(g.actor.user_id, key, where, body, *form, *files)


def _content(file: FileStorage) -> bytes:
    """The whole file, whoever read it before or reads it after."""
    file.stream.seek(0)
    content = file.stream.read()
    file.stream.seek(0)
    return content


def _do(act: Callable[[Session], Any], status: int, call: RepeatableCall | None) -> Response:
    with transaction(g.ledger.engine, g.actor) as session:
        kept = stored_response(session, call) if call else None
        if kept is not None:
            return _answer(kept.answer, kept.status, was_kept=True)
        answer = act(session)
        if call is not None:
            store_response(session, call, status, answer)
    return _answer(answer, status)


def _answer(answer: object, status: int, *, was_kept: bool = False) -> Response:
    response = jsonify(answer)
    response.status_code = status
    if was_kept:
        response.headers["Idempotency-Replayed"] = "true"
    return response
