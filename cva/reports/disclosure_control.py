"""Small numbers are withheld from whoever is not of the society.

A figure of fewer than five people could point to a person. What is withheld does not come out of
a total either: with it go the next smallest parts, and how many hand-outs a sum is of.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from cva.core.dates import Month
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.reports.figures import SUMS, FigureGroup, Figures, FigureSum, MonthCount
from cva.reports.monthly import figures

SMALLEST_SHOWN = 5

#: Stands for a small number that is withheld.
WITHHELD = "·"


def figures_shown(session: Session, society_id: int, month: Month) -> Figures:
    """The figures of a month as the actor may see them.

    Whoever sees the totals of a society sees its figures whole; others without the small ones.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see figures.
    """
    found = figures(session, society_id, month)
    is_inside = actor_of(session).may(Permission.SEE_TOTALS, society_id)
    return found if is_inside else withhold_small(found)


def withhold_small(figures: Figures) -> Figures:
    """The same figures, without the small ones."""
    shown = replace(
        figures, months=tuple(_month(month) for month in figures.months), is_withheld=True
    )
    if _is_small(figures.people):
        return _emptied(shown)
    return replace(
        shown,
        by={name: _groups(groups) for name, groups in figures.by.items()},
        new_people=_count(figures.new_people),
        transfers=_count(figures.transfers),
        vouchers_issued=_count(figures.vouchers_issued),
        amounts=_sums(figures.amounts, _small(figures.amounts)),
        voucher_values=_sums(figures.voucher_values, _small(figures.voucher_values)),
        exceptions=_large(figures.exceptions),
        returned=_large(figures.returned),
        withheld=frozenset(
            (name, currency) for name in SUMS for currency in _small(getattr(figures, name))
        ),
    )


def _emptied(figures: Figures) -> Figures:
    """Nothing but whose month it is; not even what was given, where, or to men or women."""
    given = figures.amounts + figures.voucher_values
    return replace(
        figures,
        people=None,
        new_people=None,
        transfers=None,
        vouchers_issued=None,
        amounts=(),
        voucher_values=(),
        exceptions=(),
        returned=(),
        by=dict.fromkeys(figures.by, ()),
        withheld=frozenset((name, each.money.currency) for name in SUMS for each in given),
    )


def _is_small(number: int | None) -> bool:
    return number is not None and 0 < number < SMALLEST_SHOWN


def _count(number: int | None) -> int | None:
    return None if _is_small(number) else number


def _small(sums: tuple[FigureSum, ...]) -> frozenset[str]:
    """Currencies in which there are so few hand-outs that their sum points to a person."""
    return frozenset(each.money.currency for each in sums if _is_small(each.count))


def _large(sums: tuple[FigureSum, ...]) -> tuple[FigureSum, ...]:
    return tuple(each for each in sums if not _is_small(each.count))


def _sums(sums: tuple[FigureSum, ...], hidden: frozenset[str]) -> tuple[FigureSum, ...]:
    """Sums without the hidden currencies, and without their counts: these add up to the totals."""
    return tuple(replace(each, count=None) for each in sums if each.money.currency not in hidden)


def _groups(groups: tuple[FigureGroup, ...]) -> tuple[FigureGroup, ...]:
    withheld_codes = _withheld_parts({group.code: group.people or 0 for group in groups})
    transfers = _withheld_parts(
        {group.code: group.transfers or 0 for group in groups}, withheld_codes
    )
    vouchers = _withheld_parts(
        {group.code: group.vouchers_issued or 0 for group in groups}, withheld_codes
    )
    sums = {name: _withheld_sums(groups, name, withheld_codes) for name in SUMS}

    return tuple(
        replace(
            group,
            people=None if group.code in withheld_codes else group.people,
            transfers=None if group.code in transfers else group.transfers,
            vouchers_issued=None if group.code in vouchers else group.vouchers_issued,
            amounts=_sums(group.amounts, sums["amounts"][group.code]),
            voucher_values=_sums(group.voucher_values, sums["voucher_values"][group.code]),
        )
        for group in groups
    )


def _withheld_sums(
    groups: tuple[FigureGroup, ...], name: str, withheld_codes: frozenset[str]
) -> dict[str, frozenset[str]]:
    """By code of the group, the currencies whose sums are withheld."""
    counts: dict[str, dict[str, int]] = {}
    for group in groups:
        for each in getattr(group, name):
            counts.setdefault(each.money.currency, {})[group.code] = each.count or 0
    hidden = {
        currency: _withheld_parts(numbers, withheld_codes) for currency, numbers in counts.items()
    }
    return {
        group.code: frozenset(code for code, codes in hidden.items() if group.code in codes)
        for group in groups
    }


def _withheld_parts(
    numbers: Mapping[str, int], withheld_codes: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Which parts of a total are withheld: small ones, and those in ``withheld_codes``.

    The next smallest go with them, until the total leaves neither one part alone nor few people.
    """
    given = sorted((number, code) for code, number in numbers.items() if number)
    hidden = {code for number, code in given if _is_small(number) or code in withheld_codes}
    for _number, code in given:
        left = [number for number, other in given if other in hidden]
        if not left or (len(left) > 1 and sum(left) >= SMALLEST_SHOWN):
            break
        hidden.add(code)
    return withheld_codes | hidden


def _month(count: MonthCount) -> MonthCount:
    if _is_small(count.people):
        return replace(count, people=None, transfers=None, vouchers_issued=None)
    return replace(
        count, transfers=_count(count.transfers), vouchers_issued=_count(count.vouchers_issued)
    )
