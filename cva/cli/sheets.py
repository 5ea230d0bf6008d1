"""Commands that send, show and decide sheets."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.cli.check import kind_option, settled_option
from cva.cli.context import (
    CommandContext,
    as_option,
    json_option,
    language_option,
    one_of,
    print_json,
)
from cva.cli.declaring import changes, lists, reads, society_filter
from cva.cli.report_lines import print_report, print_totals
from cva.cli.requests import ask
from cva.cli.schema_options import flag_of, schema_options
from cva.core.errors import CvaError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.intake import approval as deciding
from cva.intake import inbox, sheet_submission
from cva.intake import views as showing
from cva.intake.checking import check_run, limits_of
from cva.intake.column_mapping import CURABLE
from cva.intake.input_schemas import (
    ApprovalSchema,
    ExceptionSchema,
    NewSheetSchema,
    ReversalSchema,
    SheetRejectionSchema,
    SubmissionSchema,
)
from cva.intake.receiving import NewSheet, receive
from cva.intake.schemas import SheetLineSchema, SheetSchema
from cva.intake.sheet_submission import Submission, UnconfirmedError
from cva.intake.views import report_of
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging import workflow
from cva.staging.labels import sheet_state_name
from cva.staging.models import Sheet, SheetState
from cva.staging.row_names import row_number

#: The flags of confirmations that are not called as in the schema.
_CONFIRMATIONS = {
    "totals_confirmed": "--confirm-totals",
    "currency_confirmed": "--confirm-currency",
    "changes_confirmed": "--confirm-changes",
}

#: What pages ask before a sheet is submitted: given here, never taken for granted.
confirming = schema_options(
    SubmissionSchema,
    names=_CONFIRMATIONS,
    left_out=("version",),
    into="confirmed",
    options={
        "changes_confirmed": {
            "help": "What differs is meant so: from field list, voucher books or, in a list, "
            "registered names."
        },
    },
)


@click.group("sheets")
def sheet_group() -> None:
    """Send, show and decide sheets."""


@sheet_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--society", required=True, metavar="CODE")
@click.option("--programme", required=True, metavar="CODE")
@schema_options(NewSheetSchema, left_out=("vendor",), options={"round": {"metavar": "CODE"}})
@click.option("--list", "is_list", is_flag=True, help="A list before hand-out: not posted.")
@kind_option
@settled_option
@click.option("--replaces", "replaces_id", type=int, metavar="ID", help="The sheet it corrects.")
@confirming
@click.option("--submit", "do_submit", is_flag=True, help="Submit it, with what is confirmed.")
@as_option
@language_option
@json_option
@click.pass_context
def send(
    context: click.Context,
    file: Path,
    society: str,
    programme: str,
    kind: str | None,
    settled: dict[str, str],
    replaces_id: int | None,
    email: str,
    values: dict[str, Any],
    confirmed: dict[str, bool],
    *,
    is_list: bool,
    do_submit: bool,
    as_json: bool,
) -> None:
    """Send a sheet and check it.

    Exit status: 0 stored, 1 stored but not submitted as asked, 2 refused as a whole.
    """
    command: CommandContext = context.obj
    with command.writing(email) as session:
        society_id = societies.find_society(session, society).id
        received = receive(
            session,
            NewSheet(
                programme_id=programmes.find_programme(session, society_id, programme).id,
                filename=file.name,
                content=file.read_bytes(),
                round_code=values["round"] or None,
                is_list=is_list,
                settled=settled | ({"kind": kind} if kind else {}),
                replaces_id=replaces_id,
            ),
        )
    check_run(command.ledger.engine, received.run_id, limits_of(command.ledger))
    problem = None
    if do_submit:
        with command.reading(email) as session:
            version = workflow.get_sheet(session, received.sheet_id).version
        problem = _submit(
            command, email, received.sheet_id, Submission(**confirmed, version=version)
        )
    with command.reading() as session:
        shown = _dumped(session, received.sheet_id)
    is_refused = shown["state"] == SheetState.REFUSED
    if as_json:
        print_json(shown if problem is None else shown | {"problem": problem})
    else:
        _print_sheet(shown, problem)
    context.exit(2 if is_refused else 1 if problem else 0)


def _submit(
    command: CommandContext, email: str, sheet_id: int, submission: Submission
) -> str | None:
    """Submit; return why it could not be done, if so, and what option would confirm it."""
    try:
        with command.writing(email) as session:
            sheet_submission.submit(session, sheet_id, submission)
    except CvaError as error:
        if not isinstance(error, UnconfirmedError):
            return str(error)
        option = flag_of(error.field, _CONFIRMATIONS)
        return _("{problem} Say so with {option}.").format(problem=error, option=option)
    return None


def _dumped(session: Session, sheet_id: int) -> dict[str, Any]:
    sheet = workflow.get_sheet(session, sheet_id)
    shown: dict[str, Any] = SheetSchema().dump(report_of(session, sheet))
    return shown


def _look(command: CommandContext, email: str, sheet_id: int) -> int:
    """Print what a sheet comes to; return the version that was seen."""
    with command.reading(email) as session:
        shown = _dumped(session, sheet_id)
    print_totals(shown["report"])
    return int(shown["version"])


def print_checked(command: CommandContext, sheet_id: int, run_id: int) -> str:
    """Check a sheet, print what comes of it and return its state."""
    check_run(command.ledger.engine, run_id, limits_of(command.ledger))
    with command.reading() as session:
        shown = _dumped(session, sheet_id)
    _print_sheet(shown)
    return str(shown["state"])


def _print_sheet(shown: dict[str, Any], problem: str | None = None) -> None:
    state = sheet_state_name(shown["state"])
    click.echo(_("Sheet {id} is {state}.").format(id=shown["id"], state=state))
    is_open = shown["state"] == SheetState.CHECKED
    print_report(shown["report"], shown["groups"], shown["id"] if is_open else 0)
    codes = {found["code"] for found in shown["report"]["findings"]}
    if shown["state"] == SheetState.REFUSED and codes and codes <= set(CURABLE):
        click.echo(
            _("Say what its columns hold with: {how}").format(
                how=f"cva sheets map {shown['id']} --set kind=… --set column:A=… --as …"
            )
        )
    if problem:
        click.echo(click.style(problem, fg="red"), err=True)


def _line(sheet: dict[str, Any]) -> str:
    return (
        f"{sheet['id']:>6}  {sheet['state']:<10} {sheet['kind'] or '':<22} "
        f"{sheet['rows']:>7}  {sheet['file']}"
    )


@sheet_group.command("list")
@society_filter()
@lists(SheetLineSchema, _line)
def list_sheets(session: Session, society_id: int | None) -> Sequence[Sheet]:
    """List the sheets, newest first."""
    return inbox.list_sheets(session, inbox.SheetFilter(society_id=society_id)).items


@sheet_group.command()
@click.argument("sheet_id", type=int)
@reads(_print_sheet)
def show(session: Session, sheet_id: int) -> dict[str, Any]:
    """Show a sheet, its totals and what its check found."""
    return _dumped(session, sheet_id)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@confirming
@as_option
@click.pass_context
def submit(context: click.Context, sheet_id: int, email: str, confirmed: dict[str, bool]) -> None:
    """Show what a checked sheet comes to and submit it, with what is confirmed."""
    command: CommandContext = context.obj
    version = _look(command, email, sheet_id)
    problem = _submit(command, email, sheet_id, Submission(**confirmed, version=version))
    if problem is not None:
        click.echo(click.style(problem, fg="red"), err=True)
        context.exit(1)
    with command.reading() as session:
        state = sheet_state_name(workflow.get_sheet(session, sheet_id).state)
    click.echo(_("Sheet {id} is {state}.").format(id=sheet_id, state=state))


@sheet_group.command()
@click.argument("sheet_id", type=int)
@settled_option
@as_option
@language_option
@click.pass_obj
def answer(command: CommandContext, sheet_id: int, settled: dict[str, str], email: str) -> None:
    """Answer what a sheet leaves open; it is checked again with the answers."""
    with command.writing(email) as session:
        run_id = sheet_submission.answer(session, sheet_id, settled)
    print_checked(command, sheet_id, run_id)


@sheet_group.command("check-again")
@click.argument("sheet_id", type=int)
@as_option
@language_option
@click.pass_obj
def check_again(command: CommandContext, sheet_id: int, email: str) -> None:
    """Check a sheet again whose check broke, or whose people another sheet registered since."""
    with command.writing(email) as session:
        run_id = sheet_submission.check_again(session, sheet_id)
    print_checked(command, sheet_id, run_id)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@changes
def withdraw(session: Session, sheet_id: int) -> str:
    """Withdraw a sheet that is not decided yet; its rows may then be sent again."""
    sheet_submission.withdraw(session, sheet_id)
    return _("Sheet {id} is withdrawn.").format(id=sheet_id)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@schema_options(ApprovalSchema)
@as_option
@click.pass_context
def approve(
    context: click.Context, sheet_id: int, values: dict[str, int | None], email: str
) -> None:
    """Show what a submitted sheet comes to and approve it: it is posted, once and for ever."""
    command: CommandContext = context.obj
    seen = _look(command, email, sheet_id)
    with command.writing(email) as session:
        version = seen if values["version"] is None else values["version"]
        approval = deciding.approve(session, sheet_id, version)
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
        ).format(id=sheet_id, rows=approval.posted_rows, entries=_entries(command, sheet_id))
    )


def _entries(command: CommandContext, sheet_id: int) -> str:
    with command.reading() as session:
        numbers = showing.show(session, sheet_id).entries
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


@sheet_group.command()
@click.argument("sheet_id", type=int)
@schema_options(SheetRejectionSchema, names={"reason": "--why"})
@changes
def reject(session: Session, sheet_id: int, values: dict[str, Any]) -> str:
    """Send a submitted sheet back to its sender with a word."""
    deciding.reject(session, sheet_id, **values)
    return _("Sheet {id} went back to its sender.").format(id=sheet_id)


@sheet_group.command("except")
@click.argument("sheet_id", type=int)
@click.argument("row")
@schema_options(
    ExceptionSchema,
    names={"reason": "--why"},
    options={"kind": {"type": one_of(("recoverable", "loss")), "help": "How it is booked."}},
)
@changes
def except_row(session: Session, sheet_id: int, row: str, values: dict[str, Any]) -> str:
    """Record that a row kept out by a rule really happened."""
    number = row_number(workflow.get_sheet(session, sheet_id), {"row": row})
    deciding.except_row(session, sheet_id, number, **values)
    return _("Row {row} of sheet {id} will be posted as an exception.").format(row=row, id=sheet_id)


@sheet_group.command("reverse")
@click.argument("sheet_id", type=int, metavar="ID")
@schema_options(ReversalSchema)
@changes
def reverse(session: Session, sheet_id: int, values: dict[str, Any]) -> str:
    """Ask for a posted sheet, or a row of it, to be reversed; a second person confirms it."""
    row = values["row"]
    texts = {"sheet": str(sheet_id)} | ({"row": row} if row else {})
    kind = "reverse_row" if row else "reverse_sheet"
    society_id = workflow.get_sheet(session, sheet_id).society_id
    return ask(session, society_id, kind, texts, values["reason"])
