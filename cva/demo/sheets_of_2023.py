"""Writing the newer sheets of the Russian society: lists, hand-outs, results, claims."""

from collections.abc import Sequence
from datetime import date, timedelta

from cva.demo.writing import (
    CLOTHES_FACE,
    PERSON_HEADINGS,
    clothes_row,
    russian_person,
    write_clothes,
)
from cva.sheets.writing.plain_workbook import write_table

SITES = ("Ростов-на-Дону", "Таганрог")
#: What each household is given in a round, in whole roubles; what some were given instead.
VALUE, LESS = 15_000, 10_000
#: Places on the list of February: given less, not come, and left out of the sheet of hand-out.
GIVEN_LESS = frozenset({8, 23, 42, 66, 79, 101})
NOT_COME = frozenset({37, 81})
UNANSWERED = 8
#: Lines above the first person of the sheet of hand-out.
ABOVE = 3

#: Why payments failed, by their place on the payment list.
_FAILED = {
    4: "Кошелёк закрыт",
    19: "Номер не обслуживается",
    36: "Превышен лимит",
    47: "Кошелёк закрыт",
}
#: What the operator takes for a payment, in whole roubles; how many its report leaves out.
FEE, MISSING = 45, 4


def round_list(first: int, count: int, title: str) -> bytes:
    """A list before hand-out, half of it at each site; the telephones are of no real code."""
    rows = []
    for place in range(count):
        _chance, person = russian_person(first + place)
        phone = f"+7 000 {first + place:07d}"
        rows.append([place + 1, *person[:6], phone, _site(place, count)])
    return write_table(
        "Список",
        ("Российский Красный Крест", title),
        (*PERSON_HEADINGS, "Телефон", "Пункт выдачи"),
        rows,
    )


def hand_out(first: int, count: int, starts_on: date) -> bytes:
    """What became of a list: most as planned, some less, two did not come, the last missing."""
    rows: list[list[object]] = []
    for place in range(count - UNANSWERED):
        _chance, person = russian_person(first + place)
        row = [place + 1, *person[:3], _site(place, count)]
        if place in NOT_COME:
            rows.append([*row, None, None, "нет", "болеет"])
            continue
        given = LESS if place in GIVEN_LESS else VALUE
        day = starts_on + timedelta(days=place * len(SITES) // count)
        rows.append([*row, day, given, "да", "проверено" if given == LESS else ""])
    return write_table(
        "Ведомость",
        ("Российский Красный Крест", "Ведомость выдачи денежной помощи, февраль 2023 г."),
        (
            *PERSON_HEADINGS[:4],
            "Пункт выдачи",
            "Дата выдачи",
            "Сумма, руб.",
            "Получено (да/нет)",
            "Примечание",
        ),
        rows,
    )


def _site(place: int, count: int) -> str:
    return SITES[place * len(SITES) // count]


def results(references: Sequence[str], paid_on: date) -> bytes:
    """What the operator reports: most paid, a few failed, and nothing of the last ones."""
    rows: list[list[object]] = []
    for place, reference in enumerate(references[: len(references) - MISSING]):
        row = [reference, f"MP-{7_300_401 + place * 17}", paid_on, VALUE]
        if place in _FAILED:
            rows.append([*row, None, "отклонено", _FAILED[place]])
        else:
            rows.append([*row, FEE, "выплачено", ""])
    return write_table(
        "Отчёт оператора",
        (),
        (
            "Наш референс",
            "ID операции",
            "Дата платежа",
            "Сумма, руб.",
            "Комиссия, руб.",
            "Статус платежа",
            "Причина",
        ),
        rows,
    )


def vouchers(serials: Sequence[str], issued_on: date) -> bytes:
    """A small list of vouchers for winter clothes, out of a book."""
    rows = [
        clothes_row(place, russian_person(place)[1], serial, issued_on)
        for place, serial in enumerate(serials)
    ]
    return write_clothes("Ведомость выдачи ваучеров на зимнюю одежду", rows)


def claim(serials: Sequence[str], from_on: date) -> bytes:
    """What a shop claims: the vouchers it took, a few each day."""
    rows = [
        [place + 1, serial, from_on + timedelta(days=place // 5), CLOTHES_FACE]
        for place, serial in enumerate(serials)
    ]
    return write_table(
        "Реестр ваучеров",
        (),
        ("№ п/п", "Номер ваучера", "Дата погашения", "Сумма погашения, руб."),
        rows,
    )
