"""Commands that read figures, control totals and proof."""

from collections.abc import Mapping
from datetime import datetime

import click
from sqlmodel import Session

from cva.cli.context import CommandContext, json_option, print_json
from cva.cli.declaring import reads, society_option
from cva.core.dates import Month
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.reports.control_totals import ControlTotals, control_totals
from cva.reports.figures import COUNTS, Figures, FigureSum
from cva.reports.monthly import figures as figures_of
from cva.reports.schemas import FiguresSchema, ProofsSchema, TotalsSchema
from cva.reports.verification import Proof, prove
from cva.societies import service as societies

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _print_figures(found: Figures) -> None:
    click.echo(f"{found.society_name}, {found.month}")
    click.echo(counts_text({name: getattr(found, name) for name in COUNTS}))
    for title, sums in (
        (_("Cash"), found.amounts),
        (_("Voucher values"), found.voucher_values),
        (_("Exceptions"), found.exceptions),
        (_("Came back"), found.returned),
    ):
        for each in sums:
            click.echo(f"{title}: {sum_text(each)}")


@click.command()
@society_option
@click.option("--month", required=True, metavar="YYYY-MM")
@reads(_print_figures, FiguresSchema())
def figures(session: Session, society_id: int, month: str) -> Figures:
    """The figures of a month."""
    return figures_of(session, society_id, Month.parse(month))


def counts_text(counts: Mapping[str, object]) -> str:
    """The counts of a month in a line, by their names."""
    return _(
        "People {people}, of them new {new}; cash transfers {transfers}; vouchers {vouchers}"
    ).format(
        people=counts["people"],
        new=counts["new_people"],
        transfers=counts["transfers"],
        vouchers=counts["vouchers_issued"],
    )


def sum_text(each: FigureSum) -> str:
    """A sum, and of how many hand-outs."""
    return str(each.money) if each.count is None else f"{each.money} ({each.count})"


def _print_totals(found: ControlTotals) -> None:
    for step in found.steps:
        click.echo(f"{step.step:<10} {step.money!s:>24} {step.rows:>8}")
    for balance in found.accounts:
        sums = (balance.debit_minor, balance.credit_minor)
        shown = "".join(f"{plain(balance.currency, minor):>20}" for minor in sums)
        click.echo(f"{balance.account:<10} {balance.currency} {shown}")
    click.echo(_("It ties.") if found.tie else _("It does not tie."))


@click.command()
@society_option
@click.option("--from", "first", type=_DAY, help="First day of hand-out.")
@click.option("--to", "last", type=_DAY, help="Last day of hand-out.")
@reads(_print_totals, TotalsSchema(), is_sound=lambda found: found.tie)
def totals(
    session: Session, society_id: int, first: datetime | None, last: datetime | None
) -> ControlTotals:
    """Control totals: sheets, ledger and book, and whether they tie. Exit status 1 if not."""
    days = [day.date() if day else None for day in (first, last)]
    return control_totals(session, society_id, *days)


@click.command()
@click.option("--society", metavar="CODE", help="One society; all of them unless named.")
@json_option
@click.pass_context
def verify(context: click.Context, society: str | None, *, as_json: bool) -> None:
    """Recompute every book. Exit status 0 sound, 1 not, naming the first wrong entry."""
    command: CommandContext = context.obj
    command.open_unprotected()
    with command.reading() as session:
        listed = (
            [societies.find_society(session, society)]
            if society
            else societies.list_societies(session)
        )
        proofs = [prove(session, each) for each in listed]
    is_sound = all(proof.is_sound for proof in proofs)
    if as_json:
        print_json(ProofsSchema().dump({"sound": is_sound, "societies": proofs}))
    else:
        for proof in proofs:
            click.echo(_line(proof))
        if not proofs:
            click.echo(_("There is no society in this ledger yet."))
    context.exit(0 if is_sound else 1)


def _line(proof: Proof) -> str:
    if proof.fault is None:
        return _("{society}: sound; entries: {entries}, rows: {rows}").format(
            society=proof.society, entries=proof.entries, rows=proof.rows
        )
    where = (
        _("entry {number}").format(number=proof.fault.entry) if proof.fault.entry else _("the book")
    )
    return f"{proof.society}: {where}: {proof.fault.message}"
