"""Small numbers are withheld, and do not come out of what is shown by subtraction."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cva.core.dates import Month
from cva.core.money import Money
from cva.reports.disclosure_control import SMALLEST_SHOWN, withhold_small
from cva.reports.figures import SUMS, FigureGroup, Figures, FigureSum, MonthCount

NOVEMBER = Month(2022, 11)
COUNTS = ("people", "transfers", "vouchers_issued")


def group(code: str, cash: dict[str, int], vouchers: int) -> FigureGroup:
    """So many people of one hand-out each: 100.00 by currency, vouchers of 50.00 roubles."""
    return FigureGroup(
        code=code,
        name=code,
        people=sum(cash.values()) + vouchers,
        transfers=sum(cash.values()),
        vouchers_issued=vouchers,
        amounts=sums(cash, 10_000),
        voucher_values=sums({"RUB": vouchers}, 5_000),
    )


def sums(numbers: dict[str, int], each_minor: int) -> tuple[FigureSum, ...]:
    return tuple(
        FigureSum(Money(currency, number * each_minor), number)
        for currency, number in sorted(numbers.items())
        if number
    )


def month_of(groups: list[FigureGroup]) -> Figures:
    """Figures broken down into these groups."""
    total = group(
        "",
        {
            currency: sum(
                each.count or 0
                for one in groups
                for each in one.amounts
                if each.money.currency == currency
            )
            for currency in ("RUB", "USD")
        },
        sum(one.vouchers_issued or 0 for one in groups),
    )
    return Figures(
        society="RRC",
        society_name="Russian Red Cross",
        month=NOVEMBER,
        people=total.people,
        new_people=total.people,
        transfers=total.transfers,
        vouchers_issued=total.vouchers_issued,
        amounts=total.amounts,
        voucher_values=total.voucher_values,
        exceptions=(),
        by={"region": tuple(groups)},
        months=(MonthCount(NOVEMBER, total.people, total.transfers, total.vouchers_issued),),
    )


def test_a_sum_of_few_hand_outs_is_withheld() -> None:
    figures = month_of([group("North", {"RUB": 40, "USD": 1}, 0)])
    shown = withhold_small(figures)
    # That 40 of 41 transfers were in roubles would tell of the one in dollars.
    assert shown.amounts == (FigureSum(Money("RUB", 400_000), None),)
    assert shown.transfers == 41
    assert shown.withheld == {("amounts", "USD")}


def test_a_few_vouchers_beside_much_cash_are_withheld() -> None:
    shown = withhold_small(month_of([group("North", {"RUB": 40}, 2)]))
    assert (shown.people, shown.transfers, shown.vouchers_issued) == (42, 40, None)
    assert shown.months == (MonthCount(NOVEMBER, 42, 40, None),)
    assert [one.vouchers_issued for one in shown.by["region"]] == [None]


def test_of_few_people_not_even_what_they_were_given_is_told() -> None:
    shown = withhold_small(month_of([group("North", {"RUB": 3}, 0)]))
    assert (shown.people, shown.transfers, shown.vouchers_issued) == (None, None, None)
    assert shown.withheld == {("amounts", "RUB"), ("voucher_values", "RUB")}
    assert shown.by == {"region": ()}


numbers = some.integers(0, 9) | some.integers(0, 60)
groups = some.lists(some.tuples(numbers, numbers, numbers), min_size=1, max_size=5).map(
    lambda listed: [
        group(f"R{place}", {"RUB": rub, "USD": usd}, vouchers)
        for place, (rub, usd, vouchers) in enumerate(listed)
    ]
)


def left_over(whole: Figures, shown: Figures) -> Iterator[list[int]]:
    """Of each total that is shown, the numbers withheld; who subtracts is left with their sum."""
    if shown.people is None:
        return
    pairs = list(zip(whole.by["region"], shown.by["region"], strict=True))
    for name in COUNTS:
        if getattr(shown, name) is not None:
            yield [getattr(then, name) for then, now in pairs if getattr(now, name) is None]
    for name in SUMS:
        for total in getattr(shown, name):
            currency = total.money.currency
            yield [
                count_in(then, name, currency)
                for then, now in pairs
                if currency not in {each.money.currency for each in getattr(now, name)}
            ]


def count_in(one: FigureGroup, name: str, currency: str) -> int:
    return sum(each.count for each in getattr(one, name) if each.money.currency == currency)


@given(groups)
def test_nothing_small_is_shown_or_left_over(listed: list[FigureGroup]) -> None:
    whole = month_of(listed)
    shown = withhold_small(whole)
    for one in (shown, *shown.months, *shown.by["region"]):
        told = [getattr(one, name) for name in COUNTS]
        assert [number for number in told if number and number < SMALLEST_SHOWN] == []
    for one in (shown, *shown.by["region"]):
        assert [each.count for name in SUMS for each in getattr(one, name) if each.count] == []
    for hidden in left_over(whole, shown):
        given_to = [number for number in hidden if number]
        if any(number < SMALLEST_SHOWN for number in given_to):
            assert len(given_to) > 1
            assert sum(given_to) >= SMALLEST_SHOWN


@pytest.mark.parametrize("regions", [{"North": 20, "South": 7, "East": 2}, {"A": 1, "B": 1}])
def test_the_people_of_the_last_small_group_do_not_follow_from_the_total(
    regions: dict[str, int],
) -> None:
    shown = withhold_small(month_of([group(name, {"RUB": n}, 0) for name, n in regions.items()]))
    hidden = [regions[one.code] for one in shown.by["region"] if one.people is None]
    assert shown.people is None or sum(hidden) >= SMALLEST_SHOWN


@pytest.mark.parametrize(
    ("people", "shown"), [(1, None), (4, None), (SMALLEST_SHOWN, SMALLEST_SHOWN), (6, 6)]
)
def test_five_people_are_the_first_that_are_shown(people: int, shown: int | None) -> None:
    figures = withhold_small(month_of([group("A", {"RUB": people}, 0)]))
    assert (figures.people, figures.transfers) == (shown, shown)


def test_two_withheld_groups_of_five_people_together_need_no_third() -> None:
    """Together they are as many as may be shown, so the total gives neither away."""
    groups = [group("A", {"RUB": 1}, 0), group("B", {"RUB": 4}, 0), group("C", {"RUB": 30}, 0)]
    shown = {each.code: each.people for each in withhold_small(month_of(groups)).by["region"]}
    assert shown == {"A": None, "B": None, "C": 30}
