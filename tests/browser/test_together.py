"""The month of several societies, as a partner's delegate finds it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies import service as societies
from tests.browser.conftest import Serve
from tests.browser.office import Office, is_within_the_page
from tests.makers import society_at_work
from tests.society import open_test_ledger

REGION = "Villages on both banks of the river"
ROWS = "number | name | region | day | amount | currency\n" + "\n".join(
    f"R-{number} | Person No{number} | {REGION} | 2022-11-05 | 5000 | RUB" for number in range(9)
)


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """Two societies with one partner, whose ledger is served."""
    ledger = open_test_ledger(home, f"sqlite:///{home / 'cva.db'}")
    here, there = society_at_work(ledger, "RRC"), society_at_work(ledger, "BRC")
    for society in (here, there):
        society.approved(ROWS)
    with transaction(ledger.engine, SYSTEM) as session:
        societies.add_member(
            session, there.society_id, here.email("partner"), Role.PARTNER, password=""
        )
    ledger.engine.dispose()
    return Office(serve({}))


def test_from_one_society_to_all_together(
    page: Page, office: Office, picture: Callable[[str], None]
) -> None:
    office.sign_in(page, Role.PARTNER)
    page.get_by_role("link", name="RRC", exact=True).click()
    name = page.get_by_role("rowheader", name=REGION)
    cell, text = name.bounding_box(), name.locator("bdi").bounding_box()
    assert cell is not None
    assert text is not None
    assert text["x"] + text["width"] <= cell["x"] + cell["width"]

    page.get_by_role("link", name="Together").click()
    expect(page.get_by_role("heading", name="Societies together, November 2022")).to_be_visible()
    total = page.locator("tfoot td").first
    expect(total).to_contain_text("18")
    expect(total).to_contain_text("may count twice")
    is_within_the_page(page)
    picture("together")

    first = page.get_by_role("rowheader", name="Together")
    before = first.bounding_box()
    page.locator(".scroll").evaluate("box => box.scrollLeft = box.scrollWidth")
    assert first.bounding_box() == before
    page.get_by_role("rowheader", name="BRC Red Crescent").get_by_role("link").click()
    expect(page.get_by_role("heading", name="BRC Red Crescent, November 2022")).to_be_visible()
