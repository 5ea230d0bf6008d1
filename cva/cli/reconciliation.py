"""What a round planned and what came of it, and the sheets to fill in for it: as commands."""

from pathlib import Path

import click
from sqlmodel import Session

from cva.beneficiaries.status import since_text
from cva.cli.context import OWN_NAME, CommandContext, output_option, write_workbook
from cva.cli.declaring import reads, round_argument, round_id_of
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.money import plain
from cva.entitlements.delivery_comparison import Outcome
from cva.rounds.field_lists import ReadyList, ReadyLists, take_field_list, take_field_lists
from cva.rounds.labels import amount_names, available_text, instalments_text, outcome_name
from cva.rounds.reconciliation import Reconciliation, reconcile
from cva.rounds.reconciliation_export import export
from cva.rounds.schemas import ReconciliationSchema
from cva.rounds.templates import ReadyTemplate, take_template, wanted_by_codes
from cva.sheets.vocabulary.layouts import kind_names
from cva.sheets.writing.template_texts import languages
from cva.sheets.writing.template_workbook import MOST_ROWS

#: So many differences are printed.
MOST_PRINTED = 50


def _print_reconciliation(found: Reconciliation) -> None:
    for answer in Outcome:
        if found.people[answer]:
            click.echo(f"{outcome_name(answer):<26} {found.people[answer]:>18}")
    if found.is_in_instalments:
        click.echo(f"{_('Instalments')}: {instalments_text(found)}")
    for one in found.sums:
        click.echo(f"{one.currency or _('pieces'):<26} {'':>18} {_('People'):>8}")
        for name, word in amount_names().items():
            amount = plain(one.currency, getattr(one, name))
            click.echo(f"  {word:<24} {amount:>18} {one.people.get(name, ''):>8}")
    for sheet_id, rows in found.left_out.items():
        shown = ngettext(
            "{count} row of sheet {sheet} has an error and counts nowhere here.",
            "{count} rows of sheet {sheet} have errors and count nowhere here.",
            rows,
        )
        click.echo(shown.format(count=rows, sheet=sheet_id))
    for line in found.differences[:MOST_PRINTED]:
        waits, status = found.available_of(line), found.departure_of(line)
        by = waits or line.delivery
        where = f"  {by.sheet_id}:{found.row_names.of(by.sheet_id, by.row)}" if by else ""
        left = f"  {since_text(status, status.from_on.isoformat())}" if status else ""
        number = f"{found.number(line)}/{line.instalment or '-'}"
        there = f", {available_text(waits)}" if waits else ""
        click.echo(f"{number:<20} {outcome_name(line.answer)}{there}{where}{left}")
    more = len(found.differences) - MOST_PRINTED
    if more > 0:
        click.echo(
            ngettext(
                "{count} more difference; --json tells all.",
                "{count} more differences; --json tells all.",
                more,
            ).format(count=more)
        )


def _is_settled(found: Reconciliation) -> bool:
    return not (found.differences or found.left_out)


@click.command("reconcile")
@round_argument
@output_option("Write it as a workbook with formulas.")
@reads(_print_reconciliation, ReconciliationSchema(), is_sound=_is_settled)
def reconcile_command(session: Session, round_id: int, output: Path | None) -> Reconciliation:
    """Hold a round's list against what was reported: exit status 1 while there are differences."""
    found = reconcile(session, round_id)
    if output is not None:
        write_workbook(output, export(found)[1])
    return found


def _write_taken(taken: ReadyTemplate | ReadyList | ReadyLists, output: Path | None) -> None:
    """Write what was taken out, under a name of its own unless another one is named."""
    target = output or Path(taken.filename)
    write_workbook(target, taken.written())
    message = ngettext(
        "{file} is written, with {count} person filled in.",
        "{file} is written, with {count} people filled in.",
        taken.people,
    )
    shown = message if taken.people else _("{file} is written.")
    click.echo(shown.format(file=target, count=taken.people))


@click.command("field-list")
@round_argument
@click.option("--site", default="", help="Only the people of this site.")
@click.option("--all-sites", is_flag=True, help="A zip of one workbook for each site.")
@click.option("--language", type=click.Choice(languages()), default="en", show_default=True)
@output_option(OWN_NAME)
@click.option("--as", "email", metavar="EMAIL", help="Act for this person.")
@click.pass_obj
def field_list(
    command: CommandContext,
    of_round: str,
    of_society: str | None,
    site: str,
    language: str,
    output: Path | None,
    email: str | None,
    *,
    all_sites: bool,
) -> None:
    """Write the field list of a round: who is still to be given what, to fill in or to print."""
    with command.writing(email) as session:
        round_id = round_id_of(session, of_round, of_society)
        taken = (
            take_field_lists(session, round_id, language=language)
            if all_sites
            else take_field_list(session, round_id, site=site, language=language)
        )
    if taken.left_off:
        click.echo(taken.left_off, err=True)
    _write_taken(taken, output)


@click.command()
@click.argument("kind", type=click.Choice(kind_names()))
@click.option("--society", required=True, metavar="CODE")
@click.option("--programme", metavar="CODE", help="Its programme; decides the currency.")
@click.option(
    "--round", "round_code", default="", metavar="CODE", help="With the people of its list."
)
@click.option("--language", type=click.Choice(languages()), default="en", show_default=True)
@click.option("--rows", type=click.IntRange(0, MOST_ROWS), help="How many blank rows to prepare.")
@output_option(OWN_NAME)
@click.option("--as", "email", metavar="EMAIL", help="Act for this person.")
@click.pass_obj
def templates(
    command: CommandContext,
    kind: str,
    society: str,
    programme: str | None,
    round_code: str,
    language: str,
    rows: int | None,
    output: Path | None,
    email: str | None,
) -> None:
    """Write a template of KIND to fill in: drop-downs, locked headings, a total row."""
    with command.writing(email) as session:
        wanted = wanted_by_codes(
            session,
            society,
            programme,
            kind=kind,
            round_code=round_code,
            language=language,
            blank_rows=rows,
        )
        taken = take_template(session, wanted)
    _write_taken(taken, output)
