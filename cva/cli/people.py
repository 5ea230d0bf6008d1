"""Commands about one person, and about scans of signed lists."""

from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.approvals.input_schemas import MergeSchema
from cva.beneficiaries import status
from cva.beneficiaries.input_schemas import StatusSchema
from cva.beneficiaries.labels import found_by_name
from cva.beneficiaries.possible_duplicates import DuplicateGroup, find_duplicates
from cva.beneficiaries.proxies import collection_words
from cva.beneficiaries.register import RegisteredPerson, search_register
from cva.beneficiaries.schemas import RegisterPageSchema, SharedSchema
from cva.beneficiaries.status import successor_text
from cva.cli.context import as_option
from cva.cli.declaring import changes, lists, reads, society_filter, society_option
from cva.cli.requests import ask
from cva.cli.schema_options import schema_options
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.paging import Page
from cva.intake import evidence
from cva.programmes.planning import round_named
from cva.reports.person_history import HistoryLine, PersonHistory, look_up
from cva.reports.schemas import PersonSchema


@click.group("people")
def people_group() -> None:
    """Find a person, see their history, record what became of them."""


def _print_history(found: PersonHistory) -> None:
    minor = f"  {_('minor head of household')}" if found.is_minor else ""
    click.echo(f"{', '.join(found.numbers)}  {found.name}  {found.status}{minor}")
    for line in found.lines:
        click.echo(f"  {line.on}  {line.what}  {line.money or ''}  {_about(found, line)}")
        shown = [f"{name} {text}" for name, text in collection_words(line.collection)]
        shown += [_("under 18 on this day")] if line.is_minor else []
        if shown:
            click.echo(f"    {_(', ').join(shown)}")


def _about(found: PersonHistory, line: HistoryLine) -> str:
    """What else is known of a line: the instalment, the change, the successor, its sheet."""
    about = line.about if line.instalment is None else f"{line.about}/{line.instalment}"
    shown = [about, line.change]
    if line.version:
        shown.append(found.people.get(line.recorded_by or 0, ""))
    if line.successor_id:
        shown.append(successor_text(found.successors[line.successor_id]))
    if line.sheet_id and line.row:
        shown.append(f"{line.sheet_id}:{found.row_names.of(line.sheet_id, line.row)}")
    return "  ".join(each for each in shown if each)


@people_group.command("show")
@click.argument("number")
@society_option
@as_option
@reads(_print_history, PersonSchema(), is_recorded=True)
def show(session: Session, number: str, society_id: int) -> PersonHistory:
    """Show the history of the person with a registration number, oldest to newest."""
    return look_up(session, status.find_person(session, society_id, number).id)


def _print_found(found: Page[RegisteredPerson]) -> None:
    for person in found.items:
        about = (person.full_name, person.settlement, found_by_name(person.found_by))
        click.echo("  ".join([person.number, *filter(None, about)]))
    if found.pages > 1:
        page = _("Page {page} of {pages}").format(page=found.number, pages=found.pages)
        click.echo(page)


@people_group.command("find")
@click.argument("text", default="")
@click.option("--settlement", default="", help="Where the people live, as sheets write it.")
@click.option("--page", default=1, help="Of a long list.")
@society_option
@as_option
@reads(_print_found, RegisterPageSchema(), is_recorded=True)
def find(
    session: Session, text: str, settlement: str, page: int, society_id: int
) -> Page[RegisteredPerson]:
    """Find people by number, document, telephone or two parts of a name; without TEXT everybody."""
    return search_register(session, society_id, text, settlement, page)


@people_group.command("say")
@click.argument("number")
@society_option
@schema_options(
    StatusSchema,
    names={"from_on": "--since"},
    arguments=("kind",),
    options={"successor": {"metavar": "NUMBER"}},
)
@changes
def record_status(session: Session, number: str, society_id: int, values: dict[str, Any]) -> str:
    """Record what became of a person since a day."""
    status.say(session, status.find_person(session, society_id, number).id, **values)
    return _("Recorded.")


@people_group.command("duplicates")
@society_option
@lists(SharedSchema, lambda group: f"{group['shared']}: {', '.join(group['numbers'])}")
def duplicates(session: Session, society_id: int) -> list[DuplicateGroup]:
    """List people who share a document or a phone under two numbers."""
    return find_duplicates(session, society_id)


@people_group.command("merge")
@click.argument("keep")
@society_option
@schema_options(
    MergeSchema,
    arguments=("drop",),
    options={"money": {"help": "Where both were paid in one round: recoverable or loss."}},
)
@changes
def merge(session: Session, keep: str, society_id: int, values: dict[str, Any]) -> str:
    """Ask for two records of one person to be made one; a second person confirms it."""
    reason = values.pop("reason")
    return ask(session, society_id, "merge_people", values | {"keep": keep}, reason)


@click.command("evidence")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", "sheet_id", type=int, metavar="ID")
@click.option("--round", "named", metavar="ROUND", help="A number, or PROGRAMME/CODE.")
@society_filter("Where ROUND is PROGRAMME/CODE.")
@changes
def evidence_command(
    session: Session, file: Path, sheet_id: int | None, named: str | None, society_id: int | None
) -> str:
    """Keep a scan of a signed list (PDF, JPEG, PNG) with a sheet or a round."""
    if sheet_id is not None:
        evidence.add_to_sheet(session, sheet_id, file.name, file.read_bytes())
    elif named is not None:
        round_id = round_named(session, named, society_id).id
        evidence.add_to_round(session, round_id, file.name, file.read_bytes())
    else:
        raise InputError(
            _("Name the sheet or the round: --sheet ID or --round ROUND."),
            code="evidence_place_unsaid",
        )
    return _("Kept.")
