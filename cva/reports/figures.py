"""Figures as values: what a month's page, workbook and JSON are all made from."""

from dataclasses import dataclass, field

from cva.core.dates import Month
from cva.core.money import Money

#: What the figures of a month are broken down by.
DIMENSIONS = ("programme", "modality", "region", "sex")

#: What is counted, and what is summed per currency, of what was handed out.
COUNTS = ("people", "new_people", "transfers", "vouchers_issued")
SUMS = ("amounts", "voucher_values")


@dataclass(frozen=True, slots=True)
class FigureSum:
    """An amount, and how many transfers or vouchers it is the sum of.

    Attributes:
        count: None where it would give a small number away that is withheld.
    """

    money: Money
    count: int | None

    def __add__(self, other: "FigureSum") -> "FigureSum":
        is_known = self.count is not None and other.count is not None
        return FigureSum(
            self.money + other.money, (self.count or 0) + (other.count or 0) if is_known else None
        )


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one programme, modality, region or sex.

    Attributes:
        code: The stored value; empty where the sheets did not say.
        people: Each once within the group; None where a small number is withheld.
        amounts: Cash, per currency. ``voucher_values``: face values, per currency.
    """

    code: str
    name: str
    people: int | None
    transfers: int | None
    vouchers_issued: int | None
    amounts: tuple[FigureSum, ...]
    voucher_values: tuple[FigureSum, ...]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month in the row of months."""

    month: Month
    people: int | None
    transfers: int | None
    vouchers_issued: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a society in a month.

    Attributes:
        people: Each once in the month. Monthly figures of people never add up to a longer period.
        new_people: Of them, those the society had never assisted before.
        exceptions: Paid against a rule and recorded as such; not in ``amounts``.
        returned: What came back in the month, whenever it was paid; the figures of earlier months,
            and ``amounts``, stay as they are.
        reached: By code of each provider, ``"collected"`` where it tells who collected the money,
            else ``"paid"``: when somebody counts as reached by it.
        months: The twelve months up to this one, each counted by itself.
        withheld: Of ``amounts`` and ``voucher_values``, by these names, the currencies whose sums
            are withheld as small; a count that is withheld is None.
    """

    society: str
    society_name: str
    month: Month
    people: int | None
    new_people: int | None
    transfers: int | None
    vouchers_issued: int | None
    amounts: tuple[FigureSum, ...]
    voucher_values: tuple[FigureSum, ...]
    exceptions: tuple[FigureSum, ...]
    returned: tuple[FigureSum, ...] = ()
    reached: tuple[tuple[str, str], ...] = ()
    by: dict[str, tuple[FigureGroup, ...]] = field(default_factory=dict)
    months: tuple[MonthCount, ...] = ()
    is_withheld: bool = False
    withheld: frozenset[tuple[str, str]] = frozenset()

    def withholds(self, name: str) -> bool:
        """Whether the count, or one of the sums, with this name is withheld."""
        if name in COUNTS:
            return getattr(self, name) is None
        return self.people is None or any(name == kind for kind, _currency in self.withheld)
