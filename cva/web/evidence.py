"""Scans of signed lists: added to a sheet or a round, and taken out."""

from flask import flash, g
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import transaction
from cva.core.errors import InputError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.intake import evidence as service
from cva.intake.input_schemas import NewScanSchema
from cva.programmes import planning
from cva.staging import workflow
from cva.web.declaring import Pages, attachment, changes
from cva.web.inputs import file_field

pages = Pages("evidence", __name__)


def _scan() -> tuple[str, bytes]:
    file = file_field("file")
    if file is None or not file.filename:
        raise InputError(
            _("Choose a file first."), {"file": [_("Choose a file first.")]}, code="file_missing"
        )
    return file.filename, file.stream.read()


def _flash_duplicates(session: Session, evidence_id: int) -> None:
    """Show where the very same file is kept already: one paper may prove two sheets, or none."""
    places = [
        f"{_('round')} {apart(code)}" if code else _("sheet %(id)s") % {"id": sheet_id}
        for sheet_id, code in service.kept_elsewhere(session, evidence_id)
    ]
    if places:
        message = _("Added. The same file is kept with: {places}. Look whether it belongs to both.")
        flash(message.format(places=_(", ").join(places)), "done")


@pages.post("/sheets/<int:sheet_id>/evidence", needs=Permission.SEND_SHEETS)
@changes("sheets.show", drawn_by=NewScanSchema)
def add_to_sheet(session: Session, sheet_id: int) -> None:
    """Keep a scan with a sheet."""
    workflow.get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    _flash_duplicates(session, service.add_to_sheet(session, sheet_id, *_scan()))


@pages.post("/rounds/<int:round_id>/evidence", needs=Permission.PREPARE)
@changes("rounds.show", drawn_by=NewScanSchema)
def add_to_round(session: Session, round_id: int) -> None:
    """Keep a scan with a round."""
    planning.see_round(session, round_id, Permission.PREPARE)
    _flash_duplicates(session, service.add_to_round(session, round_id, *_scan()))


@pages.get("/evidence/<int:evidence_id>", needs=Permission.SEE_SHEETS)
def take(evidence_id: int) -> Response:
    """Download a scan; never shown within our pages, as it comes from elsewhere."""
    with transaction(g.ledger.engine, g.actor) as session:
        name, media_type, content = service.take(session, evidence_id)
    return attachment(content, name, media_type)
