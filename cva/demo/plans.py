"""What the demo holds: societies, programmes, and the sheets of each, and how far each goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from cva.demo import writing
from cva.staging.models import SheetState

#: Totals of the year 2022, as the societies reported them.
CASH_2022 = 26_014
CLOTHES_2022 = 8_712
FOOD_PEOPLE_2022 = 1_304


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """A programme of the demo."""

    code: str
    name: str
    currency: str
    mechanism: str = "cash_in_hand"


@dataclass(frozen=True, slots=True)
class DemoSheet:
    """A sheet of the demo: ``write`` makes its bytes, ``until`` says how far it goes.

    Attributes:
        round_code: The named round it belongs to; ``vendor``: who claims the vouchers in it.
    """

    filename: str
    programme: str
    write: Callable[[], bytes]
    until: SheetState = SheetState.APPROVED
    round_code: str | None = None
    vendor: str = ""

    @property
    def is_list(self) -> bool:
        """Whether it is a list before hand-out: checked and kept, not posted."""
        return self.until == SheetState.KEPT


@dataclass(frozen=True, slots=True)
class DemoSociety:
    """A society of the demo."""

    code: str
    name: str
    country: str
    currency: str
    time_zone: str
    programmes: Sequence[DemoProgramme]
    sheets: Sequence[DemoSheet] = field(default=())


def societies() -> list[DemoSociety]:
    """The societies of the demo, largest first."""
    return [_russian(), _belarus(), _iranian(), _egyptian(), _kyrgyz()]


def _spread(total: int, parts: int) -> Iterator[tuple[int, int]]:
    """Split a number of rows over parts: ``(first, how many)`` of each."""
    for part in range(parts):
        first = total * part // parts
        yield first, total * (part + 1) // parts - first


def _russian() -> DemoSociety:
    cash = [
        DemoSheet(
            f"rrc-cash-2022-{month:02d}.xlsx",
            "CASH-2022",
            partial(writing.russian_cash, first, count, 2022, month),
        )
        for month, (first, count) in enumerate(_spread(CASH_2022, 12), 1)
    ]
    clothes = [
        DemoSheet(
            f"rrc-clothes-2022-{month:02d}.xlsx",
            "CLOTHES-2022",
            partial(writing.russian_clothes, first, count, month),
        )
        for month, (first, count) in enumerate(_spread(CLOTHES_2022, 12), 1)
    ]
    waiting = DemoSheet(
        "rrc-cash-2023-01-rostov.xlsx",
        "CASH-2022",
        partial(writing.russian_cash, CASH_2022, 240, 2023, 1),
        SheetState.SUBMITTED,
    )
    with_errors = DemoSheet(
        "rrc-cash-2023-01-kursk.xlsx",
        "CASH-2022",
        partial(writing.russian_cash, CASH_2022 + 240, 120, 2023, 1, has_errors=True),
        SheetState.CHECKED,
    )
    return DemoSociety(
        "RRC",
        "Russian Red Cross",
        "RU",
        "RUB",
        "Europe/Moscow",
        (
            DemoProgramme("CASH-2022", "Cash for displaced families", "RUB"),
            DemoProgramme("CLOTHES-2022", "Clothes vouchers", "RUB", "paper_voucher"),
        ),
        [sheet for pair in zip(cash, clothes, strict=True) for sheet in pair]
        + [waiting, with_errors],
    )


def _belarus() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"brc-vouchers-2022-{month:02d}.xlsx",
            "FOOD-2022",
            partial(writing.belarus_vouchers, first, count, month),
        )
        for month, (first, count) in zip((4, 6, 8, 10), _spread(FOOD_PEOPLE_2022, 4), strict=True)
    ]
    return DemoSociety(
        "BRC",
        "Belarus Red Cross",
        "BY",
        "BYN",
        "Europe/Minsk",
        (DemoProgramme("FOOD-2022", "Food and necessities vouchers", "BYN", "paper_voucher"),),
        sheets,
    )


def _iranian() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"ircs-cash-2025-{month:02d}.xlsx",
            "CASH-1404",
            partial(writing.iranian_cash, first, count, month),
        )
        for month, (first, count) in zip((5, 7, 9), _spread(480, 3), strict=True)
    ]
    return DemoSociety(
        "IRCS",
        "Iranian Red Crescent",
        "IR",
        "IRR",
        "Asia/Tehran",
        (DemoProgramme("CASH-1404", "Cash for refugees and host families", "IRR"),),
        sheets,
    )


def _egyptian() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"erc-cash-2025-{month:02d}.xlsx",
            "CASH-2025",
            partial(writing.egyptian_cash, first, count, month),
        )
        for month, (first, count) in zip((2, 3, 4), _spread(640, 3), strict=True)
    ]
    return DemoSociety(
        "ERC",
        "Egyptian Red Crescent",
        "EG",
        "EGP",
        "Africa/Cairo",
        (DemoProgramme("CASH-2025", "Cash for new arrivals", "EGP", "mobile_money"),),
        sheets,
    )


def _kyrgyz() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"rcsk-cash-2025-{month:02d}.xlsx",
            "WINTER-2025",
            partial(writing.kyrgyz_cash, first, count, month),
        )
        for month, (first, count) in zip((1, 2, 3), _spread(520, 3), strict=True)
    ]
    return DemoSociety(
        "RCSK",
        "Red Crescent Society of Kyrgyzstan",
        "KG",
        "KGS",
        "Asia/Bishkek",
        (DemoProgramme("WINTER-2025", "Winter cash", "KGS", "bank_transfer"),),
        sheets,
    )
