"""A binary workbook reads like the same one in XML."""

import datetime as dt

import pytest

from tests.sheets_made import Rows, checked, errors, states, workbook
from tests.xlsb_made import xlsb

DAY = dt.date(2025, 3, 4)
ROWS: Rows = [
    ["Кассовая ведомость", None, None, None, None],
    ["Рег. №", "ФИО", "Дата выдачи", "Сумма, руб.", "Получено (да/нет)"],
    ["0012", "Иванова Анна", DAY, 1500.5, "да"],
    ["0013", "Петров Олег", "05.03.2025", "2 000,00", "нет"],
    [14, "Сидоров Ян", DAY, "много", True],
    ["Итого", None, None, 3500.5, None],
]


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("inline", [False, True])
def test_a_binary_workbook_reads_like_its_twin(*, inline: bool, short: bool) -> None:
    binary = checked(xlsb(*ROWS, inline=inline, short=short), "list.xlsb")
    twin = checked(workbook(*ROWS))
    assert (states(binary), errors(binary)) == ("rne", [("D5", "amount-unreadable")])
    assert binary.rows == twin.rows
    assert binary.columns == twin.columns
    unread, *findings = binary.findings
    assert (unread.code, unread.severity) == ("looks-unread", "info")
    assert findings == twin.findings
    assert binary.content_sha256 == twin.content_sha256
    assert binary.rows[0].values["distribution_date"] == "2025-03-04"
    assert binary.rows[0].values["registration_no"] == "0012"
