"""The month: held against a slow and obvious count over made-up months."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from cva.core.dates import Month
from cva.core.errors import ForbiddenError, NotFoundError
from cva.core.tenancy import SYSTEM, Actor
from cva.reports.disclosure_control import SMALLEST_SHOWN, figures_shown
from cva.reports.figures import Figures, FigureSum
from cva.reports.monthly import figures, last_month_with_figures
from tests.makers import HEADINGS, AtWork, workbook

FIRST = date(2022, 10, 1)
REGIONS = ("North", "South", "East")


@dataclass(frozen=True)
class Given:
    """What one person was given on one day."""

    person: int
    day: date
    currency: str | None
    minor: int | None
    is_cash: bool

    @property
    def region(self) -> str:
        return REGIONS[self.person % 3]

    @property
    def sex(self) -> str:
        return "female" if self.person % 2 else "male"


def made_up(chance: Random) -> list[Given]:
    """Some months of hand-outs, more on the first and last days of a month than on others."""
    edges = [date(2022, 10, 31), date(2022, 11, 1), date(2022, 11, 30), date(2022, 12, 1)]
    rows = {
        (
            chance.randint(1, 40),
            chance.choice([*edges, FIRST + timedelta(chance.randint(0, 110))]),
            chance.choice(["RUB", "USD", None]),
        )
        for _ in range(180)
    }
    return [
        Given(person, day, currency, chance.randint(1, 10**7) if currency else None, bool(currency))
        for person, day, currency in sorted(rows, key=str)
    ]


def sheets(rows: list[Given]) -> Iterator[bytes]:
    """Rows as sheets: cash, and clothes vouchers."""
    shared = ("number", "name", "sex", "region", "day")
    cash = [[HEADINGS[name] for name in (*shared, "amount", "currency")]]
    clothes = [[HEADINGS[name] for name in (*shared, "voucher", "type")]]
    cells: list[Any]
    for place, row in enumerate(rows):
        cells = [f"R-{row.person}", f"Person No{row.person}", row.sex, row.region, row.day]
        if row.minor is not None:
            cash.append([*cells, f"{row.minor // 100}.{row.minor % 100:02}", str(row.currency)])
        else:
            clothes.append([*cells, f"V-{place}", "clothes"])
    return map(workbook, (cash, clothes))


@pytest.fixture(scope="module")
def month_by_month(kept_society: AtWork) -> tuple[AtWork, list[Given]]:
    """A society with three made-up months."""
    rows = made_up(Random(2022))  # noqa: S311
    for content in sheets(rows):
        kept_society.approved(content)
    return kept_society, rows


def count(society: AtWork, month: str, actor: Actor = SYSTEM) -> Figures:
    return society.see(
        lambda session: figures(session, society.society_id, Month.parse(month)), actor
    )


def money(rows: list[Given]) -> dict[str, tuple[int, int]]:
    """Sum and number per currency."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if row.minor is not None and row.currency:
            sums[row.currency][0] += row.minor
            sums[row.currency][1] += 1
    return {currency: (minor, number) for currency, (minor, number) in sums.items()}


def told(sums: tuple[FigureSum, ...]) -> dict[str, tuple[int, int | None]]:
    return {each.money.currency: (each.money.minor, each.count) for each in sums}


MONTHS = ("2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02")


@pytest.mark.parametrize("month", MONTHS)
def test_the_figures_are_those_of_a_slow_count(
    month_by_month: tuple[AtWork, list[Given]], month: str
) -> None:
    society, rows = month_by_month
    within = [row for row in rows if str(row.day)[:7] == month]
    before = {row.person for row in rows if str(row.day)[:7] < month}
    found = count(society, month)
    assert found.people == len({row.person for row in within})
    assert found.new_people == len({row.person for row in within} - before)
    assert found.transfers == sum(row.is_cash for row in within)
    assert found.vouchers_issued == sum(not row.is_cash for row in within)
    assert told(found.amounts) == money(within)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("region", lambda row: row.region),
        ("sex", lambda row: row.sex),
        ("modality", lambda row: "cash" if row.is_cash else "commodity_voucher"),
        ("programme", lambda _row: "CASH"),
    ],
)
def test_the_groups_are_those_of_a_slow_count(
    month_by_month: tuple[AtWork, list[Given]],
    month: str,
    dimension: str,
    value: Any,  # noqa: ANN401
) -> None:
    society, rows = month_by_month
    within: dict[str, list[Given]] = defaultdict(list)
    for row in rows:
        if str(row.day)[:7] == month:
            within[value(row)].append(row)
    found = {group.code: group for group in count(society, month).by[dimension]}
    assert found.keys() == within.keys()
    for code, group in found.items():
        assert group.people == len({row.person for row in within[code]})
        assert group.transfers == sum(row.is_cash for row in within[code])
        assert group.vouchers_issued == sum(not row.is_cash for row in within[code])
        assert told(group.amounts) == money(within[code])


def test_the_row_of_months_counts_each_by_itself(
    month_by_month: tuple[AtWork, list[Given]],
) -> None:
    society, rows = month_by_month
    people: Counter[str] = Counter()
    for month, _person in {(str(row.day)[:7], row.person) for row in rows}:
        people[month] += 1
    listed = count(society, "2023-02").months
    assert [str(each.month) for each in listed][-3:] == ["2022-12", "2023-01", "2023-02"]
    assert [each.people for each in listed] == [people[str(each.month)] for each in listed]
    assert len(listed) == 12


def test_the_last_month_with_figures_is_where_a_reader_begins(
    month_by_month: tuple[AtWork, list[Given]],
) -> None:
    society, rows = month_by_month
    last = society.see(lambda session: last_month_with_figures(session, [society.society_id]))
    assert str(last) == max(str(row.day)[:7] for row in rows)


def test_a_month_without_anything_is_all_zero(society: AtWork) -> None:
    found = count(society, "2022-11")
    assert (found.people, found.transfers, found.vouchers_issued) == (0, 0, 0)
    assert found.amounts == ()


def test_exceptions_stand_apart(society: AtWork) -> None:
    table = "number | name | day | amount | currency\nR-1 | Anna Orlova | 2022-11-05 | 50 | RUB"
    society.approved(table, round_code="1")
    again = society.submitted(
        table.replace("50", "60") + "\nR-2 | Boris Lebed | 2022-11-05 | 70 | RUB", round_code="1"
    )
    society.except_row(again, 2, "recoverable")
    society.approve(again)
    found = count(society, "2022-11")
    assert (found.people, found.transfers) == (2, 2)
    assert told(found.amounts) == {"RUB": (12000, 2)}
    assert told(found.exceptions) == {"RUB": (6000, 1)}


def test_whoever_is_not_of_the_society_sees_no_small_number(
    month_by_month: tuple[AtWork, list[Given]],
) -> None:
    society, _rows = month_by_month
    withheld = 0
    for month in MONTHS:
        shown = society.see(
            lambda session, month=month: figures_shown(  # type: ignore[misc]
                session, society.society_id, Month.parse(month)
            ),
            society.people["partner"],
        )
        assert shown.is_withheld
        numbers = [shown.people, shown.new_people]
        numbers += [group.people for groups in shown.by.values() for group in groups]
        numbers += [each.people for each in shown.months]
        assert [one for one in numbers if one is not None and 0 < one < SMALLEST_SHOWN] == []
        withheld += numbers.count(None)
    assert withheld
    whole = society.see(
        lambda session: figures_shown(session, society.society_id, Month.parse("2022-10")),
        society.people["manager"],
    )
    assert not whole.is_withheld


def test_one_small_group_takes_the_next_with_it(society: AtWork) -> None:
    rows: list[list[object]] = [
        [HEADINGS[name] for name in ("number", "name", "region", "day", "amount", "currency")]
    ]
    for region, people in (("North", 20), ("South", 7), ("East", 2)):
        rows += [
            [f"{region}-{number}", f"Person {region}", region, date(2022, 11, 5), 10, "RUB"]
            for number in range(people)
        ]
    society.approved(workbook(rows))
    shown = society.see(
        lambda session: figures_shown(session, society.society_id, Month(2022, 11)),
        society.people["partner"],
    )
    assert shown.people == 29
    assert {group.code: group.people for group in shown.by["region"]} == {
        "North": 20,
        "South": None,
        "East": None,
    }


@pytest.mark.parametrize("role", ["field", "admin"])
def test_figures_need_their_right(society: AtWork, role: str) -> None:
    with pytest.raises(ForbiddenError):
        count(society, "2022-11", society.people[role])


def test_the_figures_of_another_society_are_not_there(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    one, other = two_societies
    with pytest.raises(NotFoundError):
        count(one, "2022-11", other.people["manager"])
