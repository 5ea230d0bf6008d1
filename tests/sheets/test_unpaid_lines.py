"""Lines above a list, between its rows and names of tabs that may say who was not paid."""

import pytest

from cva.sheets.checking.checked import Checked
from cva.sheets.vocabulary.questions import Question
from tests.sheets.test_several_lists import HEADS, person, tabs
from tests.sheets_made import Rows, checked, states, workbook

PEOPLE = [person(f"R{at}") for at in range(1, 5)]
STATUS = [*HEADS, "Received"]


def between(*lines: list[object], after: int = 2) -> bytes:
    return workbook(HEADS, *PEOPLE[:after], *lines, *PEOPLE[after:])


def only(found: Checked) -> Question:
    assert [one.kind for one in found.ask] == ["line"], found.ask
    return found.ask[0]


def answered(content: bytes, answer: str, sheet: str | None = None) -> str:
    question = only(checked(content, sheet=sheet))
    done = checked(content, sheet=sheet, settled={question.choice: answer})
    assert done.ask == []
    return states(done)


@pytest.mark.parametrize(
    "line",
    [
        *("Absent:", "Did not come", "Not paid", "Reserve list", "Waiting list", "Refused"),
        *("Не явились", "Отсутствовали", "Резерв", "Не получили деньги"),
        *("Personnes absentes", "Liste d'attente", "Ne se sont pas présentés"),
        *("No se presentaron", "Ausentes", "Lista de espera"),
        *("لم يحضروا", "الغائبون", "قائمة الانتظار"),
        *("غایبین", "مراجعه نکرده", "لیست انتظار"),
        *("Келген жок", "Не атрымалі"),
    ],
)
def test_a_line_between_rows_is_asked_about_with_the_rows_below_it(line: str) -> None:
    question = only(checked(between([line])))
    assert question.options == ("yes", "no", "nothing")
    assert question.examples == {"": ((line, ""),)}
    assert question.message.endswith("Rows: 5, 6.")


@pytest.mark.parametrize("around", [[], [[]]])
def test_the_answer_holds_for_the_rows_below_the_line(around: list[list[object]]) -> None:
    content = between(*around, ["Did not come"], *around)
    assert answered(content, "no") == "rrnn"
    assert answered(content, "yes") == answered(content, "nothing") == "rrrr"


def test_a_line_holds_up_to_the_next_one() -> None:
    content = workbook(
        HEADS, PEOPLE[0], ["Absent:"], PEOPLE[1], ["Village B"], PEOPLE[2], ["absent"], PEOPLE[3]
    )
    assert only(checked(content)).message.endswith("Rows: 4, 8.")
    assert answered(content, "no") == "rnrn"


def test_a_line_below_the_headings_is_about_the_rows_below_it() -> None:
    assert answered(between(["Did not come"], after=0), "no") == "nnnn"


def test_what_the_rows_say_themselves_is_asked_against_a_line_between_them() -> None:
    rows: Rows = [[*one, "yes"] for one in PEOPLE]
    content = workbook(STATUS, *rows[:2], ["Absent:"], *rows[2:])
    assert answered(content, "no") == "rrnn"


def test_rows_that_say_no_are_not_asked_about() -> None:
    rows: Rows = [[*one, "yes" if at < 2 else "no"] for at, one in enumerate(PEOPLE)]
    found = checked(workbook(STATUS, *rows[:2], ["Absent:"], *rows[2:]))
    assert (states(found), found.ask) == ("rrnn", [])


@pytest.mark.parametrize(
    "title",
    [
        *("List of people who did NOT receive cash", "Unpaid beneficiaries, March round"),
        *("Failed payments", "Absentees of 3 March", "Reserve list", "Список не получивших помощь"),
        *("Liste des absents", "Lista de ausentes", "قائمة الغائبين", "لیست غایبین"),
        *("No se presentaron", "Refunds", "Pending", "On hold", "Cancelled", "Returns of cash"),
        *("Возвраты", "В ожидании", "Отложенные выплаты", "Повернення", "Вяртанні", "Күтүүдө"),
        *("Remboursements", "En attente", "Non présentés", "Pendientes", "Reembolsos"),
        *("المبالغ المرتجعة", "قيد الانتظار", "در انتظار", "برگشتی"),
    ],
)
def test_a_title_is_asked_about_with_all_rows(title: str) -> None:
    content = workbook([title], [], HEADS, *PEOPLE)
    assert only(checked(content)).message.endswith("Rows: 4, 5, 6, 7.")
    assert answered(content, "no") == "nnnn"
    pair = workbook(["Round", title], [], HEADS, *PEOPLE)
    assert answered(pair, "no") == "nnnn"


@pytest.mark.parametrize(
    "title",
    [
        *("Distribution list No: A-5", "Non-food items and cash, paid list", "List no. ___"),
        *("Returnees of Osh", "Missionary camp", "Liste des participants", "Déplacés de Kaya"),
        *("Articles non alimentaires distribués", "Список на получение", "Do not copy"),
        *("Payout report 2026-11-08", "Missing persons' families", "Pendo village, annual plan"),
        *("Возвращенцы", "Ожидаемый срок: ноябрь", "Rapatriés", "Repatriados", "العائدون"),
    ],
)
def test_a_title_that_says_who_the_people_are_is_none(title: str) -> None:
    assert checked(workbook([title], HEADS, *PEOPLE)).ask == []


def test_a_legend_of_the_column_is_not_asked_about_where_all_rows_say_so_themselves() -> None:
    rows = [[*one, "yes"] for one in PEOPLE]
    found = checked(workbook(["P = present, A = absent"], STATUS, *rows))
    assert (states(found), found.ask) == ("rrrr", [])


def test_upper_headings_are_no_title() -> None:
    rows = [[*one, None] for one in PEOPLE]
    groups = ["Person", None, "Paid", None, "Not paid"]
    assert all(one.kind != "line" for one in checked(workbook(groups, [*HEADS, "Why"], *rows)).ask)


@pytest.mark.parametrize("name", ["Did not receive", "Refunds", "Absent", "Возвраты"])
def test_the_name_of_a_tab_is_asked_about(name: str) -> None:
    paid: Rows = [HEADS, *PEOPLE[:2]]
    unpaid: Rows = [HEADS, *PEOPLE[2:]]
    alone = tabs(**{name: unpaid})
    assert answered(alone, "no") == "nn"
    both = tabs(**{"Paid": paid, name: unpaid})
    assert only(checked(both, sheet="*")).message.endswith(f"Rows: {name} 2, {name} 3.")
    assert answered(both, "no", sheet="*") == "rrnn"
    first = tabs(**{name: unpaid, "Paid": paid})
    assert answered(first, "no", sheet="*") == "nnrr"


def test_a_title_of_one_tab_is_about_that_tab() -> None:
    rows: dict[str, Rows] = {
        "North": [["Paid on the day"], HEADS, *PEOPLE[:2]],
        "South": [["Unpaid people"], HEADS, *PEOPLE[2:]],
    }
    assert answered(tabs(**rows), "no", sheet="*") == "rrnn"


def test_a_title_above_villages_is_about_all_of_them() -> None:
    content = workbook(["Unpaid people"], HEADS, ["Ahero"], *PEOPLE[:2], ["Kisumu"], *PEOPLE[2:])
    assert answered(content, "no") == "nnnn"


def test_a_table_below_with_a_title_of_its_own() -> None:
    content = workbook(HEADS, *PEOPLE[:2], [], ["Absent people"], HEADS, *PEOPLE[2:])
    assert answered(content, "no") == "rrnn"
    other = [HEADS[1], HEADS[0], *HEADS[2:]]
    swapped = [[one[1], one[0], *one[2:]] for one in PEOPLE[2:]]
    apart = workbook(HEADS, *PEOPLE[:2], [], ["Absent people"], other, *swapped)
    assert answered(apart, "no", sheet="*") == "rrnn"


def test_a_list_before_the_hand_out_is_not_asked_about_it() -> None:
    assert checked(between(["Absent:"]), is_list=True).ask == []


def test_a_line_counts_where_much_else_stands_below_the_numbers() -> None:
    below = [["Prepared by: ____"], ["Approved by:"], ["Date: ____"], ["Stamp"], ["Place"]]
    content = workbook(HEADS, PEOPLE[0], ["absent"], PEOPLE[1], [], *below)
    assert answered(content, "no") == "rn"
    names = [["Ann B", "Ann", *one[2:]] for one in PEOPLE]
    assert answered(workbook(HEADS, *names[:2], ["absent"], *names[2:]), "no")[2:] == "nn"
