"""Cells as people type them."""

import datetime as dt

import pytest

from cva.sheets.findings import message
from tests.sheets_made import checked, errors, states, workbook

DAY = dt.date(2025, 3, 1)


def amounts(heading: str, *cells: object, **choices: str) -> list[object]:
    rows = [[f"R{at}", DAY, cell] for at, cell in enumerate(cells)]
    found = checked(workbook(["Reg No", "Date", heading], *rows), **choices)
    pairs = [(row.values.get("currency"), row.values.get("amount_minor")) for row in found.rows]
    return [*pairs, *errors(found)]


@pytest.mark.parametrize(
    ("heading", "cell", "currency", "minor"),
    [
        ("Amount (KES)", "KES 1500/-", "KES", 150_000),
        ("Amount (KES)", "Ksh. 1,500.00/=", "KES", 150_000),
        ("Amount (KES)", "5 000=", "KES", 500_000),
        ("Amount (KES)", "500,-", "KES", 50_000),
        ("Amount", "US$ 15.50", "USD", 1_550),
        ("Сумма", "1 500 сом", "KGS", 150_000),
        ("Сумма", "₽ 1 500", "RUB", 150_000),
        ("مبلغ", "۲۵٬۰۰۰ تومان", "IRR", 25_000_000),
    ],
)
def test_a_cell_may_name_its_unit(heading: str, cell: str, currency: str, minor: int) -> None:
    assert amounts(heading, cell) == [(currency, minor)]


def test_a_cell_that_names_another_unit_is_told() -> None:
    assert amounts("Amount (KES)", "USD 15") == [(None, None), ("C2", "currency-mismatch")]
    assert amounts("Amount", "$15", "15 EUR") == [("USD", 1_500), ("EUR", 1_500)]
    assert amounts("Amount", "$15", 20, currency="KES") == [("USD", 1_500), ("KES", 2_000)]


@pytest.mark.parametrize(
    "cell", ["(1,500)", "1500?", "15OO", "1500 (paid)", "~1500", "n/a", "-", "1500 x 2", "5-"]
)
def test_what_only_looks_like_an_amount_is_told(cell: str) -> None:
    assert amounts("Amount (KES)", cell)[-1] == ("C2", "amount-unreadable")


VOUCHERS = ["Reg No", "Date", "Amount (USD)"]


def vouchers(heading: str, *cells: str) -> str:
    rows = [[f"R{at}", DAY, 5, cell] for at, cell in enumerate(cells)]
    return states(checked(workbook([*VOUCHERS, heading], *rows)))


def test_several_vouchers_in_one_cell_are_not_half_read() -> None:
    cells = ("V-001, V-002", "V-003 - V-005", "V06\nV07", "10 to 12", "V-2025-013", "12/2025")
    assert vouchers("Voucher no", *cells) == "eeeerr"
    assert vouchers("Voucher no (from - to)", "006-010") == "e"
    assert vouchers("Voucher no", "001-005", "006-010") == "ee"
    assert vouchers("Voucher no", "001-123", "001-124", "2024-2025") == "rrr"


def test_the_cure_for_several_numbers_is_named() -> None:
    found = checked(workbook([*VOUCHERS, "Voucher no"], ["R1", DAY, 5, "V-1, V-2"]))
    assert "one number in each row" in message(found.findings[0])


@pytest.mark.parametrize("cell", ["-", "---", "—"])
def test_a_dash_is_nothing(cell: str) -> None:
    heads = ["Reg No", "Phone", "Date of birth", "Date", "Amount (USD)"]
    assert checked(workbook(heads, ["R1", cell, cell, DAY, 5])).findings == []
    found = checked(workbook(heads, [cell, None, None, cell, 5]))
    assert errors(found) == [("A2", "required"), ("D2", "required")]


def test_hijri_and_buddhist_years_are_not_taken_for_others() -> None:
    rows = [[f"R{at}", day, 5] for at, day in enumerate(("15/09/1446", "1446/09/15", "13/03/2568"))]
    found = checked(workbook(["رقم المستفيد", "تاريخ الصرف", "المبلغ (USD)"], *rows))
    assert states(found) == "eee"
