"""Accounts: one's own, those of the people one administers, a new password by a link."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.core.db import reading, transaction
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.permissions import OPEN, Permission
from cva.core.tenancy import SYSTEM
from cva.societies import password_changes, user_accounts
from cva.societies.input_schemas import ChangePasswordSchema, NewPasswordSchema, RoleSchema
from cva.societies.sign_in import whose_password
from cva.web.cookies import signed_in_cookie
from cva.web.declaring import Pages, on_page, takes

pages = Pages("accounts", __name__)


@pages.get("/account", needs=Permission.SEE_SOCIETIES)
def own() -> str:
    """One's own account."""
    with reading(g.ledger.engine, SYSTEM) as session:
        account = user_accounts.show_account(session, g.actor, g.actor.user_id)
        return render_template("account.html", account=account, is_own=True)


@pages.post("/account/password", needs=Permission.SEE_SOCIETIES)
@takes(ChangePasswordSchema, "accounts.own")
def change_password(_values: dict[str, Any]) -> Response:
    """Change one's own password; sessions elsewhere end."""
    password = _new_password()
    typed, address = request.form.get("password", ""), request.remote_addr or ""
    with user_accounts.acting(g.ledger.engine, g.actor) as session:
        fits = whose_password(session, g.signed_in.email, typed, address)
        if fits is not None:
            password_changes.change_password(session, g.actor.user_id, password, _own_secret())
    if fits is None:
        message = _("This is not your password of today.")
        raise InputError(message, {"password": [message]}, code="password_wrong")
    flash(_("Your password is changed. Sessions elsewhere were ended."), "done")
    return redirect(url_for("accounts.own"))


@pages.post("/account/sessions/end", needs=Permission.SEE_SOCIETIES)
@on_page("accounts.own")
def end_own_sessions() -> Response:
    """End one's sessions everywhere but here."""
    return _done(
        lambda session: user_accounts.end_sessions(
            session, g.actor, g.actor.user_id, _own_secret()
        ),
        _("Sessions elsewhere were ended."),
        url_for("accounts.own"),
    )


@pages.post("/account/tokens/<int:token_id>/revoke", needs=Permission.SEE_SOCIETIES)
@on_page("accounts.own")
def revoke_own_token(token_id: int) -> Response:
    """Stop a token of one's own."""
    return _revoked(token_id, url_for("accounts.own"))


@pages.get("/accounts/<int:user_id>", needs=Permission.MANAGE_SETUP)
def show(user_id: int) -> str:
    """The account of somebody in a society that one administers."""
    with reading(g.ledger.engine, SYSTEM) as session:
        account = user_accounts.show_account(session, g.actor, user_id)
        return render_template("account.html", account=account, is_own=False)


@pages.post("/accounts/<int:user_id>/disable", needs=Permission.MANAGE_SETUP)
@on_page("accounts.show")
def disable(user_id: int) -> Response:
    """Shut the account at once."""
    return _done(
        lambda session: user_accounts.disable(session, g.actor, user_id),
        _("The account is shut."),
        url_for("accounts.show", user_id=user_id),
    )


@pages.post("/accounts/<int:user_id>/enable", needs=Permission.MANAGE_SETUP)
@on_page("accounts.show")
def enable(user_id: int) -> Response:
    """Open the account again."""
    return _done(
        lambda session: user_accounts.enable(session, g.actor, user_id),
        _("The account is open again."),
        url_for("accounts.show", user_id=user_id),
    )


@pages.post("/accounts/<int:user_id>/roles/remove", needs=Permission.MANAGE_SETUP)
@takes(RoleSchema, "accounts.show")
def remove_role(values: dict[str, Any], user_id: int) -> Response:
    """Take a role away; who has none left is gone from the list of the society."""
    society_id, role = values["society"], values["role"]
    return _done(
        lambda session: user_accounts.remove_role(session, g.actor, society_id, user_id, role),
        _("The role is taken away."),
        url_for("setup.show"),
    )


@pages.post("/accounts/<int:user_id>/sessions/end", needs=Permission.MANAGE_SETUP)
@on_page("accounts.show")
def end_sessions(user_id: int) -> Response:
    """End all sessions of the account."""
    return _done(
        lambda session: user_accounts.end_sessions(session, g.actor, user_id),
        _("The sessions were ended."),
        url_for("accounts.show", user_id=user_id),
    )


@pages.post("/accounts/<int:user_id>/tokens/<int:token_id>/revoke", needs=Permission.MANAGE_SETUP)
@on_page("accounts.show")
def revoke_token(user_id: int, token_id: int) -> Response:
    """Stop a token of the account."""
    return _revoked(token_id, url_for("accounts.show", user_id=user_id))


def _revoked(token_id: int, page: str) -> Response:
    return _done(
        lambda session: user_accounts.revoke_token(session, g.actor, token_id),
        _("The token works no more."),
        page,
    )


def _done(act: Callable[[Session], None], message: str, page: str) -> Response:
    """Change an account, and lead on to a page that says so."""
    with user_accounts.acting(g.ledger.engine, g.actor) as session:
        act(session)
    flash(message, "done")
    return redirect(page)


@pages.post("/accounts/<int:user_id>/password-link", needs=Permission.MANAGE_SETUP)
@on_page("accounts.show")
def make_password_link(user_id: int) -> str:
    """Make a link by which the person chooses a new password, and show it this once."""
    with user_accounts.acting(g.ledger.engine, g.actor) as session:
        secret = password_changes.make_password_link(session, g.actor, user_id)
        account = user_accounts.show_account(session, g.actor, user_id)
        link = url_for("accounts.choose_password", secret=secret, _external=True)
        return render_template("account.html", account=account, is_own=False, link=link)


@pages.get("/password/<secret:secret>", needs=OPEN)
def choose_password(secret: str) -> str:
    """Where the holder of a link chooses a new password."""
    with reading(g.ledger.engine, SYSTEM) as session:
        holder = password_changes.holder_of_link(session, secret)
        return render_template("password.html", holder=holder, secret=secret)


@pages.post("/password/<secret:secret>", needs=OPEN)
@takes(NewPasswordSchema, "accounts.choose_password")
def set_password(_values: dict[str, Any], secret: str) -> Response:
    """Take the new password; the link works no more."""
    password = _new_password()
    with transaction(g.ledger.engine, SYSTEM) as session:
        password_changes.use_password_link(session, secret, password)
    flash(_("Your password is changed. Sign in with it."), "done")
    return redirect(url_for("sign_in.form"))


def _new_password() -> str:
    """The new password as it was typed."""
    password = request.form.get("new_password", "")
    if password != request.form.get("again", ""):
        message = _("The two are not the same. Type both again.")
        raise InputError(message, {"again": [message]}, code="password_differs")
    return password


def _own_secret() -> str:
    return request.cookies.get(signed_in_cookie(g.ledger.settings), "")
