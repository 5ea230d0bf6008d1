"""Corrections on the page: what the columns hold, the cells of a row, the marked workbook."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.permissions import Permission
from cva.intake import cell_corrections, column_mapping, group_cures
from cva.intake import views as showing
from cva.intake.checking import limits_of
from cva.intake.input_schemas import CureFormSchema
from cva.intake.kept_file import take_to_annotate, take_to_preview
from cva.intake.row_grid import one_row
from cva.sheets.findings.finding import message
from cva.sheets.vocabulary.layouts import kind_names, layout_of, usual_kind
from cva.societies import service as societies
from cva.web.declaring import Pages, attachment, changes, check_afterwards, reads
from cva.web.sheets import finding_text

pages = Pages("mending", __name__, url_prefix="/sheets")

_ASKED = ("kind", "sheet", "header_row")


@pages.get("/<int:sheet_id>/marked", needs=Permission.SEE_SHEETS)
def marked(sheet_id: int) -> Response:
    """The sender's own workbook with every bad cell marked."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = take_to_annotate(session, sheet_id)
    made = taken.made(limits_of(g.ledger))
    return attachment(made, taken.name)


@pages.get("/<int:sheet_id>/columns", needs=Permission.SEND_SHEETS)
def columns(sheet_id: int) -> str:
    """The columns with their first rows, and what each is taken for."""
    with reading(g.ledger.engine, g.actor) as session:
        taken = take_to_preview(session, sheet_id)
        society = societies.get_society(session, taken.sheet.society_id)
        view = showing.show(session, sheet_id)
    refusals = [message(each) for each in view.whole] if view.stage == "refused" else []
    known = {name: request.args[name] for name in _ASKED if request.args.get(name)}
    seen = taken.seen(limits_of(g.ledger), known)
    return render_template(
        "columns.html",
        sheet=taken.sheet,
        society=society,
        refusals=refusals,
        seen=seen,
        layout=layout_of(seen.kind if seen.kind in kind_names() else usual_kind()),
        kinds=kind_names(),
    )


@pages.post("/<int:sheet_id>/columns", needs=Permission.SEND_SHEETS)
@changes("mending.columns")
def map_columns(session: Session, sheet_id: int) -> Response:
    """Check the sheet with what its columns hold."""
    run_id = column_mapping.map_columns(session, sheet_id, request.form)
    check_afterwards(run_id)
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


@pages.get("/<int:sheet_id>/rows/<int:number>", needs=Permission.SEND_SHEETS)
@reads
def row(session: Session, sheet_id: int, number: int) -> str:
    """One row, to be corrected cell by cell."""
    view = showing.show(session, sheet_id)
    cell_corrections.refuse_unless_open(view.sheet)
    one = one_row(session, sheet_id, number)
    letters = [column["column"] for column in view.sheet.columns]
    cells = dict(zip(letters, one.cells, strict=True))
    return render_template(
        "row.html", sheet=view.sheet, row=one, cells=cells, finding_text=finding_text
    )


@pages.post("/<int:sheet_id>/rows/<int:number>", needs=Permission.SEND_SHEETS)
@changes("mending.row")
def amend(session: Session, sheet_id: int, number: int) -> Response:
    """Put other texts into the cells of a row and check the sheet again."""
    cells = {
        f"{name.removeprefix('cell:')}{number}": text
        for name, text in request.form.items()
        if name.startswith("cell:")
    }
    run_id = cell_corrections.amend(session, sheet_id, cells)
    check_afterwards(run_id)
    return redirect(url_for("sheets.show", sheet_id=sheet_id))


@pages.post("/<int:sheet_id>/cures", needs=Permission.SEND_SHEETS)
@changes("sheets.show", takes=CureFormSchema)
def cure(session: Session, values: dict[str, Any], sheet_id: int) -> None:
    """Mend all cells that have the same fault and check the sheet again."""
    check_afterwards(group_cures.mend_group(session, sheet_id, **values))
