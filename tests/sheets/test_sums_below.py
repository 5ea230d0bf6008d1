"""Sums under the name of a village, and lines about money in hand, are nobody."""

import datetime as dt

import pytest

from tests.sheets_made import Rows, checked, errors, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (KES)"]
ANN: list[object] = ["R-1", "Ann", DAY, 300]
BEN: list[object] = ["R-2", "Ben", DAY, 300]
CYN: list[object] = ["R-3", "Cyn", DAY, 300]


def _named(text: str, amount: int) -> list[object]:
    return [None, text, None, amount]


@pytest.mark.parametrize(
    "rows",
    [
        [ANN, BEN, _named("Village Ahero", 600), CYN, _named("Kisumu", 300), _named("Both", 900)],
        [ANN, _named("Ahero", 300), BEN, CYN, _named("Kisumu", 600)],
        [ANN, BEN, CYN, _named("Ahero", 900)],
        [["R-0", "Abe", DAY, 50], ["Ahero", None, None, 50], ANN, BEN, ["Kisumu", None, None, 600]],
    ],
)
def test_a_sum_under_the_name_of_a_village_is_nobody(rows: Rows) -> None:
    found = checked(workbook(HEADS, *rows))
    people = [row for row in rows if row[2] == DAY]
    assert (states(found), errors(found)) == ("r" * len(people), [])
    names = sum(row[2] is None for row in rows)
    assert [code for _, code in warnings(found)].count("named-total") == names


@pytest.mark.parametrize(
    "rows",
    [
        [ANN, _named("Ben", 300)],  # the same amount as one row above
        [ANN, BEN, _named("Cyn", 500)],
        [ANN, BEN, [None, "Cyn", DAY, 600]],
    ],
)
def test_a_person_without_a_number_is_no_sum(rows: Rows) -> None:
    found = checked(workbook(HEADS, *rows))
    assert states(found) == "r" * (len(rows) - 1) + "e"


def test_one_row_without_a_number_is_no_sum_where_there_are_no_days() -> None:
    heads = ["Reg No", "Name", "Amount (KES)"]
    rows: Rows = [["R-1", "Ann", 300], ["R-2", "Ben", 300], [None, "Cyn", 600]]
    found = checked(workbook(heads, *rows))
    assert states(found)[-1] == "e"


@pytest.mark.parametrize(
    ("withdrawn", "returned"),
    [
        ("Cash withdrawn", "Cash returned to bank"),
        ("Opening balance", "Closing balance"),
        ("Снято со счёта", "Остаток"),
        ("Montant retiré", "Solde"),
        ("Efectivo retirado", "Saldo final"),
        ("المبلغ المسحوب", "الرصيد"),
        ("مبلغ برداشت شده", "مانده"),
    ],
)
@pytest.mark.parametrize("column", [0, 1])
def test_lines_about_money_in_hand_are_nobody(withdrawn: str, returned: str, column: int) -> None:
    lines: list[list[object]] = []
    for text, amount in ((withdrawn, 1000), (returned, 400)):
        line: list[object] = [None, None, None, amount]
        line[column] = text
        lines.append(line)
    found = checked(workbook(HEADS, ANN, BEN, [], *lines))
    assert (len(found.rows), errors(found)) == (2, [])
    assert [code for _, code in warnings(found)].count("rows-skipped") == len(lines)


@pytest.mark.parametrize("paid", ["Cash paid out", "Выдано", "Montant payé", "المبلغ المدفوع"])
@pytest.mark.parametrize(("amount", "codes"), [(600, []), (400, ["total-mismatch"])])
def test_what_was_paid_out_is_compared_with_the_rows(
    paid: str, amount: int, codes: list[str]
) -> None:
    found = checked(workbook(HEADS, ANN, BEN, [], [paid, None, None, amount]))
    assert (len(found.rows), errors(found)) == (2, [])
    assert [code for _, code in warnings(found)] == codes


@pytest.mark.parametrize("name", ["Balance Ndlovu", "Opening Moyo"])
def test_somebody_may_be_called_like_money_in_hand(name: str) -> None:
    found = checked(workbook(HEADS, ANN, BEN, [None, name, DAY, 300]))
    assert states(found) == "rre"


def test_a_line_about_money_with_a_day_is_no_person() -> None:
    found = checked(workbook(HEADS, ANN, BEN, ["Cash withdrawn", None, DAY, 1000]))
    assert (states(found), errors(found)) == ("rr", [])
