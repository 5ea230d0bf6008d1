"""``cva check``: reads a sheet and says what is wrong, without a database."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from cva.core.words import gettext as _
from cva.core.words import ngettext
from cva.sheets.check import Checked, Choices, Limits
from cva.sheets.check import check as check_file
from cva.sheets.findings import message
from cva.sheets.layouts import KINDS
from cva.sheets.report import exit_status, report, totals

MOST_SHOWN = 40
_SIGNS = {"error": "✗", "warning": "!", "info": "·"}


def _settled(
    _context: click.Context, _parameter: click.Parameter, pairs: Sequence[str]
) -> dict[str, str]:
    settled = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not (sign and key.strip() and value.strip()):
            raise click.BadParameter(_("write it as choice=answer, for example currency=RUB"))
        settled[key.strip()] = value.strip()
    return settled


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), help="The kind of sheet, if it is not found.")
@click.option("--sheet", help="The name of the sheet within the workbook.")
@click.option(
    "--set",
    "settled",
    multiple=True,
    metavar="CHOICE=ANSWER",
    callback=_settled,
    help="Answer a question: currency=RUB, date_order=dmy, decimal_mark=comma.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
def check(
    file: Path, kind: str | None, sheet: str | None, settled: dict[str, str], *, as_json: bool
) -> None:
    """Check FILE and say what is wrong in it.

    Ends with 0 when nothing is wrong, 1 with errors or questions, 2 when the file is refused.
    """
    limits = Limits()
    with file.open("rb") as source:
        content = source.read(limits.max_file_bytes + 1)
    checked = check_file(
        content, file.name, Choices(kind=kind, sheet=sheet, settled=settled), limits
    )
    if as_json:
        click.echo(json.dumps(report(checked), ensure_ascii=False, indent=1))
    else:
        _tell(checked)
    sys.exit(exit_status(checked))


def _tell(checked: Checked) -> None:
    if not checked.refused and checked.kind:
        _tell_counts(checked)
    for severity in ("error", "warning"):
        found = [finding for finding in checked.findings if finding.severity == severity]
        for finding in found[:MOST_SHOWN]:
            click.echo(f"{_SIGNS[severity]} {message(finding)}")
        if len(found) > MOST_SHOWN:
            more = len(found) - MOST_SHOWN
            text = ngettext("… and {count} more", "… and {count} more", more)
            click.echo(text.format(count=more))
    for question in checked.ask:
        options = f" [{' / '.join(question.options)}]" if question.options else ""
        click.echo(f"? {question.message}{options}")
        click.echo(_("  Answer with: {how}").format(how=_how(question.choice)))


def _how(choice: str) -> str:
    return '--sheet "…"' if choice == "sheet" else f"--set {choice}=…"


def _tell_counts(checked: Checked) -> None:
    states = Counter(row.state for row in checked.rows)
    click.echo(
        _("{file}, sheet {sheet}: {kind}, headings in row {row}").format(
            file=checked.file,
            sheet=checked.sheet or "-",
            kind=checked.kind,
            row=checked.header_row,
        )
    )
    click.echo(
        _("{rows} rows: {ready} ready, {error} with errors, {absent} not received").format(
            rows=len(checked.rows),
            ready=states["ready"],
            error=states["error"],
            absent=states["not_received"],
        )
    )
    for total in totals(checked.rows):
        click.echo(_("Ready: {amount} {currency} in {rows} rows").format(**total))
    unknown = [column.heading for column in checked.columns if column.field is None]
    if unknown:
        click.echo(_("Not taken over: {columns}").format(columns=", ".join(unknown)))
