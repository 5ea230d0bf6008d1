"""Headings, names and cells that deny a receipt: a mark under "Not received" is no receipt."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, states, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (KES)"]


def under(heading: str, *cells: object) -> bytes:
    rows = [[f"R{at}", "A. Example", DAY, 50, cell] for at, cell in enumerate(cells)]
    return workbook([*HEADS, heading], *rows)


def named(*names: str) -> bytes:
    return workbook(HEADS, *[[f"R{at}", name, DAY, 50] for at, name in enumerate(names)])


def asked(found: Checked) -> list[str]:
    return [":".join(question.choice.split(":")[:2]) for question in found.ask]


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("Not received", "x"),
        ("Not paid", "✓"),
        ("Absent", "yes"),
        ("Absent(e)", "X"),
        ("No show", "Y"),
        ("Не получил(а)", "х"),
        ("Не явился", "да"),
        ("Non reçu", "oui"),
        ("No recibió", "sí"),
        ("لم يستلم", "نعم"),
        ("دریافت نکرده", "بله"),
        ("Not received", "refused"),
    ],
)
def test_a_mark_under_a_heading_that_denies_is_no_receipt(heading: str, mark: str) -> None:
    found = checked(under(heading, "", mark))
    assert (states(found), found.ask) == ("rn", [])
    assert [column.field for column in found.columns][-1] == "not_received"


def test_a_mark_below_the_first_rows_is_seen_too() -> None:
    assert states(checked(under("Absent", *[""] * 60, "x"))) == "r" * 60 + "n"


def test_a_no_under_such_a_heading_is_not_yet_a_receipt() -> None:
    found = checked(under("Deceased", "no", "yes", "-"))
    assert states(found) == "rnr"
    assert not found.has_receipt


def test_paid_and_not_paid_beside_each_other_settle_every_row() -> None:
    rows = [["R1", "A", DAY, 50, "x", ""], ["R2", "B", DAY, 50, "", "x"]]
    found = checked(workbook([*HEADS, "Paid", "Not paid"], *rows))
    assert (states(found), found.ask) == ("rn", [])


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Absent", [2, ""]),
        ("Not received", [1, 0]),
        ("Not received", ["✓", "✗"]),
        ("Not received", ["", "went to town"]),
        ("Not present", ["", "x"]),
        ("Non", ["", "x"]),
        ("Отсутствует", ["", "да"]),
    ],
)
def test_what_is_no_plain_mark_or_no_plain_refusal_is_asked(
    heading: str, cells: list[object]
) -> None:
    found = checked(under(heading, *cells))
    assert (states(found), asked(found)) == ("oo", ["column:E"])
    assert "not_received" in found.ask[0].options
    assert "status" not in found.ask[0].options


def test_it_is_read_where_day_and_amount_stand_in_no_column() -> None:
    rows = [["R1", "A. Example", "KES", ""], ["R2", "B. Example", "KES", "x"]]
    known = {"find:amount": "one", "one:amount": "50", "one:distribution_date": "2025-03-01"}
    found = checked(workbook(["Reg No", "Name", "Currency", "Absent"], *rows), settled=known)
    assert (states(found), found.ask) == ("rn", [])


def test_a_no_before_a_verb_is_no_number() -> None:
    assert asked(checked(under("No se acercó", "", "x"))) == ["column:E"]
    assert asked(checked(under("No. of children", 2, 3))) == []


@pytest.mark.parametrize("answer", ["not_received", "status"])
def test_the_answer_is_read_turned_around(answer: str) -> None:
    """A society may have remembered such a column as a status."""
    found = checked(under("Not received", 1, 0, ""), settled={"column:E": answer})
    assert (states(found), found.ask) == ("nrr", [])


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Reason for non-payment", "no ID"),
        ("Reason not received", "unknown"),
        ("Reason not received", "tbd"),
        ("Причина неполучения", "вдова"),
        ("Причина невыдачи", "нет паспорта"),
        ("Motif de non-paiement", "pas de numéro"),
        ("Motivo de no pago", "viuda"),
        ("سبب عدم الاستلام", "أرملة"),
        ("دلیل عدم دریافت", "بیوه"),
    ],
)
def test_whatever_is_the_reason_for_not_receiving_is_asked_about(heading: str, reason: str) -> None:
    found = checked(under(heading, "", reason, "n/a", "-"))
    assert (states(found), asked(found)) == ("oooo", ["word:E"])
    assert found.ask[0].details["rows"] == "3"


def test_reasons_that_say_nothing_known_are_one_question() -> None:
    found = checked(under("Причина неполучения", "", "вдова", "нет паспорта"))
    assert asked(found) == ["words:E"]


@pytest.mark.parametrize(
    "text",
    [
        "nobody came", "no one", "whoever did not come", "no", "никто не пришёл", "никто",
        "personne", "personne n'est venu", "nadie", "nadie vino", "لا أحد", "هیچ‌کس", "ніхто",
    ],
)  # fmt: skip
def test_that_nobody_collected_is_asked_about(text: str) -> None:
    found = checked(under("Collected by", "self", text))
    assert (states(found), asked(found)) == ("oo", ["word:E"])


@pytest.mark.parametrize("text", ["Miss J. Example", "wife", "une personne de la famille", "n/a"])
def test_somebody_collected(text: str) -> None:
    found = checked(under("Collected by", text))
    assert (states(found), found.ask) == ("r", [])


@pytest.mark.parametrize("text", ["self", "Himself", "сам", "лично", "elle-même", "نفسه", "خودش"])
def test_the_person_is_nobody_else(text: str) -> None:
    found = checked(under("Collected by", text, "Example"))
    assert [row.values.get("received_by") for row in found.rows] == [None, "Example"]


@pytest.mark.parametrize(
    "name",
    [
        "N. Example (deceased)", "N. Example - absent", "N. Example (expired)", "N. Example (late)",
        "Example, N., refused", "N. Example-absent", "Пример А. (умерла)", "Пример А. - отказ",
        "Exemple (décédé)", "Ejemplo (fallecida)", "مثال (متوفى)", "مثال – غایب",
    ],
)  # fmt: skip
def test_a_note_behind_a_name_is_asked_about_with_its_row(name: str) -> None:
    found = checked(named("A. Example", name))
    assert (states(found), asked(found)) == ("oo", ["word:B"])
    assert found.ask[0].details["rows"] == "3"
    key = found.ask[0].choice
    assert states(checked(named("A. Example", name), settled={key: "no"})) == "rn"


@pytest.mark.parametrize(
    "name",
    [
        "Nora Example absent", "NORA EXAMPLE ABSENT", "Absent N. Example", "absent",
        "N. Example refused 3.11",
        "N. Example did not come to the site", "N. Example on hold", "Пример не явился",
        "Пример А. умер",
        "ПРИМЕР УМЕР", "Exemple Nora refus", "Ejemplo Nora no vino", "Ejemplo Nora pendiente",
        "Мисалов келген жок", "مثال غائب", "مثال لم يحضر", "مثال فوت شده", "Запасной Пример резерв",
    ],
)  # fmt: skip
def test_a_note_without_a_sign_beside_a_name_is_asked_about(name: str) -> None:
    found = checked(named("A. Example", name))
    assert (states(found), asked(found)) == ("oo", ["word:B"])
    key = found.ask[0].choice
    assert states(checked(named("A. Example", name), settled={key: "no"})) == "rn"


@pytest.mark.parametrize(
    "name",
    [
        "Умер Примеров", "Примеров Умер", "مثال معاد", "Kim No", "No Example", "Nora Absentova",
        "Mortimer Partida",
        "Отказнова Нора", "Muriel Return-Example", "Vincent Refusnik", "Non Example Pas",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_like_a_note_is_a_name(name: str) -> None:
    assert checked(named(name)).ask == []


def test_one_question_for_one_note_behind_several_names() -> None:
    found = checked(named("A (absent)", "B - absent", "C"))
    assert (asked(found), found.ask[0].details["rows"]) == (["word:B"], "2, 3")


@pytest.mark.parametrize(
    "name",
    [
        "Example, Nora",
        "N. Example (Sample)",
        "Anne-Marie Example",
        "N. Example (widow)",
        "Example 3",
    ],
)
def test_other_parts_of_a_name_are_left_alone(name: str) -> None:
    assert checked(named(name)).ask == []


def test_a_text_that_denies_another_one_is_asked_about() -> None:
    found = checked(under("Conformidad", *["Conforme"] * 60, "No conforme"))
    assert asked(found) == ["column:E"]
    found = checked(under("Conformidad", "Conforme", "No conforme"), settled={"column:E": "status"})
    assert asked(found) == ["word:E", "word:E"]


@pytest.mark.parametrize("text", ["RAS", "R.A.S.", "Rien à signaler", "nothing to report"])
def test_a_remark_that_there_is_nothing_to_say_is_passed_over(text: str) -> None:
    found = checked(under("Observations", text))
    assert (states(found), found.ask) == ("r", [])
