"""Templates: choose what for, and download."""

from typing import Any

from flask import g, render_template
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import transaction
from cva.core.i18n import language, name_of
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.rounds.input_schemas import TemplateSchema
from cva.rounds.templates import WantedTemplate, take_template
from cva.sheets.vocabulary.layouts import kind_names, usual_kind
from cva.sheets.writing.template_texts import languages
from cva.web.declaring import Pages, attachment, reads, takes

pages = Pages("template", __name__, url_prefix="/sheets/template")


@pages.get("", needs=Permission.SEND_SHEETS)
@reads
def form(session: Session) -> str:
    """What the template is to be for."""
    offered = programmes.offered(session, Permission.SEND_SHEETS)
    return render_template(
        "template.html",
        offered=offered,
        kinds=kind_names(),
        usual_kind=usual_kind(),
        template_languages=[(code, name_of(code)) for code in languages()],
        own_language=language(),
    )


@pages.post("", needs=Permission.SEND_SHEETS)
@takes(TemplateSchema, "template.form")
def download(values: dict[str, Any]) -> Response:
    """The template itself."""
    with transaction(g.ledger.engine, g.actor) as session:
        made = take_template(
            session,
            WantedTemplate(
                kind=values["kind"],
                society_id=programmes.get_programme(session, values["programme"]).society_id,
                programme_id=values["programme"],
                round_code=values["round"],
                language=values["language"],
                blank_rows=values["rows"],
            ),
        )
    return attachment(made.written(), made.filename)
