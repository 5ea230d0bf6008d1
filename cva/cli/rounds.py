"""Commands about rounds and their lists."""

from collections.abc import Iterable
from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.context import CommandContext, as_option, json_option, language_option, say_json
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.money import plain
from cva.core.permissions import Permission
from cva.entitlements import drafts, list_workflow, plan_changes
from cva.entitlements.drafts import Filter
from cva.entitlements.labels import list_state_name
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import PlanSchema, round_of
from cva.programmes.models import Conditionality, Modality, Restriction, ValueRule
from cva.programmes.planning import round_named
from cva.programmes.service import Mechanism
from cva.rounds import list_from_sheets
from cva.rounds.schemas import RoundLineSchema, RoundSchema
from cva.rounds.views import RoundView, list_rounds, show_round
from cva.societies import service as societies


def one_of(words: Iterable[str]) -> click.Choice[str]:
    """A choice among stored words, as they are stored."""
    return click.Choice([str(each) for each in words])


SOURCES = ("sheets", "registered", "round")


def round_argument(command: Any) -> Any:  # noqa: ANN401
    """``ROUND``: its number, or ``PROGRAMME/CODE`` with ``--society``."""
    command = click.option("--society", metavar="CODE", help="Where ROUND is PROGRAMME/CODE.")(
        command
    )
    return click.argument("named", metavar="ROUND")(command)


def round_id_of(session: Session, named: str, society: str | None) -> int:
    """The number of the round that was named."""
    society_id = societies.find_society(session, society).id if society else None
    return round_named(session, named, society_id).id


@click.group("rounds")
def round_group() -> None:
    """Plan rounds; make, approve and change their lists. ROUND is a number or PROGRAMME/CODE."""


_PLAN = (
    click.option("--starts-on", required=True, metavar="DAY", help="Such as 2022-11-05."),
    click.option("--ends-on", default="", metavar="DAY", help="The first day where none is named."),
    click.option("--site", "sites", multiple=True, help="May be given several times."),
    click.option(
        "--modality",
        type=one_of(Modality),
        default="cash",
        show_default=True,
    ),
    click.option(
        "--mechanism",
        type=one_of(Mechanism),
        help="Else the programme's.",
    ),
    click.option("--conditionality", type=one_of(Conditionality)),
    click.option("--restriction", type=one_of(Restriction)),
    click.option(
        "--rule",
        type=one_of(ValueRule),
        default="as_listed",
        show_default=True,
    ),
    click.option("--amount", default="", help="Such as 5000, or by size 1=3000 3=5000."),
    click.option("--instalments", type=int, default=1, show_default=True),
    click.option("--voucher-kind", default=""),
    click.option("--grant", "grants", multiple=True, metavar="CODE=PERCENT", help="100 together."),
)


def _plan_options(command: Any) -> Any:  # noqa: ANN401
    """What a plan says, and who says it."""
    for option in reversed(_PLAN):
        command = option(command)
    return command


def _texts(options: dict[str, Any]) -> dict[str, str]:
    lists = {name: "\n".join(options.pop(name)) for name in ("sites", "grants")}
    return lists | {name: str(value) for name, value in options.items() if value is not None}


@round_group.command("add")
@click.argument("code")
@click.option("--society", required=True, metavar="CODE")
@click.option("--programme", required=True, metavar="CODE")
@_plan_options
@as_option
@language_option
@click.pass_obj
def add_round(
    desk: CommandContext,
    /,
    society: str,
    programme: str,
    email: str,
    **options: Any,  # noqa: ANN401
) -> None:
    """Plan a round."""
    with desk.writing(email) as session:
        society_id = societies.find_society(session, society).id
        found = programmes.find_programme(session, society_id, programme)
        plan, faults = PlanSchema().read(_texts(options))
        planned = planning.plan_round(session, round_of(session, found.id, plan, faults))
        click.echo(_("Planned round {code}, number {id}.").format(code=planned.code, id=planned.id))


@round_group.command()
@round_argument
@click.option("--code", default="", help="Another code; else it stays.")
@_plan_options
@as_option
@language_option
@click.pass_obj
def replan(
    desk: CommandContext,
    /,
    named: str,
    society: str | None,
    email: str,
    **options: Any,  # noqa: ANN401
) -> None:
    """Put another plan in place of a round's whose list is not submitted yet."""
    with desk.writing(email) as session:
        planned = planning.see_round(
            session, round_id_of(session, named, society), Permission.PREPARE
        )
        texts = _texts(options)
        texts["code"] = texts["code"].strip() or planned.code
        plan, faults = PlanSchema().read(texts)
        new = round_of(session, planned.programme_id, plan, faults, instead_of=planned)
        plan_changes.change_plan(session, planned.id, new)
        click.echo(_("The plan is changed. Make the list by it."))


@round_group.command("list")
@language_option
@json_option
@click.pass_obj
def list_all(desk: CommandContext, *, as_json: bool) -> None:
    """List the rounds, the latest first."""
    with desk.reading() as session:
        found = RoundLineSchema(many=True).dump(list_rounds(session))
    if as_json:
        say_json(found)
        return
    for line in found:
        state = list_state_name(line["list"])
        click.echo(
            f"{line['id']}  {line['programme']}/{line['code']}  {line['starts_on']}  {state}"
        )


@round_group.command("show")
@round_argument
@language_option
@json_option
@click.pass_obj
def show(desk: CommandContext, named: str, society: str | None, *, as_json: bool) -> None:
    """Show a round, how far its list is, and what it comes to."""
    with desk.reading() as session:
        view = show_round(session, round_id_of(session, named, society))
    if as_json:
        say_json(RoundSchema().dump(view))
    else:
        _tell(view)


def _tell(view: RoundView) -> None:
    state = list_state_name(view.list_state)
    click.echo(f"{view.programme.code}/{view.round.code}: {state}")
    for each in view.planned:
        amount = f"{plain(each.currency, each.minor)} {each.currency}" if each.currency else ""
        people = ngettext("{count} person", "{count} people", each.people)
        click.echo(f"  {people.format(count=each.people)}  {amount}")
    for number, fault, row in view.faults:
        click.echo(f"  {number}: {fault}" + (f" (row {row})" if row else ""))


@round_group.command("take-list")
@round_argument
@click.option(
    "--from", "source", type=click.Choice(["sheets", "registered", "round"]), required=True
)
@click.option(
    "--copy",
    "other",
    metavar="ROUND",
    help="The round whose list is copied: its people. Each is given what this round plans.",
)
@click.option("--region", help="Of the registered people.")
@click.option("--district")
@click.option("--settlement")
@click.option("--sex")
@click.option("--smallest-household", type=int)
@click.option("--largest-household", type=int)
@as_option
@language_option
@click.pass_obj
def take_list(
    desk: CommandContext,
    /,
    named: str,
    society: str | None,
    source: str,
    other: str | None,
    email: str,
    **chosen: Any,  # noqa: ANN401
) -> None:
    """Make the list: of lists kept for the round, of registered people, of another round."""
    with desk.writing(email) as session:
        round_id = round_id_of(session, named, society)
        if source == "sheets":
            people = list_from_sheets.draft_from_sheets(session, round_id)
        elif source == "registered":
            people = drafts.draft_from_filter(session, round_id, Filter(**chosen))
        elif other is None:
            raise InputError(_("Name the round to copy: --copy ROUND."), code="copied_round_unsaid")
        else:
            source_id = round_id_of(session, other, society)
            people = drafts.draft_from_round(session, round_id, source_id)
    click.echo(
        ngettext(
            "The list has {count} person now.", "The list has {count} people now.", people
        ).format(count=people)
    )


@round_group.command("submit")
@round_argument
@as_option
@language_option
@click.pass_obj
def submit(desk: CommandContext, named: str, society: str | None, email: str) -> None:
    """Submit the list to the budget holder."""
    with desk.writing(email) as session:
        list_workflow.submit_list(session, round_id_of(session, named, society))
    click.echo(_("The list waits for approval."))


@round_group.command("approve")
@round_argument
@as_option
@language_option
@click.pass_obj
def approve(desk: CommandContext, named: str, society: str | None, email: str) -> None:
    """Approve the list as the budget holder."""
    with desk.writing(email) as session:
        rows = list_from_sheets.approve_list(session, round_id_of(session, named, society))
    click.echo(
        ngettext("Approved: {count} entitlement.", "Approved: {count} entitlements.", rows).format(
            count=rows
        )
    )


@round_group.command("send-back")
@round_argument
@click.option("--reason", default="", help="Why; needed from the budget holder.")
@as_option
@language_option
@click.pass_obj
def send_back(
    desk: CommandContext, named: str, society: str | None, reason: str, email: str
) -> None:
    """Give a submitted list back, or take the own one back."""
    with desk.writing(email) as session:
        list_workflow.send_back(session, round_id_of(session, named, society), reason)
    click.echo(_("The list is a draft again."))


@round_group.command("change")
@round_argument
@click.option("--name", required=True, help="What the change is called.")
@click.option(
    "--set",
    "lines",
    multiple=True,
    required=True,
    metavar="NUMBER[/INSTALMENT]=AMOUNT|off",
    help="R-001=5000; R-001/2=2500 of the second instalment; R-001=off takes off all that the "
    "person was not given yet, R-001/2=off one instalment. May be given several times.",
)
@click.option("--reason", required=True)
@as_option
@language_option
@click.pass_obj
def change(
    desk: CommandContext,
    named: str,
    society: str | None,
    name: str,
    lines: tuple[str, ...],
    reason: str,
    email: str,
) -> None:
    """Ask for a named change of an approved list; the budget holder confirms it."""
    with desk.writing(email) as session:
        round_id = round_id_of(session, named, society)
        society_id = planning.see_round(session, round_id).society_id
        options = {"round": str(round_id), "name": name, "changes": "\n".join(lines)}
        asked = approvals.ask(session, society_id, "amend_list", options, reason)
        click.echo(_("Asked for, as request {id}.").format(id=asked.id))
