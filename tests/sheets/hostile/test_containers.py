import pytest

from tests.sheets.hostile.case import is_refused
from tests.sheets.hostile.containers import CASES, GOOD
from tests.sheets.hostile.measuring import is_small
from tests.sheets_made import checked, refusal, states

#: Where a small file could take much memory.
LARGE = ("one text", "twenty", "twelve", "empty texts", "a text of", "the longest", "a million",
         "rows without", "a hundred", "two hundred", "two million", "more blank", "three hundred",
         "a bomb")  # fmt: skip


def test_the_workbook_that_they_are_made_from_is_good() -> None:
    assert states(checked(GOOD)) == "r"


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_container_is_refused(name: str) -> None:
    is_refused(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(LARGE)])
def test_a_hostile_container_takes_little_memory(name: str) -> None:
    is_small(CASES[name])


@pytest.mark.parametrize("name", ["sheet.docx", "sheet", "sheet.xlsx.exe", ".xlsx ."])
def test_another_ending_is_no_format(name: str) -> None:
    assert refusal(checked(GOOD, name)) == "format-unknown"


@pytest.mark.parametrize(
    "name", ["../\u202e\0" + "x" * 300 + ".XLSX", "C:\\lists\\a.xlsx", " .xlsx"]
)
def test_an_odd_name_of_a_file_does_no_harm(name: str) -> None:
    assert not checked(GOOD, name).refused
