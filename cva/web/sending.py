"""What the sender does: send a file, answer its questions, submit, withdraw."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import reading
from cva.core.permissions import Permission
from cva.intake import receiving, sheet_submission
from cva.intake.input_schemas import NewSheetFormSchema, SubmissionFormSchema
from cva.intake.receiving import NewSheet
from cva.intake.sheet_submission import Submission
from cva.programmes import service as programmes
from cva.staging import workflow
from cva.web.declaring import Pages, changes, check_afterwards
from cva.web.forms import CARRIED
from cva.web.inputs import file_field, id_asked

pages = Pages("sending", __name__, url_prefix="/sheets")


@pages.get("/send", needs=Permission.SEND_SHEETS)
def form() -> str:
    """The form; filled in where it is for a round, or sent to correct a sheet."""
    replaces_id = id_asked("replaces")
    with reading(g.ledger.engine, g.actor) as session:
        offered = programmes.offered(session, Permission.SEND_SHEETS)
        replaced = (
            workflow.get_sheet(session, replaces_id, Permission.SEND_SHEETS)
            if replaces_id
            else None
        )
        round_id = replaced.round_id if replaced else id_asked("round")
        named = programmes.get_round(session, round_id) if round_id else None
        return render_template(
            "send.html",
            offered=offered,
            replaced=replaced,
            named_round=named,
            is_list=replaced.is_list if replaced else "list" in request.args,
        )


@pages.post("/send", needs=Permission.SEND_SHEETS)
@changes("sending.form", takes=NewSheetFormSchema)
def send(session: Session, values: dict[str, Any]) -> Response:
    """Keep the file and begin its check."""
    file = file_field("file")
    new = NewSheet(
        programme_id=values["programme"],
        filename=(file.filename or "") if file else "",
        content=file.stream.read() if file else b"",
        round_code=values["round"] or None,
        is_list=values["is"] == "list",
        settled={"vendor": values["vendor"]} if values["vendor"] else {},
        replaces_id=values["replaces"],
    )
    received = receiving.receive(session, new)
    check_afterwards(received.run_id)
    return redirect(url_for("sheets.show", sheet_id=received.sheet_id))


@pages.post("/<int:sheet_id>/check-again", needs=Permission.SEND_SHEETS)
@changes("sheets.show")
def check_again(session: Session, sheet_id: int) -> None:
    """Check a sheet again whose check broke."""
    check_afterwards(sheet_submission.check_again(session, sheet_id))


@pages.post("/<int:sheet_id>/answers", needs=Permission.SEND_SHEETS)
@changes("sheets.show")
def answer(session: Session, sheet_id: int) -> None:
    """Settle what the sheet leaves open."""
    answers = {name: text for name, text in request.form.items() if name not in CARRIED}
    check_afterwards(sheet_submission.answer(session, sheet_id, answers))


@pages.post("/<int:sheet_id>/submit", needs=Permission.SEND_SHEETS)
@changes("sheets.show", takes=SubmissionFormSchema)
def submit(session: Session, values: dict[str, Any], sheet_id: int) -> None:
    """Submit a checked sheet for approval, or keep it where it is a list."""
    sheet_submission.submit(session, sheet_id, Submission(**values))


@pages.post("/<int:sheet_id>/withdraw", needs=Permission.SEND_SHEETS)
@changes("sheets.show")
def withdraw(session: Session, sheet_id: int) -> None:
    """Withdraw a sheet that is not decided yet."""
    sheet_submission.withdraw(session, sheet_id)
