"""From the plan of a round to its reconciliation, as people do it in a browser."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from cva.core.permissions import Role
from tests.browser.conftest import Serve
from tests.browser.office import Office, file_of, go, is_within_the_page, open_office
from tests.field_lists_filled import Filled
from tests.makers import sheet

LIST = """
number | name        | household | Distribution site
R-001  | Anna Orlova | 3         | School
R-002  | Boris Lebed | 1         | School
R-003  | Dora Klein  | 2         | Town hall
R-004  | Egor Sokol  | 4         | Town hall
"""

Picture = Callable[[str], None]


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """A society whose ledger is served."""
    open_office(home)
    return Office(serve({}))


def _plan(page: Page) -> None:
    go(page, "Rounds")
    page.get_by_role("link", name="Plan a round").click()
    page.get_by_label("Code of the round").fill("2022-11")
    page.get_by_label("First day").fill("2022-11-05")
    page.get_by_label("Amount").fill("5000")
    page.get_by_role("button", name="Plan this round").click()
    expect(page.get_by_role("heading", name="No list yet")).to_be_visible()


def _list(page: Page) -> None:
    page.get_by_role("link", name="Send a list").click()
    page.get_by_label("File").set_input_files(file_of("list.xlsx", sheet(LIST)))
    page.get_by_role("button", name="Send and check").click()
    page.get_by_role("button", name="Keep this list").click()
    go(page, "Rounds")
    page.get_by_role("link", name="2022-11").click()
    page.get_by_role("button", name="Take over the list").click()
    page.get_by_role("button", name="Submit to the budget holder").click()
    expect(page.get_by_role("heading", name="The list waits for approval")).to_be_visible()


def _open_round(page: Page) -> None:
    go(page, "Rounds")
    page.get_by_role("link", name="2022-11").click()


def _downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(started.value.path()).read_bytes()


def _filled(content: bytes) -> bytes:
    """Two as planned, one less, one who did not come."""
    listed = Filled(content).paid("R-001").paid("R-002").paid("R-003", 3000)
    return listed.put("R-004", got="no", remarks="ill").content()


def test_a_round_goes_from_its_plan_to_its_reconciliation(
    page: Page, office: Office, picture: Picture
) -> None:
    office.sign_in(page, Role.FIELD)
    _plan(page)
    picture("round-planned")
    _list(page)
    office.sign_in(page, Role.MANAGER)
    _open_round(page)
    page.get_by_role("button", name="Approve this list").click()
    expect(page.get_by_role("heading", name="The list is approved")).to_be_visible()
    picture("round-approved")
    office.sign_in(page, Role.FIELD)
    _open_round(page)
    filled = _filled(_downloaded(page, "Field list"))
    page.get_by_role("link", name="Send the record of hand-out").click()
    page.get_by_label("File").set_input_files(file_of("filled.xlsx", filled))
    page.get_by_role("button", name="Send and check").click()
    page.get_by_role("button", name="Submit for approval").click()
    office.sign_in(page, Role.FINANCE)
    waits = page.get_by_role("region", name="Waiting for your decision")
    waits.get_by_role("link", name="filled.xlsx").click()
    page.get_by_role("button", name="Approve and post").click()
    expect(page.get_by_role("heading", name="Approved and posted")).to_be_visible()
    _open_round(page)
    page.get_by_role("link", name="Reconciliation").click()
    expect(page.get_by_role("heading", name="Differences, and the sums tie")).to_be_visible()
    expect(page.get_by_role("row", name="R-003")).to_contain_text("less")
    expect(page.get_by_role("row", name="R-004")).to_contain_text("not received")
    is_within_the_page(page)
    picture("reconciliation")
    book = load_workbook(BytesIO(_downloaded(page, "Download as a workbook")))
    assert book["Differences"].max_row == 3
