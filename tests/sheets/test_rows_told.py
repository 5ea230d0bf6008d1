"""No row with something of a person in it vanishes without a word."""

import datetime as dt
from random import Random

import pytest

from cva.sheets.checking.checked import Checked
from cva.sheets.files.sheet_parts import part_of
from tests.sheets_made import Rows, checked, errors, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS: list[object] = ["No", "Reg No", "Name", "Date", "Amount (USD)", "Signature"]


def person(at: int, number: object = None, amount: object = 10) -> list[object]:
    return [at, number or f"R{at}", "Ann", DAY, amount, None]


PEOPLE: Rows = [person(1), person(2)]


@pytest.mark.parametrize("word", ["Total 1", "TOTAL", "Итого 7", "Total général", "المجموع 3"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_person_whose_number_is_written_like_a_total_is_an_error(word: str, at: int) -> None:
    rows = [person(1), person(2), person(4)]
    rows.insert(at, person(3, word, amount=35))
    found = checked(workbook(HEADS, *rows))
    assert errors(found) == [(f"B{at + 2}", "total-or-person")]
    assert states(found).count("r") == 3


@pytest.mark.parametrize(
    "total",
    [
        [None, "Total", None, None, 20, None],
        [None, "Total", "2 persons", None, 20, None],
        [None, "Total", "Kisumu", DAY, 20, None],
        ["Total", None, None, DAY, 20, None],
    ],
)
def test_a_row_that_states_the_sum_is_a_total_whatever_stands_beside_it(
    total: list[object],
) -> None:
    found = checked(workbook(HEADS, *PEOPLE, total))
    assert (states(found), found.findings) == ("rr", [])


@pytest.mark.parametrize(
    "total",
    [
        [None, "Total 3", "Ann", None, None, None],
        [None, "Total 3", None, DAY, None, None],
        ["Total", "R 3/2024-b", None, None, None, None],
    ],
)
def test_a_total_with_something_of_a_person_is_told(total: list[object]) -> None:
    found = checked(workbook(HEADS, person(1), total, person(2)))
    told = [cell for cell, _code in [*warnings(found), *errors(found)]]
    assert any((cell or "").endswith("3") for cell in told)


@pytest.mark.parametrize(
    "row",
    [
        [None, "R9", "Ann", DAY, None, None],
        [None, "R9", None, None, 10, None],
        [None, "9/1", "Ann", DAY, 10, None],
    ],
)
def test_people_below_the_signatures_are_told(row: list[object]) -> None:
    found = checked(workbook(HEADS, *PEOPLE, [], [None, "Prepared by: Ann"], row))
    assert (states(found), warnings(found)) == ("rr", [("A6", "rows-skipped")])


def test_a_row_with_a_number_of_its_own_and_a_signature_alone_is_told() -> None:
    found = checked(workbook(HEADS, *PEOPLE, [3, None, None, None, None, "Ann"], [4]))
    assert warnings(found) == [("A4", "rows-skipped")]


_ODD: Rows = [
    [None, "Total 7", "Ann", DAY, 7, None],
    [None, "Total", "Ann", None, 8, None],
    [None, "Sum", None, DAY, 9, None],
    [None, "R71", "Ann", None, None, None],
    [None, "R72", None, None, 11, None],
    [None, None, "Ann", DAY, 12, None],
    [None, "Signature", "Ann", DAY, 13, None],
    [None, "Prepared by", "Ann", DAY, None, None],
    ["Example", "R73", "Ann", DAY, 14, None],
    [None, "absent", "Ann", DAY, 15, None],
    [None, None, None, None, 16, "Ann"],
    [None, "Reg No", "Amount (USD)", "Date", "Name", None],
    ["text", "text", "text", "date", "number", "text"],
    [None, "Ahero total", "Ann", DAY, 17, None],
    [8, None, None, None, None, "x"],
    ["-", "Total", "-", "-", "-", "-"],
]
_EVEN: Rows = [[], ["Ahero"], [None, "Kisumu"], HEADS]

_HEADINGS: Rows = [HEADS, _ODD[11]]


@pytest.mark.parametrize("seed", range(80))
def test_every_row_with_something_in_it_is_a_row_or_told(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    rows: list[list[object]] = [person(1, amount=1000)]
    for at in range(2, random.randint(5, 14)):
        odd = list(random.choice(_ODD if random.random() < 0.5 else _EVEN))
        rows += [odd] if random.random() < 0.5 else [person(at, amount=1000 + at)]
    found = checked(workbook(HEADS, *rows), sheet="*")
    if found.refused or found.kind is None:
        return
    needed = {
        number
        for number, row in enumerate(rows, 2)
        if sum(cell is not None for cell in row) > 1 and any(row[1:5]) and row not in _HEADINGS
    }
    own = {row.number - _shift(found, row.number) for row in found.rows}
    told = {one.row - _shift(found, one.row) for one in found.findings if one.row}
    apart = [str(one.details["other"]) for one in found.findings if one.code == "sheet-left-out"]
    for name in apart:
        first, last = name.removeprefix("List ").split("–")
        told |= {*range(int(first), int(last) + 1)}
    missing = sorted(needed - own - told)
    assert not missing, [rows[at - 2] for at in missing]


def _shift(found: Checked, number: int) -> int:
    part = part_of(found.parts, number)
    return part.offset if part else 0
