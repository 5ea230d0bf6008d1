"""Templates to fill in."""

from typing import Any

from flask import Response, g

from cva.api.endpoints import Endpoints, attachment
from cva.api.input_schemas import TemplateQuerySchema
from cva.core.db import transaction
from cva.core.permissions import Permission
from cva.rounds.templates import take_template, wanted_by_codes
from cva.sheets.files.file_types import WORKBOOK

endpoints = Endpoints("Templates", __name__, __doc__, "/templates")


@endpoints.get("/<kind>", needs=Permission.SEND_SHEETS)
@endpoints.arguments(TemplateQuerySchema, location="query")
@endpoints.response(200, {"type": "string", "format": "binary"}, content_type=WORKBOOK)
def template(asked: dict[str, Any], kind: str) -> Response:
    """Write a template; with a round whose list is kept here, its people are filled in."""
    with transaction(g.ledger.engine, g.actor) as session:
        wanted = wanted_by_codes(
            session,
            asked["society"],
            asked.get("programme"),
            kind=kind,
            round_code=asked["round"],
            language=asked["language"],
            blank_rows=asked["rows"],
        )
        made = take_template(session, wanted)
    return attachment(made.written(), made.filename)
