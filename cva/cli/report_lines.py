"""A check in plain lines, the same after ``cva check`` and ``cva sheets send``."""

from collections.abc import Mapping
from typing import Any

import click

from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.providers.labels import payment_state
from cva.sheets.labels import choice_name

MOST_SHOWN = 40
_SIGNS = {"error": "✗", "warning": "!"}


def print_report(
    report: dict[str, Any],
    groups: list[dict[str, Any]],
    sheet_id: int = 0,
    answers: Mapping[str, str] | None = None,
) -> None:
    """Print counts, totals, what is wrong and what is asked.

    Args:
        report: What the check found.
        groups: Its findings, the same fault in many cells as one.
        sheet_id: Of the stored sheet, whose cells can be mended.
        answers: What was answered before the check; a question that is still asked was not
            settled by its answer.
    """
    if report["kind"] and report["rows"]:
        _print_counts(report)
    for severity in _SIGNS:
        _print_groups([one for one in groups if one["severity"] == severity], sheet_id)
    for question in report["ask"]:
        _print_question(question, (answers or {}).get(question["choice"]))


def _print_question(question: dict[str, Any], answer: str | None) -> None:
    choice, examples = question["choice"], question["examples"]
    options = f" [{' / '.join(question['options'])}]" if question["options"] else ""
    click.echo(f"? {question['message']}{options}")
    for option in ("", *question["options"]):
        pairs = examples.get(option, ())
        texts = [f"{text} = {read}" if read else text for text, read in pairs]
        if option and not texts:
            texts = [name] if (name := choice_name(choice, option)) != option else []
        if texts:
            click.echo(f"    {option}: {', '.join(texts)}" if option else f"    {', '.join(texts)}")
    if answer is not None:
        click.echo(_('  "{answer}" is none of the answers.').format(answer=answer))
    offered = question["offered"]
    how = f"--set {choice}={offered or '…'}"
    click.echo(_("  Answer with: {how}").format(how=f'"{how}"' if " " in offered else how))


def _print_counts(report: dict[str, Any]) -> None:
    click.echo(
        _("{file}, sheet {sheet}: {kind}, headings in row {row}").format(
            file=report["file"],
            sheet=report["sheet"] or "-",
            kind=report["kind"],
            row=report["header_row"],
        )
    )
    errors = {found["row"] for found in report["findings"] if found["severity"] == "error"}
    click.echo(
        ngettext(
            "{rows} row: {ready} ready, {error} with errors, {absent} not received",
            "{rows} rows: {ready} ready, {error} with errors, {absent} not received",
            report["rows"],
        ).format(
            rows=report["rows"],
            ready=report["ready"],
            error=len(errors - {None}),
            absent=report["not_received"],
        )
    )
    _print_other_rows(report)
    print_totals(report)
    asked = {option for ask in report["ask"] for option in ask["options"]}
    unknown = [
        column["heading"]
        for column in report["columns"]
        if column["field"] is None and column["column"] not in asked
    ]
    if unknown:
        click.echo(_("Not taken over: {columns}").format(columns=", ".join(unknown)))


def print_totals(report: dict[str, Any]) -> None:
    """Print what the rows come to: by answer where they are answers about payments."""
    answers = report.get("answers", [])
    for total in answers:
        click.echo(_answered(total))
    for total in [] if answers else report["totals"]:
        click.echo(_ready(total))


def _ready(total: dict[str, Any]) -> str:
    return ngettext(
        "Ready: {amount} {currency} in {rows} row",
        "Ready: {amount} {currency} in {rows} rows",
        total["rows"],
    ).format(**total)


def _answered(total: dict[str, Any]) -> str:
    words = total | {"answer": payment_state(total["answer"])}
    if total["amount"] is None:
        text = ngettext("{answer}: {rows} row", "{answer}: {rows} rows", total["rows"])
        return text.format(**words)
    return ngettext(
        "{answer}: {amount} {currency} in {rows} row",
        "{answer}: {amount} {currency} in {rows} rows",
        total["rows"],
    ).format(**words)


def _print_other_rows(report: dict[str, Any]) -> None:
    """Rows that are neither posted now nor wrong."""
    waiting = report["no_answer"]
    if waiting and not report.get("answers"):
        click.echo(
            ngettext(
                "{count} row has no answer yet", "{count} rows have no answer yet", waiting
            ).format(count=waiting)
        )
    if before := report.get("posted_before", 0):
        click.echo(
            ngettext(
                "{count} row was posted before, and is not posted again",
                "{count} rows were posted before, and are not posted again",
                before,
            ).format(count=before)
        )


def _print_groups(found: list[dict[str, Any]], sheet_id: int) -> None:
    for group in found[:MOST_SHOWN]:
        for text in group["messages"]:
            click.echo(f"{_SIGNS[group['severity']]} {text}")
        if sheet_id and group["cures"] and group["count"] > 1:
            how = f"cva sheets cure {sheet_id} {group['group']} {'|'.join(group['cures'])} --as …"
            click.echo(_("  Mend all of them with: {how}").format(how=how))
    more = len(found) - MOST_SHOWN
    if more > 0:
        click.echo(ngettext("… and {count} more", "… and {count} more", more).format(count=more))
