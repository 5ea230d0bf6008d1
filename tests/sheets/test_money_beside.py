"""Columns beside the amount that say that another sum was handed out, or how often it was."""

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, errors, states, workbook

HEADS = ["Registration number", "Full name", "Distribution date"]
DAY = "2025-03-04"


def sheet_of(heading: str, *pairs: tuple[object, object], amount: str = "Amount (KES)") -> bytes:
    """A list with these amounts and what stands beside them."""
    rows = [[f"A-{at}", f"Example {at}", DAY, *pair] for at, pair in enumerate(pairs, 1)]
    return workbook([*HEADS, amount, heading], *rows)


def choices(found: Checked) -> list[tuple[str, tuple[str, ...]]]:
    return [(ask.choice, ask.options) for ask in found.ask]


WHICH = [("which:amount", ("D", "E", "none"))]


@pytest.mark.parametrize(
    "heading",
    [
        "Less tax", "Balance still due", "Top-up (KES)", "Bonus", "Deduction", "Cash advance",
        "Transport (KES)", "Остаток к выплате", "Удержано", "Reste à payer", "Retenue", "Saldo",
        "المتبقي", "الخصم", "باقی", "Залишок", "Difference, KES",
    ],
)  # fmt: skip
def test_a_column_headed_as_another_sum_is_asked_about(heading: str) -> None:
    found = checked(sheet_of(heading, (5000, 500), (5000, 0)), currency="KES")
    assert (choices(found), states(found)) == (WHICH, "oo")
    done = checked(
        sheet_of(heading, (5000, 500), (5000, 0)), currency="KES", settled={"which:amount": "D"}
    )
    assert states(done) == "rr"


def test_where_it_is_none_of_them_the_amounts_are_written_anew() -> None:
    content = sheet_of("Less tax", (5000, 500), (5000, 0))
    answer = {"which:amount": "none"}
    found = checked(content, currency="KES", settled=answer)
    assert (states(found), found.ask) == ("ee", [])
    assert errors(found) == [("D2", "amount-anew"), ("D3", "amount-anew")]
    assert [row.values.get("amount_minor") for row in found.rows] == [None, None]
    done = checked(content, currency="KES", settled=answer, amended={"D2": "4500", "D3": "5000"})
    assert states(done) == "rr"
    assert [row.values["amount_minor"] for row in done.rows] == [450000, 500000]


@pytest.mark.parametrize("other", [(5000, 0, 2500), (0, -5000, 0), (0, 5000, 0), ("0", "5,000", 0)])
def test_numbers_that_are_the_amounts_of_some_rows_only_are_asked_about(
    other: tuple[object, object, object],
) -> None:
    content = sheet_of("Seen", *((5000, one) for one in other))
    assert choices(checked(content, currency="KES")) == WHICH


def test_percents_under_a_heading_of_paying_are_asked_about() -> None:
    content = sheet_of("Share paid", (5000, "100%"), (5000, "50 %"))
    assert choices(checked(content, currency="KES")) == WHICH
    assert checked(sheet_of("Share paid", (5000, "100%")), currency="KES").ask == []


@pytest.mark.parametrize(
    ("heading", "other"),
    [
        ("Seen", (5000, 5000, 5000)),  # the same again
        ("Score", (12, 55, 31)),
        ("Amount planned", (5000, 4000, 0)),
        ("Balance", (0, 0, 0)),
        ("Months", (1, 1, 1)),
        ("Month", (11, 11, 11)),
        ("Round", (3, 3, 3)),
    ],
)
def test_numbers_of_something_else_ask_nothing(heading: str, other: tuple[object, ...]) -> None:
    found = checked(sheet_of(heading, *((5000, one) for one in other)), currency="KES")
    assert (choices(found), states(found)) == ([], "rrr")


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("Daily wage (BDT)", "Days"), ("Amount/day (BDT)", "No. of days"),
        ("Monthly amount (BDT)", "Months paid"), ("Montant journalier (BDT)", "Nombre de jours"),
        ("Сумма за день, BDT", "Отработано дней"), ("المبلغ اليومي (BDT)", "عدد الأيام"),
        ("Rate per night (BDT)", "Nights"), ("Monto por día (BDT)", "Días trabajados"),
    ],
)  # fmt: skip
def test_a_rate_is_multiplied_where_the_sender_says_so(heading: str, counts: str) -> None:
    content = sheet_of(counts, (500, 10), (500, 8), amount=heading)
    settled = {"find:amount": "D"}
    found = checked(content, currency="BDT", settled=settled)
    assert choices(found) == [("per_unit:D", ("E", "row"))]
    assert found.ask[0].examples["E"][0] == ("500 × 10", "5000")
    read = checked(content, currency="BDT", settled={**settled, "per_unit:D": "E"})
    assert [row.values["amount_minor"] for row in read.rows] == [500_000, 400_000]


@pytest.mark.parametrize(
    "heading", ["Months", "Days worked", "No. of payments", "Months paid", "Days attended"]
)
def test_amounts_beside_days_that_they_do_not_follow_are_asked_about(heading: str) -> None:
    found = checked(sheet_of(heading, (5000, 10), (5000, 0)), currency="KES")
    assert choices(found) == [("per_unit:D", ("E", "row"))]
    assert "for one day, month or payment" in found.ask[0].message


@pytest.mark.parametrize(
    "pairs", [((5000, 10), (4000, 8)), ((5000, 10), (4000, 8), (6000, 10), (4800, 8))]
)
def test_amounts_that_follow_the_days_are_those_of_the_row(pairs: tuple[tuple[int, int]]) -> None:
    assert checked(sheet_of("Days worked", *pairs), currency="KES").ask == []


def test_nought_in_a_column_of_what_was_paid_is_asked_about() -> None:
    content = sheet_of("Village", (5000, "Ahero"), (0, "Ahero"), amount="Amount paid (KES)")
    found = checked(content, currency="KES")
    assert (choices(found), states(found)) == ([("zero:D", ("yes", "no"))], "oo")
    assert found.ask[0].details["rows"] == "3"
    for answer, expected in (("yes", "rn"), ("no", "re")):
        done = checked(content, currency="KES", settled={"zero:D": answer})
        assert (states(done), done.ask) == (expected, [])
        assert [code for _, code in errors(done)] == ["amount-not-positive"][: answer == "no"]


def test_nought_among_amounts_stays_an_error() -> None:
    found = checked(sheet_of("Village", (5000, "Ahero"), (0, "Ahero")), currency="KES")
    assert (states(found), errors(found)) == ("re", [("D3", "amount-not-positive")])


def test_nought_in_the_column_that_was_chosen_is_asked_about() -> None:
    content = sheet_of("Actual", (5000, 5000), (5000, 0))
    settled = {"which:amount": "E"}
    assert choices(checked(content, currency="KES", settled=settled)) == [("zero:E", ("yes", "no"))]
