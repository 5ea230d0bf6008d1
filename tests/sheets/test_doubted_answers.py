"""Answers that somebody doubted, and results that are contradicted by their reason."""

import datetime as dt
from collections.abc import Sequence

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, errors, states, workbook

DAY = dt.date(2025, 3, 4)
HEADS = ("Registration number", "Family name", "Distribution date", "Amount (USD)")
RESULTS = ("Our reference", "Transaction ID", "Amount (USD)", "Status")


def below(heading: str, *texts: object) -> Checked:
    people = [[f"R-{at}", "Example", DAY, 100, text] for at, text in enumerate(texts, 1)]
    return checked(workbook([*HEADS, heading], *people))


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Received", ["yes", "YES??", "yes"]),
        ("Received", ["yes", "yes, no ID", "yes"]),
        ("Получено", ["да", "да?", "да"]),
        ("Received", ["✓", "✓?", "✓"]),
        ("تم الاستلام", ["نعم", "نعم؟", "نعم"]),
        ("Signature", ["✓", "?", "✓"]),
        ("Remarks", ["", "received?", ""]),
    ],
)
def test_a_doubted_answer_is_asked_about(heading: str, texts: Sequence[object]) -> None:
    found = below(heading, *texts)
    assert [(one.kind, one.details["rows"]) for one in found.ask] == [("word", "3")]


def test_harmless_words_behind_a_yes_are_not() -> None:
    found = below("Received", "yes", "yes", "yes", "yes, by her sister", "yes, house no 5")
    assert (states(found), found.ask) == ("rrrrr", [])


def test_a_blank_beside_people_who_came_themselves_is_asked_about() -> None:
    found = below("Collected by", "self", "her son", None, "self")
    assert [(one.choice, one.details["rows"]) for one in found.ask] == [("blank:E", "4")]
    assert below("Collected by", None, "her son", None).ask == []


def results(heading: str, status: str, text: object) -> Checked:
    rows = [["P1", "T1", 100, "Success", None], ["P2", "T2", 100, status, text]]
    return checked(workbook([*RESULTS, heading], *rows), kind="payment_results")


@pytest.mark.parametrize("heading", ["Reason", "Remarks"])
@pytest.mark.parametrize("text", ["wrong number, refunded", "reversed", "not paid"])
def test_a_paid_result_with_a_reason_against_it_is_an_error(heading: str, text: str) -> None:
    found = results(heading, "Success", text)
    assert (states(found), errors(found)) == ("re", [("E3", "receipt-contradicted")])


@pytest.mark.parametrize(
    ("status", "text"), [("Failed", "wrong number"), ("Success", "paid"), ("Success", None)]
)
def test_a_reason_that_agrees_is_none(status: str, text: object) -> None:
    assert errors(results("Reason", status, text)) == []
