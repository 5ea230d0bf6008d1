"""The reconciliation on a page: what is open, since when, and where each difference was said."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from cva.core.rights import Role
from cva.core.scope import Actor
from cva.societies import service as societies
from tests.makers import AtWork
from tests.reconciliation.made import round_with_differences
from tests.web.conftest import House


def at_work(house: House) -> AtWork:
    """Our society, whose people act without pages too."""
    ours = house.ours
    society = AtWork(house.ledger, "RRC", ours.society_id, ours.programme_id)
    for role in Role:
        user_id = ours.people[role]
        found: Actor = society.do(lambda s, user_id=user_id: societies.actor_for(s, user_id))  # type: ignore[misc]
        society.people[str(role)] = found
    return society


@pytest.fixture
def round_id(house: House) -> int:
    return round_with_differences(at_work(house))


def test_each_difference_leads_to_its_row(house: House, round_id: int) -> None:
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation")
    assert "Boris Lebed" in page
    assert "People and money" in page
    assert "−2,000.00" in page.replace("<bdi class=amount>", "")
    path = page.split('href="/sheets/2?row=3')[0]
    assert path != page
    assert 'id="row-3"' in house.visitor(Role.FINANCE).see("/sheets/2?row=3")


def test_names_are_for_who_sees_sheets(house: House, round_id: int) -> None:
    page = house.visitor(Role.MANAGER).see(f"/rounds/{round_id}/reconciliation")
    assert "R-002" in page
    assert "Boris Lebed" not in page
    assert "/sheets/2" not in page


def test_one_answer_at_a_time(house: House, round_id: int) -> None:
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation?answer=open")
    assert "R-005" in page
    assert "R-002" not in page


def test_without_an_approved_list_it_says_so(house: House) -> None:
    house.sheet(round="2023-01")
    page = house.visitor(Role.FINANCE).see("/rounds/1/reconciliation")
    assert "nothing to compare with" in page


def test_the_files(house: House, round_id: int) -> None:
    finance = house.visitor(Role.FINANCE)
    made = finance.carry(f"/rounds/{round_id}/reconciliation/workbook")
    assert load_workbook(BytesIO(made.data)).sheetnames[0] == "Summary"
    archive = finance.carry(f"/rounds/{round_id}/field-lists")
    assert "field-list-RRC-CASH-2022-11-en.zip" in archive.headers["Content-Disposition"]
    assert archive.data.startswith(b"PK")
    listed = finance.carry(f"/rounds/{round_id}/field-list?site=Town+hall&language=ru")
    assert "field-list-RRC-CASH-2022-11-Town-hall-ru.xlsx" in listed.headers["Content-Disposition"]
    assert load_workbook(BytesIO(listed.data)).worksheets[0]["B6"].value == "R-004"
