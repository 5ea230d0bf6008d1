"""Who asks, and whether a role of theirs holds what the view needs."""

from collections.abc import Iterator
from itertools import chain

from flask import current_app, g, request
from werkzeug.datastructures import MultiDict

from cva.core.db import reading, record_missing_right, transaction
from cva.core.errors import ForbiddenError, SignInError
from cva.core.i18n import gettext as _
from cva.core.input_schema import refuse_unstorable
from cva.core.permissions import RIGHT_OF_VIEW, Permission
from cva.core.tenancy import SYSTEM, Actor
from cva.societies import sign_in, tokens
from cva.societies.sign_in import SignedIn
from cva.web.cookies import signed_in_cookie

#: Where a form of ours comes from, as the browser itself states it (Fetch Metadata).
_OWN_ORIGINS = {"same-origin", "none"}


def find_out_who() -> None:
    """Find out who asks, and go on only where a role of theirs holds what the view needs."""
    g.ledger = current_app.config["LEDGER"]
    g.queue = current_app.config["QUEUE"]
    _refuse_foreign_form()
    g.signed_in = _by_token() if is_api() else _by_cookie()
    g.actor = g.signed_in.actor if g.signed_in else Actor(0)
    if request.endpoint is not None:
        _refuse_without_right(request.endpoint)
        refuse_unstorable(request.path, *_texts_of(request.args), *_texts_of(request.form))


def _texts_of(sent: MultiDict[str, str]) -> Iterator[str]:
    return chain.from_iterable(sent.items(multi=True))


def _refuse_without_right(endpoint: str) -> None:
    needed: Permission | None = getattr(current_app.view_functions[endpoint], RIGHT_OF_VIEW)
    if needed is None:
        return
    if g.signed_in is None:
        raise SignInError(_("Sign in first."))
    if not any(needed in rights for rights in g.actor.rights.values()):
        record_missing_right(g.ledger.engine, g.actor, str(needed))
        raise ForbiddenError(_("Your role cannot do this."))


def _refuse_foreign_form() -> None:
    """A form is sent from a page of ours; other sites are refused whatever they hold."""
    is_form = request.method not in {"GET", "HEAD", "OPTIONS"} and not is_api()
    origin = request.headers.get("Sec-Fetch-Site", "same-origin")
    if is_form and origin not in _OWN_ORIGINS:
        raise ForbiddenError(
            _("This was sent from another site. Nothing was done."), code="other_site"
        )


def is_api() -> bool:
    """Whether a program asks, and not a browser."""
    return request.path.startswith("/api/")


def _by_token() -> SignedIn | None:
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not token:
        return None
    with reading(g.ledger.engine, SYSTEM) as session:
        return tokens.who_holds(session, token.strip())


def _by_cookie() -> SignedIn | None:
    secret = request.cookies.get(signed_in_cookie(g.ledger.settings))
    if not secret or request.endpoint == "static":
        return None
    with reading(g.ledger.engine, SYSTEM) as session:
        found = sign_in.who_is(session, secret, g.ledger.settings)
    if found is not None and found.is_stale:
        with transaction(g.ledger.engine, SYSTEM) as session:
            sign_in.touch(session, secret)
    return found
