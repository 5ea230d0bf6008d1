"""Commands about one person, and about scans of signed lists."""

from pathlib import Path

import click

from cva.approvals import service as approvals
from cva.beneficiaries import status
from cva.beneficiaries.departures import successor_text
from cva.beneficiaries.input_schemas import StatusSchema
from cva.beneficiaries.possible_duplicates import find_duplicates
from cva.beneficiaries.proxies import collection_words
from cva.beneficiaries.schemas import SharedSchema
from cva.cli.context import CommandContext, as_option, json_option, language_option, say_json
from cva.cli.rounds import round_id_of
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.intake import evidence
from cva.reports.person_history import HistoryLine, PersonHistory, look_up
from cva.reports.schemas import PersonSchema
from cva.societies import service as societies


@click.group("people")
def people_group() -> None:
    """Find a person, see their history, say what became of them."""


@people_group.command("show")
@click.argument("number")
@click.option("--society", required=True, metavar="CODE")
@as_option
@language_option
@json_option
@click.pass_obj
def show(desk: CommandContext, number: str, society: str, email: str, *, as_json: bool) -> None:
    """Show the history of the person with a registration number, oldest to newest."""
    with desk.writing(email) as session:
        society_id = societies.find_society(session, society).id
        person = status.find_person(session, society_id, number)
        found = look_up(session, person.id)
    if as_json:
        say_json(PersonSchema().dump(found))
        return
    minor = f"  {_('minor head of household')}" if found.is_minor else ""
    click.echo(f"{', '.join(found.numbers)}  {found.name}  {found.status}{minor}")
    for line in found.lines:
        click.echo(f"  {line.on}  {line.what}  {line.money or ''}  {_about(found, line)}")
        shown = [f"{name} {text}" for name, text in collection_words(line.collection)]
        shown += [_("under 18 on this day")] if line.is_minor else []
        if shown:
            click.echo(f"    {_(', ').join(shown)}")


def _about(found: PersonHistory, line: HistoryLine) -> str:
    """What else is told of a line: the instalment, the change, the successor, where it stands."""
    about = line.about if line.instalment is None else f"{line.about}/{line.instalment}"
    shown = [about, line.change]
    if line.version:
        shown.append(found.people.get(line.recorded_by or 0, ""))
    if line.successor_id:
        shown.append(successor_text(found.successors[line.successor_id]))
    shown.append(f"{line.sheet_id}:{line.row}" if line.sheet_id else "")
    return "  ".join(each for each in shown if each)


@people_group.command("say")
@click.argument("number")
@click.argument("what", type=click.Choice([str(each) for each in status.SAYABLE]))
@click.option("--society", required=True, metavar="CODE")
@click.option("--since", required=True, metavar="DAY")
@click.option("--note", required=True, help="How it is known.")
@click.option("--successor", default="", metavar="NUMBER", help="Who receives from then on.")
@as_option
@language_option
@click.pass_obj
def say(
    desk: CommandContext,
    number: str,
    what: str,
    society: str,
    since: str,
    note: str,
    successor: str,
    email: str,
) -> None:
    """Say what became of a person since a day."""
    with desk.writing(email) as session:
        society_id = societies.find_society(session, society).id
        person = status.find_person(session, society_id, number)
        options = {"kind": what, "from_on": since, "note": note, "successor": successor}
        status.say(session, person.id, **StatusSchema().take(options))
    click.echo(_("Recorded."))


@people_group.command("duplicates")
@click.option("--society", required=True, metavar="CODE")
@language_option
@json_option
@click.pass_obj
def duplicates(desk: CommandContext, society: str, *, as_json: bool) -> None:
    """List people who share a document or a phone under two numbers."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id
        groups = find_duplicates(session, society_id)
    if as_json:
        say_json(SharedSchema(many=True).dump(groups))
        return
    for group in groups:
        click.echo(f"{group.shared}: {', '.join(each.number for each in group.people)}")


@people_group.command("merge")
@click.argument("keep")
@click.argument("drop")
@click.option("--society", required=True, metavar="CODE")
@click.option("--money", default="", help="Where both were paid in one round: recoverable or loss.")
@click.option("--reason", required=True)
@as_option
@language_option
@click.pass_obj
def merge(
    desk: CommandContext, keep: str, drop: str, society: str, money: str, reason: str, email: str
) -> None:
    """Ask for two records of one person to be made one; a second person confirms it."""
    with desk.writing(email) as session:
        society_id = societies.find_society(session, society).id
        options = {"keep": keep, "drop": drop, "money": money}
        asked = approvals.ask(session, society_id, "merge_people", options, reason)
        click.echo(_("Asked for, as request {id}.").format(id=asked.id))


@click.command("evidence")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", "sheet_id", type=int, metavar="ID")
@click.option("--round", "named", metavar="ROUND", help="A number, or PROGRAMME/CODE.")
@click.option("--society", metavar="CODE")
@as_option
@language_option
@click.pass_obj
def evidence_command(
    desk: CommandContext,
    file: Path,
    sheet_id: int | None,
    named: str | None,
    society: str | None,
    email: str,
) -> None:
    """Keep a scan of a signed list (PDF, JPEG, PNG) with a sheet or a round."""
    with desk.writing(email) as session:
        if sheet_id is not None:
            evidence.add_to_sheet(session, sheet_id, file.name, file.read_bytes())
        elif named is not None:
            round_id = round_id_of(session, named, society)
            evidence.add_to_round(session, round_id, file.name, file.read_bytes())
        else:
            raise InputError(
                _("Name the sheet or the round: --sheet ID or --round ROUND."),
                code="evidence_place_unsaid",
            )
    click.echo(_("Kept."))
