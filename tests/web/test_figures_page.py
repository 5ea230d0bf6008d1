"""The month and the control totals."""

import re

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.entitlements import list_workflow
from cva.rounds import list_from_sheets
from cva.societies.models import Membership
from tests.makers import AtWork
from tests.web.conftest import House, Visitor
from tests.workbooks import cash_sheet


def _tile(page: str, name: str) -> str | None:
    found = re.search(f"<dt>{name}</dt><dd>([^<]*)", page)
    return found[1] if found else None


def test_the_month_begins_with_the_newest_that_has_figures(house: House) -> None:
    house.approved(cash_sheet(20))
    page = house.visitor(Role.MANAGER).see(f"/figures/{house.ours.society_id}")
    assert "Russian Red Cross, November 2022" in page
    assert _tile(page, "People, each once") == "20"
    assert "People are counted once in the month; months do not add up." in page
    assert ">210,500.00&nbsp;<small>RUB</small>" in page
    assert f'href="/figures/{house.ours.society_id}?month=2022-10"' in page
    assert "<svg " in page


def test_an_empty_month_says_why(house: House) -> None:
    page = house.visitor(Role.MANAGER).see(f"/figures/{house.ours.society_id}?month=2021-03")
    assert "Nothing was handed out in this month" in page


def test_what_is_no_month_is_said_to_be_none(house: House) -> None:
    manager = house.visitor(Role.MANAGER)
    for month in ("2022", "2022-13", "0001-01", "9999-12", "<b>", "2022-11-07"):
        page = manager.see(f"/figures/{house.ours.society_id}?month={month}", 422)
        assert "is no month. Write year and month, for example 2022-11." in page


def test_small_numbers_are_withheld_from_a_partner(house: House) -> None:
    house.approved(cash_sheet(4))
    path = f"/figures/{house.ours.society_id}"
    assert _tile(house.visitor(Role.MANAGER).see(path), "People, each once") == "4"
    page = house.visitor(Role.PARTNER).see(path)
    assert _tile(page, "People, each once") == "·"
    assert "are withheld" in page
    assert "42,000.00" not in page


def _of_both(house: House, role: Role, also: Role) -> Visitor:
    """The person with a role here, who has one in the other society too."""
    with transaction(house.ledger.engine, SYSTEM) as session:
        user_id = house.ours.people[role]
        session.add(Membership(society_id=house.theirs.society_id, user_id=user_id, role=also))
    return house.visitor(role)


def test_societies_stand_side_by_side_and_together(house: House) -> None:
    house.approved(cash_sheet(20))
    manager = _of_both(house, Role.MANAGER, Role.MANAGER)
    month = manager.see(f"/figures/{house.ours.society_id}")
    assert '<a href="/figures/together">Together</a>' in month
    page = manager.see("/figures/together")
    assert "Societies together, November 2022" in page
    assert f'<a href="/figures/{house.theirs.society_id}?month=2022-11">Belarus Red Cross' in page
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
    assert '<td class="number">20</td>' in foot
    assert ">210,500.00&nbsp;<small>RUB</small>" in foot
    assert "may count twice" not in foot
    assert "a total of people may count them twice" in page
    assert "Two currencies are never added." in page
    assert 'href="/figures/together?month=2022-10"' in page


def test_a_total_says_what_it_may_count_twice_and_what_it_lacks(house: House) -> None:
    house.approved(cash_sheet(20))
    sheet_id = house.visitor(Role.FIELD, house.theirs).send(
        cash_sheet(4), programme=str(house.theirs.programme_id)
    )
    house.visitor(Role.FIELD, house.theirs).post(
        f"/sheets/{sheet_id}/submit", handed_out="on", leave_out_errors="on"
    )
    house.visitor(Role.FINANCE, house.theirs).post(f"/sheets/{sheet_id}/approve")
    page = _of_both(house, Role.PARTNER, Role.PARTNER).see("/figures/together?month=2022-11")
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
    assert '<td class="number">20<small>at least</small><small>may count twice</small></td>' in foot
    assert "210,500.00" in foot
    assert "42,000.00" not in page
    assert "252,500.00" not in page
    assert "are withheld" in page


def test_of_one_society_nothing_leads_to_several(house: House) -> None:
    house.approved(cash_sheet(20))
    manager = house.visitor(Role.MANAGER)
    assert "/figures/together" not in manager.see(f"/figures/{house.ours.society_id}")
    page = manager.see("/figures/together?month=2022-11")
    assert "Belarus" not in page
    # Where a person is a field officer, the figures of the society are not theirs to see.
    page = _of_both(house, Role.MANAGER, Role.FIELD).see("/figures/together?month=2022-11")
    assert "Belarus" not in page


def test_totals_tie_and_say_so(house: House) -> None:
    house.approved(cash_sheet(3))
    page = house.visitor(Role.FINANCE).see(f"/totals/{house.ours.society_id}")
    assert "It ties" in page
    assert "5000 Cash assistance" in page
    page = house.visitor(Role.FINANCE).see(
        f"/totals/{house.ours.society_id}?from=2022-11-01&to=2022-11-02"
    )
    assert 'name="to" value="2022-11-02"' in page


def test_totals_of_nothing_say_what_will_be_here(house: House) -> None:
    page = house.visitor(Role.FINANCE).see(f"/totals/{house.ours.society_id}")
    assert "Totals appear here" in page


def test_what_is_no_day_is_said_to_be_none(house: House) -> None:
    page = house.visitor(Role.FINANCE).see(f"/totals/{house.ours.society_id}?from=7.11.2022", 422)
    assert "is no day." in page


def test_a_manager_is_told_of_a_list_that_waits(house: House, at_work: AtWork) -> None:
    field, round_id = at_work.people["field"], at_work.plan_round()
    at_work.list_kept("number | name\nR-001 | Anna Orlova")
    at_work.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id), field)
    path = f"/figures/{house.ours.society_id}"
    assert "Waiting for you" not in house.visitor(Role.MANAGER).see(path)
    at_work.do(lambda s: list_workflow.submit_list(s, round_id), field)
    notice = f'<a href="/rounds/{round_id}">Approve the list of round 2022-11</a>'
    assert notice in house.visitor(Role.MANAGER).see(path)
    for role in (Role.FINANCE, Role.PARTNER):
        assert "Waiting for you" not in house.visitor(role).see(path)


def test_a_manager_is_told_of_a_request_that_waits(house: House, at_work: AtWork) -> None:
    round_id = at_work.plan_round()
    at_work.list_kept("number | name\nR-001 | Anna Orlova")
    at_work.list_approved(round_id)
    at_work.ask("amend_list", round=round_id, name="More", changes="R-001 = 6000")
    at_work.ask("amend_list", round=round_id, name="Fewer", changes="R-001 = 7000")
    path = f"/figures/{house.ours.society_id}"
    page = house.visitor(Role.MANAGER).see(path)
    box = page.partition("Waiting for you")[2].partition("</section>")[0]
    assert re.findall(r'href="(.+?)"', box) == ["/requests/1", "/requests/2"]
    assert "asked for" in box
    assert page.index("Waiting for you") < page.index("<h1>")
    assert "Waiting for you" not in house.visitor(Role.FIELD).see("/")
