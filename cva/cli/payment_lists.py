"""Commands for payment lists: made, sent, answered."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.cli.context import (
    CommandContext,
    as_option,
    output_option,
    write_workbook,
)
from cva.cli.declaring import changes, reads, society_filter, society_option
from cva.cli.schema_options import schema_options
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.programmes import service as programmes
from cva.providers import list_dispatch, views
from cva.providers.input_schemas import NewPaymentListSchema, SendingFormSchema
from cva.providers.instructions import Made
from cva.providers.labels import left_off, payment_list_state, payment_state
from cva.providers.schemas import MadeSchema, PaymentListSchema, PaymentListViewSchema
from cva.providers.service import find_provider
from cva.providers.views import ListLine, ListView
from cva.rounds.payment_lists import make_list

#: The columns of payment lists that hold words.
_TEXTS = frozenset({1, 2, 3, 7})


@click.group("provider-list")
def payment_list_group() -> None:
    """Payment lists: made, sent, answered."""


def _print_made(made: Made) -> None:
    totals = ", ".join(map(str, made.totals))
    click.echo(
        ngettext(
            "Payment list {id}: {count} payment, {totals}.",
            "Payment list {id}: {count} payments, {totals}.",
            made.payments,
        ).format(id=made.list_id, count=made.payments, totals=totals)
    )
    for each in made.lacking:
        shown = _("{number} is not on it: {fields} is not known.")
        click.echo(shown.format(number=each.number, fields=", ".join(each.fields)), err=True)
    for shown in left_off(made.departed, made.successors, made.in_sheets):
        click.echo(shown, err=True)


@payment_list_group.command()
@click.argument("provider")
@society_option
@click.option("--programme", required=True, metavar="CODE")
@click.option("--round", "round_code", required=True, metavar="CODE")
@schema_options(NewPaymentListSchema)
@as_option
@reads(_print_made, MadeSchema(), is_recorded=True)
def make(
    session: Session,
    provider: str,
    society_id: int,
    programme: str,
    round_code: str,
    values: dict[str, Any],
) -> Made:
    """Make a payment list of all in a round who are neither paid nor being paid."""
    found = find_provider(session, society_id, provider)
    of = programmes.find_programme(session, society_id, programme)
    planned = programmes.get_named_round(session, of, round_code)
    return make_list(session, found.id, planned.id, **values)


@payment_list_group.command("file")
@click.argument("list_id", type=int)
@output_option("Where to write it.", is_required=True)
@as_option
@click.pass_obj
def take_file(command: CommandContext, list_id: int, output: Path, email: str) -> None:
    """Write the file for the provider; the trail says who took it."""
    with command.writing(email) as session:
        taken = list_dispatch.take_file(session, list_id)
        ending = Path(taken.filename).suffix
        if output.suffix.lower() != ending:
            shown = _("This provider takes {ending}. Let the name of the file end so.")
            raise InputError(shown.format(ending=ending), code="list_file_ending")
    write_workbook(output, taken.content)
    click.echo(_("Written to {file}.").format(file=output))


@payment_list_group.command()
@click.argument("list_id", type=int)
@schema_options(SendingFormSchema, names={"reason": "--why"})
@changes
def send(session: Session, list_id: int, values: dict[str, Any]) -> str:
    """Record that a list goes to its provider; again only for a reason."""
    list_dispatch.send_list(session, list_id, values["reason"])
    return _("Payment list {id} is sent.").format(id=list_id)


@payment_list_group.command()
@click.argument("list_id", type=int)
@changes
def cancel(session: Session, list_id: int) -> str:
    """Drop a list that was never sent."""
    list_dispatch.cancel_list(session, list_id)
    return _("Payment list {id} is cancelled.").format(id=list_id)


def _print_lists(lines: Sequence[ListLine]) -> None:
    """Payment lists below headings; numbers are aligned to the right."""
    if not lines:
        return
    words = (_("State"), _("Provider"), _("Round"))
    counts = (_("Payments"), _("No answer yet"), _("Not paid"))
    rows: list[Sequence[str]] = [(_("Number"), *words, *counts, _("File"))]
    for line in lines:
        found = line.payment_list
        options = (payment_list_state(found.state), line.provider.code, line.round_code)
        counted = map(str, (found.payments, line.unanswered, line.not_paid))
        rows.append((str(found.id), *options, *counted, found.filename))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            text.ljust(width) if at in _TEXTS else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())


@payment_list_group.command("list")
@society_filter()
@reads(_print_lists, PaymentListSchema(many=True))
def list_lists(session: Session, society_id: int | None) -> list[ListLine]:
    """List the payment lists, newest first."""
    return views.list_payment_lists(session, society_id=society_id)


def _print_list(view: ListView) -> None:
    _print_lists([view.line])
    for standing in view.line.standings:
        state = payment_state(standing.state)
        click.echo(f"        {state:<24} {standing.payments:>7} {standing.money!s:>24}")
    for each in (*view.not_paid, *view.open):
        state = payment_state(each.state)
        shown = f"{each.number:<16} {each.reference:<14} {state:<24} {each.money!s:>20}"
        click.echo(f"        {shown}  {each.reason or ''}".rstrip())


@payment_list_group.command()
@click.argument("list_id", type=int)
@reads(_print_list, PaymentListViewSchema())
def show(session: Session, list_id: int) -> ListView:
    """Show a payment list: what was paid, what failed, what has no answer yet."""
    return views.show_list(session, list_id)
