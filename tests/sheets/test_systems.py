"""Files that other systems write: their names of fields, and names that a program has joined."""

import tomllib
from pathlib import Path

import pytest

from cva.sheets.recognition.headings import guess, meaning
from cva.sheets.vocabulary.layouts import kind_names, layout_of
from cva.sheets.vocabulary.word_lists import imports_folder
from tests.sheets_made import checked, errors, states, warnings, workbook

SYSTEMS = sorted((imports_folder() / "systems").glob("*.toml"))
FIELDS = {field for kind in kind_names() for field in layout_of(kind).types}


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_each_name_of_a_system_is_known_by_its_field(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    assert data["system"]
    assert data["headings"].keys() <= FIELDS
    for field, names in data["headings"].items():
        for name in names:
            assert field in meaning(name).fields, name


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("phoneNumber", "phone"),
        ("FullName", "full_name"),
        ("dateOfBirth", "date_of_birth"),
        ("IDNumber", "id_number"),
        ("distribution_date", "distribution_date"),
        ("registrationNumber", "registration_no"),
        ("REGISTRATION_NUMBER", "registration_no"),
    ],
)
def test_words_that_a_program_has_joined_are_taken_apart(heading: str, field: str) -> None:
    assert meaning(heading).fields == {field}


def test_a_list_of_registrations_is_read_by_the_names_of_its_system() -> None:
    rows = [
        "referenceId;phoneNumber;fullName;gender;idNumber;programFspConfigurationName",
        "a-1;251507356149;Abebe Example;female;8673729352;Bank",
        "a-2;251507356150;Sara Example;male;8673729353;Bank",
    ]
    found = checked("\n".join(rows).encode(), "registrations.csv", country="ET")
    assert (found.kind, states(found), found.ask) == ("beneficiaries", "rr", [])
    assert found.rows[0].values["registration_no"] == "a-1"
    assert found.rows[0].values["fsp"] == "Bank"


def test_the_columns_of_a_system_do_not_hide_what_a_language_says() -> None:
    assert "head_of_household" in meaning("Head").fields
    assert meaning("Amount").fields == {"amount"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("MobileMoneyPhoneNumber", "phone"),
        ("hh_head_full_name", "full_name"),
        ("Date of birth of the head", "date_of_birth"),
        ("howManyUnder5", None),
    ],
)
def test_a_part_of_an_unknown_heading_is_offered_as_a_guess(
    heading: str, field: str | None
) -> None:
    assert meaning(heading).fields == frozenset()
    assert guess(heading) == field


FORM_HEADS = ["Reg No", "Full name", "Sex", "Date", "Amount (USD)"]
FORM_ROW = ["R-1", "Ann", "F", "2025-03-04", 5]


@pytest.mark.parametrize(
    ("above", "skipped"),
    [
        ([["String*", "String*", "String", "DD-MM-YYYY*", "Number [1-5]"]], 1),
        (
            [
                ["E-1", "Example", "F", "2025-01-01", 1],
                ["Text", "Text", "String/empty", "Date", "Number"],
            ],
            2,
        ),
        (
            [
                [
                    "Number - INTEGER",
                    "Full name - STRING - required",
                    "Gender - SELECT_ONE",
                    "Day - DATE",
                    "Sum - DECIMAL",
                ]
            ],
            1,
        ),
    ],
)
def test_a_row_of_types_and_the_examples_above_it_are_nobody(
    above: list[list[object]], skipped: int
) -> None:
    found = checked(workbook(FORM_HEADS, *above, FORM_ROW))
    assert (states(found), errors(found)) == ("r", [])
    assert [code for _, code in warnings(found)] == ["rows-skipped"] * skipped


def test_people_whose_cells_are_like_types_are_people() -> None:
    rows = [["R-1", "Text", "F", "2025-03-04", 5], ["R-2", "Date", "F", "2025-03-04", 5]]
    assert states(checked(workbook(FORM_HEADS, *rows))) == "rr"
