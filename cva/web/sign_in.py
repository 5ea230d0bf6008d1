"""Signing in and out."""

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from cva.core import installation
from cva.core.db import reading, transaction
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.permissions import OPEN
from cva.core.tenancy import SYSTEM
from cva.societies import sign_in as service
from cva.societies.input_schemas import SignInSchema
from cva.web.cookies import forget_secret, keep_secret, signed_in_cookie
from cva.web.declaring import Pages, takes
from cva.web.url_parts import own_path

pages = Pages("sign_in", __name__)


@pages.get("/sign-in", needs=OPEN)
def form() -> str:
    """The form."""
    with reading(g.ledger.engine, SYSTEM) as session:
        found = installation.find(session)
    return render_template(
        "sign_in.html",
        next_page=own_path(request.args.get("next", "")),
        is_demo=found is not None and found.is_demo,
    )


@pages.post("/sign-in", needs=OPEN)
@takes(SignInSchema, "sign_in.form")
def enter(values: dict[str, Any]) -> Response:
    """Sign in; every sign-in has a secret of its own."""
    email, next_page = values["email"], own_path(values["next"])
    with transaction(g.ledger.engine, SYSTEM) as session:
        secret = service.sign_in(
            session, email, request.form.get("password", ""), request.remote_addr or ""
        )
    if secret is None:
        raise InputError(_("E-mail and password do not fit. Try again."), code="sign_in_failed")
    response = make_response(redirect(next_page or url_for("home.show")))
    keep_secret(response, g.ledger.settings, secret)
    return response


@pages.post("/sign-out", needs=OPEN)
def leave() -> Response:
    """End the session here and in the browser."""
    secret = request.cookies.get(signed_in_cookie(g.ledger.settings), "")
    with transaction(g.ledger.engine, SYSTEM) as session:
        service.sign_out(session, secret)
    response = make_response(redirect(url_for("sign_in.form")))
    forget_secret(response, g.ledger.settings)
    return response
