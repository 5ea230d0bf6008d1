"""Commands about rounds and their lists."""

from typing import Any

import click
from sqlmodel import Session

from cva.cli.context import one_of
from cva.cli.declaring import changes, lists, reads, round_argument, society_filter, society_option
from cva.cli.requests import ask
from cva.cli.schema_options import schema_options
from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.input_schema import InputSchema
from cva.core.money import plain
from cva.core.permissions import Permission
from cva.entitlements import drafts, list_workflow
from cva.entitlements.drafts import Filter
from cva.entitlements.input_schemas import (
    ListChangeSchema,
    ListVersionSchema,
    PeopleFilterSchema,
    SendBackSchema,
)
from cva.entitlements.labels import list_state_name
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import PlanSchema, round_of
from cva.programmes.planning import round_named
from cva.rounds import list_from_sheets
from cva.rounds.schemas import RoundLineSchema, RoundSchema
from cva.rounds.views import ListedRound, RoundView, list_rounds, show_round

#: What a list is made of.
_SOURCES = ("sheets", "registered", "round")

#: Options of a plan that differ from the fields of the page.
_PLAN: dict[str, dict[str, Any]] = {
    "ends_on": {"help": "The first day where none is named."},
    "sites": {"multiple": True, "help": "May be given several times."},
    "mechanism": {"help": "Else the programme's."},
    "amount": {"help": "Such as 5000, or by size 1=3000 3=5000."},
    "grants": {"multiple": True, "metavar": "CODE=PERCENT", "help": "100 together."},
}
_SEEN_DRAFT = {"drafts": {"help": "The draft that was seen; 'rounds show' names it."}}
_PLAN_FLAGS = {"sites": "--site", "grants": "--grant"}


@click.group("rounds")
def round_group() -> None:
    """Plan rounds; make, approve and change their lists. ROUND is a number or PROGRAMME/CODE."""


@round_group.command("add")
@society_option
@click.option("--programme", required=True, metavar="CODE")
@schema_options(
    PlanSchema,
    names=_PLAN_FLAGS,
    arguments=("code",),
    load=InputSchema.read,
    into="plan",
    options=_PLAN,
)
@changes
def add_round(
    session: Session, society_id: int, programme: str, plan: tuple[dict[str, Any], FormErrors]
) -> str:
    """Plan a round."""
    found = programmes.find_programme(session, society_id, programme)
    planned = planning.plan_round(session, round_of(session, found.id, *plan))
    return _("Planned round {code}, number {id}.").format(code=planned.code, id=planned.id)


@round_group.command()
@round_argument
@click.option("--code", default="", help="Another code; else it stays.")
@schema_options(
    PlanSchema,
    names=_PLAN_FLAGS,
    left_out=("code",),
    load=InputSchema.read,
    into="plan",
    options=_PLAN,
)
@changes
def replan(
    session: Session, round_id: int, code: str, plan: tuple[dict[str, Any], FormErrors]
) -> str:
    """Put another plan in place of a round's whose list is not submitted yet."""
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    values, faults = plan
    values["code"] = code.strip() or planned.code
    new = round_of(session, planned.programme_id, values, faults, instead_of=planned)
    list_workflow.change_plan(session, round_id, new)
    return _("The plan is changed. Make the list by it.")


def _line(listed: dict[str, Any]) -> str:
    state = list_state_name(listed["list"])
    return "{id}  {programme}/{code}  {starts_on}  ".format(**listed) + state


@round_group.command("list")
@lists(RoundLineSchema, _line)
def list_all(session: Session) -> list[ListedRound]:
    """List the rounds, the latest first."""
    return list_rounds(session)


def _print_round(view: RoundView) -> None:
    state = list_state_name(view.list_state)
    click.echo(f"{view.programme.code}/{view.round.code}: {state}")
    if view.list:
        click.echo("  " + _("Draft {number}").format(number=view.list.drafts))
    for each in view.planned:
        amount = f"{plain(each.currency, each.minor)} {each.currency}" if each.currency else ""
        people = ngettext("{count} person", "{count} people", each.people)
        click.echo(f"  {people.format(count=each.people)}  {amount}")
    for number, fault, _row, row in view.faults:
        click.echo(f"  {number}: {fault}" + (f" (row {row})" if row else ""))


@round_group.command("show")
@round_argument
@reads(_print_round, RoundSchema())
def show(session: Session, round_id: int) -> RoundView:
    """Show a round, how far its list is, and what it comes to."""
    return show_round(session, round_id)


@round_group.command("take-list")
@click.argument("named", metavar="ROUND")
@society_filter("Where ROUND is PROGRAMME/CODE.")
@click.option("--from", "source", type=one_of(_SOURCES), required=True)
@click.option(
    "--copy",
    "other",
    metavar="ROUND",
    help="The round whose list is copied: its people. Each is given what this round plans.",
)
@schema_options(PeopleFilterSchema)
@changes
def take_list(
    session: Session,
    named: str,
    society_id: int | None,
    source: str,
    other: str | None,
    values: dict[str, Any],
) -> str:
    """Make the list: of lists kept for the round, of registered people, of another round."""
    round_id = round_named(session, named, society_id).id
    if source == "sheets":
        people = list_from_sheets.draft_from_sheets(session, round_id)
    elif source == "registered":
        people = drafts.draft_from_filter(session, round_id, Filter(**values))
    elif other is None:
        raise InputError(_("Name the round to copy: --copy ROUND."), code="copied_round_unsaid")
    else:
        source_id = round_named(session, other, society_id).id
        people = drafts.draft_from_round(session, round_id, source_id)
    shown = ngettext("The list has {count} person now.", "The list has {count} people now.", people)
    return shown.format(count=people)


@round_group.command("submit")
@round_argument
@schema_options(ListVersionSchema, options=_SEEN_DRAFT)
@changes
def submit(session: Session, round_id: int, values: dict[str, Any]) -> str:
    """Submit the list to the budget holder."""
    list_workflow.submit_list(session, round_id, values["drafts"])
    return _("The list waits for approval.")


@round_group.command("approve")
@round_argument
@schema_options(ListVersionSchema, options=_SEEN_DRAFT)
@changes
def approve(session: Session, round_id: int, values: dict[str, Any]) -> str:
    """Approve the list as the budget holder."""
    rows = list_from_sheets.approve_list(session, round_id, values["drafts"])
    shown = ngettext("Approved: {count} entitlement.", "Approved: {count} entitlements.", rows)
    return shown.format(count=rows)


@round_group.command("send-back")
@round_argument
@schema_options(
    SendBackSchema,
    names={"answer": "--reason"},
    options={"answer": {"help": "Why; needed from the budget holder."}},
)
@changes
def send_back(session: Session, round_id: int, values: dict[str, Any]) -> str:
    """Give a submitted list back, or withdraw the own one."""
    list_workflow.send_back(session, round_id, values["answer"])
    return _("The list is a draft again.")


@round_group.command("change")
@round_argument
@schema_options(
    ListChangeSchema,
    names={"changes": "--set"},
    options={
        "changes": {
            "multiple": True,
            "metavar": "NUMBER[/INSTALMENT]=AMOUNT|off",
            "help": "R-001=5000; R-001/2=2500 of the second instalment; R-001=off takes off "
            "all that the person was not given yet, R-001/2=off one instalment. May be given "
            "several times.",
        }
    },
)
@changes
def change(session: Session, round_id: int, values: dict[str, Any]) -> str:
    """Ask for a named change of an approved list; the budget holder confirms it."""
    society_id = planning.see_round(session, round_id).society_id
    reason = values.pop("reason")
    return ask(session, society_id, "amend_list", values | {"round": str(round_id)}, reason)
