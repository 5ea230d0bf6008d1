"""Lists of one workbook that belong together: a tab for each village, or side by side."""

import datetime as dt
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from cva.sheets.checking.checked import Checked, row_totals
from cva.sheets.files.sheet_parts import row_name
from tests.sheets_made import Rows, checked, errors, fill, saved, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (USD)"]


def person(number: str, amount: object = 10) -> list[object]:
    return [number, "Ann", DAY, amount]


def tabs(**by_name: Rows) -> bytes:
    book = Workbook()
    for name, rows in by_name.items():
        fill(book.create_sheet(name), rows)
    book.remove(book.worksheets[0])
    return saved(book)


def together(content: bytes) -> Checked:
    return checked(content, sheet="*")


def cells(found: Checked) -> list[tuple[str, str | None, str]]:
    return [(f.sheet or "", f.cell, f.code) for f in found.findings]


def numbers(found: Checked) -> list[str]:
    return [row_name(found.parts, row.number) for row in found.rows]


VILLAGES: Mapping[str, Rows] = {
    "North": [HEADS, person("R1"), person("R2")],
    "South": [["Village South"], HEADS, person("R3"), ["Total", None, None, 10]],
    "West": [person("R4", 30)],
    "Notes": [["Called the mayor"]],
}


def test_one_list_for_each_village_is_one_question() -> None:
    found = checked(tabs(**VILLAGES))
    assert [(ask.choice, ask.options, ask.offered) for ask in found.ask] == [
        ("sheet", ("*", "North", "South", "West"), "*")
    ]
    shown = [(name, first.split()[0]) for name, first in found.ask[0].examples["*"]]
    assert shown == [("North", "R1"), ("South", "R3"), ("West", "R4")]


def test_all_of_them_are_read_as_one_list_with_the_tab_in_each_rows_name() -> None:
    found = together(tabs(**VILLAGES))
    assert (states(found), found.findings) == ("rrrr", [])
    assert [str(total.money) for total in row_totals(found.rows)] == ["60.00 USD"]
    assert numbers(found) == ["North 2", "North 3", "South 3", "West 1"]


def test_one_of_them_is_read_alone_and_the_others_are_named() -> None:
    found = checked(tabs(**VILLAGES), sheet="North")
    assert states(found) == "rr"
    left = [f.details["other"] for f in found.findings if f.code == "sheet-left-out"]
    assert left == ["South", "West"]


@pytest.mark.parametrize(
    ("name", "heading"),
    [("Summary", "Zone"), ("Свод", "Зона"), ("By village", "Village"), ("Récapitulatif", "Zone")],
)
def test_a_tab_of_sums_holds_nobody(name: str, heading: str) -> None:
    sums: Rows = [[heading, "Persons", "Amount (USD)"], ["Ahero", 2, 20], ["Total", 4, 40]]
    found = checked(tabs(**{"North": VILLAGES["North"], name: sums}))
    assert (states(found), found.findings) == ("rr", [])


@pytest.mark.parametrize("heading", ["Person served", "Zone"])
def test_a_tab_in_which_people_may_stand_is_named(heading: str) -> None:
    people: Rows = [[heading, "Amount (USD)", "Date"], ["Ann", 20, DAY], ["Ben", 40, DAY]]
    found = checked(tabs(North=VILLAGES["North"], South=people))
    assert [f.code for f in found.findings] == ["sheet-left-out"]


def test_a_tab_that_lacks_a_column_is_named_and_not_passed_over() -> None:
    south: Rows = [["Reg No", "Name", "Amount (USD)"], ["R3", "Ann", 10]]
    found = checked(tabs(North=VILLAGES["North"], South=south))
    assert states(found) == "rr"
    assert [f.details["other"] for f in found.findings] == ["South"]


def test_a_fault_names_the_tab_and_the_cell_in_it() -> None:
    south: Rows = [["Village South"], HEADS, person("R3", "ten")]
    found = together(tabs(North=VILLAGES["North"], South=south))
    assert cells(found) == [("South", "D3", "amount-unreadable")]


def test_a_person_who_is_on_two_tabs_is_twice_in_the_list() -> None:
    found = together(tabs(North=VILLAGES["North"], South=[HEADS, person("R2")]))
    assert cells(found) == [("South", "A2", "duplicate-row")]
    assert found.findings[0].details["other_row"] == "North 3"


def test_columns_in_another_order_and_more_of_them_keep_their_meaning() -> None:
    south: Rows = [["Amount (USD)", "Remarks", "Reg No", "Date"], [20, "moved", "R3", DAY]]
    found = together(tabs(North=VILLAGES["North"], South=south))
    last = found.rows[-1].values
    assert (last["registration_no"], last["amount_minor"], last["remarks"]) == ("R3", 2000, "moved")


def test_each_list_ends_at_its_own_signatures() -> None:
    north: Rows = [*VILLAGES["North"], ["Total", None, None, 20], ["Signature: ______"]]
    found = together(tabs(North=north, South=[HEADS, person("R3"), ["Total", None, None, 99]]))
    assert states(found) == "rrr"
    assert cells(found) == [("South", "D3", "total-mismatch")]


def test_a_hidden_row_and_a_merged_cell_are_found_on_their_tab() -> None:
    book = Workbook()
    fill(book.create_sheet("North"), VILLAGES["North"])
    south = book.create_sheet("South")
    fill(south, [HEADS, person("R3"), person("R4"), ["R5", "Ann", DAY, None]])
    south.row_dimensions[2].hidden = True
    south.merge_cells("D3:D4")
    book.remove(book.worksheets[0])
    found = together(saved(book))
    assert cells(found) == [("South", "A2", "hidden-row")]
    assert [ask.choice for ask in found.ask] == ["household"]


def test_a_tab_of_another_kind_is_not_taken_in() -> None:
    people: Rows = [["Reg No", "Full name", "Sex"], ["R1", "Ann", "f"]]
    found = checked(tabs(North=VILLAGES["North"], People=people))
    assert [(ask.choice, ask.options) for ask in found.ask] == [("sheet", ("North", "People"))]


def test_a_tab_whose_amounts_name_no_currency_beside_one_that_does_is_not_taken_in() -> None:
    south: Rows = [[*HEADS[:3], "Amount"], person("R3")]
    found = checked(tabs(North=VILLAGES["North"], South=south))
    assert [(ask.choice, ask.options) for ask in found.ask] == [("sheet", ("North", "South"))]


def test_a_title_of_a_second_tab_that_names_another_currency_is_asked_about() -> None:
    heads = [*HEADS[:3], "Amount"]
    north: Rows = [["List in USD"], heads, person("R1")]
    found = together(tabs(North=north, South=[["List in (EUR)"], heads, person("R3")]))
    assert [ask.choice for ask in found.ask] == ["currency"]


BESIDE: Rows = [
    [*HEADS, None, *HEADS],
    [*person("R1"), None, *person("R2")],
    [*person("R3"), None, None, None, None, None],
]


def test_two_lists_beside_each_other_are_one_question() -> None:
    found = checked(workbook(*BESIDE))
    options = ("*", "List A", "List F")
    assert [(ask.choice, ask.options) for ask in found.ask] == [("beside", options)]


def test_lists_beside_each_other_are_read_one_below_the_other() -> None:
    found = checked(workbook(*BESIDE), settled={"beside": "*"})
    assert (states(found), errors(found), warnings(found)) == ("rrr", [], [])
    assert [row.values["registration_no"] for row in found.rows] == ["R1", "R3", "R2"]


def test_a_fault_in_the_second_of_them_names_its_own_cell() -> None:
    rows: Rows = [BESIDE[0], [*person("R1"), None, *person("R2", "ten")]]
    found = checked(workbook(*rows), settled={"beside": "*"})
    assert cells(found) == [("List", "I2", "amount-unreadable")]


def test_one_of_two_lists_beside_each_other_can_be_read_alone() -> None:
    found = checked(workbook(*BESIDE), settled={"beside": "List F"})
    assert [row.values["registration_no"] for row in found.rows] == ["R2"]


@pytest.mark.parametrize("amount", ["50 USD", "$50", "1,500/-", "50.00"])
def test_a_tab_without_headings_whose_amounts_name_their_currency_goes_on(amount: str) -> None:
    content = tabs(North=[HEADS, person("R1", amount)], South=[person("R2", amount)])
    assert [ask.choice for ask in checked(content, currency="USD").ask] == ["sheet"]


def test_a_row_that_numbers_the_columns_of_a_tab_is_nobody_in_whatever_order_they_are() -> None:
    turned: Rows = [[*reversed(HEADS)], [1, 2, 3, 4], [*reversed(person("R2"))]]
    found = together(tabs(North=[HEADS, person("R1")], South=turned))
    assert (states(found), numbers(found)) == ("rr", ["North 2", "South 3"])


def test_a_tab_without_headings_may_have_blanks_and_what_does_not_fit_is_named() -> None:
    heads = [*HEADS, "Date received"]
    first: Rows = [heads, [*person("R1"), DAY], [*person("R2"), dt.date(2025, 3, 2)]]
    blank = checked(tabs(North=first, South=[[*person("R3"), None]]))
    assert [ask.choice for ask in blank.ask] == ["sheet"]
    odd = checked(tabs(North=first[:2], South=[["Fees", "x", "y", 1], ["z", 1], person("R3")]))
    assert "sheet-left-out" in {code for _, code in warnings(odd)}


def test_a_tab_without_headings_may_begin_with_as_above() -> None:
    first: Rows = [HEADS, person("R1")]
    assert [
        ask.choice for ask in checked(tabs(North=first, South=[["R2", "Ben", '"', 5]])).ask
    ] == ["sheet"]


@pytest.mark.parametrize("day", [45720, "сорок", "Friday"])
def test_a_tab_whose_days_are_written_in_an_odd_way_is_taken_or_named(day: object) -> None:
    rows: Rows = [["R2", "Ben", day, 5], ["R3", "Cid", day, 5]]
    found = checked(tabs(North=[HEADS, person("R1")], South=rows))
    taken = [ask.choice for ask in found.ask] == ["sheet"]
    assert taken or "sheet-left-out" in {code for _, code in warnings(found)}


def test_an_answer_about_a_column_holds_for_its_heading_on_every_tab() -> None:
    heads = ["Reg No", "Name", "Date", "Amount (USD)", "Amount (KES)"]
    south: list[list[object]] = [[*heads], [*person("R2", 8), 950]]
    turned = [[row[at] for at in (4, 3, 0, 2, 1)] for row in south]
    content = tabs(North=[heads, [*person("R1", 7), 900]], South=turned)
    found = checked(content, sheet="*", settled={"which:amount": "E"})
    assert (states(found), warnings(found)) == ("rr", [])
    assert [str(total.money) for total in row_totals(found.rows)] == ["1850.00 KES"]


def test_a_tab_without_headings_may_be_meant_alone() -> None:
    book = tabs(A=[HEADS, person("R1")], B=[person("R2"), person("R3", 30)])
    assert checked(book).ask[0].options == ("*", "A", "B")
    found = checked(book, sheet="B")
    assert (states(found), numbers(found)) == ("rr", ["B 1", "B 2"])
    assert [(f.code, f.details["other"]) for f in found.findings] == [("sheet-left-out", "A")]
    alone = checked(book, sheet="A")
    assert [(f.code, f.details["other"]) for f in alone.findings] == [("sheet-left-out", "B")]
    assert checked(tabs(A=[HEADS, person("R1")], B=[["x", "y"]]), sheet="B").refused


def test_a_tab_whose_headings_are_unknown_may_be_meant_alone() -> None:
    book = tabs(
        A=[HEADS, person("R1")], B=[["Rg", "Nme", "Dte", "Amt"], person("R2"), person("R3")]
    )
    assert checked(book).ask[0].options == ("*", "A", "B")
    assert states(checked(book, sheet="B")) == "err"
