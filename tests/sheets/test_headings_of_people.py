"""Headings over tokens, documents, telephones, names and amounts of lists without numbers."""

import datetime as dt

import pytest

from cva.sheets.recognition.headings import meaning
from tests.sheets_made import checked, states, workbook

DAY = dt.date(2025, 3, 1)
REST = ["Date", "Amount (KES)"]


def under(heading: str, *cells: object, name: str = "Name") -> bytes:
    rows = [[cell, f"A. Example {at}", DAY, 50] for at, cell in enumerate(cells)]
    return workbook([heading, name, *REST], *rows)


def field(heading: str, *cells: object) -> str | None:
    return checked(under(heading, *cells)).columns[0].field


@pytest.mark.parametrize(
    "heading", ["Token No", "Ticket no.", "N° jeton", "N° de ticket", "№ жетона", "شماره نوبت"]
)
def test_the_number_of_a_token_is_nobody_s_unasked(heading: str) -> None:
    found = checked(under(heading, 14, 15, 17))
    options = ("registration_no", "voucher_number", "none")
    assert (states(found), found.ask[0].choice, found.ask[0].options) == (
        "ooo",
        "column:A",
        options,
    )
    found = checked(under(heading, 14, 15, 17), settled={"column:A": "none"})
    assert (states(found), found.columns[0].field) == ("rrr", None)


def test_a_token_is_not_asked_to_be_what_another_column_or_the_kind_of_sheet_excludes() -> None:
    rows = [["R1", 14, "A", DAY, 50], ["R2", 17, "B", DAY, 50]]
    content = workbook(["Reg No", "Token no", "Name", *REST], *rows)
    (question,) = checked(content).ask
    assert question.options == ("voucher_number", "none")
    assert checked(content, kind="cash_transfers").ask == []


def test_tokens_in_a_row_are_running_numbers() -> None:
    assert field("Token no", 31, 32, 33) == "row_no"


@pytest.mark.parametrize(("cells", "asks"), [((4, 9, 11), ["column:A"]), (("K-4", "K-9"), [])])
def test_short_numbers_of_named_people_under_no_are_asked_about(
    cells: tuple[object, ...], asks: list[str]
) -> None:
    found = checked(under("No.", *cells))
    assert [one.choice for one in found.ask] == asks


@pytest.mark.parametrize(
    "heading",
    [
        "CNIC", "CIN", "NIN", "NIF", "NRC No.", "NIC No", "C.I.", "CI", "JMBG", "OIB", "PESEL",
        "ИИН", "Passport", "Passeport", "Pasaporte", "ID card", "Identity card", "جواز السفر",
        "رقم الهوية", "تذکره", "کارت ملی", "Удостоверение №", "Document", "Документ", "Documento",
    ],
)  # fmt: skip
def test_a_document_is_known_by_its_heading(heading: str) -> None:
    assert field(heading, "AB123456", "AB123499") == "id_number"


@pytest.mark.parametrize("heading", ["Document", "Документ", "ID document", "Pièce d'identité"])
def test_words_below_a_heading_of_documents_are_types(heading: str) -> None:
    assert field(heading, "Passport", "Permit", "") == "id_type"


@pytest.mark.parametrize(
    "heading", ["GSM No.", "Airtel no.", "M-Pesa no.", "MSISDN", "Cel.", "WhatsApp"]
)
def test_a_telephone_is_known_by_its_heading(heading: str) -> None:
    found = checked(under(heading, "0712345678", "0712345679"))
    assert (found.columns[0].field, found.ask) == ("phone", [])


@pytest.mark.parametrize("heading", ["Zuku No.", "Depot nos", "Kiosk nº"])
def test_the_number_of_something_denies_nothing(heading: str) -> None:
    rows = [[f"R{at}", f"A. Example {at}", DAY, 50, f"x{at}" * at] for at in range(3)]
    found = checked(workbook(["Reg No", "Name", *REST, heading], *rows))
    assert not [one for one in found.ask if "not_received" in one.options]


@pytest.mark.parametrize(
    "heading",
    [
        "Фамилия Имя", "Ф.И.", "Head of household name", "Prénoms et nom", "Nom et prénoms",
        "Име и презиме", "Прізвище та ім'я",
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_heading(heading: str) -> None:
    assert meaning(heading).fields == {"full_name"}


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Head of family", ("Ann Odhiambo", "Ben Otieno"), "full_name"),
        ("Head of household", ("yes", "no"), "head_of_household"),
        ("Beneficiary", ("Ann Odhiambo", "Ben"), "full_name"),
        ("Name / Nome", ("Ann", "Ben"), "full_name"),
    ],
)
def test_cells_settle_what_is_headed_as_a_person(
    heading: str, cells: tuple[str, ...], expected: str
) -> None:
    rows = [[f"R{at}", cell, DAY, 50] for at, cell in enumerate(cells)]
    assert checked(workbook(["Reg No", heading, *REST], *rows)).columns[1].field == expected


def test_where_people_have_no_numbers_their_names_are_asked_for() -> None:
    rows = [["B-17", "Ann Odhiambo", DAY, 50], ["B-19", "Ben Otieno", DAY, 50]]
    content = workbook(["Badge", "Whom", *REST], *rows)
    settled: dict[str, str] = {}
    for choice, answer in (("find:registration_no", "none"), ("find:full_name", "B")):
        (question,) = checked(content, settled=settled).ask
        assert (question.choice, answer in question.options) == (choice, True)
        settled[choice] = answer
    found = checked(content, settled=settled)
    assert (states(found), found.rows[0].values["full_name"]) == ("rr", "Ann Odhiambo")


@pytest.mark.parametrize(
    "heading",
    ["Amount Rs.", "Monto C$", "Monto Gs.", "المبلغ بالدينار", "Cash (Php)", "Cash [USD]"],
)
def test_a_sum_is_known_by_the_currency_behind_its_heading(heading: str) -> None:
    assert meaning(heading).fields == {"amount"}


@pytest.mark.parametrize("heading", ["Cash", "Income (USD)", "Savings (KES)"])
def test_a_sum_of_something_else_is_not_the_amount(heading: str) -> None:
    assert meaning(heading).fields == frozenset()


def test_rupees_are_those_of_several_countries_and_are_asked() -> None:
    content = workbook(["Reg No", "Name", "Date", "Amount Rs."], ["R1", "A", DAY, 50])
    assert [one.choice for one in checked(content).ask] == ["currency"]
    assert checked(content, settled={"currency": "PKR"}).rows[0].values["currency"] == "PKR"


def test_a_currency_written_in_a_cell_in_letters_is_read() -> None:
    content = workbook(["Reg No", "Name", "Date", "Amount"], ["R1", "A", DAY, "LD 9,500.00"])
    (row,) = checked(content).rows
    assert (row.values["currency"], row.values["amount_minor"]) == ("LRD", 950000)
