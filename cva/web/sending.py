"""What the sender does: send a file, answer its questions, submit, withdraw."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.permissions import Permission, needs
from cva.intake import receiving, sheet_submission
from cva.intake.input_schemas import NewSheetFormSchema, SubmissionFormSchema
from cva.intake.receiving import NewSheet
from cva.intake.sheet_submission import Submission
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging import workflow
from cva.web.forms import file_field, id_asked, on_page, takes

pages = Blueprint("sending", __name__, url_prefix="/sheets")


@pages.get("/send")
@needs(Permission.SEND_SHEETS)
def form() -> str:
    """The form; filled in where it is for a round, or sent to mend a sheet."""
    replaces_id = id_asked("replaces")
    with reading(g.ledger.engine, g.actor) as session:
        offered = [
            (society, programmes.list_programmes(session, society.id))
            for society in societies.societies_with(session, Permission.SEND_SHEETS)
        ]
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


@pages.post("/send")
@needs(Permission.SEND_SHEETS)
@takes(NewSheetFormSchema, "sending.form")
def send(values: dict[str, Any]) -> Response:
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
    with transaction(g.ledger.engine, g.actor) as session:
        received = receiving.receive(session, new)
    g.queue.add(received.run_id)
    return redirect(url_for("sheets.show", sheet_id=received.sheet_id))


@pages.post("/<int:sheet_id>/check-again")
@needs(Permission.SEND_SHEETS)
@on_page("sheets.show")
def check_again(sheet_id: int) -> Response:
    """Check a sheet anew whose check broke."""
    with transaction(g.ledger.engine, g.actor) as session:
        run_id = sheet_submission.check_again(session, sheet_id)
    g.queue.add(run_id)
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


@pages.post("/<int:sheet_id>/answers")
@needs(Permission.SEND_SHEETS)
@on_page("sheets.show")
def answer(sheet_id: int) -> Response:
    """Settle what the sheet leaves open."""
    with transaction(g.ledger.engine, g.actor) as session:
        run_id = sheet_submission.answer(session, sheet_id, request.form)
    g.queue.add(run_id)
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


@pages.post("/<int:sheet_id>/submit")
@needs(Permission.SEND_SHEETS)
@takes(SubmissionFormSchema, "sheets.show")
def submit(values: dict[str, Any], sheet_id: int) -> Response:
    """Submit a checked sheet for approval, or keep it where it is a list."""
    with transaction(g.ledger.engine, g.actor) as session:
        sheet_submission.submit(session, sheet_id, Submission(**values))
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


@pages.post("/<int:sheet_id>/withdraw")
@needs(Permission.SEND_SHEETS)
@on_page("sheets.show")
def withdraw(sheet_id: int) -> Response:
    """Take back a sheet that is not decided yet."""
    with transaction(g.ledger.engine, g.actor) as session:
        sheet_submission.withdraw(session, sheet_id)
    return redirect(url_for("sheets.show", sheet_id=sheet_id))
