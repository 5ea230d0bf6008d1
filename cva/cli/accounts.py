"""Commands about people's accounts: roles, tokens, passwords, and shutting them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.cli.context import CommandContext, one_of
from cva.cli.declaring import NONE_YET, lists, row_values, sets_up, society_option
from cva.core.i18n import gettext as _
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies import password_changes, user_accounts
from cva.societies import service as societies
from cva.societies import tokens as api_tokens
from cva.societies.models import ApiToken
from cva.societies.schemas import AccountSchema, TokenSchema


@click.group("users")
def user_group() -> None:
    """People and their roles."""


@user_group.command("add")
@click.argument("email")
@click.option("--society", required=True, metavar="CODE")
@click.option("--role", required=True, type=one_of(Role))
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def add_user(
    command: CommandContext, email: str, society: str, role: str, password_file: Path | None
) -> None:
    """Give a person a role in a society; a new person gets a password."""
    with command.reading() as session:
        society_id = societies.find_society(session, society).id
        is_known = societies.find_user(session, email) is not None
    password = "" if is_known else _password(password_file)
    with command.writing() as session:
        societies.add_member(session, society_id, email, Role(role), password)
    click.echo(
        _("{email} is {role} of {society} now.").format(email=email, role=role, society=society)
    )


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text("utf-8").rstrip("\r\n")
    return str(click.prompt(_("Password"), hide_input=True, confirmation_prompt=True))


def _account_line(account: dict[str, Any]) -> str:
    shut = [_("shut")] if account["is_disabled"] else []
    return "  ".join([account["email"], account["society"], account["role"], *shut])


@user_group.command("list")
@lists(AccountSchema, _account_line, NONE_YET)
def list_users(session: Session) -> list[societies.Member]:
    """List people and roles."""
    return societies.list_members(session)


@user_group.command("disable")
@click.argument("person", metavar="EMAIL")
@sets_up
def disable_user(session: Session, person: str) -> str:
    """Shut an account at once: its sessions end, its tokens stop."""
    user_accounts.disable(session, SYSTEM, societies.get_user(session, person).id)
    return _("The account is shut.")


@user_group.command("enable")
@click.argument("person", metavar="EMAIL")
@sets_up
def enable_user(session: Session, person: str) -> str:
    """Open an account again; sessions and tokens do not come back."""
    user_accounts.enable(session, SYSTEM, societies.get_user(session, person).id)
    return _("The account is open again.")


@user_group.command("remove")
@click.argument("person", metavar="EMAIL")
@click.option("--role", required=True, type=one_of(Role))
@society_option
@sets_up
def remove_role(session: Session, person: str, role: str, society_id: int) -> str:
    """Take a role in a society away."""
    user_id = societies.get_user(session, person).id
    user_accounts.remove_role(session, SYSTEM, society_id, user_id, role)
    return _("The role is taken away.")


@user_group.command("end-sessions")
@click.argument("person", metavar="EMAIL")
@sets_up
def end_sessions(session: Session, person: str) -> str:
    """End all sessions of an account."""
    user_accounts.end_sessions(session, SYSTEM, societies.get_user(session, person).id)
    return _("The sessions were ended.")


@user_group.command("password-link")
@click.argument("person", metavar="EMAIL")
@sets_up
def make_password_link(session: Session, person: str) -> str:
    """Make a link for a new password, which works once and for a day; it is shown this once."""
    secret = password_changes.make_password_link(
        session, SYSTEM, societies.get_user(session, person).id
    )
    address = click.get_current_context().obj.settings.public_url or ""
    return f"{address}/password/{secret}"


@click.group("tokens")
def token_group() -> None:
    """Keys for programs."""


@token_group.command("add")
@click.argument("person", metavar="EMAIL")
@sets_up
def add_token(session: Session, person: str) -> str:
    """Make a bearer token that acts as a person. It is shown this once and lasts a year."""
    return api_tokens.add_token(session, person)


@token_group.command("list")
@click.argument("person", metavar="EMAIL")
@lists(TokenSchema, row_values, NONE_YET)
def list_tokens(session: Session, person: str) -> Sequence[ApiToken]:
    """List the tokens of a person that work."""
    user_id = societies.get_user(session, person).id
    return user_accounts.show_account(session, SYSTEM, user_id).tokens


@token_group.command("revoke")
@click.argument("token_id", metavar="ID", type=int)
@sets_up
def revoke_token(session: Session, token_id: int) -> str:
    """Stop a token; its number is in the list."""
    user_accounts.revoke_token(session, SYSTEM, token_id)
    return _("The token works no more.")
