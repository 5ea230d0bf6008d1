"""A month of several societies, side by side and together.

A total is made of what is shown and of nothing else, so no withheld number comes out of it by
subtraction; where one is withheld, the total is what was reached at least. No society sees
another's people, so somebody who was given something by two of them counts in each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from cva.core.dates import Month
from cva.core.errors import ForbiddenError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.reports.disclosure_control import figures_shown
from cva.reports.figures import COUNTS, SUMS, Figures, FigureSum
from cva.societies import service as societies


@dataclass(frozen=True, slots=True)
class SocietiesTogether:
    """The figures of societies in a month.

    Attributes:
        societies: Each as the actor may see it, by name.
        counts: Totals by name, such as ``"people"``; None where only withheld numbers make them.
        sums: Totals by name, a sum for each currency: two currencies are never added.
        may_count_twice: Whether one person may be in the totals of people more than once.
    """

    month: Month
    societies: tuple[Figures, ...]
    counts: dict[str, int | None]
    sums: dict[str, tuple[FigureSum, ...]]
    may_count_twice: bool

    def lacks(self, name: str) -> bool:
        """Whether a number of this name is withheld, and missing in the total."""
        return any(each.withholds(name) for each in self.societies)

    def lacks_sum(self, name: str, currency: str) -> bool:
        """Whether a sum in this currency is withheld, and missing in the total."""
        return any((name, currency) in each.withheld for each in self.societies)

    def hides(self, name: str) -> bool:
        """Whether all sums in some currency are withheld, so that the total has none of it."""
        shown = {each.money.currency for each in self.sums[name]}
        hidden = {pair for each in self.societies for pair in each.withheld if pair[0] == name}
        return any(currency not in shown for _name, currency in hidden) or (
            not shown and self.lacks(name)
        )


def figures_together(session: Session, month: Month) -> SocietiesTogether:
    """Count a month of every society whose figures the actor may see.

    Raises:
        ForbiddenError: There is no such society.
    """
    listed = societies.societies_with(session, Permission.SEE_FIGURES)
    if not listed:
        raise ForbiddenError(_("Your role cannot do this."))
    return put_together(month, [figures_shown(session, each.id, month) for each in listed])


def put_together(month: Month, shown: Iterable[Figures]) -> SocietiesTogether:
    """Totals of what is shown of societies."""
    listed = tuple(shown)
    return SocietiesTogether(
        month=month,
        societies=listed,
        counts={name: _count(getattr(each, name) for each in listed) for name in COUNTS},
        sums={
            name: _per_currency(part for each in listed for part in getattr(each, name))
            for name in SUMS
        },
        may_count_twice=sum(each.people != 0 for each in listed) > 1,
    )


def _count(numbers: Iterable[int | None]) -> int | None:
    listed = list(numbers)
    known = sum(number for number in listed if number is not None)
    return known if known or None not in listed else None


def _per_currency(parts: Iterable[FigureSum]) -> tuple[FigureSum, ...]:
    sums: dict[str, FigureSum] = {}
    for part in parts:
        currency = part.money.currency
        sums[currency] = sums[currency] + part if currency in sums else part
    return tuple(sums[currency] for currency in sorted(sums))
