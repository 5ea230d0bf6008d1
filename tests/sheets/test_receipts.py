"""How field teams mark who came and who did not."""

import datetime as dt

import pytest

from tests.sheets_made import checked, errors, states, workbook

DAY = dt.date(2025, 3, 1)


def marked(heading: str, *marks: object) -> bytes:
    heads = ["Reg No", "Name", "Date", "Amount (KES)", heading]
    return workbook(heads, *[[f"R{at}", "A", DAY, 5, mark] for at, mark in enumerate(marks)])


@pytest.mark.parametrize(
    ("heading", "marks", "expected"),
    [
        ("Received?", ("P", "A", "P"), "rnr"),
        ("Attendance", ("Present", "Absent"), "rn"),
        ("Collected (yes/no)", ("Yes", "No"), "rn"),
        ("Yes/No", ("yes", "No"), "rn"),
        ("Paid", ("√", "x", "√"), "rnr"),
        ("Paid", ("x", "x"), "rr"),
        ("Delivered", ("TRUE", False), "rn"),
        ("Status", ("Paid", "Unpaid"), "rn"),
        ("Отметка о получении", ("получ.", "отсутств.", "неяв."), "rnn"),
        ("Получил (да/нет)", ("да", "нет"), "rn"),
        ("Получил/не получил", ("получил", "не получил"), "rn"),
        ("Получил", ("да", "нет"), "rn"),
        ("Выдано", ("да", "нет"), "rn"),
        ("Reçu (oui/non)", ("oui", "non"), "rn"),
        ("Présence", ("P", "A"), "rn"),
        ("¿Recibió?", ("Sí", "No"), "rn"),
        ("استلم / لم يستلم", ("استلم", "لم يستلم"), "rn"),
        ("هل استلم؟", ("نعم", "لا"), "rn"),
        ("دریافت کرد؟", ("بله", "خیر"), "rn"),
        ("Алды/албады", ("алды", "албады"), "rn"),
    ],
)
def test_who_did_not_receive_is_not_paid(
    heading: str, marks: tuple[object, ...], expected: str
) -> None:
    found = checked(marked(heading, *marks))
    assert (states(found), errors(found)) == (expected, [])


@pytest.mark.parametrize("heading", ["Signature", "Signature / Received", "Подпись (да/нет)"])
def test_a_mark_to_sign_with_is_no_answer(heading: str) -> None:
    found = checked(marked(heading, "√", "no"))
    assert states(found) == "rr"
    assert found.columns[-1].field == "signature"


def test_a_heading_that_is_not_known_over_words_of_receipt_is_asked() -> None:
    found = checked(marked("Feedback", "Received", "Absent"))
    assert [(one.choice, one.options) for one in found.ask] == [("column:E", ("status", "none"))]
    assert states(found) == "oo"
    settled = checked(marked("Feedback", "Received", "Absent"), settled={"column:E": "status"})
    assert states(settled) == "rn"


def test_a_status_of_something_else_is_asked() -> None:
    found = checked(marked("Status", "Enrolled", "Active"))
    assert [one.choice for one in found.ask] == ["column:E"]
    assert states(checked(marked("Status", "Idp", "Host"), settled={"column:E": "none"})) == "rr"


def test_who_collected_stays_a_name() -> None:
    found = checked(marked("Получил", "Иванова Анна", "Петров Олег"))
    assert found.columns[-1].field == "received_by"
    assert checked(marked("Получил", None, None)).columns[-1].field == "received_by"


def test_a_yes_of_something_else_is_not_asked() -> None:
    found = checked(marked("Pregnant", "yes", "no"))
    assert (states(found), found.ask) == ("rr", [])
