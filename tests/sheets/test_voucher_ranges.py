"""A first and a last number in two columns: a row is several vouchers, none is read alone."""

import datetime as dt

import pytest

from tests.sheets_made import checked, errors, states, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (KES)"]


def ranges(first: str, last: str, *pairs: tuple[object, object]) -> bytes:
    rows = [[f"R{at}", "A. Example", DAY, 50, *pair] for at, pair in enumerate(pairs)]
    return workbook([*HEADS, first, last], *rows)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Voucher from", "Voucher to"),
        ("Voucher no.", "to no."),
        ("Coupon du n°", "au n°"),
        ("Номер ваучера", "по №"),
        ("رقم القسيمة", "إلى رقم"),
        ("شماره بن", "تا شماره"),
        ("Número de cupón", "hasta"),
    ],
)
def test_each_row_of_several_vouchers_is_an_error(first: str, last: str) -> None:
    pairs = [(101, 105), ("V-106", "V-106"), ("V-0107", "V-0110")]
    found = checked(ranges(first, last, *pairs))
    assert (states(found), found.ask) == ("ere", [])
    assert errors(found) == [("E2", "value-unknown"), ("E4", "value-unknown")]
    assert found.findings[-1].details == {"range_to": "F"}


@pytest.mark.parametrize(
    ("first", "last"), [("From no.", "To no."), ("du n°", "au n°"), ("с №", "по №")]
)
def test_ranges_without_the_word_voucher_are_asked_about(first: str, last: str) -> None:
    content = ranges(first, last, (101, 105), (106, 110))
    found = checked(content)
    assert (states(found), [one.choice for one in found.ask]) == ("oo", ["column:E"])
    assert found.ask[0].options == ("voucher_number", "none")
    assert states(checked(content, settled={"column:E": "voucher_number"})) == "ee"
    assert states(checked(content, settled={"column:E": "none"})) == "rr"


def test_hours_from_and_to_are_no_vouchers() -> None:
    found = checked(ranges("From", "To", (8, 12), (8, 12), (9, 13)))
    assert (states(found), found.ask) == ("rrr", [])


def test_a_number_beside_a_voucher_that_ends_no_range_changes_nothing() -> None:
    found = checked(ranges("Voucher no.", "Distance to site", ("V-1", 4), ("V-2", 7)))
    assert states(found) == "rr"


def test_a_row_that_was_not_received_needs_no_voucher() -> None:
    rows = [["R1", "A", DAY, 50, 101, 105, "absent"]]
    found = checked(workbook([*HEADS, "Voucher no.", "to no.", "Remarks"], *rows))
    assert states(found) == "n"
