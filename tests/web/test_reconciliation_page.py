"""The reconciliation on a page: what is open, since when, and where each difference was said."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cva.core.permissions import Role
from tests.makers import AtWork
from tests.rounds.made import LIST, round_with_differences
from tests.web.conftest import House

HEADINGS = "number | day | amount | currency | received"
ANNA = "R-001 | 2022-11-05 | 5000 | RUB | yes"


@pytest.fixture
def round_id(at_work: AtWork) -> int:
    return round_with_differences(at_work)


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


def test_each_figure_leads_to_its_rows(house: House, round_id: int) -> None:
    finance = house.visitor(Role.FINANCE)
    address = f"/rounds/{round_id}/reconciliation"
    page = finance.see(address)
    for figure in (
        "own=as_planned",
        "part=planned&amp;currency=RUB",
        "part=shortfall&amp;currency=RUB",
        "part=told&amp;currency=RUB",
    ):
        assert f'href="{address}?{figure}#rows"' in page
    assert numbers_in(finance.see(f"{address}?answer=as_planned")) == ["R-001"]
    assert numbers_in(finance.see(f"{address}?own=not_received")) == ["R-003"]
    assert numbers_in(finance.see(f"{address}?part=shortfall&currency=RUB")) == ["R-002"]
    told = finance.see(f"{address}?part=told&currency=RUB")
    assert numbers_in(told) == ["R-001", "R-002", "R-004", "R-099"]
    assert finance.see(f"{address}?answer=nonsense").count("R-005") == 1


def numbers_in(page: str) -> list[str]:
    rows = page.partition('id="rows"')[2]
    return sorted(set(re.findall(r"R-\d{3}", rows)))


def test_with_instalments_the_page_counts_what_adds_up(house: House, at_work: AtWork) -> None:
    round_id = at_work.plan_round(instalments=2)
    at_work.list_kept(LIST)
    at_work.list_approved(round_id)
    at_work.approved(f"{HEADINGS}\n{ANNA}", round_code="2022-11")
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation")
    table = page.partition("People and money")[2].partition("</table>")[0]
    rows = [re.findall(r">(\d+)</a>", row) for row in table.split("<tr>") if "</a>" in row]
    assert rows == [["5", "10"], ["5", "9"], ["1", "1"], ["1", "1"]]
    assert "instalments add up" in page


def test_grants_are_told_apart(house: House, at_work: AtWork) -> None:
    grants = [(at_work.add_grant("G-1"), 6_000), (at_work.add_grant("G-2"), 4_000)]
    round_id = at_work.plan_round(grants=grants)
    at_work.list_kept(LIST)
    at_work.list_approved(round_id)
    at_work.approved(f"{HEADINGS}\n{ANNA}", round_code="2022-11")
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation")
    table = page.partition("By grant")[2].partition("</table>")[0]
    assert re.findall(r"[\d,]+\.00", table) == [
        *("15,000.00", "3,000.00", "3,000.00"),
        *("10,000.00", "2,000.00", "2,000.00"),
    ]


def test_rows_left_out_say_how_many_are_not_on_the_list(house: House, at_work: AtWork) -> None:
    round_id = at_work.plan_round()
    at_work.list_kept(LIST)
    at_work.list_approved(round_id)
    stranger = "R-098 | 2022-11-05 | 5000 | RUB | yes"
    sheet_id = at_work.checked(f"{HEADINGS}\n{ANNA}\n{stranger}", round_code="2022-11")
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation")
    leads = f'href="/sheets/{sheet_id}?row=3#row-3">Of these not on the list: 1</a>'
    assert leads in page


def test_a_number_and_its_instalment_keep_their_order(house: House, at_work: AtWork) -> None:
    grants = [(at_work.add_grant("G-1"), 6_050), (at_work.add_grant("G-2"), 3_950)]
    round_id = at_work.plan_round(instalments=2, grants=grants)
    at_work.list_kept(LIST)
    at_work.list_approved(round_id)
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation?answer=open")
    assert "R-001/2</bdi>" in page
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}")
    assert "R-001/2</bdi>" in page
    assert "60.5%</bdi>" in page
