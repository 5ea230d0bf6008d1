"""Commands that send, show and decide sheets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.check import kind_option, settled_option
from cva.cli.context import CommandContext, as_option, json_option, language_option, say_json
from cva.cli.report_lines import tell_report, tell_totals
from cva.core.errors import CvaError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.intake import approval as deciding
from cva.intake import inbox, sheet_submission
from cva.intake import views as showing
from cva.intake.check_jobs import limits_of
from cva.intake.checking import check_run
from cva.intake.column_mapping import CURABLE
from cva.intake.input_schemas import ExceptionSchema, SheetRejectionSchema, SubmissionSchema
from cva.intake.receiving import NewSheet, receive
from cva.intake.schemas import SheetLineSchema, SheetSchema
from cva.intake.sheet_report import checked_sheet
from cva.intake.sheet_submission import Submission, UnconfirmedError
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging import workflow
from cva.staging.labels import sheet_state_name
from cva.staging.models import SheetState

#: What the sender confirms, as this command line says it.
_CONFIRMATIONS = {
    "leave_out_errors": ("--leave-out-errors", "Submit without the rows with errors."),
    "handed_out": (
        "--handed-out",
        "All rows were handed out, as signed for on the original list; where no column says so.",
    ),
    "totals_confirmed": (
        "--confirm-totals",
        "The rows are right, though a total in the sheet differs.",
    ),
    "changes_confirmed": (
        "--confirm-changes",
        "What differs is meant so: from field list, voucher books or, in a list, registered names.",
    ),
}


def confirming(command: Any) -> Any:  # noqa: ANN401
    """What pages ask before a sheet is submitted: said out loud, never taken for granted."""
    for name, (option, shown) in reversed(_CONFIRMATIONS.items()):
        command = click.option(option, name, is_flag=True, help=shown)(command)
    return command


def version_option(command: Any) -> Any:  # noqa: ANN401
    """``--version N``: nothing is decided where the sheet changed since it was looked at."""
    return click.option(
        "--version", type=int, help="Only this version, as `cva sheets show --json` gives it."
    )(command)


@click.group("sheets")
def sheet_group() -> None:
    """Send, show and decide sheets."""


@sheet_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--society", required=True, metavar="CODE")
@click.option("--programme", required=True, metavar="CODE")
@click.option("--round", "round_code", metavar="CODE", help="The named round it belongs to.")
@click.option("--list", "is_list", is_flag=True, help="A list before hand-out: not posted.")
@kind_option
@settled_option
@click.option("--replaces", "replaces_id", type=int, metavar="ID", help="The sheet it mends.")
@confirming
@click.option("--submit", "do_submit", is_flag=True, help="Submit it, with what is confirmed.")
@as_option
@language_option
@json_option
@click.pass_context
def send(
    context: click.Context,
    /,
    file: Path,
    society: str,
    programme: str,
    round_code: str | None,
    kind: str | None,
    settled: dict[str, str],
    replaces_id: int | None,
    email: str,
    *,
    is_list: bool,
    do_submit: bool,
    as_json: bool,
    **confirmed: bool,
) -> None:
    """Send a sheet and check it.

    Exit status: 0 stored, 1 stored but not submitted as asked, 2 refused as a whole.
    """
    desk: CommandContext = context.obj
    with desk.writing(email) as session:
        society_id = societies.find_society(session, society).id
        received = receive(
            session,
            NewSheet(
                programme_id=programmes.find_programme(session, society_id, programme).id,
                filename=file.name,
                content=file.read_bytes(),
                round_code=round_code,
                is_list=is_list,
                settled=settled | ({"kind": kind} if kind else {}),
                replaces_id=replaces_id,
            ),
        )
    check_run(desk.ledger.engine, received.run_id, limits_of(desk.ledger))
    problem = None
    if do_submit:
        with desk.reading(email) as session:
            version = workflow.get_sheet(session, received.sheet_id).version
        problem = _submit(desk, email, received.sheet_id, {**confirmed, "version": version})
    with desk.reading() as session:
        shown = _dumped(session, received.sheet_id)
    is_refused = shown["state"] == SheetState.REFUSED
    if as_json:
        say_json(shown if problem is None else shown | {"problem": problem})
    else:
        _tell(shown, problem)
    context.exit(2 if is_refused else 1 if problem else 0)


def _submit(
    desk: CommandContext, email: str, sheet_id: int, options: Mapping[str, Any]
) -> str | None:
    """Submit; return why it could not be done, if so."""
    submission = Submission(**SubmissionSchema().take(options))
    try:
        with desk.writing(email) as session:
            sheet_submission.submit(session, sheet_id, submission)
    except CvaError as error:
        return _how(error)
    return None


def _how(error: CvaError) -> str:
    """An error, with the option that confirms what it asks about."""
    if not isinstance(error, UnconfirmedError):
        return str(error)
    option, _told = _CONFIRMATIONS[error.field]
    return _("{problem} Say so with {option}.").format(problem=error, option=option)


def _dumped(session: Session, sheet_id: int) -> dict[str, Any]:
    sheet = workflow.get_sheet(session, sheet_id)
    shown: dict[str, Any] = SheetSchema().dump(checked_sheet(session, sheet))
    return shown


def _look(desk: CommandContext, email: str, sheet_id: int) -> int:
    """Print what a sheet comes to; give back the version that was seen."""
    with desk.reading(email) as session:
        shown = _dumped(session, sheet_id)
    tell_totals(shown["report"])
    return int(shown["version"])


def tell_sheet(desk: CommandContext, sheet_id: int) -> str:
    """Print a sheet as it is now; give back its state."""
    with desk.reading() as session:
        shown = _dumped(session, sheet_id)
    _tell(shown, None)
    return str(shown["state"])


def _tell(shown: dict[str, Any], problem: str | None) -> None:
    state = sheet_state_name(shown["state"])
    click.echo(_("Sheet {id} is {state}.").format(id=shown["id"], state=state))
    tell_report(shown["report"])
    codes = {found["code"] for found in shown["report"]["findings"]}
    if shown["state"] == SheetState.REFUSED and codes and codes <= set(CURABLE):
        click.echo(
            _("Say what its columns hold with: {how}").format(
                how=f"cva sheets map {shown['id']} --set kind=… --set column:A=… --as …"
            )
        )
    if problem:
        click.echo(click.style(problem, fg="red"), err=True)


@sheet_group.command("list")
@click.option("--society", metavar="CODE")
@json_option
@click.pass_obj
def list_sheets(desk: CommandContext, society: str | None, *, as_json: bool) -> None:
    """List the sheets, newest first."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id if society else None
        listed = inbox.list_sheets(session, inbox.SheetFilter(society_id=society_id))
        found = SheetLineSchema(many=True).dump(listed.sheets)
    if as_json:
        say_json(found)
        return
    for sheet in found:
        click.echo(
            f"{sheet['id']:>6}  {sheet['state']:<10} {sheet['kind'] or '':<22} "
            f"{sheet['rows']:>7}  {sheet['file']}"
        )


@sheet_group.command()
@click.argument("sheet_id", type=int)
@language_option
@json_option
@click.pass_obj
def show(desk: CommandContext, sheet_id: int, *, as_json: bool) -> None:
    """Show a sheet, its totals and what its check found."""
    with desk.reading() as session:
        shown = _dumped(session, sheet_id)
    if as_json:
        say_json(shown)
    else:
        _tell(shown, None)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@confirming
@as_option
@click.pass_context
def submit(
    context: click.Context,
    /,
    sheet_id: int,
    email: str,
    **confirmed: bool,
) -> None:
    """Show what a checked sheet comes to and submit it, with what is confirmed."""
    desk: CommandContext = context.obj
    version = _look(desk, email, sheet_id)
    problem = _submit(desk, email, sheet_id, {**confirmed, "version": version})
    if problem is not None:
        click.echo(click.style(problem, fg="red"), err=True)
        context.exit(1)
    with desk.reading() as session:
        state = sheet_state_name(workflow.get_sheet(session, sheet_id).state)
    click.echo(_("Sheet {id} is {state}.").format(id=sheet_id, state=state))


@sheet_group.command()
@click.argument("sheet_id", type=int)
@settled_option
@as_option
@language_option
@click.pass_obj
def answer(desk: CommandContext, sheet_id: int, settled: dict[str, str], email: str) -> None:
    """Answer what a sheet leaves open; it is checked again with the answers."""
    with desk.writing(email) as session:
        run_id = sheet_submission.answer(session, sheet_id, settled)
    check_run(desk.ledger.engine, run_id, limits_of(desk.ledger))
    tell_sheet(desk, sheet_id)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@as_option
@click.pass_obj
def withdraw(desk: CommandContext, sheet_id: int, email: str) -> None:
    """Take back a sheet that is not decided yet; its rows may then be sent again."""
    with desk.writing(email) as session:
        sheet_submission.withdraw(session, sheet_id)
    click.echo(_("Sheet {id} is withdrawn.").format(id=sheet_id))


@sheet_group.command()
@click.argument("sheet_id", type=int)
@version_option
@as_option
@click.pass_context
def approve(context: click.Context, sheet_id: int, version: int | None, email: str) -> None:
    """Show what a submitted sheet comes to and approve it: it is posted, once and for ever."""
    desk: CommandContext = context.obj
    seen = _look(desk, email, sheet_id)
    with desk.writing(email) as session:
        approval = deciding.approve(session, sheet_id, seen if version is None else version)
    if approval.conflicts:
        click.echo(
            ngettext(
                "{count} row was in the ledger already. The sheet went back to its sender.",
                "{count} rows were in the ledger already. The sheet went back to its sender.",
                approval.conflicts,
            ).format(count=approval.conflicts),
            err=True,
        )
        context.exit(1)
    click.echo(
        ngettext(
            "Sheet {id} is posted: {rows} row, entries {entries}.",
            "Sheet {id} is posted: {rows} rows, entries {entries}.",
            approval.posted_rows,
        ).format(id=sheet_id, rows=approval.posted_rows, entries=_entries(desk, sheet_id))
    )


def _entries(desk: CommandContext, sheet_id: int) -> str:
    with desk.reading() as session:
        numbers = showing.show(session, sheet_id).entries
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


@sheet_group.command()
@click.argument("sheet_id", type=int)
@click.option("--why", "reason", required=True, help="What the sender should mend.")
@version_option
@as_option
@click.pass_obj
def reject(desk: CommandContext, /, sheet_id: int, email: str, **options: Any) -> None:  # noqa: ANN401
    """Send a submitted sheet back to its sender with a word."""
    decision = SheetRejectionSchema().take(options)
    with desk.writing(email) as session:
        deciding.reject(session, sheet_id, **decision)
    click.echo(_("Sheet {id} went back to its sender.").format(id=sheet_id))


@sheet_group.command("except")
@click.argument("sheet_id", type=int)
@click.argument("row", type=int)
@click.option(
    "--kind", required=True, type=click.Choice(["recoverable", "loss"]), help="How it is booked."
)
@click.option("--why", "reason", required=True, help="Why it happened.")
@as_option
@click.pass_obj
def except_row(
    desk: CommandContext, /, sheet_id: int, row: int, email: str, **options: str
) -> None:
    """Record that a row kept out by a rule really happened."""
    exception = ExceptionSchema().take(options)
    with desk.writing(email) as session:
        deciding.except_row(session, sheet_id, row, **exception)
    click.echo(
        _("Row {row} of sheet {id} will be posted as an exception.").format(row=row, id=sheet_id)
    )


@sheet_group.command("reverse")
@click.argument("sheet_id", type=int, metavar="ID")
@click.option("--row", type=int, help="Only this row of it.")
@click.option("--reason", required=True)
@as_option
@language_option
@click.pass_obj
def reverse(desk: CommandContext, sheet_id: int, row: int | None, reason: str, email: str) -> None:
    """Ask for a posted sheet, or a row of it, to be taken back; a second person confirms it."""
    options = {"sheet": str(sheet_id)} | ({} if row is None else {"row": str(row)})
    kind = "reverse_sheet" if row is None else "reverse_row"
    with desk.writing(email) as session:
        society_id = workflow.get_sheet(session, sheet_id).society_id
        asked = approvals.ask(session, society_id, kind, options, reason)
        click.echo(_("Asked for, as request {id}.").format(id=asked.id))
