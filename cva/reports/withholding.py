"""Small numbers are withheld from whoever is not of the society.

A figure of fewer than five people could point to a person. Where only one group of a breakdown is
small, the next smallest is withheld too, or the total would give the first away.
"""

from dataclasses import replace

from sqlmodel import Session

from cva.core.dates import Month
from cva.core.rights import Right
from cva.core.scope import actor_of
from cva.reports.monthly import figures
from cva.reports.values import Figures, Group, MonthCount, Sum

SMALLEST_SHOWN = 5


def figures_shown(session: Session, society_id: int, month: Month) -> Figures:
    """The figures of a month as the actor may see them.

    Whoever sees the totals of a society sees its figures whole; others without the small ones.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see figures.
    """
    found = figures(session, society_id, month)
    is_inside = actor_of(session).may(Right.SEE_TOTALS, society_id)
    return found if is_inside else withhold_small(found)


def withhold_small(figures: Figures) -> Figures:
    """The same figures, without the small ones."""
    shown = replace(
        figures,
        by={name: _groups(groups) for name, groups in figures.by.items()},
        months=tuple(_month(month) for month in figures.months),
        amounts=_sums(figures.amounts),
        voucher_values=_sums(figures.voucher_values),
        exceptions=_sums(figures.exceptions),
        returned=_sums(figures.returned),
        new_people=None if _is_small(figures.new_people) else figures.new_people,
        is_withheld=True,
    )
    if not _is_small(figures.people):
        return shown
    return replace(
        shown,
        people=None,
        new_people=None,
        transfers=None,
        vouchers_issued=None,
        amounts=(),
        voucher_values=(),
        exceptions=(),
        returned=(),
    )


def _is_small(people: int | None) -> bool:
    return people is not None and 0 < people < SMALLEST_SHOWN


def _groups(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    small = {group.code for group in groups if _is_small(group.people)}
    if len(small) == 1 and len(groups) > 1:
        others = [group for group in groups if group.code not in small]
        small.add(min(others, key=lambda group: group.people or 0).code)
    return tuple(
        _withheld(group)
        if group.code in small
        else replace(
            group, amounts=_sums(group.amounts), voucher_values=_sums(group.voucher_values)
        )
        for group in groups
    )


def _sums(sums: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """Sums of so many hand-outs that none points to a person."""
    return tuple(each for each in sums if each.count >= SMALLEST_SHOWN)


def _withheld(group: Group) -> Group:
    return replace(
        group, people=None, transfers=None, vouchers_issued=None, amounts=(), voucher_values=()
    )


def _month(count: MonthCount) -> MonthCount:
    if not _is_small(count.people):
        return count
    return replace(count, people=None, transfers=None, vouchers_issued=None)
