"""A plain refusal in a cell of a column that is about something else: asked, or an error."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, errors, states, workbook

HEADS = ("Registration number", "Family name", "Distribution date", "Amount (USD)")


def with_cell(heading: str, text: object, usual: object = None, **settled: str) -> Checked:
    people = [
        [f"R-{at}", "Example", dt.date(2025, 3, 4), 100, text if at == 2 else usual]
        for at in (1, 2, 3)
    ]
    return checked(workbook([*HEADS, heading], *people), settled=settled)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Village", "Ngara (not paid)"),
        ("Village", "money not given, person away"),
        ("Address", "Main road 5, did not come"),
        ("Phone", "absent"),
        ("Phone", "0700 111222 - deceased"),
        ("ID number", "refused"),
        ("Relation", "person absent, money not given"),
        ("Bank", "not paid"),
        ("Household size", "absent"),
        ("Sex", "absent"),
        ("Residency status", "host, not paid"),
        ("Село", "Ивановка, не получила"),
        ("Adresse", "rue 5, n'a pas reçu (absente)"),
    ],
)
def test_a_refusal_in_a_column_of_something_else_is_asked_about(heading: str, text: str) -> None:
    found = with_cell(heading, text)
    assert [one.kind for one in found.ask] == ["word"]
    assert found.ask[0].details["rows"] == "3"
    answered = with_cell(heading, text, **{found.ask[0].choice: "no"})
    assert (states(answered)[1], answered.ask) == ("n", [])


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Residency status", "Returned"),
        ("Vulnerability", "Widow, husband dead"),
        ("Address", "house no 5, left of the road"),
        ("Phone", "n/a"),
        ("Village", "Umer Kot"),
        ("District", "Absentia"),
    ],
)
def test_what_is_about_something_else_is_not(heading: str, text: str) -> None:
    found = with_cell(heading, text)
    assert (states(found), errors(found), found.ask) == ("rrr", [], [])


@pytest.mark.parametrize("note", ["R-2 deceased", "R-2 (absent)", "R-2, not paid"])
def test_a_refusal_beside_the_number_of_a_person_is_an_error(note: str) -> None:
    people = [[number, "Example", dt.date(2025, 3, 4), 100] for number in ("R-1", note, "R-3")]
    found = checked(workbook(HEADS, *people))
    assert (states(found), errors(found)) == ("rer", [("A3", "value-unknown")])
    assert [one.details for one in found.findings if one.cell == "A3"] == [{"with_note": "1"}]


@pytest.mark.parametrize(
    "name",
    [
        "Ann Example (example)",
        "Ann Orlova †",
        "Ann Orlova RIP",
        "Ann Orlova - ghost",
        "Ann Orlova (dup)",
        "xxx",
        "A\u0336n\u0336n\u0336",
        "Анна Орлова (дубль)",
    ],
)
def test_a_name_of_nobody_is_asked_about(name: str) -> None:
    heads = ["Reg No", "Name", "Date", "Amount (KES)"]
    day = dt.date(2025, 3, 1)
    found = checked(workbook(heads, ["R-1", "Ben Lebed", day, 5], ["R-2", name, day, 5]))
    assert [one.choice.split(":")[0] for one in found.ask] == ["word"]
    assert states(found)[1] == "o"


def test_names_that_are_such_words_too_are_people() -> None:
    heads = ["Reg No", "Name", "Date", "Amount (KES)"]
    names = ["Nora Example", "TEST ORLOVA", "Ben Test", "Feu Jean"]
    rows = [[f"R-{at}", name, dt.date(2025, 3, 1), 5] for at, name in enumerate(names)]
    found = checked(workbook(heads, *rows))
    assert (states(found), found.ask) == ("rrrr", [])


def test_a_family_name_that_begins_like_a_word_for_cancelled_is_a_name() -> None:
    heads = ["Reg No", "Name", "Date", "Amount (KES)"]
    day = dt.date(2025, 3, 1)
    people: list[list[object]] = [
        ["R-1", "سامر النهر", day, 5],
        [None, "مها الغيم"],
        ["R-2", "ليلى الزهر", day, 5],
    ]
    assert not [one for one in checked(workbook(heads, *people)).ask if one.kind == "line"]
    cancelled: list[list[object]] = [people[0], ["ألغي الدفع"], people[2]]
    found = checked(workbook(heads, *cancelled)).ask
    assert [one.choice.split(":")[0] for one in found] == ["line"]
