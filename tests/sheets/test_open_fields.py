"""What is asked where no heading, or more than one, names a field."""

import datetime as dt
from collections.abc import Mapping

import pytest

from cva.sheets.checking.checked import Checked, row_totals
from cva.sheets.vocabulary.currency_lines import sums_in
from tests.sheets_made import Rows, checked, states, workbook

DAY = dt.date(2025, 3, 1)
TWO_AMOUNTS: Rows = [
    ["Reg No", "Date", "Amount", "Sum"],
    ["R1", DAY, 5, 70],
    ["R2", DAY, 6, 80],
]


def asked(found: Checked) -> list[tuple[str, tuple[str, ...]]]:
    return [(question.choice, question.options) for question in found.ask]


def totals(found: Checked) -> list[str]:
    return [str(total.money) for total in row_totals(found.rows)]


def answered(rows: Rows, answers: Mapping[str, str], **choices: str) -> Checked:
    return checked(workbook(*rows), currency="USD", settled=answers, **choices)


def test_two_columns_of_amounts_are_a_question_with_their_first_values() -> None:
    found = answered(TWO_AMOUNTS, {})
    assert asked(found) == [("which:amount", ("C", "D", "none"))]
    assert found.ask[0].examples["D"] == (("Sum", "70 · 80"),)
    assert (states(found), found.findings) == ("oo", [])


@pytest.mark.parametrize(("column", "total"), [("C", "11.00 USD"), ("D", "150.00 USD")])
def test_the_column_that_was_chosen_is_read(column: str, total: str) -> None:
    found = answered(TWO_AMOUNTS, {"which:amount": column})
    assert (asked(found), totals(found)) == ([], [total])


def test_two_columns_with_the_same_cells_need_no_question() -> None:
    rows: Rows = [["Reg No", "Date", "Amount", "Sum"], ["R1", DAY, 5, 5], ["R2", DAY, 6, 6]]
    assert totals(answered(rows, {})) == ["11.00 USD"]


def test_a_blank_column_of_amounts_may_say_that_nothing_was_paid() -> None:
    rows: Rows = [["Reg No", "Date", "Amount", "Amount paid"], ["R1", DAY, 5, None]]
    assert asked(answered(rows, {})) == [("which:amount", ("C", "D", "none"))]


@pytest.mark.parametrize(
    ("due", "paid"),
    [
        ("Amount due", "Amount collected"),
        ("Amount", "Disbursed"),
        ("Сумма", "Фактически выплачено"),
        ("Montant", "Somme versée"),
        ("المبلغ", "المبلغ المدفوع فعلا"),
    ],
)
def test_what_was_paid_beside_what_was_due_is_asked_about(due: str, paid: str) -> None:
    rows: Rows = [["Reg No", "Date", due, paid], ["R1", DAY, 50, 50], ["R2", DAY, 50, None]]
    rows = [*rows, ["R3", DAY, 50, 30]]
    found = answered(rows, {})
    assert asked(found) == [("which:amount", ("C", "D", "none"))]
    assert totals(answered(rows, {"which:amount": "C"})) == ["150.00 USD"]
    told = {"column:D": "none"}
    assert asked(answered(rows, told)) == []


@pytest.mark.parametrize(
    ("due", "paid"),
    [
        ("Amount due", "Paid"),
        ("Сумма к выдаче", "Выдано"),
        ("Monto", "Pagado"),
        ("Montant", "Remis"),
    ],
)
def test_sums_under_paid_are_no_words_of_a_receipt(due: str, paid: str) -> None:
    rows: Rows = [["Reg No", "Date", due, paid], ["R1", DAY, 50, 50], ["R2", DAY, 50, 30]]
    found = answered([*rows, ["R3", DAY, 50, 0]], {})
    assert asked(found) == [("which:amount", ("C", "D", "none"))]
    assert totals(answered(rows, {"which:amount": "D"})) == ["80.00 USD"]


def test_marks_under_paid_stay_marks() -> None:
    rows: Rows = [["Reg No", "Date", "Amount due", "Paid"], ["R1", DAY, 50, 1], ["R2", DAY, 50, 0]]
    found = answered(rows, {})
    assert (asked(found), states(found)) == ([], "rn")


def test_two_districts_are_asked_about_and_refuse_nothing() -> None:
    heads = ["Reg No", "District", "Date", "Amount", "Rayon"]
    rows: Rows = [heads, ["R1", "North", DAY, 5, "Upper"]]
    found = answered(rows, {})
    assert asked(found) == [("which:district", ("B", "E"))]
    chosen = answered(rows, {"which:district": "E"})
    assert chosen.rows[0].values["district"] == "Upper"


def test_a_blank_second_column_of_what_is_no_money_is_none() -> None:
    heads = ["Reg No", "District", "Date", "Amount", "Rayon"]
    assert asked(answered([heads, ["R1", "North", DAY, 5, None]], {})) == []


NO_DAY: Rows = [["Reg No", "Amount (USD)"], ["R1", 5], ["R2", 6]]


def test_a_day_without_a_column_is_asked_once_for_the_whole_list() -> None:
    found = answered(NO_DAY, {})
    assert asked(found) == [("one:distribution_date", ())]
    assert (found.ask[0].control, found.ask[0].offered) == ("date", "")
    done = answered(NO_DAY, {"one:distribution_date": "2025-03-01"})
    assert [row.values["distribution_date"] for row in done.rows] == ["2025-03-01"] * 2
    assert totals(done) == ["11.00 USD"]


def test_a_total_is_nobody_where_no_column_has_the_day() -> None:
    found = answered([*NO_DAY, ["Total", 11]], {"one:distribution_date": "2025-03-01"})
    assert (states(found), found.findings) == ("rr", [])


@pytest.mark.parametrize(
    ("title", "offered"),
    [
        ("Distribution of 1 March 2025", "2025-03-01"),
        ("Выдача 01.03.2025", "2025-03-01"),
        ("Handed out on 03/04/2025", ""),  # the third of April or the fourth of March
        ("From 01.03.2025 to 05.03.2025", ""),
    ],
)
def test_the_day_of_the_title_is_offered_where_it_is_one(title: str, offered: str) -> None:
    assert answered([[title], *NO_DAY], {}).ask[0].offered == offered


def test_the_value_of_the_round_is_offered() -> None:
    rows: Rows = [["Reg No", "Date"], ["R1", DAY]]
    content = workbook(*rows)
    found = checked(content, kind="cash_transfers", offered={"amount": "250"})
    assert asked(found) == [("one:amount", ())]
    assert found.ask[0].offered == "250"
    assert totals(answered(rows, {"one:amount": "250"}, kind="cash_transfers")) == ["250.00 USD"]


def test_without_amounts_it_is_a_list_of_people_or_one_amount_for_everybody() -> None:
    rows: Rows = [["Reg No", "Name", "Date", "Currency"], ["R1", "Ann", DAY, "USD"]]
    assert asked(answered(rows, {})) == [("find:amount", ("one", "none"))]
    assert answered(rows, {"find:amount": "none"}).kind == "beneficiaries"
    assert asked(answered(rows, {"find:amount": "one"})) == [("one:amount", ())]


def test_a_column_of_numbers_that_nobody_explains_may_hold_the_amounts() -> None:
    rows: Rows = [["Reg No", "Name", "Zuwendung"], ["R1", "Ann", 70], ["R2", "Ben", 80]]
    found = answered(rows, {})
    assert asked(found) == [("find:amount", ("C", "one", "none"))]
    assert states(found) == "oo"
    assert states(answered(rows, {"find:amount": "none"})) == "rr"
    day = {"find:amount": "C", "one:distribution_date": "2025-03-01"}
    assert totals(answered(rows, day)) == ["150.00 USD"]


def test_a_running_number_is_no_amount() -> None:
    rows: Rows = [["Lfd.", "Reg No", "Name"], [1, "R1", "Ann"], [2, "R2", "Ben"]]
    assert asked(answered(rows, {})) == []


def test_answers_of_a_form_and_what_a_program_adds_are_no_amounts() -> None:
    rows: Rows = [["Reg No", "Name", "needs/x", "_id"], ["R1", "Ann", 0, 71], ["R2", "Ben", 1, 93]]
    assert asked(answered(rows, {})) == []


def test_people_without_numbers_are_known_by_their_documents() -> None:
    rows: Rows = [
        ["No", "Name", "Passport No", "Date", "Amount"],
        [1, "Ann 1", "P100", DAY, 5],
        [2, "Ben 2", "P101", DAY, 5],
    ]
    found = answered(rows, {})
    assert asked(found) == []
    assert states(found) == "rr"
    assert all("registration_no" not in row.values for row in found.rows)


@pytest.mark.parametrize("heading", ["ID no", "ID", "Xyz"])
def test_a_column_that_may_hold_the_numbers_of_people_is_asked_about(heading: str) -> None:
    rows: Rows = [
        ["No", "Name", heading, "Date", "Amount"],
        [1, "Ann 1", "P100", DAY, 5],
        [2, "Ben 2", "P107", DAY, 5],
    ]
    [(choice, options)] = asked(answered(rows, {}))
    assert {"C", "registration_no"} & set(options)
    assert "none" in options
    said = {choice: "C" if "C" in options else "registration_no"}
    assert [row.values["registration_no"] for row in answered(rows, said).rows] == ["P100", "P107"]
    none = answered(rows, {choice: "none"})
    assert (asked(none), states(none)) == ([], "rr")


def test_a_running_number_is_nobodys_number() -> None:
    rows: Rows = [["No", "Name", "Date", "Amount"], [1, "Ann", DAY, 5], [2, "Ben", DAY, 5]]
    found = answered(rows, {})
    assert (asked(found), states(found)) == ([], "rr")
    assert all("registration_no" not in row.values for row in found.rows)


def test_a_row_that_names_nobody_is_an_error_where_people_have_no_numbers() -> None:
    rows: Rows = [
        ["Name", "Passport No", "Phone", "Date", "Amount"],
        ["Ann", None, None, DAY, 5],
        [None, "P101", None, DAY, 5],
        [None, None, None, DAY, 5],
        ["Dan", "P103", None, DAY, 5],
    ]
    found = answered(rows, {})
    assert states(found) == "rrer"
    assert [one.cell for one in found.findings if one.code == "required"] == ["A4"]


def test_a_total_in_a_column_that_tells_people_apart_is_nobody() -> None:
    heads = ["Phone", "Name", "Passport No", "Amount"]
    rows: Rows = [
        heads,
        ["+254700000011", "Ann", "P100", 5],
        ["+254700000012", "Ben", None, 5],
        ["TOTAL", None, None, 10],
    ]
    said = {"one:distribution_date": "2025-04-23"}
    assert states(answered(rows, said)) == "rr"


def test_what_cannot_be_read_names_nobody() -> None:
    rows: Rows = [
        ["Phone", "Name", "Date", "Amount"],
        ["+254700000011", "Ann", DAY, 5],
        ["no phone", None, DAY, 5],
    ]
    assert states(answered(rows, {})) == "re"


def test_a_blank_number_stays_an_error_where_there_is_a_column_of_them() -> None:
    rows: Rows = [["Reg No", "Name", "Date", "Amount"], ["R1", "Ann", DAY, 5], [None, "B", DAY, 5]]
    assert states(answered(rows, {})) == "re"


def test_the_site_of_the_whole_list_is_asked_where_a_round_has_several() -> None:
    rows = workbook(["Reg No", "Date", "Amount (USD)"], ["R1", DAY, 5])
    found = checked(rows, sites=("North", "South"))
    assert asked(found) == [("one:distribution_site", ("North", "South", "none"))]
    assert states(found) == "r"
    said = checked(rows, sites=("North", "South"), settled={"one:distribution_site": "South"})
    assert said.rows[0].values["distribution_site"] == "South"
    none = checked(rows, sites=("North", "South"), settled={"one:distribution_site": "none"})
    assert "distribution_site" not in none.rows[0].values


def test_a_site_in_a_column_or_alone_in_its_round_is_not_asked_for() -> None:
    rows = workbook(
        ["Reg No", "Date", "Amount (USD)", "Distribution site"], ["R1", DAY, 5, "North"]
    )
    assert asked(checked(rows, sites=("North", "South"))) == []
    assert asked(checked(workbook(*NO_DAY), sites=("North",))) == [("one:distribution_date", ())]


def test_one_amount_for_everybody_makes_no_list_of_people_where_the_day_is_lacking_too() -> None:
    content = workbook(["Reg No", "Name", "Currency"], ["R1", "Ann", "USD"])
    found = checked(content, settled={"find:amount": "one"})
    assert {ask.choice for ask in found.ask} == {"one:amount", "one:distribution_date"}


HANDED_OUT_IN_TITLE: Rows = [
    ["Cash distribution, 50 USD per household, 15/11/2025"],
    ["No", "Name", "Reg No", "Signature"],
    [1, "Neema Kito", "R1", "signed"],
    [2, "Amani Luko", "R2", "signed"],
]


def test_a_sheet_that_is_signed_is_no_list_of_people_without_asking() -> None:
    found = answered(HANDED_OUT_IN_TITLE, {})
    assert (asked(found), states(found)) == ([("find:amount", ("one", "none"))], "oo")


def test_what_the_title_says_is_offered_for_the_whole_list() -> None:
    found = answered(HANDED_OUT_IN_TITLE, {"find:amount": "one"})
    assert {ask.choice: ask.offered for ask in found.ask} == {
        "one:amount": "50",
        "one:distribution_date": "2025-11-15",
    }
    answers = {"find:amount": "one", **{ask.choice: ask.offered for ask in found.ask}}
    assert totals(answered(HANDED_OUT_IN_TITLE, answers)) == ["100.00 USD"]


def test_a_sum_in_the_title_alone_is_asked_about() -> None:
    rows = [row[:3] for row in HANDED_OUT_IN_TITLE]
    assert asked(answered(rows, {})) == [("find:amount", ("one", "none"))]


@pytest.mark.parametrize(
    ("title", "sum_of_money"),
    [
        ("Cash, 1,500.50 USD each", "1,500.50"),
        ("по 5 000 сом каждому", "5 000"),
        ("EUR 75 par ménage", "75"),
        ("$20 each", "20"),
        ("100 TOP people", ""),
        ("List of 15/11/2025, page 2", ""),
        ("50 USD or 45 EUR", ""),
        ("٥٠ دولار", "50"),
    ],
)
def test_sums_of_money_are_found_in_a_title(title: str, sum_of_money: str) -> None:
    found = sums_in([title])
    assert (found.pop() if len(found) == 1 else "") == sum_of_money
