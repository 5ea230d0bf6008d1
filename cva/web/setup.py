"""People, programmes and providers; the first two are changed by commands on the server."""

from flask import render_template
from sqlmodel import Session

from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.providers import service as providers
from cva.societies import service as societies
from cva.web.declaring import Pages, reads

pages = Pages("setup", __name__)


@pages.get("/setup", needs=Permission.SEE_SETUP)
@reads
def show(session: Session) -> str:
    """Every society whose people and programmes this person may see."""
    listed = [
        (
            society,
            societies.list_members(session, society.id),
            programmes.list_programmes(session, society.id),
            providers.list_providers(session, society.id, Permission.SEE_SETUP),
        )
        for society in societies.societies_with(session, Permission.SEE_SETUP)
    ]
    return render_template(
        "setup.html",
        listed=listed,
        managed={each.id for each in societies.societies_with(session, Permission.MANAGE_SETUP)},
    )
