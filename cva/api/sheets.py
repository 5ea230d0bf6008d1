"""Sheets: send, show, submit, approve, reject."""

from typing import Any

from flask import Request, Response, g
from flask_smorest import Blueprint
from marshmallow import Schema
from sqlmodel import Session
from typing_extensions import override
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.schemas import RejectionSchema
from cva.api.sheet_schemas import (
    AnswersSchema,
    SheetFormSchema,
    SheetLineSchema,
    SheetSchema,
    StateSchema,
    SubmissionSchema,
)
from cva.core.db import reading
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission, needs
from cva.intake import approval as deciding
from cva.intake import inbox, sheet_submission
from cva.intake.receiving import NewSheet, receive
from cva.intake.schemas import sheet_json, sheets_json
from cva.intake.sheet_submission import Submission
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging import workflow
from cva.staging.models import SheetState


class FormParser(FlaskParser):
    """Reads a form with its file as one: the document can describe one body only."""

    @override
    def load_files(self, req: Request, schema: Schema) -> Any:
        if len(req.files.getlist("file")) > 1:
            raise InputError(_("Send one file at a time."), {"file": [_("Choose one.")]})
        return self._makeproxy(CombinedMultiDict([req.files, req.form]), schema)


endpoints = Blueprint("Sheets", __name__, url_prefix="/api/v1/sheets", description=__doc__)
endpoints.ARGUMENTS_PARSER = FormParser()

_CHOICES = ("kind", "sheet", "vendor", "currency", "date_order", "decimal_mark")


@endpoints.post("")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(SheetFormSchema, location="files")
@endpoints.alt_response(202, schema=StateSchema)
def send(form: dict[str, Any]) -> Response:
    """Send a sheet. It is checked in the background: ask for it again until it is checked."""
    run_ids: list[int] = []
    content = form["file"].stream.read()

    def act(session: Session) -> dict[str, Any]:
        society_id = societies.find_society(session, form["society"]).id
        programme = programmes.find_programme(session, society_id, form["programme"])
        received = receive(
            session,
            NewSheet(
                programme_id=programme.id,
                filename=form["file"].filename or "",
                content=content,
                round_code=form.get("round"),
                is_list=form["is_list"],
                replaces_id=form.get("replaces"),
                settled={name: form[name] for name in _CHOICES if form.get(name)},
            ),
        )
        run_ids.append(received.run_id)
        return {"id": received.sheet_id, "state": str(SheetState.RECEIVED)}

    response = once(act, 202)
    for run_id in run_ids:
        g.queue.add(run_id)
    return response


@endpoints.get("")
@needs(Permission.SEE_SHEETS)
@endpoints.response(200, SheetLineSchema(many=True))
def list_sheets() -> list[dict[str, Any]]:
    """List sheets, newest first."""
    with reading(g.ledger.engine, g.actor) as session:
        return sheets_json(inbox.list_sheets(session).sheets)


@endpoints.get("/<int:sheet_id>")
@needs(Permission.SEE_SHEETS)
@endpoints.response(200, SheetSchema)
def show(sheet_id: int) -> dict[str, Any]:
    """Show a sheet: how far it is, its totals, all findings."""
    with reading(g.ledger.engine, g.actor) as session:
        return sheet_json(session, workflow.get_sheet(session, sheet_id))


@endpoints.post("/<int:sheet_id>/answers")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(AnswersSchema)
@endpoints.alt_response(202, schema=StateSchema)
def answer(said: dict[str, Any], sheet_id: int) -> Response:
    """Answer what a sheet leaves open; it is checked again in the background."""
    run_ids: list[int] = []

    def act(session: Session) -> dict[str, Any]:
        run_ids.append(sheet_submission.answer(session, sheet_id, said["answers"]))
        return {"id": sheet_id, "state": str(SheetState.RECEIVED)}

    response = once(act, 202)
    for run_id in run_ids:
        g.queue.add(run_id)
    return response


@endpoints.post("/<int:sheet_id>/withdraw")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.alt_response(200, schema=StateSchema)
def withdraw(sheet_id: int) -> Response:
    """Take back a sheet that is not decided yet; its rows may then be sent again."""

    def act(session: Session) -> dict[str, Any]:
        sheet_submission.withdraw(session, sheet_id)
        return {"id": sheet_id, "state": str(SheetState.WITHDRAWN)}

    return once(act)


@endpoints.post("/<int:sheet_id>/submit")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEND_SHEETS)
@endpoints.arguments(SubmissionSchema)
@endpoints.alt_response(200, schema=StateSchema)
def submit(said: dict[str, Any], sheet_id: int) -> Response:
    """Submit a checked sheet for approval."""
    return once(
        lambda session: {
            "id": sheet_id,
            "state": str(sheet_submission.submit(session, sheet_id, Submission(**said))),
        }
    )


@endpoints.post("/<int:sheet_id>/approve")
@endpoints.doc(**REPEATABLE)
@needs(Permission.DECIDE_SHEETS)
@endpoints.alt_response(200, schema=StateSchema)
def approve(sheet_id: int) -> Response:
    """Approve a submitted sheet: it is posted, once and for ever.

    With ``conflicts`` above zero nothing was posted: rows were in the ledger already, and the
    sheet went back to its sender.
    """

    def act(session: Session) -> dict[str, Any]:
        approval = deciding.approve(session, sheet_id)
        return {
            "id": sheet_id,
            "state": str(workflow.get_sheet(session, sheet_id).state),
            "posted_rows": approval.posted_rows,
            "conflicts": approval.conflicts,
        }

    return once(act)


@endpoints.post("/<int:sheet_id>/reject")
@endpoints.doc(**REPEATABLE)
@needs(Permission.DECIDE_SHEETS)
@endpoints.arguments(RejectionSchema)
@endpoints.alt_response(200, schema=StateSchema)
def reject(said: dict[str, Any], sheet_id: int) -> Response:
    """Send a submitted sheet back with a word."""

    def act(session: Session) -> dict[str, Any]:
        deciding.reject(session, sheet_id, said["reason"])
        return {"id": sheet_id, "state": str(SheetState.REJECTED)}

    return once(act)
