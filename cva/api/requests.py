"""Requests: what one person asks for and another one confirms."""

from collections.abc import Callable
from typing import Any

from flask import Response, g
from flask_smorest import Blueprint
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.round_schemas import NewRequestSchema, RequestSchema
from cva.api.schemas import RejectionSchema
from cva.approvals import service
from cva.approvals.models import ApprovalRequest
from cva.approvals.schemas import request_json
from cva.core.db import reading
from cva.core.permissions import Permission, needs
from cva.societies import service as societies

endpoints = Blueprint("Requests", __name__, url_prefix="/api/v1/requests", description=__doc__)


@endpoints.get("")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, RequestSchema(many=True))
def list_all() -> list[dict[str, Any]]:
    """List what was asked for, the newest first."""
    with reading(g.ledger.engine, g.actor) as session:
        return [request_json(each) for each in service.list_requests(session)]


@endpoints.post("")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(NewRequestSchema)
@endpoints.alt_response(201, schema=RequestSchema)
def ask(said: dict[str, Any]) -> Response:
    """Ask for an act that takes two people, such as ``reverse_sheet`` with ``{"sheet": "12"}``."""

    def act(session: Session) -> dict[str, Any]:
        society_id = societies.find_society(session, said["society"]).id
        asked = service.ask(session, society_id, said["kind"], said["details"], said["reason"])
        return request_json(service.show(session, asked.id))

    return once(act, 201)


@endpoints.get("/<int:request_id>")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, RequestSchema)
def show(request_id: int) -> dict[str, Any]:
    """Show a request with all that it would do."""
    with reading(g.ledger.engine, g.actor) as session:
        return request_json(service.show(session, request_id, service.ALL_PARTS))


@endpoints.post("/<int:request_id>/confirm")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEE_ROUNDS)
@endpoints.alt_response(200, schema=RequestSchema)
def confirm(request_id: int) -> Response:
    """Do what was asked for, as the second person."""
    return _answered(lambda session: service.confirm(session, request_id))


@endpoints.post("/<int:request_id>/refuse")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(RejectionSchema)
@endpoints.alt_response(200, schema=RequestSchema)
def refuse(said: dict[str, Any], request_id: int) -> Response:
    """Say no, and why."""
    return _answered(lambda session: service.refuse(session, request_id, said["reason"]))


@endpoints.post("/<int:request_id>/withdraw")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEE_ROUNDS)
@endpoints.alt_response(200, schema=RequestSchema)
def withdraw(request_id: int) -> Response:
    """Take back what one asked for."""
    return _answered(lambda session: service.withdraw(session, request_id))


def _answered(act: Callable[[Session], ApprovalRequest]) -> Response:
    return once(lambda session: request_json(service.show(session, act(session).id)))
