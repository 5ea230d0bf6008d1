"""Corrections: the marked workbook, cells, columns, and what is remembered of headings."""

from typing import Any

from flask import Response, g
from sqlmodel import Session

from cva.api.endpoints import Endpoints, attachment, check_afterwards, society_id_of
from cva.api.input_schemas import (
    CellsSchema,
    HeadingsChangeSchema,
    MappingSchema,
    NarrowedQuerySchema,
)
from cva.core.db import transaction
from cva.core.permissions import Permission
from cva.intake import cell_corrections, column_mapping, group_cures
from cva.intake.checking import limits_of
from cva.intake.input_schemas import CureSchema
from cva.intake.kept_file import take_to_annotate
from cva.intake.schemas import ForgottenHeadingsSchema, KnownHeadingsSchema, SheetStateSchema
from cva.sheets.files.file_types import WORKBOOK
from cva.societies import service as societies
from cva.staging.models import SheetState

endpoints = Endpoints("Mending", __name__, __doc__, "")
_FILE = {"content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}


@endpoints.get("/sheets/<int:sheet_id>/marked", needs=Permission.SEE_SHEETS)
@endpoints.doc(responses={200: {"description": "The marked workbook."} | _FILE})
def marked(sheet_id: int) -> Response:
    """Download the sender's own workbook with every bad cell marked, as .xlsx.

    ``Accept-Language`` chooses the language of the marks.
    """
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_to_annotate(session, sheet_id)
    made = taken.made(limits_of(g.ledger))
    return attachment(made, taken.name)


@endpoints.post("/sheets/<int:sheet_id>/cells", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202, body=CellsSchema)
def amend(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Put other texts into cells; both texts are kept, and the sheet is checked again."""
    check_afterwards(cell_corrections.amend(session, sheet_id, data["cells"]))
    return {"id": sheet_id, "state": SheetState.RECEIVED}


@endpoints.post("/sheets/<int:sheet_id>/cures", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202, body=CureSchema)
def cure(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Mend all cells of a group in one way; both texts are kept, and the sheet is checked again."""
    check_afterwards(group_cures.mend_group(session, sheet_id, **data))
    return {"id": sheet_id, "state": SheetState.RECEIVED}


@endpoints.post("/sheets/<int:sheet_id>/columns", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202, body=MappingSchema)
def map_columns(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Say what the columns hold; remembered for these headings once the sheet is understood."""
    known = {f"{column_mapping.COLUMN}{column}": field for column, field in data["columns"].items()}
    known |= {name: str(data[name]) for name in ("kind", "sheet", "header_row") if name in data}
    check_afterwards(column_mapping.map_columns(session, sheet_id, known))
    return {"id": sheet_id, "state": SheetState.RECEIVED}


@endpoints.get("/headings", needs=Permission.SEE_SHEETS)
@endpoints.lists(KnownHeadingsSchema, NarrowedQuerySchema)
def list_headings(session: Session, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the headings that people explained, the newest first."""
    codes = societies.codes(session)
    found = column_mapping.list_headings(session, society_id_of(session, asked))
    return [{"known": each, "society": codes.get(each.society_id)} for each in found]


@endpoints.put("/headings/<int:headings_id>", needs=Permission.SEND_SHEETS)
@endpoints.changes(KnownHeadingsSchema, body=HeadingsChangeSchema)
def change_headings(session: Session, data: dict[str, Any], headings_id: int) -> dict[str, Any]:
    """Change what remembered headings hold; sheets sent from now on follow."""
    column_mapping.change_headings(session, headings_id, data["fields_"])
    known = column_mapping.get_headings(session, headings_id)
    return {"known": known, "society": societies.codes(session).get(known.society_id)}


@endpoints.delete("/headings/<int:headings_id>", needs=Permission.SEND_SHEETS)
@endpoints.changes(ForgottenHeadingsSchema)
def forget_headings(session: Session, headings_id: int) -> dict[str, int]:
    """Forget what a set of headings holds."""
    column_mapping.forget_headings(session, headings_id)
    return {"id": headings_id}
