"""A round's field list, and its reconciliation: differences, each leading to its row."""

from io import BytesIO

from flask import Blueprint, g, render_template, request, send_file
from werkzeug import Response

from cva.beneficiaries.gone import since_told
from cva.core.db import reading, transaction
from cva.core.rights import Right, needs
from cva.entitlements.answers import Answer
from cva.entitlements.sums import differences
from cva.intake.showing.round_views import show_round
from cva.reconciliation.export import export
from cva.reconciliation.field_list import take_field_list, take_field_lists
from cva.reconciliation.service import Reconciliation, names_in, reconcile
from cva.reconciliation.telling import available_text
from cva.reconciliation.words import answer_name
from cva.sheets.files.kinds_of_file import ARCHIVE, WORKBOOK
from cva.web.forms import page_asked

pages = Blueprint("reconciliation", __name__, url_prefix="/rounds")

LINES_PER_PAGE = 50
_MARKS = {
    Answer.AS_PLANNED: "good",
    Answer.LESS: "todo",
    Answer.MORE: "todo",
    Answer.NOT_RECEIVED: "off",
    Answer.NOT_ON_LIST: "bad",
    Answer.TWICE: "bad",
    Answer.OPEN: "wait",
}


@pages.get("/<int:round_id>/reconciliation")
@needs(Right.SEE_ROUNDS)
def show(round_id: int) -> str:
    """The reconciliation, its differences a page at a time."""
    with reading(g.ledger.engine, g.actor) as session:
        view = show_round(session, round_id)
        if view.stage != "approved":
            return render_template("reconciliation.html", view=view, found=None)
        found = reconcile(session, round_id)
        asked = request.args.get("answer", "")
        wanted = [line for line in found.differences if asked in {"", line.answer}]
        last = max(1, -(-len(wanted) // LINES_PER_PAGE))
        page = min(page_asked(), last)
        lines = wanted[(page - 1) * LINES_PER_PAGE : page * LINES_PER_PAGE]
        may_see = g.actor.may(Right.SEE_SHEETS, found.round.society_id)
        return render_template(
            "reconciliation.html",
            view=view,
            found=found,
            lines=lines,
            asked=asked,
            page=page,
            last=last,
            counts=_counts(found),
            may_see_sheets=may_see,
            may_prepare=g.actor.may(Right.PREPARE, found.round.society_id),
            people=names_in(session, lines) if may_see else {},
            answers=list(Answer),
            answer_name=answer_name,
            marks=_MARKS,
            differences=differences,
            available_text=available_text,
            since_told=since_told,
        )


def _counts(found: Reconciliation) -> dict[str, int]:
    """How many differences there are of each answer."""
    counts: dict[str, int] = {}
    for line in found.differences:
        counts[line.answer] = counts.get(line.answer, 0) + 1
    return counts


@pages.get("/<int:round_id>/reconciliation/workbook")
@needs(Right.SEE_ROUNDS)
def workbook(round_id: int) -> Response:
    """The reconciliation as a workbook with formulas."""
    with reading(g.ledger.engine, g.actor) as session:
        found = reconcile(session, round_id)
    name, content = export(found)
    return send_file(BytesIO(content), WORKBOOK, as_attachment=True, download_name=name)


@pages.get("/<int:round_id>/field-list")
@needs(Right.SEND_SHEETS)
def field_list(round_id: int) -> Response:
    """The people who are still to be given something, to fill in or to print."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_list(
            session,
            round_id,
            site=request.args.get("site", ""),
            language=request.args.get("language", ""),
        )
    return send_file(
        BytesIO(taken.written()), WORKBOOK, as_attachment=True, download_name=taken.filename
    )


@pages.get("/<int:round_id>/field-lists")
@needs(Right.SEND_SHEETS)
def field_lists(round_id: int) -> Response:
    """The field lists of all sites in one archive."""
    language = request.args.get("language", "")
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_lists(session, round_id, language=language)
    return send_file(
        BytesIO(taken.written()), ARCHIVE, as_attachment=True, download_name=taken.filename
    )
