"""Tabs beside the list that name its people: they are told, and asked about where they may deny."""

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets.test_several_lists import HEADS, person, tabs
from tests.sheets_made import Rows, checked, states

PEOPLE: Rows = [
    [f"R-10{at}", name, *person("R1")[2:]]
    for at, name in enumerate(("Ann Moss", "Bo Kim", "Cy Reed"))
]


def with_notes(name: str, *lines: str) -> bytes:
    sheets: dict[str, Rows] = {"List": [HEADS, *PEOPLE], name: [[line] for line in lines]}
    return tabs(**sheets)


def with_tab(name: str, *lines: str) -> Checked:
    return checked(with_notes(name, *lines))


def told(found: Checked) -> list[str]:
    return [str(one.details["other"]) for one in found.findings if one.code == "sheet-left-out"]


@pytest.mark.parametrize(
    ("line", "row"),
    [("R-101 did not come", "3"), ("Kim B. - later", "3"), ("Cy Reed returned 50", "4")],
)
def test_a_note_on_another_tab_is_told_and_asked_about(line: str, row: str) -> None:
    found = with_tab("Notes", "Weather: rain", line)
    (question,) = found.ask
    assert (question.kind, question.offered, told(found)) == ("legend", row, ["Notes"])
    assert "(Notes A2)" in question.message
    assert question.examples == {"": ((line, ""),)}


def test_the_answer_holds_and_is_told_at_the_cell_of_the_tab() -> None:
    content = with_notes("Notes", "R-101 did not come")
    done = checked(content, settled={"legend": "3"})
    assert states(done) == "rnr"
    (finding,) = [one for one in done.findings if one.code == "rows-explained"]
    assert (finding.sheet, finding.cell) == ("Notes", "A1")


def test_a_tab_of_all_the_people_is_told_and_asked_about_where_it_speaks_against_some() -> None:
    found = with_tab("Families", "Ann Moss", "Bo Kim", "Cy Reed")
    assert (found.ask, told(found)) == ([], ["Families"])
    assert [
        one.offered for one in with_tab("Families", "Ann Moss", "Bo Kim: absent", "Cy Reed").ask
    ] == ["3"]
    assert [one.offered for one in with_tab("Not paid", "Ann Moss", "Bo Kim", "Cy Reed").ask] == [
        "2, 3, 4"
    ]


def test_a_tab_that_names_nobody_of_the_list_is_passed_over() -> None:
    found = with_tab("Help", "If somebody is absent, write no.", "Kim Street 5")
    assert (found.ask, told(found), states(found)) == ([], [], "rrr")
