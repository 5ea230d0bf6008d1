"""Commands that mend sheets: the marked workbook, cells, columns, remembered headings."""

from pathlib import Path
from typing import Any

import click

from cva.cli.check import settled_option
from cva.cli.context import (
    CommandContext,
    as_option,
    json_option,
    language_option,
    output_option,
    say_json,
    write_workbook,
)
from cva.cli.sheets import sheet_group, tell_sheet
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.intake import cell_corrections, column_mapping
from cva.intake.annotated_workbook import take_to_annotate
from cva.intake.check_jobs import limits_of
from cva.intake.checking import check_run
from cva.intake.schemas import KnownHeadingsSchema
from cva.societies import service as societies
from cva.staging.models import SheetState


@sheet_group.command()
@click.argument("sheet_id", type=int)
@output_option("Where to write it; ends in .xlsx.", is_required=True)
@language_option
@click.pass_obj
def marked(desk: CommandContext, sheet_id: int, output: Path) -> None:
    """Write the sender's own workbook with every bad cell marked."""
    if output.suffix.lower() != ".xlsx":
        raise InputError(
            _("A marked file is a workbook: let its name end in .xlsx."), code="marked_file_ending"
        )
    with desk.writing() as session:
        taken = take_to_annotate(session, sheet_id)
    write_workbook(output, taken.made(limits_of(desk.ledger)))
    click.echo(_("Written to {file}.").format(file=output))


@sheet_group.command()
@click.argument("sheet_id", type=int)
@click.argument("cell")
@click.argument("value")
@language_option
@as_option
@click.pass_obj
def amend(desk: CommandContext, sheet_id: int, cell: str, value: str, email: str) -> None:
    """Put another text into a cell; both texts are kept, and the sheet is checked again."""
    with desk.writing(email) as session:
        run_id = cell_corrections.amend(session, sheet_id, {cell: value})
    _check(desk, sheet_id, run_id)


@sheet_group.command("map")
@click.argument("sheet_id", type=int)
@settled_option
@language_option
@as_option
@click.pass_context
def map_columns(context: click.Context, sheet_id: int, settled: dict[str, str], email: str) -> None:
    """Say what the columns hold (--set column:C=amount), and check the sheet again.

    It is remembered for these headings. Also: --set kind=..., --set header_row=6.
    Ends with 2 when the sheet is refused all the same.
    """
    desk: CommandContext = context.obj
    with desk.writing(email) as session:
        run_id = column_mapping.map_columns(session, sheet_id, settled)
    context.exit(2 if _check(desk, sheet_id, run_id) == SheetState.REFUSED else 0)


def _check(desk: CommandContext, sheet_id: int, run_id: int) -> str:
    check_run(desk.ledger.engine, run_id, limits_of(desk.ledger))
    return tell_sheet(desk, sheet_id)


@click.group("headings")
def headings_group() -> None:
    """Headings that people explained."""


@headings_group.command("list")
@click.option("--society", metavar="CODE")
@json_option
@click.pass_obj
def list_headings(desk: CommandContext, society: str | None, *, as_json: bool) -> None:
    """List them, the newest first."""
    with desk.reading() as session:
        society_id = societies.find_society(session, society).id if society else None
        codes = societies.codes(session)
        found = KnownHeadingsSchema(many=True).dump(
            {"known": each, "society": codes.get(each.society_id)}
            for each in column_mapping.list_headings(session, society_id)
        )
    if as_json:
        say_json(found)
        return
    for known in found:
        click.echo(f"{known['id']:>6}  {known['society']:<8} {known['kind']}")
        for column in known["columns"]:
            click.echo(f"        {_options_of(column)}")


def _options_of(column: dict[str, Any]) -> str:
    return f"{column['heading']} = {column['field']}"


@headings_group.command()
@click.argument("headings_id", type=int)
@as_option
@click.pass_obj
def forget(desk: CommandContext, headings_id: int, email: str) -> None:
    """Forget what was said of a set of headings."""
    with desk.writing(email) as session:
        column_mapping.forget_headings(session, headings_id)
    click.echo(_("Headings {id} are forgotten.").format(id=headings_id))
