"""Mending: the marked workbook, cells, columns, and what is remembered of headings."""

from io import BytesIO
from typing import Any

from flask import Response, g, send_file
from flask_smorest import Blueprint
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.sheet_schemas import (
    CellsSchema,
    HeadingsChangeSchema,
    KnownHeadingsSchema,
    MappingSchema,
    StateSchema,
)
from cva.core.db import reading, transaction
from cva.core.permissions import Permission, needs
from cva.intake import cell_corrections, column_mapping
from cva.intake.annotated_workbook import take_to_annotate
from cva.intake.check_jobs import limits_of
from cva.intake.schemas import headings_json
from cva.sheets.files.file_types import WORKBOOK
from cva.societies import service as societies
from cva.staging.models import SheetState

endpoints = Blueprint("Mending", __name__, url_prefix="/api/v1", description=__doc__)
_FILE = {"content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}


@endpoints.get("/sheets/<int:sheet_id>/marked")
@endpoints.doc(responses={200: {"description": "The marked workbook."} | _FILE})
@needs(Permission.SEE_SHEETS)
def marked(sheet_id: int) -> Response:
    """Download the sender's own workbook with every bad cell marked, as .xlsx.

    ``Accept-Language`` chooses the language of the marks.
    """
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_to_annotate(session, sheet_id)
    made = taken.made(limits_of(g.ledger))
    return send_file(BytesIO(made), WORKBOOK, as_attachment=True, download_name=taken.name)


@endpoints.post("/sheets/<int:sheet_id>/cells")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(CellsSchema)
@endpoints.alt_response(202, schema=StateSchema)
def amend(said: dict[str, Any], sheet_id: int) -> Response:
    """Put other texts into cells; both texts are kept, and the sheet is checked again."""
    return _checked_again(
        sheet_id, lambda session: cell_corrections.amend(session, sheet_id, said["cells"])
    )


@endpoints.post("/sheets/<int:sheet_id>/columns")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(MappingSchema)
@endpoints.alt_response(202, schema=StateSchema)
def map_columns(said: dict[str, Any], sheet_id: int) -> Response:
    """Say what the columns hold; remembered for these headings once the sheet is understood."""
    told = {f"{column_mapping.COLUMN}{column}": field for column, field in said["columns"].items()}
    told |= {name: str(said[name]) for name in ("kind", "sheet", "header_row") if name in said}
    return _checked_again(
        sheet_id, lambda session: column_mapping.map_columns(session, sheet_id, told)
    )


def _checked_again(sheet_id: int, act: Any) -> Response:  # noqa: ANN401
    run_ids: list[int] = []

    def do(session: Session) -> dict[str, Any]:
        run_ids.append(act(session))
        return {"id": sheet_id, "state": str(SheetState.RECEIVED)}

    response = once(do, 202)
    for run_id in run_ids:
        g.queue.add(run_id)
    return response


@endpoints.get("/headings")
@needs(Permission.SEE_SHEETS)
@endpoints.response(200, KnownHeadingsSchema(many=True))
def list_headings() -> list[dict[str, Any]]:
    """List the headings that people explained, the newest first."""
    with reading(g.ledger.engine, g.actor) as session:
        return _told(session)


def _told(session: Session) -> list[dict[str, Any]]:
    codes = {each.id: each.code for each in societies.list_societies(session)}
    return headings_json(column_mapping.list_headings(session), codes)


@endpoints.put("/headings/<int:headings_id>")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(HeadingsChangeSchema)
@endpoints.alt_response(200, schema=KnownHeadingsSchema)
def change_headings(said: dict[str, Any], headings_id: int) -> Response:
    """Say anew what remembered headings hold; sheets sent from now on follow."""

    def act(session: Session) -> dict[str, Any]:
        column_mapping.change_headings(session, headings_id, said["fields_"])
        return next(each for each in _told(session) if each["id"] == headings_id)

    return once(act)


@endpoints.delete("/headings/<int:headings_id>")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.alt_response(200, schema=KnownHeadingsSchema)
def forget_headings(headings_id: int) -> Response:
    """Forget what was said of a set of headings."""

    def act(session: Session) -> dict[str, Any]:
        column_mapping.forget_headings(session, headings_id)
        return {"id": headings_id}

    return once(act)
