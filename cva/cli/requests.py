"""Commands about what takes two people."""

import click

from cva.approvals import service
from cva.approvals.labels import line_text, request_state_name
from cva.approvals.schemas import RequestSchema
from cva.cli.context import CommandContext, as_option, json_option, language_option, say_json
from cva.core.i18n import gettext as _
from cva.societies import service as societies


@click.group("requests")
def request_group() -> None:
    """What one person asked for and another one confirms."""


@request_group.command("list")
@click.option("--society", metavar="CODE", help="Only of this society.")
@click.option("--all", "shows_all", is_flag=True, help="Answered ones too.")
@language_option
@json_option
@click.pass_obj
def list_requests(
    desk: CommandContext, society: str | None, *, shows_all: bool, as_json: bool
) -> None:
    """List what waits for a second person."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id if society else None
        found = service.list_requests(
            session, is_open=None if shows_all else True, society_id=society_id
        )
        shown = RequestSchema(many=True).dump(found)
    if as_json:
        say_json(shown)
        return
    for each in shown:
        click.echo(f"{each['id']}  {request_state_name(each['state'])}  {each['tells']}")


@request_group.command("show")
@click.argument("request_id", type=int, metavar="ID")
@language_option
@json_option
@click.pass_obj
def show(desk: CommandContext, request_id: int, *, as_json: bool) -> None:
    """Show a request with all that it would do."""
    with desk.reading() as session:
        shown = service.show(session, request_id, service.ALL_PARTS)
    if as_json:
        say_json(RequestSchema().dump(shown))
        return
    state = request_state_name(shown.request.state)
    click.echo(f"{shown.request.id}  {state}  {shown.summary}")
    for part in shown.parts.shown:
        click.echo(f"  {line_text(part)}")
    if shown.parts.totals:
        click.echo(f"  {_('Total')}  {', '.join(map(str, shown.parts.totals))}")


@request_group.command("confirm")
@click.argument("request_id", type=int, metavar="ID")
@as_option
@language_option
@click.pass_obj
def confirm(desk: CommandContext, request_id: int, email: str) -> None:
    """Do what was asked for, as the second person."""
    with desk.writing(email) as session:
        service.confirm(session, request_id)
    click.echo(_("Done."))


@request_group.command("refuse")
@click.argument("request_id", type=int, metavar="ID")
@click.option("--reason", required=True)
@as_option
@language_option
@click.pass_obj
def refuse(desk: CommandContext, request_id: int, reason: str, email: str) -> None:
    """Say no, and why."""
    with desk.writing(email) as session:
        service.refuse(session, request_id, reason)
    click.echo(_("Refused."))


@request_group.command("withdraw")
@click.argument("request_id", type=int, metavar="ID")
@as_option
@language_option
@click.pass_obj
def withdraw(desk: CommandContext, request_id: int, email: str) -> None:
    """Take back what one asked for."""
    with desk.writing(email) as session:
        service.withdraw(session, request_id)
    click.echo(_("Withdrawn."))
