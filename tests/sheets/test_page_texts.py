"""What is printed at the head and the foot of the pages of a worksheet."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_made import cash, checked, paid, saved, states


def _printed(head: str = "", foot: str = "") -> bytes:
    book = load_workbook(BytesIO(cash(paid("R-1"), paid("R-2"))))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    sheet.oddHeader.center.text, sheet.oddFooter.left.text = head or None, foot or None
    return saved(book)


@pytest.mark.parametrize("head", ["Amounts in thousands of USD", "All sums in thousand USD"])
def test_a_unit_in_the_head_of_the_page_is_asked_about(head: str) -> None:
    asked = [one.kind for one in checked(_printed(head)).ask]
    assert asked == ["scale"]


def test_a_line_at_the_foot_of_the_page_is_asked_about() -> None:
    content = _printed(foot="R-2 did not receive")
    assert [one.kind for one in checked(content).ask] == ["legend"]
    assert states(checked(content, settled={"legend": "3"})) == "rn"


@pytest.mark.parametrize("text", ["Page &P of &N", "&D &T", "Kenya R&&D branch", "&A &F"])
def test_pages_and_days_at_the_foot_ask_nothing(text: str) -> None:
    found = checked(_printed(text, text))
    assert (states(found), found.ask, found.findings) == ("rr", [], [])
