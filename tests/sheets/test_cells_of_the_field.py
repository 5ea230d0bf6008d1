"""Cells as people type them."""

import datetime as dt

import pytest

from cva.sheets.findings.finding import message
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
        ("Amount (KES)", "1,500/-", "KES", 150_000),
        ("Amount (EUR)", "1.500,-", "EUR", 150_000),
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
    assert amounts("Amount", "$15", "20 KES", currency="KES") == [("USD", 1_500), ("KES", 2_000)]


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


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("HH size", "5 чел.", 5),
        ("HH size", "٥ أفراد", 5),
        ("Age", "34 years", 34),
        ("Age", "8 months", None),
        ("HH size", "5+1", None),
        ("Phone", "254712345685.0", "+254712345685"),
        ("Phone", "'0712345686", "+254712345686"),
        ("Phone", "0712345683 / 0722345683", None),
    ],
)
def test_a_count_may_name_what_it_counts(heading: str, cell: str, read: object) -> None:
    found = checked(workbook(["Reg No", "Name", heading], ["R1", "Ann", cell]), country="KE")
    field = str(found.columns[2].field)
    assert found.rows[0].values.get(field) == read
    assert [one.code for one in found.findings] == ([] if read else ["value-unknown"])


@pytest.mark.parametrize(
    ("cell", "read"),
    [("123.0", "123"), ("'0077", "0077"), ("n/a", None), ("нет", None), ("1.23E+16", None)],
)
def test_a_number_of_a_person_is_none_where_the_cell_says_so(cell: str, read: object) -> None:
    found = checked(workbook(["Reg No", "Name"], [cell, "Ann"]))
    assert found.rows[0].values.get("registration_no") == read
    assert states(found) == ("r" if read else "e")


@pytest.mark.parametrize(
    "heading", ["Amount (thousand KES)", "Сумма, тыс. руб.", "مبلغ (هزار تومان)"]
)
def test_amounts_in_thousands_are_not_taken_for_the_sums(heading: str) -> None:
    found = checked(workbook(["Reg No", "Date", heading], ["R1", DAY, 5]))
    assert "scale:C" in [ask.choice for ask in found.ask]
    assert states(found) == "o"


def test_a_currency_that_the_heading_settles_is_known_in_the_cell() -> None:
    assert amounts("Montant (XAF)", "25 000 FCFA") == [("XAF", 25_000)]
