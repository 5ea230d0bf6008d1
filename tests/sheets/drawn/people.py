"""Draws who stands on a sheet, and what each of them got."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.sheets.drawn.plans import OWN_DAYS, Plan
from tests.sheets.drawn.truth import Cell, Payment
from tests.sheets.drawn.values import number_cell
from tests.sheets.drawn.words import CURRENCIES

FEWEST, MOST = 3, 9
_MONTHS = 11
#: Faults of which one row is enough.
_ONE_ROW = 1


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a list, or a household with its members.

    Attributes:
        number_cell: The number as the sheet shows it.
        minor: The amount in minor units.
        is_first: No one stands above in the list.
    """

    number: str
    number_cell: Cell
    name: str
    village: str
    minor: int
    currency: str
    day: dt.date
    is_paid: bool
    is_first: bool = False
    members: tuple[str, ...] = ()
    is_struck: bool = False
    is_hidden: bool = False
    fault: str = "none"

    def signed_in(self, month: int) -> bool:
        """Whether the person signed in a month, if people did."""
        return (len(self.name) + month) % 4 != 0

    @property
    def payment(self) -> Payment | None:
        """What was paid, if anything, and if the sheet has it in a form that can be read."""
        if not self.is_paid or self.is_struck or self.fault != "none":
            return None
        return Payment(self.number, self.minor, self.currency, self.day.isoformat())


def draw_people(plan: Plan, random: Random) -> Sequence[Person]:
    """Everybody on the sheet, village by village."""
    count = random.randint(FEWEST, MOST) + (4 if plan.shape not in {"one list", "months"} else 0)
    days, minors = _days(plan, count, random), _minors(plan, count, random)
    unpaid = _some(count, 2, random) if plan.receipt not in _ALL_PAID else set()
    struck = _some(count, 2, random) if plan.struck == "struck rows" else set()
    hidden = _some(count, 2, random) if plan.hidden == "row" else set()
    wrong = _some(count, _ONE_ROW, random) if plan.fault != "none" else set()
    villages = plan.language.villages
    people: list[Person] = []
    for at in range(count):
        number, cell = number_cell(plan.numbers, at, random)
        currency = plan.currency
        village = villages[at * len(villages) // count]
        if plan.currency_in == "mixed column" and at % 3 == 1:
            currency = _other(plan.currency)
        if plan.currency_in == "own line" and village != villages[0]:
            currency = _other(plan.currency)
        name = plan.language.people[at % len(plan.language.people)]
        times = members_of(name) if plan.money_columns == "per person" else 1
        people.append(
            Person(
                number=number,
                number_cell=cell,
                name=name,
                village=village,
                minor=_whole(minors[at], currency) * times,
                currency=currency,
                day=_own_day(plan, village, days[at]),
                is_paid=at not in unpaid,
                is_first=not at,
                members=_members(plan, at, random),
                is_struck=at in struck,
                is_hidden=at in hidden,
                fault=plan.fault if at in wrong else "none",
            )
        )
        if people[-1].fault == "twice":
            known = people[-2]
            people[-1] = replace(
                people[-1],
                number=known.number,
                number_cell=known.number_cell,
                minor=known.minor,
                currency=known.currency,
                day=known.day,
            )
    return people


_ALL_PAID = {"none", "month signatures", "signature blank", "remarks harmless"}


def members_of(name: str) -> int:
    """How many people are in the household of a person, where amounts are for each of them."""
    return 2 + len(name) % 3


def _some(count: int, most: int, random: Random) -> set[int]:
    """One or some places, never all and never the first, by which a sheet is recognised."""
    return set(random.sample(range(1, count), min(random.randint(1, most), count - 2)))


def _own_day(plan: Plan, village: str, day: dt.date) -> dt.date:
    """The day of a list of its own: each village has one, and each of two lists beside."""
    if plan.days not in OWN_DAYS:
        return day
    places = plan.language.villages
    list_of = places.index(village)
    if plan.shape == "beside":
        list_of = int(list_of >= (len(places) // 2 or 1))
    return day.replace(day=13 + list_of)


def _other(currency: str) -> str:
    return "EUR" if currency == "USD" else "USD"


def _whole(minor: int, currency: str) -> int:
    """The amount in whole units where the currency has no decimals like the others."""
    return minor if CURRENCIES[currency][0] == 2 else minor // 100 * 10 ** CURRENCIES[currency][0]


def _days(plan: Plan, count: int, random: Random) -> Sequence[dt.date]:
    month = random.randint(1, _MONTHS)
    if plan.days in {"nowhere", "title", "ditto", *OWN_DAYS} or plan.merged == "day":
        return [dt.date(2025, month, random.randint(13, 28))] * count
    if plan.days.endswith("open"):
        return [dt.date(2025, month, random.choice(_not(month))) for _ in range(count)]
    last = dt.date(2025, month, random.randint(13, 28))
    one_day = random.random() < 0.5
    return [
        last if one_day or not at else dt.date(2025, random.randint(1, _MONTHS), at + 1)
        for at in range(count)
    ]


def _not(month: int) -> Sequence[int]:
    return [day for day in range(1, 13) if day != month]


def _minors(plan: Plan, count: int, random: Random) -> Sequence[int]:
    """Amounts in hundredths."""
    if plan.amounts == "nowhere":
        return [random.randint(10, 90) * 1000] * count
    if plan.amounts in {"1.234", "1,234"}:
        return [random.randint(1001, 9999) * 100 for _ in range(count)]
    if plan.scale != "none":
        return [random.randint(1, 40) * 50000 for _ in range(count)]
    is_round = random.random() < 0.6
    if is_round:
        same = random.randint(1, 90) * 5000
        return [same if random.random() < 0.7 else same * 2 for _ in range(count)]
    return [random.randint(1000, 900000) // 5 * 5 for _ in range(count)]


def _members(plan: Plan, at: int, random: Random) -> tuple[str, ...]:
    if plan.merged not in {"household", "members below"}:
        return ()
    count = random.randint(1, 3) if at in {0, 1} else random.randint(0, 3)
    return tuple(random.sample(plan.language.people, count))
