"""The sheet of a whole year: 26,014 rows with a preamble, a two-level heading, a total, signatures.

Everybody in it is invented. The same seed writes the same rows.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

ROWS = 26_014
HEADING_ROWS = 6

_TOP = {
    1: "№ п/п",
    2: "Рег. №",
    3: "ФИО получателя",
    6: "Пол",
    7: "Дата рождения",
    8: "Кол-во членов семьи",
    9: "Серия, номер паспорта",
    10: "Регион",
    11: "Дата выдачи",
    12: "Сумма, руб.",
    13: "Подпись",
}


def write_sheet(path: Path, rows: int = ROWS) -> None:
    """Write the sheet."""
    chance = Random(2022)  # noqa: S311 - invented people need no secret
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ведомость"
    sheet["A1"] = "Российский Красный Крест"
    sheet["A2"] = "Ведомость выдачи денежной помощи, 2022 г."
    sheet.merge_cells("A1:L1")
    sheet.merge_cells("C5:E5")
    for column, text in _TOP.items():
        sheet.cell(5, column, text)
    for column, text in ((3, "Фамилия"), (4, "Имя"), (5, "Отчество")):
        sheet.cell(6, column, text)
    for number in range(1, rows + 1):
        sheet.append(_row(chance, number))
    last = HEADING_ROWS + rows + 1
    sheet.cell(last, 1, "Итого")
    sheet.cell(last, 12, f"=SUM(L7:L{last - 1})")
    sheet.cell(last + 2, 1, "Выдал: ____________ /Лугов И.О./")
    book.save(path)


def _row(chance: Random, number: int) -> list[object]:
    return [
        number,
        f"RRC-22-{number:06d}",
        chance.choice(["Лугова", "Полевая", "Ручьёва", "Тихая"]),
        chance.choice(["Анна", "Вера", "Нина", "Ольга"]),
        chance.choice(["Сергеевна", "Ивановна", "Петровна"]),
        chance.choice("ЖЖЖМ"),
        date(1935, 1, 1) + timedelta(days=chance.randrange(29_000)),
        chance.randrange(1, 8),
        f"{chance.randrange(1000, 9999)} {chance.randrange(100_000, 999_999)}",
        chance.choice(["Ростовская область", "Курская область", "Брянская область"]),
        date(2022, 1, 1) + timedelta(days=chance.randrange(365)),
        chance.choice([10_000, 15_000, 20_000]),
        "",
    ]
