"""The first page: what is to be done, then all sheets, filtered and a page at a time."""

import re
from urllib.parse import quote

from cva.core.permissions import Role
from cva.intake.inbox import PAGE_SIZE
from tests.web.conftest import House
from tests.workbooks import cash_sheet


def _headings(page: str) -> list[str]:
    return re.findall(r"<h[12][^>]*>([^<]+?) *<", page)


def _listed(page: str, label: str) -> list[str]:
    """The numbers of the sheets in a table."""
    table = page.partition(f'role="region" aria-label="{label}"')[2].partition("</table>")[0]
    return re.findall(r'href="/sheets/(\d+)"', table)


def _needs(page: str) -> list[str]:
    table = page.partition("Yours to finish</")[2] or page.partition("Yours to finish")[2]
    return re.findall(r"</i>([^<]+)</span>", table.partition("</table>")[0])


def test_a_page_begins_with_what_is_to_be_done_by_its_reader(house: House) -> None:
    field, finance = house.visitor(Role.FIELD), house.visitor(Role.FINANCE)
    assert _headings(field.see("/")) == ["To do", "All sheets"]
    assert "Nothing waits for you." in finance.see("/")
    first, second = house.submitted(cash_sheet(2)), house.submitted(cash_sheet(3, first=20))
    bad = house.sheet(cash_sheet(6, first=40, faults=1))
    page = finance.see("/")
    assert _headings(page) == ["To do", "Waiting for your decision", "All sheets"]
    assert _listed(page, "Waiting for your decision") == [str(first), str(second)]
    assert _listed(page, "All sheets") == [str(bad), str(second), str(first)]
    page = field.see("/")
    assert _headings(page) == ["To do", "Yours to finish", "All sheets"]
    assert _listed(page, "Yours to finish") == [str(bad)]
    assert _needs(page) == ["1 row needs attention"]
    assert _headings(house.visitor(Role.AUDITOR).see("/")) == ["Sheets"]


def test_what_is_asked_for_stands_in_the_form_and_goes_on_to_the_next_page(house: House) -> None:
    for number in range(PAGE_SIZE + 1):
        house.sheet(cash_sheet(1, first=10 * number))
    field = house.visitor(Role.FIELD)
    page = field.see("/?find=NOVEMBER&state=checked")
    assert len(_listed(page, "Sheets found")) == PAGE_SIZE
    assert 'name="find" maxlength="100" value="NOVEMBER"' in page
    assert '<option value="checked" selected>' in page
    assert "Page 1 of 2" in page
    onward = re.search(r'rel="next" href="(.+?)#all"', page)
    assert onward
    assert _listed(field.see(onward[1].replace("&amp;", "&")), "Sheets found") == ["1"]
    assert "No sheet is like this." in field.see("/?find=december")
    assert "No sheet is like this." in field.see("/?programme=999")
    assert _listed(field.see("/?find=7&page=9"), "Sheets found") == ["7"]
    for wrong in ("month=soon", "sender=me", "programme=1;", f"month={quote('٢٠٢٢-١١')}"):
        field.see(f"/?{wrong}", 422)


def test_no_sheet_of_another_society_is_found(house: House) -> None:
    house.sheet()
    stranger = house.visitor(Role.FINANCE, house.theirs)
    for asked in ("", "?find=november", "?find=1", f"?programme={house.ours.programme_id}"):
        page = stranger.see(f"/{asked}")
        assert "november.xlsx" not in page
        assert "rrc.example" not in page


def test_a_posted_sheet_leads_to_its_month(house: House) -> None:
    sheet_id = house.approved()
    link = f'<a href="/figures/{house.ours.society_id}?month=2022-11">November 2022</a>'
    for role in (Role.FINANCE, Role.AUDITOR):
        page = house.visitor(role).see(f"/sheets/{sheet_id}")
        assert f"See the month: {link}" in page
    assert "See the month" not in house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}")
    assert "November 2022" in house.visitor(Role.FINANCE).see(link.split('"')[1])
