"""Commands for providers: their float, what they state."""

from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.context import CommandContext, as_option, json_option, say_json
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.programmes.service import Mechanism
from cva.providers import float_movements, service, stated_balances
from cva.providers.input_schemas import BalanceSchema, NewProviderSchema
from cva.providers.labels import payment_state
from cva.providers.models import Provider
from cva.providers.provider_views import list_views, show_provider
from cva.providers.schemas import ProviderFloatSchema, ProviderSchema
from cva.societies import service as societies

society_option = click.option("--society", required=True, metavar="CODE")


@click.group("providers")
def provider_group() -> None:
    """Banks, mobile money operators and other financial service providers."""


@provider_group.command("add")
@click.argument("code")
@click.argument("name")
@society_option
@click.option(
    "--mechanism",
    type=click.Choice([str(each) for each in Mechanism]),
    default=str(Mechanism.MOBILE_MONEY),
    show_default=True,
    help="How it pays.",
)
@click.option(
    "--template", default="general", show_default=True, help="A file in imports/providers."
)
@click.option("--tells-collection", is_flag=True, help="It tells who collected the money.")
@click.pass_obj
def add_provider(desk: CommandContext, /, society: str, **options: Any) -> None:  # noqa: ANN401
    """Add a provider."""
    with desk.writing() as session:
        society_id = societies.find_society(session, society).id
        added = service.add_provider(session, society_id, **NewProviderSchema().take(options))
        click.echo(_("Added {code}.").format(code=added.code))


@provider_group.command("list")
@click.option("--society", metavar="CODE")
@json_option
@click.pass_obj
def list_providers(desk: CommandContext, society: str | None, *, as_json: bool) -> None:
    """List the providers, by name."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id if society else None
        found = ProviderSchema(many=True).dump(list_views(session, society_id))
    if as_json:
        say_json(found)
        return
    for each in found:
        click.echo(
            f"{each['society']:<8} {each['code']:<10} {each['mechanism']:<14} {each['name']}"
        )


@provider_group.command("float")
@click.argument("code")
@society_option
@json_option
@click.pass_obj
def show_float(desk: CommandContext, code: str, society: str, *, as_json: bool) -> None:
    """The float of a provider, and the balances it stated beside ours."""
    with desk.reading() as session:
        view = show_provider(session, find(session, society, code))
        shown = ProviderFloatSchema().dump(view)
    if as_json:
        say_json(shown)
        return
    for each in shown["float"]:
        for name, amount in each.items():
            if name != "currency":
                click.echo(f"{each['currency']} {name:<11} {amount:>20}")
    for each in shown["balances"]:
        click.echo(
            f"{each['day']} {each['currency']} {each['stated']:>20} {each['ours']:>20} "
            f"{each['difference']:>20}"
        )
    for each in shown["under_way"]:
        click.echo(f"{each['currency']} {each['amount']:>20} {payment_state(each['state'])}")


@provider_group.command("balance")
@click.argument("code")
@society_option
@click.option("--day", required=True, metavar="YYYY-MM-DD", help="At whose end it was so.")
@click.option("--amount", required=True)
@click.option("--currency", required=True)
@click.option("--source", required=True, help="The statement it stands in.")
@as_option
@click.pass_obj
def state_balance(
    desk: CommandContext, /, code: str, society: str, email: str, **options: str
) -> None:
    """Write down what a provider says it holds, and compare it with ours."""
    with desk.writing(email) as session:
        provider = find(session, society, code)
        stated_balances.state_balance(session, provider.id, **BalanceSchema().take(options))
        last = stated_balances.compared(session, provider, 1)[0]
    difference = plain(last.stated.currency, last.difference_minor)
    if last.difference_minor:
        click.echo(_("It differs from ours by {amount}.").format(amount=difference))
    else:
        click.echo(_("It agrees with ours."))


@provider_group.command("ask")
@click.argument("code")
@click.argument(
    "kind",
    type=click.Choice([float_movements.ADVANCE, float_movements.GIVE_BACK, float_movements.FEE]),
)
@society_option
@click.option("--day", required=True, metavar="YYYY-MM-DD")
@click.option("--amount", required=True)
@click.option("--currency", required=True)
@click.option("--slip", required=True, help="Reference of the bank's slip or of the invoice.")
@click.option("--paid", type=click.Choice(["later", "bank"]), help="How an invoice is paid.")
@click.option("--why", required=True)
@as_option
@click.pass_obj
def ask(
    desk: CommandContext,
    code: str,
    kind: str,
    society: str,
    day: str,
    amount: str,
    currency: str,
    slip: str,
    paid: str | None,
    why: str,
    email: str,
) -> None:
    """Ask for an advance, a return or a fee to be booked; a second person confirms it."""
    with desk.writing(email) as session:
        provider = find(session, society, code)
        options = {
            "provider": str(provider.id),
            "day": day,
            "amount": amount,
            "currency": currency,
            "slip": slip,
            "paid": paid or "",
        }
        made = approvals.ask(session, provider.society_id, kind, options, why)
        click.echo(_("Request {id} waits for a second person.").format(id=made.id))


def find(session: Session, society: str, code: str) -> Provider:
    """The provider of a society, both by their codes."""
    society_id = societies.find_society(session, society).id
    return service.find_provider(session, society_id, code)
