"""Commands about what takes two people."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service
from cva.approvals.input_schemas import DeclineSchema
from cva.approvals.labels import line_text, request_state_name
from cva.approvals.schemas import RequestSchema
from cva.approvals.service import Shown
from cva.cli.declaring import changes, lists, reads, society_filter
from cva.cli.schema_options import schema_options
from cva.core.i18n import gettext as _


def ask(session: Session, society_id: int, kind: str, texts: Mapping[str, str], reason: str) -> str:
    """Ask for an act that a second person confirms; return the message of it."""
    asked = service.ask(session, society_id, kind, texts, reason)
    return _("Asked for, as request {id}.").format(id=asked.id)


@click.group("requests")
def request_group() -> None:
    """What one person asked for and another one confirms."""


def _line(request: dict[str, Any]) -> str:
    return f"{request['id']}  {request_state_name(request['state'])}  {request['tells']}"


@request_group.command("list")
@society_filter()
@click.option("--all", "shows_all", is_flag=True, help="Answered ones too.")
@lists(RequestSchema, _line)
def list_requests(session: Session, society_id: int | None, *, shows_all: bool) -> Sequence[Shown]:
    """List what waits for a second person."""
    is_open = None if shows_all else True
    return service.list_requests(session, is_open=is_open, society_id=society_id)


def _print_request(shown: Shown) -> None:
    state = request_state_name(shown.request.state)
    click.echo(f"{shown.request.id}  {state}  {shown.summary}")
    for part in shown.parts.shown:
        click.echo(f"  {line_text(part)}")
    if shown.parts.totals:
        click.echo(f"  {_('Total')}  {', '.join(map(str, shown.parts.totals))}")


@request_group.command("show")
@click.argument("request_id", type=int, metavar="ID")
@reads(_print_request, RequestSchema())
def show(session: Session, request_id: int) -> Shown:
    """Show a request with all that it would do."""
    return service.show(session, request_id, service.ALL_PARTS)


@request_group.command("confirm")
@click.argument("request_id", type=int, metavar="ID")
@changes
def confirm(session: Session, request_id: int) -> str:
    """Do what was asked for, as the second person."""
    service.confirm(session, request_id)
    return _("Done.")


@request_group.command("refuse")
@click.argument("request_id", type=int, metavar="ID")
@schema_options(DeclineSchema, names={"answer": "--reason"})
@changes
def refuse(session: Session, request_id: int, values: dict[str, Any]) -> str:
    """Refuse what was asked for, with the reason."""
    service.refuse(session, request_id, values["answer"])
    return _("Refused.")


@request_group.command("withdraw")
@click.argument("request_id", type=int, metavar="ID")
@changes
def withdraw(session: Session, request_id: int) -> str:
    """Withdraw what one asked for."""
    service.withdraw(session, request_id)
    return _("Withdrawn.")
