"""A currency is judged by the day of its row."""

import datetime as dt

import pytest

from cva.core.legal_tender import is_in_use
from tests.sheets_made import checked, errors, states, workbook

LATER = dt.date(2026, 11, 20)
HEADS = ("Registration number", "Family name", "Distribution date", "Amount", "Currency")


def paid_on(day: str, currency: str, amount: object = 150) -> list[object]:
    return ["A-1", "Example", day, amount, currency]


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("HRK", "2022-06-01"), ("BGN", "2025-11-30"), ("ZWL", "2023-05-01"), ("ANG", "2025-03-01"),
        ("XCG", "2025-07-01"), ("SLL", "2021-05-01"), ("SLE", "2023-05-01"), ("BYR", "2015-05-01"),
        ("BYN", "2017-05-01"), ("VEF", "2017-05-01"), ("VES", "2019-05-01"), ("MRO", "2017-05-01"),
        ("ZWG", "2024-05-01"), ("USD", "2012-05-01"), ("EUR", "2025-05-01"),
    ],
)  # fmt: skip
def test_a_currency_is_fine_on_a_day_on_which_it_was_money(currency: str, day: str) -> None:
    found = checked(workbook(HEADS, paid_on(day, currency)), currency="USD")
    assert (states(found), found.findings, found.ask) == ("r", [], [])
    assert found.rows[0].values["currency"] == currency


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("HRK", "2024-06-01"), ("HRK", "2023-02-01"), ("BGN", "2026-02-01"), ("ZWL", "2025-05-01"),
        ("ANG", "2025-08-01"), ("XCG", "2024-07-01"), ("SLL", "2025-05-01"), ("SLE", "2021-05-01"),
        ("BYR", "2018-05-01"), ("BYN", "2015-05-01"), ("VEF", "2020-05-01"), ("VES", "2017-05-01"),
        ("MRU", "2016-05-01"), ("ZWG", "2023-05-01"),
    ],
)  # fmt: skip
def test_a_currency_is_told_on_a_day_on_which_it_was_none(currency: str, day: str) -> None:
    found = checked(workbook(HEADS, paid_on(day, currency)), currency="USD", today=LATER)
    assert errors(found) == [("E2", "currency-unknown")]
    assert found.findings[0].details == {"currency": currency, "not_in_use_on": day}


def test_each_row_is_judged_by_its_own_day() -> None:
    rows = [
        paid_on("2022-06-01", "HRK"),
        paid_on("2023-06-01", "HRK"),
        paid_on("2023-06-01", "EUR"),
    ]
    for number, row in enumerate(rows):
        row[0] = f"A-{number}"
    assert errors(checked(workbook(HEADS, *rows))) == [("E3", "currency-unknown")]


def test_a_currency_of_the_heading_is_told_at_the_amount() -> None:
    heads = (*HEADS[:3], "Amount (HRK)")
    found = checked(workbook(heads, ["A-1", "Example", "2024-06-01", 150]))
    assert errors(found) == [("D2", "currency-unknown")]


def test_a_list_without_days_is_judged_by_today() -> None:
    heads = ("Registration number", "Family name", "Amount (HRK)")
    found = checked(workbook(heads, ["A-1", "Example", 150]), is_list=True, kind="cash_transfers")
    assert errors(found) == [("C2", "currency-unknown")]


@pytest.mark.parametrize("name", ["Kuna", "Croatian kuna"])
def test_a_name_of_what_is_no_more_is_known(name: str) -> None:
    found = checked(workbook(HEADS, paid_on("2022-06-01", name)))
    assert found.rows[0].values["currency"] == "HRK"


def test_a_name_of_an_old_and_a_new_unit_is_that_of_its_time() -> None:
    def read(day: dt.date) -> object:
        rows = workbook(HEADS, paid_on(day.isoformat(), "ouguiya"))
        found = checked(rows, starts_on=day, ends_on=day, currency="USD", today=day)
        return found.rows[0].values.get("currency")

    assert read(dt.date(2016, 5, 1)) == "MRO"
    assert read(dt.date(2025, 5, 1)) == "MRU"
    assert is_in_use("MRU", dt.date(2025, 5, 1))


def test_which_of_two_units_with_one_code_is_meant_is_asked() -> None:
    rows = [paid_on("2026-02-01", "SYP", 50_000), paid_on("2026-05-01", "SYP", 500)]
    rows += [paid_on("2025-12-01", "SYP", 70_000)]
    for number, row in enumerate(rows):
        row[0] = f"A-{number}"
    content = workbook(HEADS, *rows)
    found = checked(content, today=LATER)
    assert [(ask.choice, ask.options) for ask in found.ask] == [("old_unit:SYP", ("new", "old"))]
    assert "100" in found.ask[0].message
    assert (states(found), found.ask[0].examples) == ("ooo", {"": (("50000", ""),)})
    amounts = {
        answer: [
            row.values["amount_minor"]
            for row in checked(content, today=LATER, settled={"old_unit:SYP": answer}).rows
        ]
        for answer in ("new", "old")
    }
    assert amounts == {
        "new": [5_000_000, 50_000, 7_000_000],
        "old": [50_000, 50_000, 7_000_000],
    }


def test_an_old_amount_that_is_no_whole_new_one_is_told() -> None:
    content = workbook(HEADS, paid_on("2026-02-01", "SYP", "50000.50"))
    found = checked(content, today=LATER, settled={"old_unit:SYP": "old"})
    assert errors(found) == [("D2", "amount-too-precise")]
