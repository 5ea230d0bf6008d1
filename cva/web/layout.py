"""What every page shares: navigation by rights, words for stored values, addresses of files."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Blueprint, g, request, url_for

from cva.beneficiaries.proxies import collection_words
from cva.core import i18n
from cva.core.i18n import gettext as _
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import Actor
from cva.intake.evidence import LARGEST_BYTES
from cva.web import formats
from cva.web.refusals import refusal_title
from cva.web.template_labels import NAMES

#: The shape and colour that go with the word for a state.
MARKS = {
    "received": "wait",
    "checked": "todo",
    "refused": "bad",
    "submitted": "wait",
    "approved": "good",
    "rejected": "bad",
    "withdrawn": "off",
    "reversed": "off",
    "draft": "todo",
    "no_list": "off",
    "confirmed": "good",
    "refused_request": "bad",
    "kept": "good",
    "ready": "good",
    "error": "bad",
    "not_received": "off",
    "no_answer": "todo",
    "excepted": "todo",
    "open": "todo",
    "posted": "good",
    "made": "todo",
    "sent": "wait",
    "cancelled": "off",
    "instructed": "wait",
    "available": "todo",
    "paid": "good",
    "collected": "good",
    "failed": "bad",
    "expired": "bad",
    "returned": "off",
    "warning": "todo",
    "info": "off",
}

pages = Blueprint("layout", __name__)

_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Way:
    """A place the navigation leads to."""

    label: str
    address: str
    is_here: bool


@pages.app_context_processor
def shared() -> dict[str, Any]:
    """Names that every template knows."""
    actor = g.get("actor") or Actor(0)
    return {
        "Right": Permission,
        "Money": Money,
        "asset": asset,
        "collection_in_words": collection_words,
        "comma": _(", "),
        "direction": i18n.direction(),
        "language": i18n.language(),
        "largest_file": g.ledger.settings.max_sheet_bytes,
        "largest_scan": min(g.ledger.settings.max_sheet_bytes, LARGEST_BYTES),
        "languages": [(code, i18n.name_of(code)) for code in i18n.LANGUAGES],
        "navigation": navigation(actor),
        "signed_in": g.get("signed_in"),
        "names": NAMES,
        "refusal_title": refusal_title,
        "state_marks": MARKS,
        "formats": formats,
    }


def navigation(actor: Actor) -> list[Way]:
    """The places this actor's rights open, in some society at least."""
    places = (
        (Permission.SEE_SHEETS, _("Sheets"), "home.show"),
        (Permission.SEND_SHEETS, _("Send a sheet"), "sending.form"),
        (Permission.SEE_ROUNDS, _("Rounds"), "rounds.show_all"),
        (Permission.SEE_ROUNDS, _("Vouchers"), "vouchers.first"),
        (Permission.SEE_ROUNDS, _("Providers"), "providers.first"),
        (Permission.SEE_ROUNDS, _("Requests"), "requests.show_all"),
        (Permission.SEE_SHEETS, _("People"), "people.form"),
        (Permission.SEE_FIGURES, _("Month"), "figures.first"),
        (Permission.SEE_TOTALS, _("Totals"), "totals.first"),
        (Permission.SEE_SETUP, _("People and programmes"), "setup.show"),
    )
    return [
        Way(label, url_for(endpoint), is_here=_is_here(endpoint))
        for right, label, endpoint in places
        if holds(actor, right)
    ]


def holds(actor: Actor, right: Permission) -> bool:
    """Whether an actor holds a right in any society."""
    return any(right in rights for rights in actor.rights.values())


#: Pages that belong to a place with another name.
_WITHIN = {"reconciliation": "rounds", "vendors": "vouchers"}


def _is_here(endpoint: str) -> bool:
    here = request.endpoint or ""
    part = here.partition(".")[0]
    return here == endpoint or (
        _WITHIN.get(part, part) == endpoint.partition(".")[0] and here != "sending.show"
    )


def asset(name: str) -> str:
    """The address of a file of ours; another content has another address, so it is kept long."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:10]
