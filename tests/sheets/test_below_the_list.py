"""What stands between people, below them and beside them."""

import datetime as dt

import pytest

from tests.sheets_made import Rows, checked, errors, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (USD)"]
PEOPLE: Rows = [["R1", "Ann", DAY, 15], ["R2", "Ben", DAY, 15]]
TOTAL = ["Total", None, None, 30]


@pytest.mark.parametrize(
    "below",
    [
        [["Field officer: ________"], ["Signature: ______   Date: 12/03/2025"]],
        [[], ["Kisumu"]],
        [[None, None, None, 30]],
        [TOTAL, ["Paid by", "John", "Witness", "Mary"], ["Name:", None, "Name:"]],
        [TOTAL, ["Сумма прописью: тридцать"], ["Выдачу произвела:", "Смирнова"], ["МП"]],
        [TOTAL, ["Arrêté la présente liste à la somme de trente"], ["Fait à Douala"]],
        [TOTAL, ["توقيع أمين الصندوق", None, "توقيع المدير"], ["الختم"]],
        [TOTAL, ["Responsable: ______"], ["Vo.Bo."]],
        [TOTAL, [], ["Village", "Number", "Sum"], ["Ahero", 1, 15], ["Kisumu", 1, 15]],
        [[], ["Village", "Number", "Sum", "Age"], ["Ahero", 1, 15, 3]],
        [["Amount in words: thirty"]],
    ],
)
def test_what_is_below_the_list_is_nobody(below: Rows) -> None:
    found = checked(workbook(HEADS, *PEOPLE, *below))
    assert (states(found), errors(found)) == ("rr", [])
    assert {code for _, code in warnings(found)} <= {"rows-skipped"}


def test_headings_once_more_are_nobody() -> None:
    found = checked(workbook(HEADS, PEOPLE[0], HEADS, PEOPLE[1]))
    assert (states(found), found.findings) == ("rr", [])


def test_a_number_alone_that_is_no_sum_is_told() -> None:
    found = checked(workbook(HEADS, *PEOPLE, [None, None, None, 31]))
    assert errors(found) == [("A4", "required"), ("C4", "required")]


def test_somebody_below_a_total_is_read() -> None:
    found = checked(workbook(HEADS, *PEOPLE, TOTAL, ["R3", "Cyn", DAY, 15]))
    assert states(found) == "rrr"


def test_numbers_that_begin_again_in_each_village_are_no_identifiers() -> None:
    heads = ["No", *HEADS]
    rows: Rows = [
        ["Village: Ahero"], [1, *PEOPLE[0]], ["Subtotal", None, None, None, 15],
        ["Village: Kisumu"], [1, *PEOPLE[1]], ["Subtotal", None, None, None, 15],
    ]  # fmt: skip
    found = checked(workbook(heads, *rows))
    assert (states(found), found.findings) == ("rr", [])
    assert found.columns[0].field == "row_no"


def test_sums_of_villages_beside_the_list_are_no_part_of_it() -> None:
    heads = [*HEADS, None, "Village", "People", "Amount"]
    beside = [[None, "Ahero", 1, 15], [None, "Kisumu", 1, 15], [None, "Sondu", 1, 1]]
    rows = [[*(PEOPLE[at] if at < len(PEOPLE) else [None] * 4), *beside[at]] for at in range(3)]
    found = checked(workbook(heads, *rows))
    assert (states(found), errors(found), warnings(found)) == ("rr", [], [])


@pytest.mark.parametrize("heads", [["Date", *HEADS[:2], HEADS[3]], [HEADS[3], *HEADS[:3]]])
def test_a_village_above_its_people_is_nobody_whatever_column_it_stands_in(
    heads: list[object],
) -> None:
    people = [[dict(zip(HEADS, row, strict=True))[str(head)] for head in heads] for row in PEOPLE]
    found = checked(workbook(heads, ["Ahero"], people[0], ["Kisumu"], people[1]))
    assert (states(found), errors(found), found.ask) == ("rr", [], [])


def test_all_headings_once_more_with_numbers_of_columns_are_nobody() -> None:
    groups, numbering = ["Recipient", None, "Payment", None], [1, 2, 3, 4]
    top: Rows = [groups, HEADS, numbering]
    found = checked(workbook(*top, PEOPLE[0], [], *top, PEOPLE[1]))
    assert (states(found), errors(found), found.ask) == ("rr", [], [])


@pytest.mark.parametrize("words", ["Ahero total", "Село Луговое, итого", "Айыл боюнча бардыгы"])
def test_a_sum_of_a_village_is_nobody_though_no_row_has_a_day(words: str) -> None:
    rows = [[number, name, amount] for number, name, _day, amount in PEOPLE]
    heads = [HEADS[0], HEADS[1], HEADS[3]]
    found = checked(
        workbook(heads, *rows, [words, None, 30]), settled={"one:distribution_date": "2025-03-01"}
    )
    assert (states(found), errors(found)) == ("rr", [])


def test_people_below_the_sum_of_a_village_may_have_the_day_above() -> None:
    rows = [PEOPLE[0], TOTAL, ["R3", "Cid", '"', 15], ["R4", "Dan", '"', 15], TOTAL]
    found = checked(workbook(HEADS, *rows), settled={"ditto:C": "yes"})
    assert (states(found), errors(found)) == ("rrr", [])


def test_the_sum_of_a_page_without_a_word_for_it_is_a_total_and_told() -> None:
    page = [None, None, None, 30]
    rows: Rows = [*PEOPLE, page, ["R3", "Cyn", DAY, 15], ["R4", "Dan", DAY, 10], [*page[:3], 25]]
    found = checked(workbook(HEADS, *rows, ["Total", None, None, 55]))
    assert (states(found), errors(found), warnings(found)) == ("rrrr", [], [])
    told = [(one.cell, one.severity) for one in found.findings if one.code == "bare-total"]
    assert told == [("A4", "info"), ("A7", "info")]


def test_a_sum_of_all_pages_so_far_may_have_other_sums_and_a_count_beside_it() -> None:
    heads = ["No", *HEADS, "Household size"]
    rows: Rows = [[at, *row, 4] for at, row in enumerate(PEOPLE, 1)]
    found = checked(workbook(heads, *rows, [2, None, None, None, 30, 8], [3, *PEOPLE[0], 4]))
    assert "bare-total" in {one.code for one in found.findings}
    assert len(found.rows) == 3


@pytest.mark.parametrize("row", [[None, None, None, 31], [None, "Ida", None, 30]])
def test_a_number_that_is_no_sum_or_has_a_name_beside_it_stays_a_row(row: list[object]) -> None:
    found = checked(workbook(HEADS, *PEOPLE, row, ["R3", "Cyn", DAY, 15]))
    assert states(found) == "rrer"


def test_the_amount_above_once_more_is_no_sum() -> None:
    found = checked(workbook(HEADS, PEOPLE[0], [None, None, None, 15], PEOPLE[1]))
    assert states(found) == "rer"


@pytest.mark.parametrize(
    "words",
    [
        *("Carried forward", "Brought forward", "Balance c/f", "Amount brought forward"),
        *("Перенос на стр. 2", "К переносу", "Перенос", "С предыдущей страницы"),
        *("À reporter", "A reporter", "Report", "Report de la page précédente"),
        *("Suma y sigue", "Suma anterior", "Vienen", "Pasan"),
        *("المنقول", "ما قبله", "ينقل إلى الصفحة التالية", "مجموع الصفحة"),
        *("نقل به صفحه بعد", "منقول از صفحه قبل"),
        *("Көчүрүлдү", "Перанос"),
    ],
)
@pytest.mark.parametrize("column", [0, 1])
def test_a_sum_carried_to_the_next_page_is_a_total(words: str, column: int) -> None:
    carried: list[object] = [None, None, None, 30]
    carried[column] = words
    rows: Rows = [*PEOPLE, carried, carried, ["R3", "Cyn", DAY, 15]]
    found = checked(workbook(HEADS, *rows, ["Total", None, None, 45]))
    assert (states(found), errors(found), warnings(found)) == ("rrr", [], [])


def test_a_sum_carried_forward_that_is_not_right_is_told() -> None:
    found = checked(workbook(HEADS, *PEOPLE, ["Carried forward", None, None, 31], TOTAL))
    assert warnings(found) == [("D4", "total-mismatch")]
