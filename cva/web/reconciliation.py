"""A round's field list, and its reconciliation: differences, each leading to its row."""

from flask import g, render_template, request
from sqlmodel import Session
from werkzeug import Response

from cva.beneficiaries.status import since_text
from cva.core.db import reading, transaction
from cva.core.paging import page_of
from cva.core.permissions import Permission
from cva.entitlements.delivery_comparison import Outcome
from cva.entitlements.outcome_sums import differences
from cva.rounds.field_lists import take_field_list, take_field_lists
from cva.rounds.labels import amount_names, available_text, outcome_name
from cva.rounds.reconciliation import names_in, reconcile
from cva.rounds.reconciliation_export import export
from cva.rounds.views import show_round
from cva.sheets.files.file_types import ARCHIVE
from cva.web.declaring import Pages, attachment, reads
from cva.web.inputs import page_asked

pages = Pages("reconciliation", __name__, url_prefix="/rounds")

LINES_PER_PAGE = 50
_MARKS = {
    Outcome.AS_PLANNED: "good",
    Outcome.LESS: "todo",
    Outcome.MORE: "todo",
    Outcome.NOT_RECEIVED: "off",
    Outcome.NOT_ON_LIST: "bad",
    Outcome.TWICE: "bad",
    Outcome.OPEN: "wait",
}


@pages.get("/<int:round_id>/reconciliation", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, round_id: int) -> str:
    """The reconciliation, its differences a page at a time."""
    view = show_round(session, round_id)
    if view.stage != "approved":
        return render_template("reconciliation.html", view=view, found=None)
    found = reconcile(session, round_id)
    asked = _asked()
    shown = page_of(found.rows_behind(**asked), page_asked(), LINES_PER_PAGE)
    may_see = g.actor.may(Permission.SEE_SHEETS, found.round.society_id)
    return render_template(
        "reconciliation.html",
        view=view,
        found=found,
        lines=shown.items,
        asked=asked,
        page=shown.number,
        last=shown.pages,
        amounts=amount_names(),
        wanted=shown.total,
        may_see_sheets=may_see,
        may_prepare=g.actor.may(Permission.PREPARE, found.round.society_id),
        people=names_in(session, shown.items) if may_see else {},
        answers=list(Outcome),
        outcome_name=outcome_name,
        marks=_MARKS,
        differences=differences,
        available_text=available_text,
        since_text=since_text,
    )


def _asked() -> dict[str, str]:
    """Which rows the address names; what is no word of ours names none."""
    answers = set(map(str, Outcome))
    known = {"answer": answers, "own": answers, "part": set(amount_names())}
    named = {name: request.args.get(name, "") for name in known}
    asked = {name: word if word in known[name] else "" for name, word in named.items()}
    return asked | {"currency": request.args.get("currency", "")}


@pages.get("/<int:round_id>/reconciliation/workbook", needs=Permission.SEE_ROUNDS)
def workbook(round_id: int) -> Response:
    """The reconciliation as a workbook with formulas."""
    with reading(g.ledger.engine, g.actor) as session:
        found = reconcile(session, round_id)
    name, content = export(found)
    return attachment(content, name)


@pages.get("/<int:round_id>/field-list", needs=Permission.SEND_SHEETS)
def field_list(round_id: int) -> Response:
    """The people who are still to be given something, to fill in or to print."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_list(
            session,
            round_id,
            site=request.args.get("site", ""),
            language=request.args.get("language", ""),
        )
    return attachment(taken.written(), taken.filename)


@pages.get("/<int:round_id>/field-lists", needs=Permission.SEND_SHEETS)
def field_lists(round_id: int) -> Response:
    """The field lists of all sites in one archive."""
    language = request.args.get("language", "")
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_field_lists(session, round_id, language=language)
    return attachment(taken.written(), taken.filename, ARCHIVE)
