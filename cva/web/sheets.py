"""A sheet: where it is, what is wrong in it, what can be done next."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service as approvals
from cva.core.db import reading
from cva.core.permissions import Permission
from cva.intake import views as showing
from cva.intake.group_cures import groups_in
from cva.intake.row_grid import grid
from cva.intake.views import SheetView, sheet_history
from cva.sheets.checking.finding_groups import FindingGroup
from cva.sheets.findings.catalogue import INFO
from cva.sheets.findings.finding import Finding, message, place_of
from cva.staging.models import SheetState
from cva.staging.row_names import RowNames
from cva.web.declaring import Pages, reads
from cva.web.inputs import page_asked

pages = Pages("sheets", __name__, url_prefix="/sheets")


@pages.get("/<int:sheet_id>", needs=Permission.SEE_SHEETS)
@reads
def show(session: Session, sheet_id: int) -> str | Response:
    """The sheet's page; while nobody knows what its columns hold, the page that asks."""
    view = showing.show(session, sheet_id)
    may_send = g.actor.may(Permission.SEND_SHEETS, view.sheet.society_id)
    if view.stage == "refused" and view.may_map and may_send and "stay" not in request.args:
        return redirect(url_for("mending.columns", sheet_id=sheet_id))
    rows = grid(
        session,
        sheet_id,
        show=request.args.get("show"),
        page=page_asked(),
        row=request.args.get("row", type=int),
    )
    groups = _groups(session, view)
    society_id, history = view.sheet.society_id, sheet_history(session, view.sheet)
    return render_template(
        "sheet.html",
        view=view,
        sheet=view.sheet,
        grid=rows,
        row_name=RowNames(session, [sheet_id]).of,
        groups=groups,
        group_of=_group_of(groups),
        history=history,
        agreements=approvals.agreements(session, [line.request_id for line in history]),
        message=message,
        finding_text=finding_text,
        finding_place=finding_place,
        may_send=may_send,
        may_decide=g.actor.may(Permission.DECIDE_SHEETS, society_id),
        may_see_figures=g.actor.may(Permission.SEE_FIGURES, society_id),
    )


def _groups(session: Session, view: SheetView) -> list[FindingGroup]:
    """What is wrong or doubtful in several cells, while a sheet is mended or decided."""
    if view.stage == "asks" or view.sheet.state not in {SheetState.CHECKED, SheetState.SUBMITTED}:
        return []
    confirmed = {finding.code for finding in view.changes}
    return [
        one
        for one in groups_in(session, view.sheet)
        if one.count > 1 and one.first.severity != INFO and one.first.code not in confirmed
    ]


def _group_of(groups: Iterable[FindingGroup]) -> Callable[[Finding], str | None]:
    """Gives the key of the group that says all of a finding, if there is one."""
    known = {
        (one.row, one.cell, one.code): group.key
        for group in groups
        if group.says_all
        for one in group.findings
    }
    return lambda finding: known.get((finding.row, finding.cell, finding.code))


def finding_text(finding: Finding) -> str:
    """A finding under its own row: which cell, what is wrong, what to write instead."""
    return message(replace(finding, sheet=""))


def finding_place(finding: Finding) -> str:
    """The cell of a finding, under its own row."""
    return place_of(replace(finding, sheet=""))


@pages.get("/<int:sheet_id>/progress", needs=Permission.SEE_SHEETS)
def progress(sheet_id: int) -> dict[str, Any]:
    """How far the check of a sheet is."""
    with reading(g.ledger.engine, g.actor) as session:
        view = showing.show(session, sheet_id)
    run = view.run
    return {
        "stage": view.stage,
        "done": run.rows_done if run else 0,
        "total": run.rows_total if run else 0,
    }
