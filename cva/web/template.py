"""Templates: choose what for, and download."""

from io import BytesIO

from flask import Blueprint, g, render_template, request, send_file
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.rights import Right, needs
from cva.core.words import language, name_of
from cva.intake.showing.templates import WantedTemplate, take_template
from cva.programmes import service as programmes
from cva.sheets.files.kinds_of_file import WORKBOOK
from cva.sheets.words.layouts import KINDS
from cva.sheets.writing.template import MOST_ROWS
from cva.sheets.writing.template_texts import languages
from cva.societies import service as societies
from cva.web.sending import asked_programme

pages = Blueprint("template", __name__, url_prefix="/sheets/template")


@pages.get("")
@needs(Right.SEND_SHEETS)
def form() -> str:
    """What the template is to be for."""
    with reading(g.ledger.engine, g.actor) as session:
        offered = [
            (society, programmes.list_programmes(session, society.id))
            for society in societies.societies_with(session, Right.SEND_SHEETS)
        ]
        return render_template(
            "template.html",
            offered=offered,
            kinds=KINDS,
            template_languages=[(code, name_of(code)) for code in languages()],
            own_language=language(),
            most_rows=MOST_ROWS,
        )


@pages.post("")
@needs(Right.SEND_SHEETS)
def download() -> Response:
    """The template itself."""
    programme_id = asked_programme()
    with transaction(g.ledger.engine, g.actor) as session:
        made = take_template(
            session,
            WantedTemplate(
                kind=request.form.get("kind", ""),
                society_id=programmes.get_programme(session, programme_id).society_id,
                programme_id=programme_id,
                round_code=request.form.get("round", ""),
                language=request.form.get("language", ""),
                blank_rows=request.form.get("rows", type=int),
            ),
        )
    return send_file(
        BytesIO(made.written()), WORKBOOK, as_attachment=True, download_name=made.filename
    )
