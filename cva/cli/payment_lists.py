"""Commands for payment lists: made, sent, answered."""

from collections.abc import Sequence
from pathlib import Path

import click

from cva.cli.context import (
    CommandContext,
    as_option,
    json_option,
    language_option,
    output_option,
    say_json,
    write_workbook,
)
from cva.cli.providers import find, society_option
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.money import Money
from cva.programmes import service as programmes
from cva.providers import list_dispatch, views
from cva.providers.labels import left_off, payment_list_state, payment_state
from cva.providers.schemas import MadeSchema, PaymentListSchema, PaymentListViewSchema
from cva.providers.views import ListLine
from cva.rounds.payment_lists import make_list
from cva.societies import service as societies

#: The columns of payment lists that hold words.
_TEXTS = frozenset({1, 2, 3, 7})


@click.group("provider-list")
def payment_list_group() -> None:
    """Payment lists: made, sent, answered."""


@payment_list_group.command()
@click.argument("provider")
@society_option
@click.option("--programme", required=True, metavar="CODE")
@click.option("--round", "round_code", required=True, metavar="CODE")
@click.option("--site", default="", help="Only people of this site.")
@click.option("--instead", is_flag=True, help="Pay a round that was planned to be handed out.")
@json_option
@as_option
@click.pass_obj
def make(
    desk: CommandContext,
    provider: str,
    society: str,
    programme: str,
    round_code: str,
    site: str,
    email: str,
    *,
    instead: bool,
    as_json: bool,
) -> None:
    """Make a payment list of all in a round who are neither paid nor being paid."""
    with desk.writing(email) as session:
        found = find(session, society, provider)
        of = programmes.find_programme(session, found.society_id, programme)
        planned = programmes.get_named_round(session, of, round_code)
        made = make_list(session, found.id, planned.id, site, instead=instead)
    if as_json:
        say_json(MadeSchema().dump(made))
        return
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


@payment_list_group.command("file")
@click.argument("list_id", type=int)
@output_option("Where to write it.", is_required=True)
@as_option
@click.pass_obj
def take_file(desk: CommandContext, list_id: int, output: Path, email: str) -> None:
    """Write the file for the provider; the trail says who took it."""
    with desk.writing(email) as session:
        taken = list_dispatch.take_file(session, list_id)
        ending = Path(taken.filename).suffix
        if output.suffix.lower() != ending:
            shown = _("This provider takes {ending}. Let the name of the file end so.")
            raise InputError(shown.format(ending=ending), code="list_file_ending")
    write_workbook(output, taken.content)
    click.echo(_("Written to {file}.").format(file=output))


@payment_list_group.command()
@click.argument("list_id", type=int)
@click.option("--why", default="", help="Why it is sent again.")
@language_option
@as_option
@click.pass_obj
def send(desk: CommandContext, list_id: int, why: str, email: str) -> None:
    """Record that a list goes to its provider; again only for a reason."""
    with desk.writing(email) as session:
        list_dispatch.send_list(session, list_id, why)
    click.echo(_("Payment list {id} is sent.").format(id=list_id))


@payment_list_group.command()
@click.argument("list_id", type=int)
@as_option
@click.pass_obj
def cancel(desk: CommandContext, list_id: int, email: str) -> None:
    """Drop a list that was never sent."""
    with desk.writing(email) as session:
        list_dispatch.cancel_list(session, list_id)
    click.echo(_("Payment list {id} is cancelled.").format(id=list_id))


@payment_list_group.command("list")
@click.option("--society", metavar="CODE")
@json_option
@click.pass_obj
def list_lists(desk: CommandContext, society: str | None, *, as_json: bool) -> None:
    """List the payment lists, newest first."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id if society else None
        lines = views.list_payment_lists(session, society_id=society_id)
    if as_json:
        say_json(PaymentListSchema(many=True).dump(lines))
        return
    if lines:
        _tell(lines)


@payment_list_group.command()
@click.argument("list_id", type=int)
@json_option
@click.pass_obj
def show(desk: CommandContext, list_id: int, *, as_json: bool) -> None:
    """Show a payment list: what was paid, what failed, what has no answer yet."""
    with desk.reading() as session:
        view = views.show_list(session, list_id)
    if as_json:
        say_json(PaymentListViewSchema().dump(view))
        return
    _tell([view.line])
    for standing in view.line.standings:
        state = payment_state(standing.state)
        click.echo(f"        {state:<24} {standing.payments:>7} {standing.money!s:>24}")
    for each in (*view.not_paid, *view.open):
        state = payment_state(each.state)
        shown = f"{each.number:<16} {each.reference:<14} {state:<24} {_amount(each.money)}"
        click.echo(f"        {shown}  {each.reason or ''}".rstrip())


def _amount(money: Money) -> str:
    return f"{money!s:>20}"


def _tell(lines: Sequence[ListLine]) -> None:
    """Payment lists below headings; numbers stand at the right."""
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
