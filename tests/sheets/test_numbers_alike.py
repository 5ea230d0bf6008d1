"""Numbers of people and vouchers that are written in several ways, or several in one cell."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked
from cva.sheets.vocabulary.numbers_in_cells import several, written_alike
from tests.sheets_made import cash, checked, errors, paid, states, workbook


def numbered(*numbers: str) -> bytes:
    heads = ["Reg No", "Date", "Amount (KES)"]
    first = dt.date(2025, 3, 1)
    days = [first + dt.timedelta(days=at) for at in range(len(numbers))]
    return workbook(heads, *[[number, day, 5] for number, day in zip(numbers, days, strict=True)])


@pytest.mark.parametrize(
    "numbers",
    [
        ("R-3", "R–3"),
        ("R-3", "R 3"),
        ("R-3", "R3"),
        ("R_3", "R.3"),
        ("А-17", "A-17"),
        ("R-004", "R-4"),
        ("007", "7"),
        ("V-2025-013", "V-2025-13"),
        ("O-17", "0-17"),
        ("R-l", "R-1"),
    ],
)
def test_numbers_that_look_alike_are_one_question(numbers: tuple[str, str]) -> None:
    found = checked(numbered(*numbers, "Q-99"))
    assert [(one.choice, one.options) for one in found.ask] == [("alike:A", ("same", "several"))]
    assert found.ask[0].examples == {"": ((" = ".join(numbers), ""),)}
    assert states(found) == "ooo"


@pytest.mark.parametrize(
    "numbers",
    [
        ("R-3", "R-4"),
        ("1-12", "11-2"),
        ("r-3", "R-3"),
        ("R 3", "R3"),
        ("Б-1", "B-1"),
        ("KO1", "K1"),
    ],
)
def test_other_numbers_are_not(numbers: tuple[str, str]) -> None:
    assert written_alike(numbers) == []


def people(found: Checked) -> list[object]:
    return [row.values["registration_no"] for row in found.rows]


def test_the_same_person_gets_the_usual_spelling() -> None:
    content = numbered("R-3", "R–3", "R-3", "R-9")
    found = checked(content, settled={"alike:A": "same"})
    assert (people(found), found.ask) == (["R-3", "R-3", "R-3", "R-9"], [])
    assert found.rows[1].cells[0] == "R–3"


def test_what_is_the_same_person_twice_is_a_duplicate() -> None:
    day = dt.date(2025, 3, 1)
    content = workbook(["Reg No", "Date", "Amount (KES)"], ["R-3", day, 5], ["R–3", day, 5])
    assert states(checked(content, settled={"alike:A": "same"})) == "re"
    assert states(checked(content, settled={"alike:A": "several"})) == "rr"


def test_several_people_keep_their_numbers_as_typed() -> None:
    found = checked(numbered("R-3", "R–3"), settled={"alike:A": "several"})
    assert (people(found), states(found)) == (["R-3", "R–3"], "rr")


@pytest.mark.parametrize(
    "cell",
    [
        *("R-1 / R-2", "R-1/R-2", "R-1 и R-2", "R-1 and 2", "R-1\nR-2", "R-1 R-2", "R-1+R-2"),
        *("R-1 (R-2)", "R-2 - R-1", "R-1 или R-2", "R-1 & R-2", "R-1 | R-2", "R-1، R-2"),
        *("12 / 13", "٣ و ٤", "R-1 ou R-2", "Р-1 жана Р-2"),
    ],
)
def test_two_numbers_in_one_cell_are_never_one_person(cell: str) -> None:
    found = checked(numbered(cell))
    assert (states(found), errors(found)) == ("e", [("A2", "value-unknown")])


@pytest.mark.parametrize(
    "cell", ["12/2025", "V-2025-013", "A 12", "AB 1234 CD", "KE/A1/2", "12 34", "RRC-22-000001"]
)
def test_one_number_with_signs_in_it_stays_one(cell: str) -> None:
    assert several([cell], "Reg No") == set()


@pytest.mark.parametrize("cell", ["AB/3/25 / R-7", "AB/3/25, 17", "AB/3/25 и R-7", "AB/3/25\nAB 4"])
def test_a_number_of_the_list_with_another_of_any_shape_is_two(cell: str) -> None:
    found = checked(cash(paid("AB/1/25"), paid("AB/2/25"), paid(cell)))
    assert (states(found), errors(found)) == ("rre", [("A4", "value-unknown")])


@pytest.mark.parametrize(
    "cell",
    [
        "R-1 (was R-9)",
        "R-1 instead of R-2",
        "R-1→R-2",
        "R-1 = R-2",
        "R-1R-2",
        "R-1*R-2",
        "R-1~R-2",
        "R-1:R-5",
        "R-1·R-2",
        "R-1_R-2",
        "R-1 bis R-4",
        "R-1 through 3",
        "R-1 (2)",
        "R-1 x2",
        "R-١ alias R-٢",
    ],
)
def test_two_numbers_like_those_of_the_column_are_two(cell: str) -> None:
    assert several([cell, "R-50", "R-51"], "Reg No") == {cell}


@pytest.mark.parametrize("cell", ["1004 (was 1009)", "1004 = 1009", "1004 bis 1009"])
def test_two_numbers_of_digits_alone_are_two(cell: str) -> None:
    assert several([cell, "1001", "1002"], "Reg No") == {cell}


@pytest.mark.parametrize(
    "cell", ["R-1a", "HR-1-2", "R-1 bis", "R-1*", "1001 A", "12 345", "HH 1 P 2", "2025-013"]
)
def test_one_number_beside_others_of_another_shape_stays_one(cell: str) -> None:
    assert several([cell, "R-50", "1002", "HH 2", "12"], "Reg No") == set()


@pytest.mark.parametrize(
    ("cell", "others"),
    [
        ("1001 1002", ("1003", "1004")),
        ("1001-1002", ("1003", "1004")),
        ("1001/1002/1007", ("1003", "1004")),
        ("1001и1002", ("1003", "1004")),
        ("0012/0013", ("1003", "1004")),
        ("KE1001-1002", ("KE1003", "KE1004")),
        ("KE1001/02", ("KE1003", "KE1004")),
        ("KE-1001 1002", ("KE-1003", "KE-1004")),
        ("2026/001 2026/002", ("KE1003", "KE1004")),
        ("12-345/12-346", ("1003", "1004")),
    ],
)
def test_numbers_as_long_as_those_of_the_column_are_two(cell: str, others: tuple[str, ...]) -> None:
    assert several([cell, *others], "Reg No") == {cell}


@pytest.mark.parametrize(
    ("cell", "others"),
    [
        ("2025-013", ("1003", "1004")),
        ("2025-26", ("1003", "1004")),
        ("KE1001/04", ("KE1003", "KE1004")),
        ("001-002", ("001-003", "004")),
        ("12-34", ("12", "34")),
        ("01-02-01-03", ("01-02", "0103")),
        ("0700 123456", ("123456", "123457")),
        ("1001 A", ("1001", "1002")),
    ],
)
def test_numbers_of_parts_of_other_lengths_are_one(cell: str, others: tuple[str, ...]) -> None:
    assert several([cell, *others], "Reg No") == set()


@pytest.mark.parametrize("cell", ["0012/0013", "120/121", "0012 / 0013"])
def test_two_numbers_of_digits_beside_others_with_letters_are_two(cell: str) -> None:
    assert several([cell, "KE1003", "KE1004", "KE1005"], "Reg No") == {cell}


@pytest.mark.parametrize("cell", ["2025/2026", "2026/001", "0012/0450", "12/13"])
def test_years_and_parts_of_one_number_are_one(cell: str) -> None:
    assert several([cell, "KE1003", "KE1004", "KE1005"], "Reg No") == set()


def test_numbers_of_which_most_are_made_so_are_as_they_are() -> None:
    assert several(["HH1-HH2", "HH3-HH4", "HH5"], "Reg No") == set()


@pytest.mark.parametrize("cell", ["AB/3/25 / new", "AB/3/25"])
def test_a_number_with_a_word_is_one(cell: str) -> None:
    assert states(checked(cash(paid("AB/1/25"), paid("AB/2/25"), paid(cell)))) == "rrr"
