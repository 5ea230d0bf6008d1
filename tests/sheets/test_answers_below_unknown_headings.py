"""Columns of yes and no whose headings nobody knows: whether they say who received is asked."""

import datetime as dt
from collections.abc import Sequence

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, errors, states, workbook

HEADS = ("Registration number", "Family name", "Distribution date", "Amount (USD)")


def below(heading: str, answers: Sequence[object], **settled: str) -> Checked:
    people = [
        [f"R-{at}", "Example", dt.date(2025, 3, 4), 100, answer]
        for at, answer in enumerate(answers, 1)
    ]
    return checked(workbook([*HEADS, heading], *people, ["Total"]), settled=settled)


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Payment", ["yes", "no", "yes"]),
        ("Tick", ["✓", None, "✓"]),
        ("Tick", [1, None, 1]),
        ("Showed her card", [1, 0, 1]),
        ("On hold", [None, "yes", None]),
        ("Verified", ["yes", "-", "yes"]),
        ("Выплата", ["да", "нет", "да"]),
        ("Галочка", ["+", "-", "+"]),
        ("پرداخت", ["بلی", "نخیر", "بلی"]),
        ("Entrega", ["sí", "no", "sí"]),
        ("Ödeme", ["yes", "no", "yes"]),
        ("Pregnant, paid", ["yes", "no", "yes"]),
        ("Tick", [*["yes"] * 50, "no"]),
    ],
)
def test_answers_with_a_no_or_a_blank_are_asked_about(
    heading: str, answers: Sequence[object]
) -> None:
    found = below(heading, answers)
    options = ("status", "not_received", "none")
    assert [(one.choice, one.options) for one in found.ask] == [("column:E", options)]
    assert set(states(found)) == {"o"}


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Tick", ["yes", "yes", "yes"]),
        ("Pregnant", ["yes", "no", "no"]),
        ("howManyElderly", [1, 0, 1]),
        ("Чел. пожилых", [1, 0, 1]),
        ("Commission", [0, 0, 0]),
        ("Team", ["A", "B", "C"]),
        ("Visited", [dt.date(2025, 3, 1), None, dt.date(2025, 3, 1)]),
    ],
)
def test_what_is_no_answer_of_a_receipt_is_not(heading: str, answers: Sequence[object]) -> None:
    found = below(heading, answers)
    assert (set(states(found)), errors(found), found.ask) == ({"r"}, [], [])


@pytest.mark.parametrize(
    ("field", "expected"), [("status", "nr"), ("not_received", "rn"), ("none", "rr")]
)
def test_the_answer_is_taken(field: str, expected: str) -> None:
    found = below("On hold", ["no", "yes"], **{"column:E": field})
    assert (states(found), found.ask) == (expected, [])


@pytest.mark.parametrize("heading", ["Payment made", "Cashed", "Showed up", "Факт выдачи"])
def test_plain_headings_of_a_receipt_are_known(heading: str) -> None:
    found = below(heading, ["yes", "no", "yes"])
    assert (states(found), found.ask) == ("rnr", [])


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Cash out", ["done", "pending", "done"]),
        ("Action", [None, "STOP PAYMENT", None]),
        ("Collected on", ["3/11", "-", "4/11"]),
        ("Étape", ["fait", "en attente", "fait"]),
        ("Что делать", [None, "не выплачивать", None]),
    ],
)
def test_a_text_of_a_payment_that_was_not_made_is_asked_about(
    heading: str, answers: Sequence[object]
) -> None:
    found = below(heading, answers)
    assert [one.choice for one in found.ask] == ["column:E"]
    assert set(states(found)) == {"o"}
