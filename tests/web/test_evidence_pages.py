"""Scans of signed lists on the pages: who added them, and where the same file is kept too."""

from io import BytesIO

from cva.core.permissions import Role
from tests.web.conftest import House
from tests.workbooks import cash_sheet


def _add(house: House, sheet_id: int, content: bytes, filename: str) -> str:
    field = house.visitor(Role.FIELD)
    file = (BytesIO(content), filename)
    answer = field.client.post(
        f"/sheets/{sheet_id}/evidence", data={"csrf_token": field.token(), "file": file}
    )
    assert answer.status_code == 302, answer.text
    return field.see(answer.location)


def test_the_same_file_for_a_second_sheet_is_told_and_taken(house: House) -> None:
    first, second = house.sheet(cash_sheet(3)), house.sheet(cash_sheet(4))
    assert "The same file" not in _add(house, first, b"%PDF-1.7 one", "list.pdf")
    page = _add(house, second, b"%PDF-1.7 one", "again.pdf")
    assert f"The same file is kept with: sheet {first}." in page
    assert "again.pdf" in page
    assert "The same file" not in _add(house, second, b"%PDF-1.7 two", "other.pdf")


def test_a_scan_says_who_added_it_and_has_the_ending_of_what_it_is(house: House) -> None:
    page = _add(house, house.sheet(cash_sheet(3)), b"%PDF-1.7", "page.png")
    listed = page.partition("Signed lists")[2].partition("</ul>")[0]
    assert "<bdi>page.pdf</bdi>" in listed
    assert "<bdi>field@rrc.example</bdi>" in listed
    taken = house.visitor(Role.FIELD).carry("/evidence/1")
    assert "page.pdf" in taken.headers["Content-Disposition"]
