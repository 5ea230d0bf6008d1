"""People: found by number, their history, what became of them; scans of signed lists."""

from io import BytesIO
from typing import Any

from flask import Response, g, send_file
from flask_smorest import Blueprint
from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.sheets import FormParser
from cva.beneficiaries import status
from cva.beneficiaries.possible_duplicates import find_duplicates
from cva.beneficiaries.proxies import MARK_KINDS
from cva.core.dates import parse_day
from cva.core.db import reading, transaction
from cva.core.permissions import Permission, needs
from cva.intake import evidence
from cva.reports.person_history import look_up
from cva.reports.person_schemas import person_json
from cva.societies import service as societies

endpoints = Blueprint("People", __name__, url_prefix="/api/v1", description=__doc__)
endpoints.ARGUMENTS_PARSER = FormParser()


class WhoSchema(Schema):
    """Who is looked for; in the body, so that the number stands in no address."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})
    number = fields.String(required=True, metadata={"description": "Registration number."})


class CollectionSchema(Schema):
    """Who collected where it was not the person, and how it was confirmed; null: not told."""

    received_by = fields.String(allow_none=True)
    relation = fields.String(allow_none=True)
    authority = fields.String(allow_none=True)
    mark_kind = fields.String(allow_none=True, validate=validate.OneOf(MARK_KINDS))
    witness = fields.String(allow_none=True)


class HappeningSchema(Schema):
    """One thing that happened to a person."""

    on = fields.String()
    what = fields.String()
    amount = fields.String(allow_none=True)
    currency = fields.String(allow_none=True)
    about = fields.String()
    sheet = fields.Integer(allow_none=True)
    row = fields.Integer(allow_none=True)
    collected_by = fields.List(fields.String())
    collection = fields.Nested(CollectionSchema, allow_none=True)
    is_minor = fields.Boolean(
        metadata={"description": "A hand-out on a day when the person was under 18."}
    )
    successor = fields.String(allow_none=True)
    instalment = fields.Integer(allow_none=True, metadata={"description": "Of a list."})
    list_version = fields.Integer(allow_none=True)
    change = fields.String(
        allow_none=True, metadata={"description": "What the change of the list is called."}
    )
    recorded_by = fields.String(allow_none=True)


class PersonSchema(Schema):
    """A person and their history, oldest to newest."""

    id = fields.String()
    society = fields.String()
    numbers = fields.List(fields.String())
    name = fields.String()
    status = fields.String()
    is_minor = fields.Boolean(metadata={"description": "Under 18 today, in the society."})
    successor = fields.String(
        allow_none=True, metadata={"description": "Who receives for the household, by number."}
    )
    history = fields.List(fields.Nested(HappeningSchema))


class StatusSchema(WhoSchema):
    """What became of a person."""

    status = fields.String(required=True, validate=validate.OneOf(list(status.SAYABLE)))
    from_on = fields.String(required=True, metadata={"example": "2022-11-20"})
    note = fields.String(required=True, metadata={"description": "How it is known."})
    successor = fields.String(load_default="")


class SocietyQuerySchema(Schema):
    """Whose people."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})


class SharedSchema(Schema):
    """Registration numbers that share a document or a phone."""

    shared = fields.String()
    numbers = fields.List(fields.String())


class ScanFormSchema(Schema):
    """A scan of a signed list."""

    file = Upload(required=True, metadata={"description": "PDF, JPEG or PNG."})


class ScanSchema(Schema):
    """The number of a scan that is kept."""

    id = fields.Integer()


@endpoints.post("/people/search")
@needs(Permission.SEE_SHEETS)
@endpoints.arguments(WhoSchema)
@endpoints.response(200, PersonSchema)
def search(said: dict[str, Any]) -> dict[str, Any]:
    """Find a person by registration number; after a merge either number does. It is recorded."""
    with transaction(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, said["society"]).id
        person = status.find_person(session, society_id, said["number"])
        return person_json(look_up(session, person.id))


@endpoints.get("/people/duplicates")
@needs(Permission.SEE_SHEETS)
@endpoints.arguments(SocietyQuerySchema, location="query")
@endpoints.response(200, SharedSchema(many=True))
def duplicates(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List people who share a document or a phone under two numbers."""
    with reading(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, asked["society"]).id
        return [
            {"shared": group.shared, "numbers": [each.number for each in group.people]}
            for group in find_duplicates(session, society_id)
        ]


@endpoints.post("/people/status")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(StatusSchema)
@endpoints.alt_response(200, schema=PersonSchema)
def say(said: dict[str, Any]) -> Response:
    """Say what became of a person since a day."""

    def act(session: Session) -> dict[str, Any]:
        society_id = societies.find_society(session, said["society"]).id
        person = status.find_person(session, society_id, said["number"])
        from_on = parse_day(said["from_on"])
        status.say(session, person.id, said["status"], from_on, said["note"], said["successor"])
        return person_json(look_up(session, person.id))

    return once(act)


@endpoints.post("/sheets/<int:sheet_id>/evidence")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(ScanFormSchema, location="files")
@endpoints.alt_response(201, schema=ScanSchema)
def add_to_sheet(form: dict[str, Any], sheet_id: int) -> Response:
    """Keep a scan of the signed list with a sheet."""
    name, content = form["file"].filename or "", form["file"].stream.read()
    return once(
        lambda session: {"id": evidence.add_to_sheet(session, sheet_id, name, content)}, 201
    )


@endpoints.post("/rounds/<int:round_id>/evidence")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(ScanFormSchema, location="files")
@endpoints.alt_response(201, schema=ScanSchema)
def add_to_round(form: dict[str, Any], round_id: int) -> Response:
    """Keep a scan of a signed list with a round."""
    name, content = form["file"].filename or "", form["file"].stream.read()
    return once(
        lambda session: {"id": evidence.add_to_round(session, round_id, name, content)}, 201
    )


@endpoints.get("/evidence/<int:evidence_id>")
@endpoints.doc(responses={200: {"description": "The scan as it was sent."}})
@needs(Permission.SEE_SHEETS)
def take(evidence_id: int) -> Response:
    """Download a scan. It is recorded."""
    with transaction(g.ledger.engine, g.actor) as session:
        name, media_type, content = evidence.take(session, evidence_id)
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
