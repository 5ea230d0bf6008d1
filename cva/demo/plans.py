"""What the demo holds: societies, programmes, and the sheets of each, in its own language."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random

import jdatetime

from cva.demo import names
from cva.demo.names import make_up
from cva.intake.models import SheetState
from cva.sheets.write import write_table

#: Totals of the year 2022, as the societies reported them.
CASH_2022 = 26_014
CLOTHES_2022 = 8_712
FOOD_PEOPLE_2022 = 1_304

_FA_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_RUSSIAN_REGIONS = (
    "Ростовская область",
    "Белгородская область",
    "Воронежская область",
    "Курская область",
    "Брянская область",
)


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """A programme of the demo."""

    code: str
    name: str
    currency: str
    mechanism: str = "cash_in_hand"


@dataclass(frozen=True, slots=True)
class DemoSheet:
    """A sheet of the demo: ``write`` makes its bytes, ``until`` says how far it goes."""

    filename: str
    programme: str
    write: Callable[[], bytes]
    until: SheetState = SheetState.APPROVED


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


def _day(year: int, month: int, chance: Random) -> date:
    return date(year, month, chance.randint(1, monthrange(year, month)[1]))


def _russian() -> DemoSociety:
    cash = [
        DemoSheet(
            f"rrc-cash-2022-{month:02d}.xlsx",
            "CASH-2022",
            partial(_russian_cash, first, count, 2022, month),
        )
        for month, (first, count) in enumerate(_spread(CASH_2022, 12), 1)
    ]
    clothes = [
        DemoSheet(
            f"rrc-clothes-2022-{month:02d}.xlsx",
            "CLOTHES-2022",
            partial(_russian_clothes, first, count, month),
        )
        for month, (first, count) in enumerate(_spread(CLOTHES_2022, 12), 1)
    ]
    waiting = DemoSheet(
        "rrc-cash-2023-01-rostov.xlsx",
        "CASH-2022",
        partial(_russian_cash, CASH_2022, 240, 2023, 1),
        SheetState.SUBMITTED,
    )
    with_errors = DemoSheet(
        "rrc-cash-2023-01-kursk.xlsx",
        "CASH-2022",
        partial(_russian_cash, CASH_2022 + 240, 120, 2023, 1, has_errors=True),
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


def _russian_person(number: int) -> tuple[Random, list[object]]:
    chance = Random(number)  # noqa: S311 - invented people need no secret
    person = make_up(names.RUSSIAN, chance)
    born = date(1940, 1, 1).toordinal() + chance.randrange(24_000)
    return chance, [
        f"RRC-22-{number + 1:06d}",
        person.family,
        person.first,
        person.sex,
        date.fromordinal(born),
        chance.randint(1, 7),
        f"{chance.randrange(1000, 9999)} {chance.randrange(100_000, 999_999)}",
        chance.choice(_RUSSIAN_REGIONS),
    ]


def _russian_cash(
    first: int, count: int, year: int, month: int, *, has_errors: bool = False
) -> bytes:
    rows: list[list[object]] = []
    for place in range(count):
        chance, person = _russian_person(first + place)
        amount = chance.choice([10_000, 15_000, 20_000])
        rows.append([place + 1, *person, _day(year, month, chance), amount, ""])
    if has_errors:
        rows[4][10] = "десять тысяч"
        rows[17][9] = f"31.02.{year}"
        rows[30][1] = ""
        rows[52] = [53, *rows[51][1:]]
        rows[77][7] = "2,5E+09"
    return write_table(
        "Ведомость",
        (
            "Российский Красный Крест",
            "Ведомость выдачи денежной помощи семьям, вынужденно покинувшим места проживания",
        ),
        (
            "№ п/п",
            "Рег. №",
            "Фамилия",
            "Имя",
            "Пол",
            "Дата рождения",
            "Кол-во членов семьи",
            "Серия, номер паспорта",
            "Регион",
            "Дата выдачи",
            "Сумма, руб.",
            "Подпись",
        ),
        rows,
    )


def _russian_clothes(first: int, count: int, month: int) -> bytes:
    rows: list[list[object]] = []
    for place in range(count):
        chance, person = _russian_person(first + place)
        serial = f"ОД-{2_022_001 + first + place}"
        day = _day(2022, month, chance)
        row = [place + 1, person[0], f"{person[1]} {person[2]}", serial, "одежда", 5_000]
        rows.append([*row, day, person[7]])
    return write_table(
        "Ваучеры",
        ("Ведомость выдачи ваучеров на одежду",),
        (
            "№",
            "Рег. номер",
            "Фамилия, имя, отчество",
            "Номер ваучера",
            "Тип ваучера",
            "Номинал, руб.",
            "Дата выдачи",
            "Регион",
        ),
        rows,
    )


def _belarus() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"brc-vouchers-2022-{month:02d}.xlsx",
            "FOOD-2022",
            partial(_belarus_vouchers, first, count, month),
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


def _belarus_vouchers(first: int, count: int, month: int) -> bytes:
    rows: list[list[object]] = []
    for place in range(count):
        number = first + place
        chance = Random(number)  # noqa: S311
        person = make_up(names.BELARUSIAN, chance)
        day = _day(2022, month, chance).strftime("%d.%m.%Y")
        region = chance.choice(["Брэсцкая вобласць", "Гомельская вобласць", "Мінск"])
        for kind, value in (("прадукты", "120,00"), ("тавары першай неабходнасці", "75,50")):
            serial = f"BY{len(rows) + 1 + first * 2:06d}"
            row = [len(rows) + 1, f"BRC-{number + 1:05d}", person.family, person.first]
            rows.append([*row, person.sex, serial, kind, value, "BYN", day, region])
    return write_table(
        "Ваўчары",
        (),
        (
            "№ п/п",
            "Рэгістрацыйны нумар",
            "Прозвішча",
            "Імя",
            "Пол",
            "Нумар ваўчара",
            "Від ваўчара",
            "Сума",
            "Валюта",
            "Дата выдачы",
            "Вобласць",
        ),
        rows,
    )


def _iranian() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"ircs-cash-2025-{month:02d}.xlsx",
            "CASH-1404",
            partial(_iranian_cash, first, count, month),
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


def _iranian_cash(first: int, count: int, month: int) -> bytes:
    rows: list[list[object]] = []
    provinces = ("خراسان رضوی", "خراسان جنوبی", "سیستان و بلوچستان", "تهران")
    for place in range(count):
        chance = Random(first + place)  # noqa: S311
        person = make_up(names.PERSIAN, chance)
        day = jdatetime.date.fromgregorian(date=_day(2025, month, chance)).strftime("%Y/%m/%d")
        rial = f"{chance.choice([25_000_000, 30_000_000, 42_500_000]):,}".replace(",", "٬")
        row = [str(place + 1), f"IRCS-{first + place + 1:05d}", person.first, person.family]
        row += [person.sex, chance.choice(provinces), day, rial]
        rows.append([cell if cell == row[1] else cell.translate(_FA_DIGITS) for cell in row])
    return write_table(
        "لیست",
        ("جمعیت هلال احمر - لیست پرداخت کمک نقدی",),
        (
            "ردیف",
            "شماره ثبت",
            "نام",
            "نام خانوادگی",
            "جنسیت",
            "استان",
            "تاریخ پرداخت",
            "مبلغ (ریال)",
        ),
        rows,
        is_right_to_left=True,
    )


def _egyptian() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"erc-cash-2025-{month:02d}.xlsx",
            "CASH-2025",
            partial(_egyptian_cash, first, count, month),
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


def _egyptian_cash(first: int, count: int, month: int) -> bytes:
    rows: list[list[object]] = []
    for place in range(count):
        chance = Random(first + place)  # noqa: S311
        person = make_up(names.ARABIC, chance)
        amount = chance.choice(["1500.00", "2250.50", "3000.00"])
        day = _day(2025, month, chance).isoformat()
        row = [place + 1, f"ERC-{first + place + 1:05d}", person.first, person.family, person.sex]
        rows.append([*row, chance.choice(["أسوان", "القاهرة", "الجيزة"]), day, amount, "EGP"])
    return write_table(
        "كشف الصرف",
        (),
        (
            "م",
            "رقم التسجيل",
            "الاسم الأول",
            "اسم العائلة",
            "الجنس",
            "المحافظة",
            "تاريخ الصرف",
            "المبلغ",
            "العملة",
        ),
        rows,
        is_right_to_left=True,
    )


def _kyrgyz() -> DemoSociety:
    sheets = [
        DemoSheet(
            f"rcsk-cash-2025-{month:02d}.xlsx",
            "WINTER-2025",
            partial(_kyrgyz_cash, first, count, month),
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


def _kyrgyz_cash(first: int, count: int, month: int) -> bytes:
    rows: list[list[object]] = []
    for place in range(count):
        chance = Random(first + place)  # noqa: S311
        person = make_up(names.KYRGYZ, chance)
        day = _day(2025, month, chance)
        row = [place + 1, f"RCSK-{first + place + 1:05d}", f"{person.family} {person.first}"]
        row += [person.sex, chance.randint(1, 8), chance.choice(["Ош облусу", "Баткен облусу"])]
        rows.append([*row, day, chance.choice([4_500, 6_000]), "сом"])
    return write_table(
        "Тизме",
        (),
        (
            "№",
            "Каттоо номери",
            "ФИО",
            "Жынысы",
            "Үй-бүлө мүчөлөрүнүн саны",
            "Облус",
            "Таратуу күнү",
            "Суммасы",
            "Валюта",
        ),
        rows,
    )
