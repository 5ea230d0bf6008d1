"""Sheets: send, show, submit, approve, reject."""

from typing import Any

from sqlmodel import Session

from cva.api.endpoints import Endpoints, check_afterwards, content_of, society_id_of
from cva.api.input_schemas import (
    AnswersSchema,
    SheetFormSchema,
    SheetsQuerySchema,
)
from cva.core.dates import Month
from cva.core.paging import Page
from cva.core.permissions import Permission
from cva.intake import approval as deciding
from cva.intake import inbox, sheet_submission
from cva.intake.input_schemas import ApprovalSchema, SheetRejectionSchema, SubmissionSchema
from cva.intake.receiving import NewSheet, receive
from cva.intake.schemas import ApprovalOutcomeSchema, SheetLineSchema, SheetSchema, SheetStateSchema
from cva.intake.sheet_submission import Submission
from cva.intake.views import SheetReport, report_of
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging import workflow
from cva.staging.models import Sheet, SheetState

endpoints = Endpoints("Sheets", __name__, __doc__, "/sheets")

_CHOICES = ("kind", "sheet", "vendor", "currency", "date_order", "decimal_mark")


@endpoints.post("", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202, form=SheetFormSchema)
def send(session: Session, form: dict[str, Any]) -> dict[str, Any]:
    """Send a sheet. It is checked in the background: ask for it again until it is checked."""
    society_id = societies.find_society(session, form["society"]).id
    programme = programmes.find_programme(session, society_id, form["programme"])
    received = receive(
        session,
        NewSheet(
            programme_id=programme.id,
            filename=form["file"].filename or "",
            content=content_of(form["file"]),
            round_code=form.get("round"),
            is_list=form["is_list"],
            replaces_id=form.get("replaces"),
            settled={name: form[name] for name in _CHOICES if form.get(name)},
        ),
    )
    check_afterwards(received.run_id)
    return {"id": received.sheet_id, "state": SheetState.RECEIVED}


@endpoints.get("", needs=Permission.SEE_SHEETS)
@endpoints.lists(SheetLineSchema, SheetsQuerySchema)
def list_sheets(session: Session, asked: dict[str, Any]) -> Page[Sheet]:
    """List sheets, newest first."""
    return inbox.list_sheets(
        session, _filter(session, asked), page=asked["page"], size=asked["per_page"]
    )


def _filter(session: Session, asked: dict[str, Any]) -> inbox.SheetFilter:
    programme, planned = programmes.find_narrowed(
        session, society_id_of(session, asked), asked["programme"], asked["round"]
    )
    return inbox.SheetFilter(
        society_id=society_id_of(session, asked),
        programme_id=programme.id if programme else None,
        round_id=planned.id if planned else None,
        state=asked["state"],
        month=Month.parse(asked["month"]) if asked["month"] else None,
        sender_id=inbox.find_sender(session, asked["sender"]) if asked["sender"] else None,
    )


@endpoints.get("/<int:sheet_id>", needs=Permission.SEE_SHEETS)
@endpoints.reads(SheetSchema)
def show(session: Session, sheet_id: int) -> SheetReport:
    """Show a sheet: how far it is, its totals, all findings."""
    return report_of(session, workflow.get_sheet(session, sheet_id))


@endpoints.post("/<int:sheet_id>/answers", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202, body=AnswersSchema)
def answer(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Answer what a sheet leaves open; it is checked again in the background."""
    check_afterwards(sheet_submission.answer(session, sheet_id, data["answers"]))
    return {"id": sheet_id, "state": SheetState.RECEIVED}


@endpoints.post("/<int:sheet_id>/check-again", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, 202)
def check_again(session: Session, sheet_id: int) -> dict[str, Any]:
    """Check a sheet again whose check broke, or whose people another sheet registered since."""
    check_afterwards(sheet_submission.check_again(session, sheet_id))
    return {"id": sheet_id, "state": SheetState.RECEIVED}


@endpoints.post("/<int:sheet_id>/withdraw", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema)
def withdraw(session: Session, sheet_id: int) -> dict[str, Any]:
    """Withdraw a sheet that is not decided yet; its rows may then be sent again."""
    sheet_submission.withdraw(session, sheet_id)
    return {"id": sheet_id, "state": SheetState.WITHDRAWN}


@endpoints.post("/<int:sheet_id>/submit", needs=Permission.SEND_SHEETS)
@endpoints.changes(SheetStateSchema, body=SubmissionSchema)
def submit(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Submit a checked sheet for approval."""
    state = sheet_submission.submit(session, sheet_id, Submission(**data))
    return {"id": sheet_id, "state": state}


@endpoints.post("/<int:sheet_id>/approve", needs=Permission.DECIDE_SHEETS)
@endpoints.arguments(ApprovalSchema, required=False)
@endpoints.changes(ApprovalOutcomeSchema)
def approve(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Approve a submitted sheet: it is posted, once and for ever.

    With ``conflicts`` above zero nothing was posted: rows were in the ledger already, and the
    sheet went back to its sender.
    """
    approval = deciding.approve(session, sheet_id, data["version"])
    return {
        "id": sheet_id,
        "state": workflow.get_sheet(session, sheet_id).state,
        "posted_rows": approval.posted_rows,
        "conflicts": approval.conflicts,
    }


@endpoints.post("/<int:sheet_id>/reject", needs=Permission.DECIDE_SHEETS)
@endpoints.changes(SheetStateSchema, body=SheetRejectionSchema)
def reject(session: Session, data: dict[str, Any], sheet_id: int) -> dict[str, Any]:
    """Send a submitted sheet back with a word."""
    deciding.reject(session, sheet_id, data["reason"], data["version"])
    return {"id": sheet_id, "state": SheetState.REJECTED}
