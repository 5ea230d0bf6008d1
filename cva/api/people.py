"""People: found by number, their history, what became of them; scans of signed lists."""

from typing import Any

from flask import Response, g, jsonify
from sqlmodel import Session

from cva.api.endpoints import Endpoints, attachment, content_of
from cva.api.input_schemas import (
    PeopleSearchSchema,
    PersonStatusSchema,
    ScanFormSchema,
    SocietyListQuerySchema,
    WhoSchema,
)
from cva.beneficiaries import status
from cva.beneficiaries.input_schemas import StatusSchema
from cva.beneficiaries.possible_duplicates import DuplicateGroup, find_duplicates
from cva.beneficiaries.register import search_register
from cva.beneficiaries.schemas import RegisterPageSchema, SharedSchema
from cva.core.db import transaction
from cva.core.permissions import Permission
from cva.intake import evidence
from cva.intake.schemas import ScanSchema
from cva.reports.person_history import PersonHistory, look_up
from cva.reports.schemas import PersonSchema
from cva.societies import service as societies

endpoints = Endpoints("People", __name__, __doc__, "")


@endpoints.post("/people/search", needs=Permission.SEE_SHEETS)
@endpoints.arguments(WhoSchema)
@endpoints.alt_response(200, schema=PersonSchema, success=True)
def search(data: dict[str, Any]) -> Response:
    """Find a person by registration number; after a merge either number does. It is recorded."""
    with transaction(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, data["society"]).id
        person = status.find_person(session, society_id, data["number"])
        return jsonify(PersonSchema().dump(look_up(session, person.id)))


@endpoints.post("/people/find", needs=Permission.SEE_SHEETS)
@endpoints.arguments(PeopleSearchSchema)
@endpoints.alt_response(200, schema=RegisterPageSchema, success=True)
def find(data: dict[str, Any]) -> Response:
    """Search the register by number, document, telephone or name. It is recorded."""
    with transaction(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, data.pop("society")).id
        return jsonify(RegisterPageSchema().dump(search_register(session, society_id, **data)))


@endpoints.get("/people/duplicates", needs=Permission.SEE_SHEETS)
@endpoints.lists(SharedSchema, SocietyListQuerySchema)
def duplicates(session: Session, asked: dict[str, Any]) -> list[DuplicateGroup]:
    """List people who share a document or a phone under two numbers."""
    return find_duplicates(session, societies.find_society(session, asked["society"]).id)


@endpoints.post("/people/status", needs=Permission.PREPARE)
@endpoints.changes(PersonSchema, body=PersonStatusSchema)
def say(session: Session, data: dict[str, Any]) -> PersonHistory:
    """Record what became of a person since a day."""
    society_id = societies.find_society(session, data["society"]).id
    person = status.find_person(session, society_id, data["number"])
    happened = {name: data[name] for name in StatusSchema().fields}
    status.say(session, person.id, **happened)
    return look_up(session, person.id)


@endpoints.post("/sheets/<int:sheet_id>/evidence", needs=Permission.SEND_SHEETS)
@endpoints.changes(ScanSchema, 201, form=ScanFormSchema)
def add_to_sheet(session: Session, form: dict[str, Any], sheet_id: int) -> dict[str, int]:
    """Keep a scan of the signed list with a sheet."""
    return {"id": evidence.add_to_sheet(session, sheet_id, *_scan(form))}


@endpoints.post("/rounds/<int:round_id>/evidence", needs=Permission.PREPARE)
@endpoints.changes(ScanSchema, 201, form=ScanFormSchema)
def add_to_round(session: Session, form: dict[str, Any], round_id: int) -> dict[str, int]:
    """Keep a scan of a signed list with a round."""
    return {"id": evidence.add_to_round(session, round_id, *_scan(form))}


def _scan(form: dict[str, Any]) -> tuple[str, bytes]:
    """The name and the content."""
    return form["file"].filename or "", content_of(form["file"])


@endpoints.get("/evidence/<int:evidence_id>", needs=Permission.SEE_SHEETS)
@endpoints.doc(responses={200: {"description": "The scan as it was sent."}})
def take(evidence_id: int) -> Response:
    """Download a scan. It is recorded."""
    with transaction(g.ledger.engine, g.actor) as session:
        name, media_type, content = evidence.take(session, evidence_id)
    return attachment(content, name, media_type)
