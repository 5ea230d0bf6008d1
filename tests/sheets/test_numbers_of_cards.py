"""A number of a card may be that of a bank's card, of a person's or of a voucher."""

import datetime as dt

import pytest

from tests.sheets_made import checked, states, workbook

DAY = dt.date(2025, 3, 1)
PEOPLE = ["Name", "Date", "Amount (KES)"]


def cards(heading: str, *numbers: str) -> bytes:
    rows = [[number, "A. Example", DAY, 50] for number in numbers]
    return workbook([heading, *PEOPLE], *rows)


@pytest.mark.parametrize(
    "heading",
    [
        "Card no.", "Card Number", "Card", "№ карты", "Номер карты", "Carte n°", "N° de carte",
        "Número de tarjeta", "رقم البطاقة", "شماره کارت", "Карта номери", "Нумар карткі",
    ],
)  # fmt: skip
def test_a_number_of_a_card_is_asked_about(heading: str) -> None:
    found = checked(cards(heading, "K-1", "K-2"))
    options = ("account", "registration_no", "voucher_number", "none")
    assert (states(found), found.ask[0].choice, found.ask[0].options) == ("oo", "column:A", options)
    settled = {"column:A": "registration_no"}
    assert states(checked(cards(heading, "K-1", "K-2"), settled=settled)) == "rr"


def test_what_another_column_is_is_not_offered() -> None:
    rows = [["R1", "K-1", "A. Example", DAY, 50]]
    content = workbook(["Reg No", "Card no", *PEOPLE], *rows)
    (question,) = checked(content).ask
    assert question.options == ("account", "voucher_number", "none")
    assert checked(content, kind="cash_transfers").ask == []  # no vouchers are dealt with


def test_numbers_in_the_shape_of_a_bank_s_are_those_of_a_bank() -> None:
    rows = [["R1", "4000 1234 5678 9010", "A", DAY, 50], ["R2", "**** 9011", "B", DAY, 50]]
    found = checked(workbook(["Reg No", "Card no", *PEOPLE], *rows))
    assert (states(found), found.columns[1].field) == ("rr", "account")


def test_a_card_without_a_number_is_no_number() -> None:
    rows = [["R1", "not received", "A", DAY, 50], ["R2", "received", "B", DAY, 50]]
    found = checked(workbook(["Reg No", "Card", *PEOPLE], *rows))
    assert [one.choice for one in found.ask] == ["column:B"]
    assert "voucher_number" not in found.ask[0].options
