"""Requests on their pages: whom they are about, what is given now and would be."""

import pytest

from cva.core.permissions import Role
from tests.intake.test_merging import person
from tests.makers import AtWork
from tests.web.conftest import House

LIST = "number | name\nA-004 | Anna Orlova\nA-007 | Boris Lebed"


@pytest.fixture
def society(at_work: AtWork) -> AtWork:
    return at_work


def plain(page: str) -> str:
    """The page with amounts as people read them."""
    for tag in ("<bdi class=amount>", "<small>", "</small>", "</bdi>", '<bdi class="code">'):
        page = page.replace(tag, "")
    return page.replace("&nbsp;", " ")


def test_the_budget_holder_sees_each_line(house: House, society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    changes = "A-007/3 = 5\nA-004/1 = 6000"
    asked = society.ask("amend_list", round=round_id, name="Winter rise", changes=changes)
    manager = house.visitor(Role.MANAGER)
    for path in ("/requests", f"/requests/{asked}"):
        page = plain(manager.see(path))
        assert "A-007/3</th>\n<td>new instalment 3" in page
        assert "5,000.00 RUB" in page
        assert "6,000.00 RUB" in page
        assert f'href="/rounds/{round_id}"' in page
        assert "Orlova" not in page
    manager.post(f"/requests/{asked}/confirm")
    page = plain(manager.see(f"/rounds/{round_id}"))
    assert "2: <bdi>Winter rise (1 amount set, 1 added)" in page
    assert f'<a href="/requests/{asked}">request {asked}</a>' in page
    history = plain(house.visitor(Role.FIELD).see(f"/people/{person(society, 'A-004')}"))
    assert "instalment 1, <bdi>Winter rise" in history
    assert "<q><bdi>A slip." in history


def test_finance_sees_whose_row_is_taken_back(house: House, society: AtWork) -> None:
    sheet_id = society.approved("number | name | day | amount\nA-004 | Anna | 2022-11-05 | 100")
    society.ask("reverse_row", sheet=sheet_id, row=2)
    page = plain(house.visitor(Role.FINANCE).see("/requests"))
    assert "100.00 RUB" in page
    assert "A-004" in page
    assert f'href="/sheets/{sheet_id}?row=2#row-2"' in page
