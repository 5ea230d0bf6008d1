"""Months or rounds that have a column each."""

import datetime as dt

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked, row_totals
from cva.sheets.files.sheet_parts import row_name
from tests.sheets_made import Rows, checked, fill, saved, states, workbook

HEADS = ["Reg No", "Name", "January 2025 (USD)", "February 2025 (USD)"]
PEOPLE: Rows = [["R1", "Ann", 100, 150], ["R2", "Ben", 100, None]]
DAYS = {"periods": "each", "day:C": "2025-01-20", "day:D": "2025-02-20"}


def read(*rows: list[object], **settled: str) -> Checked:
    return checked(workbook(*rows), currency="USD", settled={**settled})


def asked(found: Checked) -> list[str]:
    return [question.choice for question in found.ask]


def table(*heads: str) -> list[list[object]]:
    return [["Reg No", "Name", *heads], ["R1", "Ann", 100, 150], ["R2", "Ben", 100, 50]]


@pytest.mark.parametrize(
    "heads",
    [
        ("January 2025", "February 2025"),
        ("январь", "февраль"),
        ("Сумма за май", "Сумма за июнь"),
        ("2025-01", "2025-02"),
        ("Round 1", "Round 2"),
        ("1st payment", "2nd payment"),
        ("Транш 1", "Транш 2"),
        ("الدفعة 1", "الدفعة 2"),
        ("ماه 1", "ماه 2"),
        ("Amount January", "Amount February"),
        ("Mois 1", "Mois 2"),
        ("1st tranche", "2nd tranche"),
        ("First instalment", "Second instalment"),
        ("Phase I", "Phase II"),
        ("Primera entrega 5/1/2025", "Segunda entrega 5/2/2025"),
        ("Premier versement", "Deuxième versement"),
        ("тур 1", "тур 2"),
        ("Первая выплата", "Вторая выплата"),
        ("Биринчи төлөм", "Экинчи төлөм"),
        ("الدفعة الأولى", "الدفعة الثانية"),
        ("قسط اول", "قسط دوم"),
    ],
)
def test_columns_of_months_or_rounds_are_asked_about(heads: tuple[str, str]) -> None:
    found = read(*table(*heads))
    assert asked(found) == ["periods"]
    assert found.ask[0].examples["each"] == (("C", heads[0]), ("D", heads[1]))


@pytest.mark.parametrize("nothing", [None, "-", "—"])
def test_a_total_beside_rounds_is_no_third_payment(nothing: object) -> None:
    heads = ["Reg No", "Name", "First round", "Second round", "Total (USD)"]
    rows: Rows = [["R1", "Ann", 100, 150, 250], ["R2", "Ben", 100, nothing, 100]]
    found = checked(workbook(heads, *rows), currency="KES", settled=DAYS)
    assert (asked(found), states(found)) == ([], "rrr")
    assert [row.values["amount_minor"] for row in found.rows] == [10000, 10000, 15000]
    assert {row.values["currency"] for row in found.rows} == {"USD"}


def test_a_column_that_is_no_sum_of_the_rounds_is_asked_about() -> None:
    heads = ["Reg No", "Name", "First round", "Second round", "Total (USD)"]
    found = read([*heads], ["R1", "Ann", 100, 150, 260], ["R2", "Ben", 100, 50, 150], **DAYS)
    assert "which:amount" in asked(found)


def of_dates(*names: str, days: tuple[dt.date, ...], shown: str = "mmm-yy") -> bytes:
    """Sums below true dates, the last one a remark about one of them."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(
        sheet, [[*names, *days, "Total"], ["R1", "Ann", 100, 150, 250], ["R2", "Ben", 100, 50, 150]]
    )
    for cell in sheet[1]:
        cell.number_format = shown
    return saved(book)


def test_months_as_true_dates_are_asked_about_and_read() -> None:
    content = of_dates("Reg No", "Name", days=(dt.date(2025, 1, 1), dt.date(2025, 2, 1)))
    found = checked(content, currency="USD")
    assert asked(found) == ["periods"]
    assert found.ask[0].examples["each"] == (("C", "2025-01"), ("D", "2025-02"))
    found = checked(content, currency="USD", settled=DAYS)
    assert (states(found), found.ask) == ("rrrr", [])
    assert [row.values["round"] for row in found.rows] == ["2025-01"] * 2 + ["2025-02"] * 2


def test_months_are_asked_about_where_the_names_are_unknown_at_first() -> None:
    content = of_dates("NRC", "Person", days=(dt.date(2025, 1, 1), dt.date(2025, 2, 1)))
    columns = {"header_row": "1", "column:A": "registration_no", "column:B": "full_name"}
    assert asked(checked(content, currency="USD", settled=columns)) == ["periods"]
    found = checked(content, currency="USD", settled=columns | DAYS)
    assert (states(found), found.ask) == ("rrrr", [])


def test_days_as_headings_are_offered_for_the_days() -> None:
    content = of_dates(
        "Reg No", "Name", days=(dt.date(2025, 1, 6), dt.date(2025, 1, 20)), shown="dd/mm/yyyy"
    )
    found = checked(content, currency="USD", settled={"periods": "each"})
    assert [(one.choice, one.offered) for one in found.ask] == [
        ("day:C", "2025-01-06"),
        ("day:D", "2025-01-20"),
    ]


@pytest.mark.parametrize(
    "heads", [("Male", "Female"), ("Age", "Household size"), ("Under 5", "Over 60"), ("May", "Age")]
)
def test_other_columns_of_numbers_are_none(heads: tuple[str, str]) -> None:
    assert "periods" not in asked(read(*table(*heads)))


def test_months_of_names_are_no_columns_of_sums() -> None:
    rows: list[list[object]] = [["Reg No", "Name", "June", "July"], ["R1", "Ann", "Lee", "Kay"]]
    assert "periods" not in asked(read(*rows))


def test_each_has_its_own_day() -> None:
    found = read(*table("May", "June"), periods="each")
    assert asked(found) == ["day:C", "day:D"]
    assert found.ask[1].message == 'When was "June" handed out?'


def test_each_is_a_payment_of_its_own() -> None:
    found = checked(workbook(HEADS, *PEOPLE), currency="USD", settled=DAYS)
    assert (states(found), found.findings) == ("rrr", [])
    assert [str(total.money) for total in row_totals(found.rows)] == ["350.00 USD"]
    values = [
        (row.values["registration_no"], row.values["distribution_date"]) for row in found.rows
    ]
    assert values == [("R1", "2025-01-20"), ("R2", "2025-01-20"), ("R1", "2025-02-20")]
    assert [row.values["round"] for row in found.rows] == ["January 2025 (USD)"] * 2 + [
        "February 2025 (USD)"
    ]
    names = [row_name(found.parts, row.number) for row in found.rows]
    assert names == ["January 2025 (USD) 2", "January 2025 (USD) 3", "February 2025 (USD) 2"]


def test_a_day_of_the_sheet_is_that_of_each() -> None:
    rows: list[list[object]] = [
        ["Reg No", "Date", "Round 1", "Round 2"],
        ["R1", dt.date(2025, 3, 1), 10, 20],
    ]
    found = read(*rows, periods="each")
    assert (states(found), asked(found)) == ("rr", [])


def test_a_fault_names_its_own_column() -> None:
    rows: Rows = [HEADS, ["R1", "Ann", 100, "absent"], ["R2", "Ben", 9, 8], ["R3", "Cem", 9, 8]]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [(f.cell, f.code) for f in found.findings] == [("D2", "amount-unreadable")]


def test_the_unit_of_the_headings_is_that_of_the_amounts() -> None:
    rows: Rows = [
        ["Reg No", "Name", "May (EUR)", "June (EUR)"],
        ["R1", "Ann", 1, 2],
        ["R2", "Ben", 3, 4],
    ]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [str(total.money) for total in row_totals(found.rows)] == ["10.00 EUR"]


def test_a_total_of_each_month_is_compared_with_its_own_rows() -> None:
    rows: Rows = [HEADS, *PEOPLE, ["Total", None, 200, 140]]
    found = checked(workbook(*rows), currency="USD", settled=DAYS)
    assert [(f.cell, f.code) for f in found.findings] == [("D4", "total-mismatch")]


def test_where_they_are_no_payments_the_amount_is_asked_for() -> None:
    assert asked(read(*table("May", "June"), periods="none")) == ["find:amount"]


def test_a_row_that_numbers_the_columns_is_nobody_in_any_month() -> None:
    content = workbook(HEADS, [1, 2, 3, 4], *PEOPLE)
    found = checked(content, currency="USD", settled=DAYS)
    assert states(found) == "rrr"
    assert [str(total.money) for total in row_totals(found.rows)] == ["350.00 USD"]


SIGNED = ["Reg No", "Name", "Sep", "Sign", "Oct", "Sign", "Nov", "Sign"]
DAYS_SIGNED = {
    "periods": "each",
    "day:C": "2025-09-05",
    "day:E": "2025-10-05",
    "day:G": "2025-11-05",
}
ANN: list[object] = ["R1", "Ann", 50, "x", 50, "x", 50, None]
BEN: list[object] = ["R2", "Ben", 50, "x", None, None, 50, "x"]


def signed(heads: list[object], *people: list[object], **settled: str) -> Checked:
    answers = DAYS_SIGNED | {key.replace("__", ":"): text for key, text in settled.items()}
    return checked(workbook(heads, *people), currency="USD", settled=answers)


def test_a_blank_signature_of_a_month_is_the_question_of_that_month() -> None:
    found = signed([*SIGNED], ANN, BEN)
    assert (found.kind, asked(found)) == ("cash_transfers", ["blank:H"])
    assert "Nov 2" in found.ask[0].message
    not_received = signed([*SIGNED], ANN, BEN, blank__H="no")
    assert states(not_received) == "rrrnr"
    assert [str(total.money) for total in row_totals(not_received.rows)] == ["200.00 USD"]


def test_each_month_with_a_blank_signature_is_asked_by_itself() -> None:
    found = signed([*SIGNED], [*ANN[:5], None, 50, None], BEN)
    assert asked(found) == ["blank:F", "blank:H"]
    done = signed([*SIGNED], [*ANN[:5], None, 50, None], BEN, blank__F="yes", blank__H="no")
    assert states(done) == "rrrnr"


@pytest.mark.parametrize(
    "heads",
    [
        ("Sep", "Signature Sep", "Oct", "Signature Oct", "Nov", "Signature Nov"),
        ("Сентябрь", "Подпись", "Октябрь", "Подпись", "Ноябрь", "Подпись"),
        ("Сумма сен", "Подпись сен", "Сумма окт", "Подпись за окт", "Сумма ноя", "Подпись ноя"),
        ("سبتمبر", "التوقيع", "أكتوبر", "التوقيع", "نوفمبر", "التوقيع"),
        ("أيلول", "التوقيع", "تشرين الأول", "التوقيع", "تشرين الثاني", "التوقيع"),
        ("أيلول/سبتمبر", "التوقيع", "تشرين الأول (أكتوبر)", "التوقيع", "نوفمبر", "التوقيع"),
        ("Round 1", "Received", "Round 2", "Received", "Round 3", "Received"),
        ("Septembre", "Émargement 1", "Octobre", "Émargement 2", "Novembre", "Émargement 3"),
    ],
)
def test_the_column_beside_a_month_is_its_own_in_all_languages(heads: tuple[str, ...]) -> None:
    people = (ANN, [*BEN[:4], 50, "x", *BEN[6:]])
    found = signed(["Reg No", "Name", *heads], *people, blank__H="no")
    assert (found.kind, asked(found)) == ("cash_transfers", [])
    assert states(found) == "rrrrnr"


def test_months_may_stand_over_their_amounts_and_signatures() -> None:
    over = [None, None, "Sep", None, "Oct", None, "Nov", None]
    heads = ["Reg No", "Name", *["Amount", "Signature"] * 3]
    book = Workbook()
    sheet = book.worksheets[0]
    fill(sheet, [over, heads, ANN, BEN])
    for cells in ("C1:D1", "E1:F1", "G1:H1"):
        sheet.merge_cells(cells)
    found = checked(saved(book), currency="USD", settled=DAYS_SIGNED)
    assert asked(found) == ["blank:H"]
    names = [row_name(found.parts, row.number) for row in found.rows]
    assert names[0] == "Sep Amount 3"


def test_a_month_may_have_a_day_of_its_own_before_its_amount() -> None:
    heads = ["Reg No", "Name", "Date", "Sep", "Sign", "Date", "Oct", "Sign"]
    first, second = dt.date(2025, 9, 5), dt.date(2025, 10, 5)
    rows: Rows = [heads, ["R1", "Ann", first, 50, "x", second, 60, "x"]]
    rows = [*rows, ["R2", "Ben", first, 50, "x", second, 60, "x"]]
    found = checked(workbook(*rows), currency="USD", settled={"periods": "each"})
    assert (states(found), asked(found)) == ("rrrr", [])
    paid = [(row.values["distribution_date"], row.values["amount_minor"]) for row in found.rows]
    assert paid == [("2025-09-05", 5000)] * 2 + [("2025-10-05", 6000)] * 2


def test_a_signature_without_an_amount_is_told() -> None:
    found = signed([*SIGNED], ANN, [*BEN[:5], "x", *BEN[6:]], blank__H="yes")
    assert [(f.cell, f.code) for f in found.findings if f.severity == "error"] == [
        ("E3", "required")
    ]


def test_a_remark_about_one_month_is_about_that_month() -> None:
    heads = ["Reg No", "Name", "Sep", "Oct", "Nov", "Remarks"]
    answers = {"periods": "each", "day:C": "2025-09-05", "day:D": "2025-10-05"}
    answers |= {"day:E": "2025-11-05"}
    rows: Rows = [heads, ["R1", "May Oct", 50, None, 50, "absent in Oct"], ["R2", "Ben", 9, 8, 7]]
    found = checked(workbook(*rows), currency="USD", settled=answers)
    assert (states(found), asked(found)) == ("rrrrr", [])
    both = ["R1", "Ann", 50, 50, 50, "did not come in Oct"]
    found = checked(workbook(heads, both, rows[2]), currency="USD", settled=answers)
    (question,) = found.ask
    assert "Rows: Oct 2." in question.message
    answers[question.choice] = "no"
    found = checked(workbook(heads, both, rows[2]), currency="USD", settled=answers)
    by_name = {row_name(found.parts, row.number): row.state for row in found.rows}
    states_of = [by_name[name] for name in ("Sep 2", "Oct 2", "Nov 2")]
    assert states_of == ["ready", "not_received", "ready"]


def test_the_kind_that_was_given_is_not_asked_for() -> None:
    heads = ["Reg No", "Name", "Sep", "Sign", "Oct", "Sign"]
    content = workbook(heads, ANN[:6], BEN[:6])
    answers = {"periods": "each", "day:C": "2025-09-05", "day:E": "2025-10-05"}
    found = checked(content, currency="USD", kind="cash_transfers", settled=answers)
    assert (found.kind, states(found), asked(found)) == ("cash_transfers", "rrr", [])


def test_tables_of_months_below_each_other_keep_what_stands_above_each() -> None:
    heads = ["Reg No", "Name", "Sep", "Sign", "Oct", "Sign"]
    rows: Rows = [["A (USD)"], heads, [*ANN[:5], "x"], [], ["B (KES)"], heads, [*BEN[:4], 7, "x"]]
    answers = {"periods": "each", "day:C": "2025-09-05", "day:E": "2025-10-05"}
    assert asked(checked(workbook(*rows), settled=answers)) == ["currency"]
    found = checked(workbook(*rows), settled=answers | {"currency": "lists"})
    assert (states(found), found.findings) == ("rrrr", [])
    assert [str(one.money) for one in row_totals(found.rows)] == ["57.00 KES", "100.00 USD"]
