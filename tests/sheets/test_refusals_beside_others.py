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
