import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked, exit_status, row_totals
from cva.sheets.checking.schemas import FileReportSchema
from cva.sheets.files import parsed_workbook
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.opened_workbook import open_book
from cva.sheets.recognition.recognise import recognise
from cva.sheets.vocabulary.choices import Choices
from tests.sheets_made import (
    TODAY,
    cash,
    checked,
    errors,
    fill,
    paid,
    refusal,
    saved,
    states,
    warnings,
    workbook,
)

DAY = dt.date(2025, 3, 4)


def report(found: Checked) -> dict[str, Any]:
    told: dict[str, Any] = FileReportSchema().dump(found)
    return told


def totals(found: Checked) -> list[tuple[str, int]]:
    return [(str(total.money), total.rows) for total in row_totals(found.rows)]


def test_a_plain_list_is_ready() -> None:
    found = checked(cash(paid("A-1"), paid("A-2", 50)))
    assert (found.kind, found.header_row, states(found)) == ("cash_transfers", 1, "rr")
    assert totals(found) == [("150.00 USD", 2)]
    assert exit_status(found) == 0
    assert found.rows[0].values == {
        "registration_no": "A-1",
        "family_name": "Example",
        "distribution_date": "2025-03-04",
        "amount_minor": 10000,
        "currency": "USD",
    }
    assert found.rows[0].cells == ("A-1", "Example", "2025-03-04", "100", "USD")


def two_level_book() -> Workbook:
    """Lines above merged headings on two levels, a total and a signature block below."""
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    fill(
        sheet,
        [
            ["Ведомость выдачи"],
            [],
            ["№ п/п", "Рег. №", "ФИО получателя", None, "Дата выдачи", "Сумма, руб.", "Подпись"],
            [None, None, "Фамилия", "Имя"],
            [1, "R-1", "Примерова", "Анна", "01.03.2025", "10\u00a0000,50", "x"],
            [2, "R-2", "Примеров", "Иван", "31.02.2025", "десять", "x"],
            ["Итого", None, None, None, None, "=SUM(F5:F6)"],
            [],
            ["Выдал: ________ /Примеров И./"],
        ],
    )
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("C3:D3")
    for column in "ABEFG":
        sheet.merge_cells(f"{column}3:{column}4")
    return parsed_workbook


def test_headings_on_two_levels_are_read_to_the_signature() -> None:
    found = checked(saved(two_level_book()))
    assert (found.header_row, len(found.rows), states(found)) == (4, 2, "re")
    assert errors(found) == [("E6", "date-unreadable"), ("F6", "amount-unreadable")]
    assert warnings(found) == [("F7", "formula-without-value")]
    assert totals(found) == [("10000.50 RUB", 1)]
    message = report(found)["findings"][1]["message"]
    assert message.startswith('Sheet "Sheet", cell F6 (Сумма, руб.): "десять" is no amount.')


def test_a_stated_total_that_differs_is_told_at_its_cell() -> None:
    found = checked(cash(paid("A-1"), paid("A-2"), ["Total", None, None, 300, None]))
    assert warnings(found) == [("D4", "total-mismatch")]
    (stated,) = found.findings
    assert (stated.value, stated.details) == ("300", {"sum": "200.00 USD"})


def test_subtotals_are_compared_with_their_own_block() -> None:
    subtotal = ["Subtotal", None, None, 100, None]
    found = checked(
        cash(paid("A-1"), subtotal, paid("A-2"), subtotal, ["Total", None, None, 200, None])
    )
    assert (states(found), warnings(found)) == ("rr", [])


def test_what_stands_below_the_end_is_told() -> None:
    found = checked(cash(paid("A-1"), ["Approved by: ____"], paid("A-9", "")))
    assert (len(found.rows), warnings(found)) == (1, [("A4", "rows-skipped")])


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    heads = ["Registration number", "Family name", "Distribution date", "Amount (USD)"]
    fill(sheet, [heads, ["A-1", "x", DAY, 5], ["A-2", "y", DAY, 5]])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.sheet_view.rightToLeft = True
    parsed_workbook.create_sheet("Old").sheet_state = "hidden"
    found = checked(saved(parsed_workbook))
    assert states(found) == "rr"
    assert warnings(found) == [
        (None, "hidden-sheet"), ("B1", "hidden-column"), ("A2", "hidden-row"),
    ]  # fmt: skip


def test_vouchers_are_numbered_once() -> None:
    heads = ["Рег. №", "Номер ваучера", "Тип ваучера", "Номинал, руб.", "Дата выдачи"]
    found = checked(
        workbook(heads, *[[f"R-{i}", f"V-{i % 2}", "одежда", 500, DAY] for i in range(3)])
    )
    assert found.kind == "voucher_distributions"
    assert errors(found) == [("B4", "duplicate-voucher")]
    assert "row 2" in report(found)["findings"][0]["message"]


def test_commodity_vouchers_need_no_amount() -> None:
    heads = ["Reg. No.", "Voucher number", "Voucher type", "Distribution date"]
    found = checked(workbook(heads, ["R-1", "V-1", "food", DAY], ["R-2", "V-2", None, DAY]))
    assert (states(found), errors(found)) == ("re", [("C3", "required")])


def test_persian_lists_in_toman_are_kept_in_rial() -> None:
    heads = ["ردیف", "شماره ثبت", "نام خانوادگی", "تاریخ پرداخت", "مبلغ (تومان)"]
    found = checked(workbook(heads, ["۱", "P-1", "نمونه", "۱۴۰۴/۰۷/۰۱", "۲٬۵۰۰٬۰۰۰"]))
    assert warnings(found) == [("E1", "unit-converted")]
    assert totals(found) == [("25000000.00 IRR", 1)]
    assert found.rows[0].values["distribution_date"] == "2025-09-23"


def test_arabic_lists_are_read() -> None:
    heads = ["م", "رقم التسجيل", "اسم العائلة", "رقم الهاتف", "تاريخ الصرف", "المبلغ", "العملة"]
    rows = [
        ["١", "E-1", "مثال", "٠١٠٠٠٠٠٠٠٠١", "٢٥/٠٣/٢٠٢٥", "١٬٥٠٠٫٥٠", "جنيه مصري"],
        ["٢", "E-2", "مثال", "2.01E+11", "٢٦/٠٣/٢٠٢٥", "", "EGP"],
    ]
    found = checked(workbook(heads, *rows), country="EG")
    assert errors(found) == [("F3", "required")]
    assert warnings(found) == [("D3", "number-damaged")]
    assert found.rows[0].values["phone"] == "+201000000001"
    assert totals(found) == [("1500.50 EGP", 1)]


def test_a_tag_row_is_no_data_and_helps_where_a_heading_is_unknown() -> None:
    heads = ["Reg. No.", "Clan", "Distribution date", "Amount", "Currency"]
    tags = ["#beneficiary+id", "#beneficiary +name +family", "#date", "#value", "#currency"]
    row = ["H-1", "Example", DAY, "1'250.50", "CHF"]
    found = checked(workbook(heads, tags, row))
    assert (found.header_row, len(found.rows)) == (1, 1)
    assert found.rows[0].values["family_name"] == "Example"


def test_two_currencies_are_never_added() -> None:
    rows = [["H-1", "x", DAY, 5, "CHF"], ["H-2", "x", DAY, 7, "USD"]]
    found = checked(cash(*rows, ["Total", None, None, 12, None]))
    assert [told for told, _rows in totals(found)] == ["5.00 CHF", "7.00 USD"]
    assert warnings(found) == []


def test_a_currency_that_nobody_has_is_unknown() -> None:
    found = checked(cash(["A-1", "x", DAY, 5, "DEM"]))
    assert errors(found) == [("E2", "currency-unknown")]


def test_the_heading_and_the_cell_must_name_one_currency() -> None:
    heads = ["Reg. No.", "Date", "Amount (RUB)", "Currency"]
    found = checked(workbook(heads, ["A-1", DAY, 5, "USD"], ["A-2", DAY, 5, None]))
    assert errors(found) == [("D2", "currency-mismatch")]


@pytest.mark.parametrize("line", ["Currency: USD", "Valid for 2025, currency in dollars"])
def test_the_lines_above_name_the_currency(line: str) -> None:
    heads = ["Registration number", "Family name", "Distribution date", "Amount"]
    found = checked(workbook([line], [], heads, ["A-1", "x", DAY, 5]))
    assert (found.ask, found.rows[0].values.get("currency")) == ([], "USD")


def test_a_currency_nobody_names_is_asked() -> None:
    sheet = workbook(["Reg. No.", "Date", "Amount"], ["A-1", DAY, 5])
    found = checked(sheet)
    assert [question.choice for question in found.ask] == ["currency"]
    assert (report(found)["ready"], errors(found), exit_status(found)) == (
        0,
        [],
        1,
    )
    assert checked(sheet, currency="KGS").rows[0].values["currency"] == "KGS"
    assert checked(sheet, settled={"currency": "USD"}).rows[0].values["currency"] == "USD"


def test_roubles_are_those_of_the_programme() -> None:
    sheet = workbook(["Рег. №", "Дата выдачи", "Сумма, руб."], ["A-1", DAY, 5])
    assert checked(sheet).rows[0].values["currency"] == "RUB"
    assert checked(sheet, currency="BYN").rows[0].values["currency"] == "BYN"


def test_an_open_order_of_day_and_month_is_asked() -> None:
    sheet = cash(paid("A-1", day="03/04/2025"), paid("A-2", day="05/04/2025"))
    found = checked(sheet)
    assert [question.choice for question in found.ask] == ["date_order"]
    assert (report(found)["ready"], errors(found)) == (0, [])
    settled = checked(sheet, settled={"date_order": "mdy"})
    assert settled.rows[0].values["distribution_date"] == "2025-03-04"


def test_an_open_order_of_births_holds_nobody_up() -> None:
    heads = ["Reg. No.", "Date of birth", "Distribution date", "Amount (USD)"]
    found = checked(workbook(heads, ["A-1", "03/04/1980", DAY, 5]))
    assert [question.choice for question in found.ask] == ["date_order"]
    assert states(found) == "r"


def receipts(*marks: object) -> bytes:
    heads = ["Reg. No.", "Distribution date", "Amount (USD)", "Received (Y/N)", "Signature"]
    return workbook(heads, *[[f"A-{i}", DAY, 5, mark, "x"] for i, mark in enumerate(marks)])


def test_absentees_are_counted_and_never_ready() -> None:
    found = checked(receipts("yes", "no", "absent", "N", None))
    assert states(found) == "rnnne"
    assert errors(found) == [("D6", "receipt-unclear")]
    assert found.has_receipt


def test_a_blank_receipt_column_decides_nothing() -> None:
    found = checked(receipts(None, None))
    assert (states(found), found.has_receipt) == ("rr", False)


def test_a_list_before_the_hand_out_has_no_receipts() -> None:
    found = checked(receipts("no", None), is_list=True)
    assert (states(found), found.has_receipt) == ("rr", False)


def test_an_absentee_needs_no_amount() -> None:
    heads = ["Reg. No.", "Distribution date", "Amount (USD)", "Received (Y/N)"]
    found = checked(workbook(heads, ["A-1", DAY, 5, "y"], ["A-2", DAY, None, "n"]))
    assert (states(found), errors(found)) == ("rn", [])


def test_one_person_twice_on_one_day_is_refused_and_twice_at_all_is_told() -> None:
    other = dt.date(2025, 4, 4)
    found = checked(cash(paid("A-1"), paid("a-1"), paid("A-1", day=other)))
    assert errors(found) == [("A3", "duplicate-row")]
    assert warnings(found) == [("A4", "possible-duplicate")]


def test_a_round_is_paid_once() -> None:
    heads = ["Reg. No.", "Round", "Distribution date", "Amount (USD)"]
    rows = [["A-1", "1", DAY, 5], ["A-1", "2", DAY, 5], ["A-1", 1, dt.date(2025, 5, 1), 6]]
    assert errors(checked(workbook(heads, *rows))) == [("A4", "duplicate-row")]


def test_a_kobo_export_is_read_by_its_forms() -> None:
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    heads = ["start", "who/Registration number", "who/Family name", "who/Sex", "needs",
             "needs/food", "_uuid", "_validation_status", "_index"]  # fmt: skip
    fill(sheet, [heads])
    for i in range(3):
        uuid, verdict = f"form-{i % 2}", "Approved" if i else "On Hold"
        fill(sheet, [["now", f"K-{i}", "Example", "f", "food", 1, uuid, verdict, i]])
    fill(
        parsed_workbook.create_sheet("members"),
        [["Name", "Age", "_parent_index"], ["Example", 5, 1]],
    )
    found = checked(saved(parsed_workbook))
    assert (found.kind, found.sheet) == ("beneficiaries", "Sheet")
    assert errors(found) == [("G4", "duplicate-row")]
    assert warnings(found) == [("H2", "not-approved")]
    assert {c.heading for c in found.columns if c.field is None} == {
        "start", "needs", "needs/food", "_index",
    }  # fmt: skip


def test_the_form_of_a_survey_holds_nobody() -> None:
    form = Workbook()
    tabs = {
        "survey": [["type", "name", "label::English (en)"], ["text", "full_name", "Full name"]],
        "choices": [["list_name", "name", "label"], ["sex", "f", "Female"], ["sex", "m", "Male"]],
        "settings": [["form_title", "form_id"], ["Registration", "reg"]],
    }
    for name, rows in tabs.items():
        fill(form.create_sheet(name), rows)
    form.remove(form.worksheets[0])
    assert refusal(checked(saved(form))) == "form-without-answers"
    answers: list[list[object]] = [
        ["Reg. No.", "Distribution date", "Amount (USD)"],
        ["A-1", DAY, 5],
    ]
    fill(form.create_sheet("answers"), answers)
    found = checked(saved(form))
    assert (found.sheet, states(found)) == ("answers", "r")
    assert "sheet-left-out" not in {each.code for each in found.findings}


def test_a_vendor_claims_for_vouchers() -> None:
    heads = ["No.", "Voucher serial number", "Redeemed on", "Value", "Currency", "Vendor"]
    rows = [[i + 1, f"V-{i}", DAY, 5, "RUB", "Shop"] for i in range(3)]
    found = checked(workbook(["Vendor", "Shop"], [], heads, *rows))
    assert (found.kind, found.header_row, states(found)) == ("voucher_redemptions", 3, "rrr")


def test_what_a_person_was_paid_stands_whatever_the_phone_says() -> None:
    heads = ["Reg. No.", "Distribution date", "Amount (USD)", "Phone", "Sex", "Date of birth"]
    found = checked(workbook(heads, ["A-1", DAY, 5, 2.5, "?", dt.date(2090, 1, 1)]))
    assert states(found) == "r"
    assert [code for _, code in warnings(found)] == [
        "number-damaged", "value-unknown", "date-in-future",
    ]  # fmt: skip


def test_faults_of_excel_are_told_at_their_cells() -> None:
    found = checked(cash(paid("A-1", "=B1*2"), paid("A-2", "#REF!"), paid("A-3", "1e3")))
    assert errors(found) == [
        ("D2", "formula-without-value"), ("D3", "amount-unreadable"), ("D4", "amount-unreadable"),
    ]  # fmt: skip


def test_a_merged_amount_is_not_taken_for_two() -> None:
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    heads = ["Reg. No.", "Distribution date", "Amount (USD)"]
    fill(sheet, [heads, ["A-1", DAY, 5], ["A-2", DAY, None]])
    sheet.merge_cells("C2:C3")
    found = checked(saved(parsed_workbook))
    assert [question.choice for question in found.ask] == ["household"]
    assert "ready" not in {row.state for row in found.rows}


def test_lines_that_explain_the_columns_are_no_people() -> None:
    numbering = list(range(1, 6))
    example = ["Example", "Family", DAY, 5, "USD"]
    found = checked(cash(numbering, example, paid("A-1")))
    assert [row.number for row in found.rows] == [4]
    assert warnings(found) == [("A3", "rows-skipped")]


def test_ghost_rows_and_numbered_blanks_are_no_rows() -> None:
    heads = ["No", "Reg. No.", "Distribution date", "Amount (USD)"]
    rows: list[list[object]] = [[1, "A-1", DAY, 5], [2, None, None, None], [3, " ", "\u200b", None]]
    assert len(checked(workbook(heads, *rows)).rows) == 1


def test_a_name_of_a_village_above_its_people_is_no_person() -> None:
    heads = ["Reg. No.", "Remarks", "Distribution date", "Amount (USD)"]
    rows: list[list[object]] = [
        ["A-1", None, DAY, 5],
        [None, "Upper village", None, None],
        ["A-2", None, DAY, 5],
    ]
    found = checked(workbook(heads, *rows))
    assert (states(found), warnings(found)) == ("rr", [("A3", "rows-skipped")])


def test_a_bare_name_is_settled_by_the_other_columns() -> None:
    heads = ["Reg. No.", "Name", "Date", "Amount (USD)"]
    row: list[object] = ["A", "x", DAY, 1]
    fields = {c.heading: c.field for c in checked(workbook(heads, row)).columns}
    assert fields["Name"] == "full_name"
    fields = {c.heading: c.field for c in checked(workbook([*heads, "Surname"], row)).columns}
    assert fields["Name"] == "first_name"


def test_a_bare_code_is_asked_and_answered() -> None:
    sheet = workbook(["Code", "Date", "Amount (USD)"], ["A-1", DAY, 1])
    found = checked(sheet)
    assert [question.choice for question in found.ask] == ["column:A"]
    assert states(checked(sheet, settled={"column:A": "registration_no"})) == "r"


def test_of_several_lists_one_is_chosen() -> None:
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    heads = ["Reg. No.", "Distribution date", "Amount (USD)"]
    fill(sheet, [heads, ["A-1", DAY, 5]])
    fill(parsed_workbook.create_sheet("May"), [heads, ["A-2", DAY, 5]])
    fill(parsed_workbook.create_sheet("Drop-downs"), [["Sex", "Currency"], ["F", "USD"]])
    content = saved(parsed_workbook)
    (question,) = checked(content).ask
    assert (question.choice, question.options) == ("sheet", ("*", "Sheet", "May"))
    assert checked(content, sheet="May").rows[0].values["registration_no"] == "A-2"


def test_the_findings_of_a_sheet_given_back_are_ignored() -> None:
    parsed_workbook = Workbook()
    sheet = parsed_workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Findings"
    heads = ["Reg. No.", "Distribution date", "Amount (USD)"]
    fill(sheet, [heads, ["A-1", DAY, 5]])
    fill(parsed_workbook.create_sheet("List"), [heads, ["A-1", DAY, 5]])
    assert checked(saved(parsed_workbook)).sheet == "List"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no-heading-row"),
        ([["alpha", "beta"], [1, 2]], "no-heading-row"),
        ([["Reg. No.", "Date", "Amount (USD)"]], "no-data-rows"),
        ([["Date", "Amount (USD)"], [DAY, 5]], "column-missing"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused(rows: list[list[object]], code: str) -> None:
    found = checked(workbook(*rows))
    assert refusal(found) == code
    assert exit_status(found) == 2


def test_a_kind_that_does_not_exist_is_refused() -> None:
    assert refusal(checked(cash(paid("A-1")), kind="parcels")) == "kind-unknown"


def test_an_answer_about_a_column_may_be_nonsense() -> None:
    found = checked(cash(paid("A-1")), settled={"column:B": "nonsense", "column:Z": "amount"})
    assert states(found) == "r"


def test_the_digest_is_that_of_the_rows_and_not_of_the_file() -> None:
    heads = ["Registration number", "Family name", "Distribution date", "Amount", "Currency"]
    row = paid("A-1")
    plain = checked(workbook(heads, row))
    moved = checked(workbook(["A title"], [], heads[::-1], row[::-1]))
    other = checked(workbook(heads, paid("A-1", 101)))
    assert plain.content_sha256 == moved.content_sha256 != other.content_sha256
    assert plain.sha256 != moved.sha256


def test_progress_leaves_half_for_the_storing_of_the_rows() -> None:
    from cva.sheets.checking.check import check  # noqa: PLC0415
    from cva.sheets.files.limits import Limits  # noqa: PLC0415
    from cva.sheets.vocabulary.choices import Choices  # noqa: PLC0415

    seen: list[tuple[int, int]] = []
    content = cash(paid("A-1"), paid("A-2"))
    check(content, "a.xlsx", Choices(), Limits(), lambda done, rows: seen.append((done, rows)))
    assert seen[0] == (0, 2)
    assert seen[-1] == (1, 2)


VALUES = st.one_of(
    st.none(),
    st.sampled_from(["Total", "Reg. No.", "Итого", "#value", "Example", "1.234", "03/04/2025"]),
    # No braces: one in a message is then a name that nobody filled in.
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}"), max_size=8),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(VALUES, min_size=1, max_size=8), max_size=6),
    st.sampled_from(["heads", "none"]),
)
def test_no_sheet_makes_it_fail(rows: list[list[object]], above: str) -> None:
    heads = ["Reg. No.", "Code", "Name", "Date", "Amount", "Currency", "Status", "Phone"]
    found = checked(workbook(*([heads] if above == "heads" else []), *rows))
    told = report(found)
    assert told["ready"] + told["not_received"] <= told["rows"]
    assert all("{" not in finding["message"] for finding in told["findings"])


def test_a_cell_that_looks_like_a_template_is_told_as_it_stands() -> None:
    found = checked(
        workbook(["Reg. No.", "Date", "Amount", "Currency"], ["A-1", "2026-01-05", "{x}", "USD"])
    )
    assert any('"{x}"' in finding["message"] for finding in report(found)["findings"])


def test_recognising_looks_at_no_more_cells_in_a_longer_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0

    def counted(value: Value) -> str:
        nonlocal looked
        looked += 1
        return typed(value)

    monkeypatch.setattr(parsed_workbook, "typed", counted)
    counts = []
    for rows in (100, 1000):
        content = cash(*[paid(f"A-{i}", i + 1) for i in range(rows)])
        sheets = open_book(content, "a.xlsx", Limits()).sheets
        looked = 0
        recognise(sheets, Choices(today=TODAY))
        counts.append(looked)
    assert counts[0] == counts[1] > 0
