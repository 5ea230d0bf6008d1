"""Commands that correct sheets: the marked workbook, cells, columns, remembered headings."""

from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.cli.check import settled_option
from cva.cli.context import (
    CommandContext,
    as_option,
    language_option,
    output_option,
    write_workbook,
)
from cva.cli.declaring import changes, lists, society_filter
from cva.cli.schema_options import schema_options
from cva.cli.sheets import print_checked, sheet_group
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.intake import cell_corrections, column_mapping, group_cures
from cva.intake.checking import limits_of
from cva.intake.input_schemas import CureSchema
from cva.intake.kept_file import take_to_annotate
from cva.intake.schemas import KnownHeadingsSchema
from cva.societies import service as societies
from cva.staging.models import SheetState


@sheet_group.command()
@click.argument("sheet_id", type=int)
@output_option("Where to write it; ends in .xlsx.", is_required=True)
@language_option
@click.pass_obj
def marked(command: CommandContext, sheet_id: int, output: Path) -> None:
    """Write the sender's own workbook with every bad cell marked."""
    if output.suffix.lower() != ".xlsx":
        raise InputError(
            _("A marked file is a workbook: let its name end in .xlsx."), code="marked_file_ending"
        )
    with command.writing() as session:
        taken = take_to_annotate(session, sheet_id)
    write_workbook(output, taken.made(limits_of(command.ledger)))
    click.echo(_("Written to {file}.").format(file=output))


@sheet_group.command()
@click.argument("sheet_id", type=int)
@click.argument("cell")
@click.argument("value")
@language_option
@as_option
@click.pass_obj
def amend(command: CommandContext, sheet_id: int, cell: str, value: str, email: str) -> None:
    """Put another text into a cell; both texts are kept, and the sheet is checked again."""
    with command.writing(email) as session:
        run_id = cell_corrections.amend(session, sheet_id, {cell: value})
    print_checked(command, sheet_id, run_id)


@sheet_group.command()
@click.argument("sheet_id", type=int)
@schema_options(CureSchema, arguments=("group", "cure"))
@language_option
@as_option
@click.pass_obj
def cure(command: CommandContext, sheet_id: int, values: dict[str, Any], email: str) -> None:
    """Mend all cells of GROUP in one way; both texts are kept, and the sheet is checked again."""
    with command.writing(email) as session:
        run_id = group_cures.mend_group(session, sheet_id, **values)
    print_checked(command, sheet_id, run_id)


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
    command: CommandContext = context.obj
    with command.writing(email) as session:
        run_id = column_mapping.map_columns(session, sheet_id, settled)
    state = print_checked(command, sheet_id, run_id)
    context.exit(2 if state == SheetState.REFUSED else 0)


@click.group("headings")
def headings_group() -> None:
    """Headings that people explained."""


def _headings_text(known: dict[str, Any]) -> str:
    columns = (f"        {each['heading']} = {each['field']}" for each in known["columns"])
    return "\n".join(["{id:>6}  {society:<8} {kind}".format(**known), *columns])


@headings_group.command("list")
@society_filter()
@lists(KnownHeadingsSchema, _headings_text)
def list_headings(session: Session, society_id: int | None) -> list[dict[str, Any]]:
    """List them, the newest first."""
    codes = societies.codes(session)
    return [
        {"known": each, "society": codes.get(each.society_id)}
        for each in column_mapping.list_headings(session, society_id)
    ]


@headings_group.command()
@click.argument("headings_id", type=int)
@changes
def forget(session: Session, headings_id: int) -> str:
    """Forget what a set of headings holds."""
    column_mapping.forget_headings(session, headings_id)
    return _("Headings {id} are forgotten.").format(id=headings_id)
