"""What the demo holds: societies, programmes, and the sheets of each, and how far each goes."""

from collections.abc import Callable, Sequence
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
    """A programme of the demo, in the currency of its society."""

    code: str
    name: str
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
    return [
        _russian(),
        DemoSociety(
            "BRC",
            "Belarus Red Cross",
            "BY",
            "BYN",
            "Europe/Minsk",
            (DemoProgramme("FOOD-2022", "Food and necessities vouchers", "paper_voucher"),),
            _monthly(
                "brc-vouchers-2022",
                "FOOD-2022",
                writing.belarus_vouchers,
                (4, 6, 8, 10),
                FOOD_PEOPLE_2022,
            ),
        ),
        DemoSociety(
            "IRCS",
            "Iranian Red Crescent",
            "IR",
            "IRR",
            "Asia/Tehran",
            (DemoProgramme("CASH-1404", "Cash for refugees and host families"),),
            _monthly("ircs-cash-2025", "CASH-1404", writing.iranian_cash, (5, 7, 9), 480),
        ),
        DemoSociety(
            "ERC",
            "Egyptian Red Crescent",
            "EG",
            "EGP",
            "Africa/Cairo",
            (DemoProgramme("CASH-2025", "Cash for new arrivals", "mobile_money"),),
            _monthly("erc-cash-2025", "CASH-2025", writing.egyptian_cash, (2, 3, 4), 640),
        ),
        DemoSociety(
            "RCSK",
            "Red Crescent Society of Kyrgyzstan",
            "KG",
            "KGS",
            "Asia/Bishkek",
            (DemoProgramme("WINTER-2025", "Winter cash", "bank_transfer"),),
            _monthly("rcsk-cash-2025", "WINTER-2025", writing.kyrgyz_cash, (1, 2, 3), 520),
        ),
    ]


def _monthly(
    name: str,
    programme: str,
    write: Callable[[int, int, int], bytes],
    months: Sequence[int],
    count: int,
) -> list[DemoSheet]:
    """One sheet for each month, over which so many rows or people are spread."""
    sheets = []
    for part, month in enumerate(months):
        first = count * part // len(months)
        here = count * (part + 1) // len(months) - first
        filename = f"{name}-{month:02d}.xlsx"
        sheets.append(DemoSheet(filename, programme, partial(write, first, here, month)))
    return sheets


def _russian() -> DemoSociety:
    year = range(1, 13)
    cash = _monthly("rrc-cash-2022", "CASH-2022", writing.russian_cash, year, CASH_2022)
    clothes = _monthly(
        "rrc-clothes-2022", "CLOTHES-2022", writing.russian_clothes, year, CLOTHES_2022
    )
    waiting = DemoSheet(
        "rrc-cash-2023-01-rostov.xlsx",
        "CASH-2022",
        partial(writing.russian_cash, CASH_2022, 240, 1, year=2023),
        SheetState.SUBMITTED,
    )
    with_errors = DemoSheet(
        "rrc-cash-2023-01-kursk.xlsx",
        "CASH-2022",
        partial(writing.russian_cash, CASH_2022 + 240, 120, 1, year=2023, has_errors=True),
        SheetState.CHECKED,
    )
    return DemoSociety(
        "RRC",
        "Russian Red Cross",
        "RU",
        "RUB",
        "Europe/Moscow",
        (
            DemoProgramme("CASH-2022", "Cash for displaced families"),
            DemoProgramme("CLOTHES-2022", "Clothes vouchers", "paper_voucher"),
        ),
        [sheet for pair in zip(cash, clothes, strict=True) for sheet in pair]
        + [waiting, with_errors],
    )
