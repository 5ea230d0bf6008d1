"""A round's field list, and its reconciliation."""

from typing import Any

from flask import Response, g
from sqlmodel import Session

from cva.api.endpoints import Endpoints, attachment
from cva.api.input_schemas import FieldListQuerySchema
from cva.core.db import reading, transaction
from cva.core.permissions import Permission
from cva.rounds.field_lists import take_field_list, take_field_lists
from cva.rounds.reconciliation import Reconciliation, reconcile
from cva.rounds.reconciliation_export import export
from cva.rounds.schemas import ReconciliationSchema
from cva.sheets.files.file_types import ARCHIVE, WORKBOOK

endpoints = Endpoints("Reconciliation", __name__, __doc__, "/rounds")
_FILE = {"type": "string", "format": "binary"}


@endpoints.get("/<int:round_id>/reconciliation", needs=Permission.SEE_ROUNDS)
@endpoints.reads(ReconciliationSchema)
def show(session: Session, round_id: int) -> Reconciliation:
    """Hold the approved list against sheets and book; people by number, never by name."""
    return reconcile(session, round_id)


@endpoints.get("/<int:round_id>/reconciliation/workbook", needs=Permission.SEE_ROUNDS)
@endpoints.response(200, _FILE, content_type=WORKBOOK)
def workbook(round_id: int) -> Response:
    """The same as a workbook with formulas, in the language of ``Accept-Language``."""
    with reading(g.ledger.engine, g.actor) as session:
        found = reconcile(session, round_id)
    name, content = export(found)
    return attachment(content, name)


@endpoints.get("/<int:round_id>/field-list", needs=Permission.SEND_SHEETS)
@endpoints.arguments(FieldListQuerySchema, location="query")
@endpoints.response(200, _FILE, content_type=WORKBOOK)
def field_list(asked: dict[str, Any], round_id: int) -> Response:
    """Write the field list: who is still to be given what."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_list(session, round_id, site=asked["site"], language=asked["language"])
    return attachment(taken.written(), taken.filename)


@endpoints.get("/<int:round_id>/field-lists", needs=Permission.SEND_SHEETS)
@endpoints.arguments(FieldListQuerySchema(only=("language",)), location="query")
@endpoints.response(200, _FILE, content_type=ARCHIVE)
def field_lists(asked: dict[str, Any], round_id: int) -> Response:
    """Write the field lists of all sites, one workbook each, in a zip archive."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_lists(session, round_id, language=asked["language"])
    return attachment(taken.written(), taken.filename, ARCHIVE)
