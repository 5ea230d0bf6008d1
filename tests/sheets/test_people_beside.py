"""People beside a list, in columns without headings, of whom nothing would be read."""

import pytest

from tests.sheets_made import cash, checked, errors, paid, states, warnings


@pytest.mark.parametrize("gap", [[], [None], [None, None]])
def test_people_to_the_right_of_the_headings_are_told(gap: list[object]) -> None:
    rows = [[*paid(f"R-{at}"), *gap, *paid(f"R-10{at}")] for at in (1, 2)]
    found = checked(cash(*rows, paid("R-3")))
    column = "FGH"[len(gap)]
    assert states(found) == "eer"
    assert errors(found) == [(f"{column}{row}", "row-too-long") for row in (2, 3)]


@pytest.mark.parametrize(
    "beside", [("R-1", "R-2"), (1, 2), ("A", "B"), ("HH-1", "HH-2"), (7, None)]
)
def test_other_cells_without_a_heading_are_no_people(beside: tuple[object, object]) -> None:
    found = checked(cash([*paid("R-1"), None, beside[0]], [*paid("R-2"), None, beside[1]]))
    assert (states(found), errors(found)) == ("rr", [])


@pytest.mark.parametrize("gap", [[None], [None, None]])
def test_people_beside_whose_numbers_are_digits_are_told(gap: list[object]) -> None:
    rows = [[*paid(f"10{at}"), *gap, *paid(f"20{at}")] for at in (1, 2)]
    found = checked(cash(*rows, paid("103")))
    column = "FGH"[len(gap)]
    assert states(found) == "eer"
    assert errors(found) == [(f"{column}{row}", "row-too-long") for row in (2, 3)]


@pytest.mark.parametrize("beside", [(700, None), (50, 50), ("7.5", 8), (None, 99)])
def test_numbers_without_a_heading_are_named(beside: tuple[object, object]) -> None:
    found = checked(cash([*paid("R-1"), None, beside[0]], [*paid("R-2"), None, beside[1]]))
    row = 2 if beside[0] else 3
    assert (states(found), warnings(found)) == ("rr", [(f"G{row}", "column-unheaded")])


def test_running_numbers_without_a_heading_are_not_named() -> None:
    found = checked(cash(*([*paid(f"R-{at}"), at] for at in (1, 2, 3))))
    assert (states(found), found.findings) == ("rrr", [])
