"""Headings in several rows, of forms and of providers."""

import datetime as dt
from io import StringIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.recognition.headings import meaning
from tests.sheets_made import Rows, checked, errors, fill, saved, states, workbook

DAY = dt.date(2025, 3, 1)


def merged(rows: Rows, *ranges: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet, rows)
    for one in ranges:
        sheet.merge_cells(one)
    return saved(book)


def fields(content: bytes, filename: str = "sheet.xlsx") -> list[str | None]:
    return [column.field for column in checked(content, filename).columns]


def text(*rows: str) -> bytes:
    target = StringIO()
    target.writelines(f"{row}\r\n" for row in rows)
    return target.getvalue().encode()


def test_three_levels_with_a_unit_below_and_numbers_of_columns() -> None:
    rows: Rows = [
        ["№ п/п", "Сведения", None, None, "Помощь", None],
        [None, "Рег. №", "ФИО", "Документ", "Дата выдачи", "Сумма"],
        [None, None, None, "Серия", None, "руб."],
        ["1", "2", "3", "4", "5", "6"],
        [1, "А-1", "Иванов", "12 34", DAY, 5000],
        ["Всего:", None, None, None, None, 5000],
    ]
    ranges = ("A1:A3", "B1:D1", "E1:F1", "B2:B3", "C2:C3", "E2:E3")
    found = checked(merged(rows, *ranges))
    assert (states(found), found.header_row, errors(found)) == ("r", 3, [])
    assert found.rows[0].values["currency"] == "RUB"
    assert found.columns[3].field is None


def test_a_parent_settles_what_its_child_may_mean() -> None:
    rows: Rows = [
        ["Beneficiary", None, "Payment", None, "Received"],
        ["ID", "Name", "Date", "Amount, KES", "Yes/No"],
        ["R1", "Ann", DAY, 5, "No"],
    ]
    content = merged(rows, "A1:B1", "C1:D1")
    assert fields(content) == [
        "registration_no", "full_name", "distribution_date", "amount", "status",
    ]  # fmt: skip
    assert states(checked(content)) == "n"


def test_tags_without_headings_are_headings() -> None:
    tags = ["#meta+id", "#beneficiary+name", "#date", "#value", "#currency"]
    assert states(checked(workbook(tags, ["R1", "Ann", DAY, 15, "USD"]))) == "r"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("form.beneficiary.registration_number", "registration_no"),
        ("g_person-date_of_birth", "date_of_birth"),
        ("group/sub_group/full_name", "full_name"),
        ("S/No", "row_no"),
        ("Yes/No", "status"),
        ("Signature / Received", "signature"),
        ("Head (Y/N)", "head_of_household"),
        ("Nº cédula", "id_number"),
        ("A/C No.", "account"),
        ("Paid (USD)", "amount"),
    ],
)
def test_a_path_a_choice_and_an_abbreviation(heading: str, field: str) -> None:
    assert meaning(heading).fields == {field}


@pytest.mark.parametrize("heading", ["Tel/No", "info.caseid_x", "Consent (yes/no)"])
def test_the_end_of_a_heading_is_not_taken_for_all_of_it(heading: str) -> None:
    assert not meaning(heading).fields


def test_forms_of_odk_and_commcare() -> None:
    odk = text(
        "SubmissionDate,meta-instanceID,p-registration_number,p-full_name,KEY,ReviewState",
        "2025-03-01T09:00:00.000Z,uuid:1,R1,Ann,uuid:1,approved",
    )
    assert fields(odk, "a.csv")[1:] == [
        None, "registration_no", "full_name", "source_id", "validation_status",
    ]  # fmt: skip
    commcare = text(
        "number,formid,form.b.registration_number,form.b.name,form.b.phone",
        "1,f-1,R1,Ann,---",
        "2,f-2,---,Ben,254712345678",
    )
    found = checked(commcare, "a.csv")
    assert (states(found), found.findings) == ("rr", [f for f in found.findings if not f.cell])
    assert "registration_no" not in found.rows[1].values


def test_a_provider_whose_column_of_results_is_spelled_its_own_way() -> None:
    found = checked(
        workbook(
            ["Organization: Example"],
            ["Receipt No.", "Completion Time", "Transaction Status", "Paid In", "Withdrawn"],
            ["Q1", "13-03-2025 10:15:22 AM", "Completed", None, 1500],
            ["Q2", "20250313", "Cancelled", None, 1500],
        ),
        currency="KES",
    )
    assert found.kind == "payment_results"
    assert [row.values["status"] for row in found.rows] == ["paid", "failed"]
    assert {row.values["distribution_date"] for row in found.rows} == {"2025-03-13"}


def test_headings_in_two_languages_are_in_both() -> None:
    heads = ["شماره ثبت / Reg No", "نام کامل / Full name", "تاریخ / Date", "مبلغ / Amount (USD)"]
    found = checked(workbook([*heads, "امضا / Signature"], ["R1", "Ann", "1404/02/12", 100]))
    assert (found.rows[0].values["distribution_date"], found.ask) == ("2025-05-02", [])


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Reg. number", "registration_no"),
        ("Reg. #", "registration_no"),
        ("Benef. ID", "registration_no"),
        ("HH no.", "household_id"),
        ("Dist. date", "distribution_date"),
        ("Num. d'enregistrement", "registration_no"),
        ("Nro. del registro", "registration_no"),
        ("Рег. номер", "registration_no"),
    ],
)
def test_words_of_a_heading_may_be_shortened(heading: str, field: str) -> None:
    assert meaning(heading).fields == {field}


def test_a_short_word_alone_is_no_heading() -> None:
    assert not meaning("Ben.").fields
    assert not meaning("Number of the").fields


@pytest.mark.parametrize(
    "heading",
    ["Amount (previous round)", "Date (next)", "Сумма (план)", "Monto (anterior)", "Amount, plan"],
)
def test_a_heading_about_another_payment_is_unknown(heading: str) -> None:
    assert not meaning(heading).fields
