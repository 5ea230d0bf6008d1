"""A template is chosen and downloaded in a browser, with script and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cva.core.permissions import Role
from tests.browser.conftest import SIZES, Serve
from tests.browser.office import Office, go, is_within_the_page, open_office
from tests.browser.watching import Complaints, watch
from tests.templates_filled import page_of


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """A society whose ledger is served."""
    open_office(home)
    return Office(serve({}))


@pytest.fixture(params=["with script", "without"])
def any_page(
    request: pytest.FixtureRequest, browser: Browser, size: str, complaints: Complaints
) -> Iterator[Page]:
    """A fresh page in a browser that runs scripts, and in one that does not."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=request.param == "with script",
    )
    opened = context.new_page()
    watch(opened, complaints)
    yield opened
    context.close()


def test_a_template_is_downloaded(any_page: Page, office: Office) -> None:
    office.sign_in(any_page, Role.FIELD)
    go(any_page, "Send a sheet")
    any_page.get_by_role("link", name="Get a template").click()
    any_page.get_by_label("What for").select_option(label="Vouchers handed out")
    any_page.get_by_label("Language of the template").select_option("ru")
    with any_page.expect_download() as waited:
        any_page.get_by_role("button", name="Download").click()
    assert waited.value.suggested_filename == "voucher_distributions-RRC-CASH-ru.xlsx"
    assert page_of(waited.value.path().read_bytes())["G5"].value == "Номер ваучера\xa0*"


def test_the_page_fits_every_width(
    page: Page, office: Office, picture: Callable[[str], None]
) -> None:
    office.sign_in(page, Role.FIELD)
    page.goto(f"{office.address}/sheets/template")
    is_within_the_page(page)
    picture("template")
