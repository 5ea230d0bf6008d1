"""Requests: what one person asks for and another one confirms."""

from typing import Any

from sqlmodel import Session

from cva.api.endpoints import Endpoints, society_id_of
from cva.api.input_schemas import NewRequestSchema, RejectionSchema, RequestsQuerySchema
from cva.approvals import service
from cva.approvals.schemas import RequestSchema
from cva.approvals.service import Shown
from cva.core.paging import Page
from cva.core.permissions import Permission
from cva.societies import service as societies

endpoints = Endpoints("Requests", __name__, __doc__, "/requests")


@endpoints.get("", needs=Permission.SEE_ROUNDS)
@endpoints.lists(RequestSchema, RequestsQuerySchema)
def list_all(session: Session, asked: dict[str, Any]) -> Page[Shown]:
    """List what was asked for, the newest first."""
    return service.page_of_requests(
        session,
        society_id=society_id_of(session, asked),
        state=asked["state"],
        kind=asked["kind"],
        page=asked["page"],
        size=asked["per_page"],
    )


@endpoints.post("", needs=Permission.SEE_ROUNDS)
@endpoints.changes(RequestSchema, 201, body=NewRequestSchema)
def ask(session: Session, data: dict[str, Any]) -> Shown:
    """Ask for an act that takes two people, such as ``reverse_sheet`` with ``{"sheet": "12"}``."""
    society_id = societies.find_society(session, data["society"]).id
    asked = service.ask(session, society_id, data["kind"], data["details"], data["reason"])
    return service.show(session, asked.id)


@endpoints.get("/<int:request_id>", needs=Permission.SEE_ROUNDS)
@endpoints.reads(RequestSchema)
def show(session: Session, request_id: int) -> Shown:
    """Show a request with all that it would do."""
    return service.show(session, request_id, service.ALL_PARTS)


@endpoints.post("/<int:request_id>/confirm", needs=Permission.SEE_ROUNDS)
@endpoints.changes(RequestSchema)
def confirm(session: Session, request_id: int) -> Shown:
    """Do what was asked for, as the second person."""
    return service.show(session, service.confirm(session, request_id).id)


@endpoints.post("/<int:request_id>/refuse", needs=Permission.SEE_ROUNDS)
@endpoints.changes(RequestSchema, body=RejectionSchema)
def refuse(session: Session, data: dict[str, Any], request_id: int) -> Shown:
    """Refuse what was asked for, with the reason."""
    return service.show(session, service.refuse(session, request_id, data["reason"]).id)


@endpoints.post("/<int:request_id>/withdraw", needs=Permission.SEE_ROUNDS)
@endpoints.changes(RequestSchema)
def withdraw(session: Session, request_id: int) -> Shown:
    """Withdraw what one asked for."""
    return service.show(session, service.withdraw(session, request_id).id)
