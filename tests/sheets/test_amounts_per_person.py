"""Amounts for each person of a household: never taken for the row's without a question."""

import datetime as dt

import pytest

from cva.sheets.findings.finding import message
from tests.sheets_made import checked, errors, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADINGS = [
    ("Amount per person (KES)", "Household size"),
    ("Amount/person (KES)", "Family size"),
    ("Сумма на человека, сом", "Членов семьи"),
    ("Montant par personne (XOF)", "Taille du ménage"),
    ("Monto por persona (USD)", "Tamaño del hogar"),
    ("المبلغ للفرد (USD)", "عدد أفراد الأسرة"),
    ("مبلغ هر نفر (IRR)", "تعداد اعضای خانوار"),
    ("Бир кишиге сумма (KGS)", "Үй-бүлө мүчөлөрүнүн саны"),
    ("Сума на чалавека (BYN)", "Памер сям'і"),
]


def listed(amount: str, members: str | None, *counts: object) -> bytes:
    heads = ["Reg No", "Date", amount, members]
    return workbook(heads, *[[f"R{at}", DAY, 50, count] for at, count in enumerate(counts)])


@pytest.mark.parametrize(("amount", "members"), HEADINGS)
def test_whether_it_is_multiplied_is_asked_with_the_rows_own_figures(
    amount: str, members: str
) -> None:
    content = listed(amount, members, 3, 5)
    found = checked(content)
    assert ([one.choice for one in found.ask], states(found)) == (["per_person:C"], "oo")
    assert found.ask[0].examples["times"] == (("50 × 3", "150"), ("50 × 5", "250"))
    for answer, figures in (("times", [150, 250]), ("row", [50, 50])):
        settled = checked(content, settled={"per_person:C": answer})
        amounts = [int(row.values["amount_minor"]) for row in settled.rows]
        assert states(settled) == "rr"
        assert [one * figures[0] for one in (amounts[0], amounts[1])] == [
            amounts[0] * one for one in figures
        ]
        assert amounts[0] in {figures[0], figures[0] * 100}
        assert ("C1", "amount-of-one") in warnings(settled)


def test_a_row_without_members_is_not_paid() -> None:
    content = listed("Amount per person (KES)", "Household size", 3, None, "many")
    found = checked(content, settled={"per_person:C": "times"})
    assert states(found) == "ree"
    assert ("C3", "members-missing") in errors(found)


def test_the_whole_amount_goes_before_that_of_a_person() -> None:
    heads = ["Reg No", "Date", "Amount per person (KES)", "Household size", "Total amount (KES)"]
    found = checked(workbook(heads, ["R1", DAY, 50, 3, 150], ["R2", DAY, 50, 2, 100]))
    assert (states(found), found.ask) == ("rr", [])
    assert [row.values["amount_minor"] for row in found.rows] == [15000, 10000]


def test_without_members_there_is_nothing_to_ask() -> None:
    found = checked(listed("Amount per person (KES)", None, None, None))
    assert (states(found), found.ask) == ("rr", [])


COUPONS = ("Registration number", "Voucher number", "Distribution date", "Quantity", "Face value")


@pytest.mark.parametrize(
    "heading", ["Face value", "Unit value (KES)", "Valeur unitaire", "Номинал"]
)
@pytest.mark.parametrize("count", ["Quantity", "Pcs"])
def test_the_value_of_one_piece_is_multiplied_only_where_it_is_said(
    heading: str, count: str
) -> None:
    heads = (*COUPONS[:3], count, heading)
    rows = [["A-1", "V-1", "2025-03-04", 5, 500], ["A-2", "V-2", "2025-03-04", 1, 500]]
    content = workbook(heads, *rows)
    known = {"find:amount": "E"} if heading.lower().startswith(("unit", "valeur")) else {}
    found = checked(content, settled=known, currency="KES")
    assert [one.options for one in found.ask] == [("D", "row")]
    assert found.ask[0].examples["D"] == (("500 × 5", "2500"), ("500 × 1", "500"))
    for answer, amounts in {"D": [250_000, 50_000], "row": [50_000, 50_000]}.items():
        read = checked(content, settled=known | {"per_unit:E": answer}, currency="KES")
        assert [row.values["amount_minor"] for row in read.rows] == amounts
        said = next(map(message, (one for one in read.findings if one.code == "amount-of-one")))
        assert (f'multiplied by "{count}"' in said) == (answer == "D")


def test_one_piece_in_each_row_asks_nothing() -> None:
    content = workbook(COUPONS, ["A-1", "V-1", "2025-03-04", 1, 500])
    found = checked(content, currency="KES")
    assert (found.ask, found.rows[0].values["amount_minor"]) == ([], 50_000)


def test_a_running_number_counts_no_pieces() -> None:
    heads = ["No", "Voucher number", "Registration number", "Date", "Face value", "Currency"]
    rows = [[at, f"V-{at}", f"R-{at}", "2025-03-04", 500, "KES"] for at in (1, 2, 3)]
    found = checked(workbook(heads, *rows), currency="KES")
    assert (found.ask, [row.state for row in found.rows]) == ([], ["ready"] * 3)


LINES = [
    "Values are per week",
    "Amount = per household member",
    "USD 50 per month",
    "Суммы указаны на человека",
    "Montants par semaine",
    "Montos por persona",
    "المبالغ للفرد الواحد",
    "مبلغ به ازای هر نفر",
]


def _below(line: str, *amounts: int, heads: tuple[str, ...] = (), beside: int = 3) -> bytes:
    top = ["Reg No", "Date", "Amount (USD)", *heads]
    rows = [[f"R{at}", DAY, one, *([beside] if heads else [])] for at, one in enumerate(amounts)]
    return workbook([line], [], top, *rows)


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_says_of_what_the_amounts_are_is_asked_about(line: str) -> None:
    content = _below(line, 50, 70)
    found = checked(content)
    assert [(one.choice, one.options) for one in found.ask] == [("per_unit:C", ("row", "none"))]
    assert found.ask[0].examples[""] == ((line, ""),)
    assert states(checked(content, settled={"per_unit:C": "row"})) == "rr"
    anew = checked(content, settled={"per_unit:C": "none"})
    assert errors(anew) == [("C4", "amount-anew"), ("C5", "amount-anew")]


def test_a_line_offers_the_members_by_which_amounts_are_multiplied() -> None:
    content = _below("Amounts are per person", 50, 50, heads=("Household size",))
    found = checked(content)
    assert found.ask[0].options == ("D", "row", "none")
    assert found.ask[0].examples["D"] == (("50 × 3", "150"),)
    done = checked(content, settled={"per_unit:C": "D"})
    assert [row.values["amount_minor"] for row in done.rows] == [15000, 15000]


@pytest.mark.parametrize(
    "line",
    [
        "Monthly distribution, November",
        "USD 13 per person per month",  # nobody got 13
        "Rations per person: 2 kg",
        "Amounts in USD",
    ],
)
def test_a_line_about_something_else_asks_nothing(line: str) -> None:
    found = checked(_below(line, 50, 70))
    assert (found.ask, states(found)) == ([], "rr")
