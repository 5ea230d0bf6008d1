"""The command that reads a month of several societies."""

import click
from sqlmodel import Session

from cva.cli.context import as_option
from cva.cli.declaring import reads
from cva.cli.figures import counts_text, sum_text
from cva.core.dates import Month
from cva.core.i18n import gettext as _
from cva.reports.disclosure_control import WITHHELD
from cva.reports.figures import COUNTS
from cva.reports.multi_society import SocietiesTogether, figures_together
from cva.reports.schemas import TogetherSchema


def _print_together(found: SocietiesTogether) -> None:
    for each in found.societies:
        click.echo(f"{each.society_name}, {found.month}")
        click.echo(counts_text({name: _shown(getattr(each, name)) for name in COUNTS}))
        for name, title in _titles().items():
            for part in getattr(each, name):
                click.echo(f"{title}: {sum_text(part)}")
            if each.withholds(name):
                click.echo(f"{title}: {WITHHELD}")
    _print_totals(found)
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


def _print_totals(found: SocietiesTogether) -> None:
    click.echo(_("Together"))
    twice = _("may count twice") if found.may_count_twice else ""
    click.echo(
        counts_text(
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
            click.echo(f"{title}: {_noted(sum_text(part), _('at least') if is_short else '')}")
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
