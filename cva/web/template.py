"""Templates: choose what for, and download."""

from io import BytesIO

from flask import Blueprint, g, render_template, request, send_file
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.i18n import language, name_of
from cva.core.permissions import Permission, needs
from cva.programmes import service as programmes
from cva.rounds.templates import WantedTemplate, take_template
from cva.sheets.files.file_types import WORKBOOK
from cva.sheets.vocabulary.layouts import kind_names, usual_kind
from cva.sheets.writing.template_texts import languages
from cva.sheets.writing.template_workbook import MOST_ROWS
from cva.societies import service as societies
from cva.web.sending import asked_programme

pages = Blueprint("template", __name__, url_prefix="/sheets/template")


@pages.get("")
@needs(Permission.SEND_SHEETS)
def form() -> str:
    """What the template is to be for."""
    with reading(g.ledger.engine, g.actor) as session:
        offered = [
            (society, programmes.list_programmes(session, society.id))
            for society in societies.societies_with(session, Permission.SEND_SHEETS)
        ]
        return render_template(
            "template.html",
            offered=offered,
            kinds=kind_names(),
            usual_kind=usual_kind(),
            template_languages=[(code, name_of(code)) for code in languages()],
            own_language=language(),
            most_rows=MOST_ROWS,
        )


@pages.post("")
@needs(Permission.SEND_SHEETS)
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
