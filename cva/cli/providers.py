"""Commands for providers: their float, what they state."""

from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.context import one_of
from cva.cli.declaring import changes, lists, reads, sets_up, society_filter, society_option
from cva.cli.schema_options import as_texts, schema_options
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.providers import float_movements, service, stated_balances
from cva.providers.input_schemas import BalanceSchema, FloatRequestSchema, NewProviderSchema
from cva.providers.labels import payment_state
from cva.providers.schemas import ProviderFloatSchema, ProviderSchema
from cva.providers.views import ProviderOf, list_views, show_provider


@click.group("providers")
def provider_group() -> None:
    """Banks, mobile money operators and other financial service providers."""


@provider_group.command("add")
@society_option
@schema_options(NewProviderSchema, arguments=("code", "name"))
@sets_up
def add_provider(session: Session, society_id: int, values: dict[str, Any]) -> str:
    """Add a provider."""
    added = service.add_provider(session, society_id, **values)
    return _("Added {code}.").format(code=added.code)


@provider_group.command("list")
@society_filter()
@lists(ProviderSchema, "{society:<8} {code:<10} {mechanism:<14} {name}".format_map)
def list_providers(session: Session, society_id: int | None) -> list[ProviderOf]:
    """List the providers, by name."""
    return list_views(session, society_id)


def _print_float(shown: dict[str, Any]) -> None:
    for each in shown["float"]:
        for name, amount in each.items():
            if name != "currency":
                click.echo(f"{each['currency']} {name:<11} {amount:>20}")
    for each in shown["balances"]:
        click.echo("{day} {currency} {stated:>20} {ours:>20} {difference:>20}".format(**each))
    for each in shown["under_way"]:
        click.echo(f"{each['currency']} {each['amount']:>20} {payment_state(each['state'])}")


@provider_group.command("float")
@click.argument("code")
@society_option
@reads(_print_float)
def show_float(session: Session, code: str, society_id: int) -> dict[str, Any]:
    """The float of a provider, and the balances it stated beside ours."""
    view = show_provider(session, service.find_provider(session, society_id, code))
    shown: dict[str, Any] = ProviderFloatSchema().dump(view)
    return shown


@provider_group.command("balance")
@click.argument("code")
@society_option
@schema_options(BalanceSchema)
@changes
def state_balance(session: Session, code: str, society_id: int, values: dict[str, Any]) -> str:
    """Record the balance that a provider states, and compare it with ours."""
    provider = service.find_provider(session, society_id, code)
    stated_balances.state_balance(session, provider.id, **values)
    last = stated_balances.compared(session, provider, 1)[0]
    if not last.difference_minor:
        return _("It agrees with ours.")
    difference = plain(last.stated.currency, last.difference_minor)
    return _("It differs from ours by {amount}.").format(amount=difference)


_MOVEMENTS = (float_movements.ADVANCE, float_movements.GIVE_BACK, float_movements.FEE)


@provider_group.command("ask")
@click.argument("code")
@society_option
@schema_options(
    FloatRequestSchema,
    names={"reason": "--why"},
    arguments=("kind",),
    load=as_texts,
    options={
        "kind": {"type": one_of(_MOVEMENTS)},
        "amount": {"required": True},
        "currency": {"required": True},
        "reason": {"required": True},
    },
)
@changes
def ask(session: Session, code: str, society_id: int, values: dict[str, str]) -> str:
    """Ask for an advance, a return or a fee to be booked; a second person confirms it."""
    provider = service.find_provider(session, society_id, code)
    texts = values | {"provider": str(provider.id)}
    kind, reason = texts.pop("kind"), texts.pop("reason")
    made = approvals.ask(session, society_id, kind, texts, reason)
    return _("Request {id} waits for a second person.").format(id=made.id)
