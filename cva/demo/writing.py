"""Writing the sheets of the demo, each society's in its own language, with invented people."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import jdatetime

from cva.sheets.writing.plain_workbook import write_table


@dataclass(frozen=True, slots=True)
class Names:
    """Family and first names of a language; women's and men's family names may differ."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    women_family: tuple[str, ...]
    men_family: tuple[str, ...]
    female: str
    male: str


@dataclass(frozen=True, slots=True)
class MadeUp:
    """An invented person."""

    family: str
    first: str
    sex: str


RUSSIAN = Names(
    women=("Анна", "Ольга", "Юлия", "Мария", "Елена", "Вера", "Нина", "Дарья", "Софья", "Лидия"),
    men=("Дмитрий", "Иван", "Пётр", "Алексей", "Сергей", "Павел", "Фёдор", "Глеб", "Лев", "Юрий"),
    women_family=("Ручьёва", "Лугова", "Полевая", "Берёзкина", "Снегирёва", "Тихая", "Яснева"),
    men_family=("Ручьёв", "Лугов", "Полевой", "Берёзкин", "Снегирёв", "Тихий", "Яснев"),
    female="Ж",
    male="М",
)
BELARUSIAN = Names(
    women=("Алена", "Вольга", "Марыя", "Ганна", "Кацярына", "Наталля"),
    men=("Андрэй", "Мікалай", "Пётр", "Алесь", "Янка", "Сяргей"),
    women_family=("Лясная", "Азёрная", "Жытнёва", "Зорына", "Крынічная"),
    men_family=("Лясны", "Азёрны", "Жытнёў", "Зорын", "Крынічны"),
    female="Ж",
    male="М",
)
PERSIAN = Names(
    women=("زهرا", "فاطمه", "مریم", "نرگس", "لاله"),
    men=("علی", "حسن", "رضا", "محمد", "امید"),
    women_family=("بهاری", "کوهستانی", "دریایی", "سپیده‌دم", "گلستانی"),
    men_family=("بهاری", "کوهستانی", "دریایی", "سپیده‌دم", "گلستانی"),
    female="زن",
    male="مرد",
)
ARABIC = Names(
    women=("أمينة", "فاطمة", "سلمى", "هدى", "مريم"),
    men=("محمد", "إدريس", "عمر", "يوسف", "خالد"),
    women_family=("النيل", "الواحة", "القمر", "الصباح", "الجبل"),
    men_family=("النيل", "الواحة", "القمر", "الصباح", "الجبل"),
    female="أنثى",
    male="ذكر",
)
KYRGYZ = Names(
    women=("Айгүл", "Гүлнара", "Жылдыз", "Нургүл", "Айпери"),
    men=("Азамат", "Бакыт", "Нурлан", "Эрлан", "Тилек"),
    women_family=("Тоолуева", "Булакова", "Жайлоова", "Арчаева"),
    men_family=("Тоолуев", "Булаков", "Жайлоов", "Арчаев"),
    female="аял",
    male="эркек",
)


def make_up(names: Names, chance: Random) -> MadeUp:
    """Invent a person; three of four are women, as on the lists of displaced families."""
    if chance.random() < 0.75:  # noqa: PLR2004
        return MadeUp(chance.choice(names.women_family), chance.choice(names.women), names.female)
    return MadeUp(chance.choice(names.men_family), chance.choice(names.men), names.male)


_FA_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
#: How a Russian list begins: the running number, and the first of what ``russian_person`` gives.
PERSON_HEADINGS = (
    "№ п/п",
    "Рег. №",
    "Фамилия",
    "Имя",
    "Пол",
    "Дата рождения",
    "Кол-во членов семьи",
)
#: The face value of a voucher for clothes, in whole roubles.
CLOTHES_FACE = 5_000
_RUSSIAN_REGIONS = (
    "Ростовская область",
    "Белгородская область",
    "Воронежская область",
    "Курская область",
    "Брянская область",
)


def day_in(year: int, month: int, chance: Random) -> date:
    """Some day of a month."""
    return date(year, month, chance.randint(1, monthrange(year, month)[1]))


def _people(names: Names, first: int, count: int) -> Iterator[tuple[int, int, MadeUp, Random]]:
    """So many people with their places and numbers, each the same, and the chance that goes on."""
    for place, number in enumerate(range(first, first + count), 1):
        chance = Random(number)  # noqa: S311 - invented people need no secret
        yield place, number, make_up(names, chance), chance


def russian_person(number: int) -> tuple[Random, list[object]]:
    """The person with a number, always the same; and the chance that goes on from there."""
    ((_place, _number, person, chance),) = _people(RUSSIAN, number, 1)
    born = date(1940, 1, 1).toordinal() + chance.randrange(24_000) * 11 // 12  # of age by 2022
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


def russian_cash(
    first: int, count: int, month: int, *, year: int = 2022, has_errors: bool = False
) -> bytes:
    """A list of cash handed out in a month; five rows of it wrong, where asked for."""
    rows: list[list[object]] = []
    for place in range(count):
        chance, person = russian_person(first + place)
        amount = chance.choice([10_000, 15_000, 20_000])
        rows.append([place + 1, *person, day_in(year, month, chance), amount, ""])
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
            *PERSON_HEADINGS,
            "Серия, номер паспорта",
            "Регион",
            "Дата выдачи",
            "Сумма, руб.",
            "Подпись",
        ),
        rows,
    )


def russian_clothes(first: int, count: int, month: int) -> bytes:
    """A list of vouchers for clothes of a month of 2022."""
    rows: list[list[object]] = []
    for place in range(count):
        chance, person = russian_person(first + place)
        serial = f"ОД-{2_022_001 + first + place}"
        day = day_in(2022, month, chance)
        rows.append(clothes_row(place, person, serial, day))
    return write_clothes("Ведомость выдачи ваучеров на одежду", rows)


def clothes_row(place: int, person: Sequence[object], serial: str, day: date) -> list[object]:
    """One voucher for clothes, handed out to a person on a day."""
    name = f"{person[1]} {person[2]}"
    return [place + 1, person[0], name, serial, "одежда", CLOTHES_FACE, day, person[7]]


def write_clothes(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """A list of vouchers for clothes."""
    return write_table(
        "Ваучеры",
        (title,),
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


def belarus_vouchers(first: int, count: int, month: int) -> bytes:
    """A list of vouchers, two for each person, of a month of 2022."""
    rows: list[list[object]] = []
    for _place, number, person, chance in _people(BELARUSIAN, first, count):
        day = day_in(2022, month, chance).strftime("%d.%m.%Y")
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


def iranian_cash(first: int, count: int, month: int) -> bytes:
    """A list of payments, read from the right, with Persian digits and days."""
    rows: list[list[object]] = []
    provinces = ("خراسان رضوی", "خراسان جنوبی", "سیستان و بلوچستان", "تهران")
    for place, number, person, chance in _people(PERSIAN, first, count):
        day = jdatetime.date.fromgregorian(date=day_in(2025, month, chance)).strftime("%Y/%m/%d")
        rial = f"{chance.choice([25_000_000, 30_000_000, 42_500_000]):,}".replace(",", "٬")
        row = [str(place), f"IRCS-{number + 1:05d}", person.first, person.family]
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


def egyptian_cash(first: int, count: int, month: int) -> bytes:
    """A list of payments, read from the right."""
    rows: list[list[object]] = []
    for place, number, person, chance in _people(ARABIC, first, count):
        amount = chance.choice(["1500.00", "2250.50", "3000.00"])
        day = day_in(2025, month, chance).isoformat()
        row = [place, f"ERC-{number + 1:05d}", person.first, person.family, person.sex]
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


def kyrgyz_cash(first: int, count: int, month: int) -> bytes:
    """A list of payments in winter."""
    rows: list[list[object]] = []
    for place, number, person, chance in _people(KYRGYZ, first, count):
        day = day_in(2025, month, chance)
        row = [place, f"RCSK-{number + 1:05d}", f"{person.family} {person.first}"]
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
