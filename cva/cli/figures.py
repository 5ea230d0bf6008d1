"""Commands that read figures, control totals and proof."""

from collections.abc import Mapping
from datetime import datetime

import click
from sqlmodel import Session

from cva.cli.context import CommandContext, as_option, json_option, print_json
from cva.cli.declaring import reads, society_option
from cva.core.dates import Month
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.reports.control_totals import ControlTotals, control_totals
from cva.reports.disclosure_control import WITHHELD
from cva.reports.figures import COUNTS, Figures, FigureSum
from cva.reports.monthly import figures as figures_of
from cva.reports.multi_society import SocietiesTogether, figures_together
from cva.reports.schemas import FiguresSchema, ProofsSchema, TogetherSchema, TotalsSchema
from cva.reports.verification import Proof, prove
from cva.societies import service as societies

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _print_figures(found: Figures) -> None:
    _print_society(found, _titles() | {"exceptions": _("Exceptions"), "returned": _("Came back")})


def _print_society(found: Figures, titles: Mapping[str, str]) -> None:
    """The counts of a society in a month, and the sums that have a title."""
    click.echo(f"{found.society_name}, {found.month}")
    click.echo(_counts_text({name: _shown(getattr(found, name)) for name in COUNTS}))
    for name, title in titles.items():
        for each in getattr(found, name):
            click.echo(f"{title}: {_sum_text(each)}")
        if found.withholds(name):
            click.echo(f"{title}: {WITHHELD}")


@click.command()
@society_option
@click.option("--month", required=True, metavar="YYYY-MM")
@reads(_print_figures, FiguresSchema())
def figures(session: Session, society_id: int, month: str) -> Figures:
    """The figures of a month."""
    return figures_of(session, society_id, Month.parse(month))


def _counts_text(counts: Mapping[str, object]) -> str:
    """The counts of a month in a line, by their names."""
    return _(
        "People {people}, of them new {new}; cash transfers {transfers}; vouchers {vouchers}"
    ).format(
        people=counts["people"],
        new=counts["new_people"],
        transfers=counts["transfers"],
        vouchers=counts["vouchers_issued"],
    )


def _sum_text(each: FigureSum) -> str:
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


def _print_together(found: SocietiesTogether) -> None:
    for each in found.societies:
        _print_society(each, _titles())
    _print_joint(found)
    if any(each.is_withheld for each in found.societies):
        shown = _("Numbers of fewer than five people are withheld (%(sign)s).")
        click.echo(shown % {"sign": WITHHELD})


@click.command("figures-together")
@click.option("--month", required=True, metavar="YYYY-MM")
@as_option
@reads(_print_together, TogetherSchema())
def figures_together_command(session: Session, month: str) -> SocietiesTogether:
    """A month of every society whose figures a person may see, side by side and together."""
    return figures_together(session, Month.parse(month))


def _print_joint(found: SocietiesTogether) -> None:
    click.echo(_("Together"))
    twice = _("may count twice") if found.may_count_twice else ""
    click.echo(
        _counts_text(
            {
                name: _noted(
                    _shown(number),
                    _("at least") if number is not None and found.lacks(name) else "",
                    twice if name in {"people", "new_people"} else "",
                )
                for name, number in found.counts.items()
            }
        )
    )
    for name, title in _titles().items():
        for part in found.sums[name]:
            is_short = found.lacks_sum(name, part.money.currency)
            click.echo(f"{title}: {_noted(_sum_text(part), _('at least') if is_short else '')}")
        if found.hides(name):
            click.echo(f"{title}: {WITHHELD}")


def _titles() -> dict[str, str]:
    return {"amounts": _("Cash"), "voucher_values": _("Voucher values")}


def _shown(number: int | None) -> str:
    return WITHHELD if number is None else str(number)


def _noted(text: str, *notes: str) -> str:
    """A number with what has to be known of it."""
    shown = _(", ").join(note for note in notes if note)
    return f"{text} ({shown})" if shown else text
