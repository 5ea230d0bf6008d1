"""``cva templates``: writes a template to fill in."""

from pathlib import Path

import click

from cva.cli.context import OWN_NAME, CommandContext, output_option, write_workbook
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.rounds.templates import take_template, wanted_by_codes
from cva.sheets.vocabulary.layouts import kind_names
from cva.sheets.writing.template_texts import languages
from cva.sheets.writing.template_workbook import MOST_ROWS


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
        made = take_template(session, wanted)
    target = output or Path(made.filename)
    write_workbook(target, made.written())
    click.echo(
        ngettext(
            "{file} is written, with {count} person filled in.",
            "{file} is written, with {count} people filled in.",
            made.people,
        ).format(file=target, count=made.people)
        if made.people
        else _("{file} is written.").format(file=target)
    )
