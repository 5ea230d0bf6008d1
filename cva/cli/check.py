"""``cva check``: reads a sheet and reports what is wrong, with or without a ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cva.cli.context import CommandContext, json_option, language_option, print_json
from cva.cli.report_lines import print_report
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.money import MINOR_DIGITS
from cva.intake.checking import dry_run
from cva.intake.schemas import ReportSchema
from cva.programmes import service as programmes
from cva.sheets.checking.check import check as check_file
from cva.sheets.checking.checked import exit_status
from cva.sheets.checking.finding_groups import FindingGroup, groups_of
from cva.sheets.checking.schemas import FileReportSchema, FindingGroupSchema
from cva.sheets.checking.stated_currencies import AS_SHOWN
from cva.sheets.checking.units_of_lists import BY_LIST
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import TOMAN
from cva.sheets.vocabulary.layouts import kind_names
from cva.sheets.vocabulary.questions import choice_kinds
from cva.societies import service as societies

#: What may be settled beside the file, and how; ``column:A`` names the field of a column.
_ANSWERS: dict[str, tuple[str, ...]] = {
    "currency": (*MINOR_DIGITS, TOMAN, AS_SHOWN, BY_LIST),
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal_mark": ("point", "comma"),
    "header_row": (),
    "kind": tuple(kind_names()),
    "sheet": (),
    "struck": ("in", "out"),
    "struck_text": ("left", "mend"),
    "vendor": (),
}


def _settled(
    _context: click.Context, _parameter: click.Parameter, pairs: Sequence[str]
) -> dict[str, str]:
    settled = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        choice, answer = key.strip(), value.strip()
        if not (sign and choice and answer):
            raise click.BadParameter(_("write it as choice=answer, for example currency=RUB"))
        options = _ANSWERS.get(choice)
        if options is None and choice.partition(":")[0] not in choice_kinds():
            known = ", ".join(sorted({*_ANSWERS, *choice_kinds()}))
            raise click.BadParameter(_("the choices are {names}, column:A").format(names=known))
        if options and answer not in options:
            raise click.BadParameter(
                _("{choice} is one of {options}").format(choice=choice, options=", ".join(options))
            )
        settled[choice] = answer
    return settled


def kind_option(command: Any) -> Any:  # noqa: ANN401
    """``--kind``: the kind of sheet, where its headings do not show it."""
    return click.option(
        "--kind", type=click.Choice(kind_names()), help="The kind of sheet, if it is not found."
    )(command)


def settled_option(command: Any) -> Any:  # noqa: ANN401
    """``--set choice=answer``, as often as needed."""
    return click.option(
        "--set",
        "settled",
        multiple=True,
        metavar="CHOICE=ANSWER",
        callback=_settled,
        help="Answer a question: currency=RUB, date_order=dmy, decimal_mark=comma.",
    )(command)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@kind_option
@click.option("--sheet", help="The name of the sheet within the workbook.")
@settled_option
@click.option("--society", metavar="CODE", help="Compare with this society's ledger too.")
@click.option("--programme", metavar="CODE", help="Its programme, if it has several.")
@language_option
@json_option
@click.pass_context
def check(
    context: click.Context,
    file: Path,
    kind: str | None,
    sheet: str | None,
    settled: dict[str, str],
    society: str | None,
    programme: str | None,
    *,
    as_json: bool,
) -> None:
    """Check FILE and report what is wrong in it. Nothing is stored.

    Ends with 0 when nothing is wrong, 1 with errors or questions, 2 when the file is refused.
    """
    limits = Limits()
    with file.open("rb") as source:
        content = source.read(limits.max_file_bytes + 1)
    if society is None:
        choices = Choices(
            kind=kind or settled.get("kind"),
            sheet=sheet or settled.get("sheet"),
            settled=settled,
        )
        checked = check_file(content, file.name, choices, limits)
        shown, status = FileReportSchema().dump(checked), exit_status(checked)
        fields = {column.field or "" for column in checked.columns}
        groups: Sequence[FindingGroup] = groups_of(checked.findings, checked.kind, fields)
    else:
        programme_id = _programme(context.obj, society, programme)
        answers = settled | ({"kind": kind} if kind else {}) | ({"sheet": sheet} if sheet else {})
        found, status = dry_run(
            context.obj.ledger.engine, programme_id, file.name, content, answers, limits
        )
        shown, groups = ReportSchema().dump(found), found.groups
    if as_json:
        print_json(shown)
    else:
        print_report(shown, FindingGroupSchema(many=True).dump(groups), answers=settled)
    context.exit(status)


def _programme(command: CommandContext, society: str, programme: str | None) -> int:
    with command.reading() as session:
        society_id = societies.find_society(session, society).id
        if programme is not None:
            return programmes.find_programme(session, society_id, programme).id
        listed = programmes.list_programmes(session, society_id)
    if len(listed) != 1:
        codes = ", ".join(each.code for each in listed)
        raise InputError(
            _("Name the programme with --programme: {codes}").format(codes=codes),
            code="programme_unsaid",
        )
    return listed[0].id
