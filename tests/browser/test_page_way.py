"""From the sheet to the month, as people do it in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from cva.core.i18n import LANGUAGES, SOURCE
from cva.core.permissions import Role
from tests.browser.conftest import SIZES, Serve
from tests.browser.office import Office, file_of, go, is_within_the_page, open_menu, open_office
from tests.browser.watching import Complaints, watch
from tests.workbooks import cash_sheet

Picture = Callable[[str], None]

#: The narrowest phone that is still in use.
NARROWEST = 360
#: So high is the menu of a phone at most, in pixels.
MENU_LINE = 56


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """A society whose ledger is served."""
    open_office(home)
    return Office(serve({}))


@pytest.fixture
def plain_page(browser: Browser, size: str, complaints: Complaints) -> Iterator[Page]:
    """A fresh page in a browser that runs no script."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    opened = context.new_page()
    watch(opened, complaints)
    yield opened
    context.close()


def _submit(page: Page) -> None:
    expect(page.get_by_role("heading", name="2 rows need attention")).to_be_visible()
    page.get_by_label("Leave out 2 rows with errors").check()
    page.get_by_label("All rows were handed out").check()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_role("heading", name="Waiting for approval")).to_be_visible()


def _approve(page: Page) -> None:
    waits = page.get_by_role("region", name="Waiting for your decision")
    waits.get_by_role("link", name="november.xlsx").click()
    expect(page.get_by_text("The sender declares that all rows were handed out")).to_be_visible()
    page.get_by_role("button", name="Approve and post").click()
    expect(page.get_by_role("heading", name="Approved and posted")).to_be_visible()


def test_a_sheet_goes_from_the_field_to_the_month(
    page: Page, office: Office, picture: Picture
) -> None:
    office.sign_in(page, Role.FIELD)
    picture("home-empty")
    office.send(page, cash_sheet(60, faults=2))
    expect(page.get_by_role("heading", name="2 rows need attention")).to_be_visible()
    assert page.get_by_text("is no amount. Write a number").first.is_visible()
    is_within_the_page(page)
    picture("rows-need-attention")
    _submit(page)
    office.sign_in(page, Role.FINANCE)
    picture("waiting")
    _approve(page)
    picture("approved")
    office.sign_in(page, Role.MANAGER)
    expect(page.get_by_role("heading", name="Russian Red Cross, November 2022")).to_be_visible()
    expect(page.locator("dd").first).to_have_text("58")
    expect(page.get_by_role("img")).to_be_visible()
    is_within_the_page(page)
    picture("month")
    go(page, "Totals")
    expect(page.get_by_role("heading", name="It ties")).to_be_visible()
    picture("totals")


def test_it_goes_the_same_way_without_script(plain_page: Page, office: Office) -> None:
    page = plain_page
    office.sign_in(page, Role.FIELD)
    office.send(page, cash_sheet(60, faults=2))
    _submit(page)
    office.sign_in(page, Role.FINANCE)
    _approve(page)
    go(page, "Month")
    expect(page.get_by_role("heading", name="Russian Red Cross, November 2022")).to_be_visible()
    open_menu(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_file_that_cannot_be_used_says_why(page: Page, office: Office, picture: Picture) -> None:
    office.sign_in(page, Role.FIELD)
    office.send(page, b"no workbook at all")
    expect(page.get_by_role("heading", name="This sheet cannot be used")).to_be_visible()
    picture("refused")
    page.get_by_role("link", name="Send another file").click()
    expect(page.get_by_text("This mends sheet 1")).to_be_visible()


def _cut(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_an_upload_that_breaks_stores_nothing_and_says_so(page: Page, office: Office) -> None:
    office.sign_in(page, Role.FIELD)
    page.route("**/sheets/send", _cut)
    office.send(page, cash_sheet())
    expect(page.get_by_role("alert")).to_have_text(
        "The line broke. Nothing was stored. Send it again."
    )
    page.unroute("**/sheets/send")
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_role("heading", name="6 rows are ready")).to_be_visible()


#: The limit of a server that takes little, and the size of a file of many times that.
LIMIT, TOO_LARGE_BYTES = {"CVA_MAX_SHEET_BYTES": "1048576"}, 8_000_000
SAYS = "The file is larger than 1 MB. Nothing was stored. Send it in parts."


def _too_large(folder: Path, name: str) -> Path:
    """On the disk: a content would go to the browser as text, which takes seconds."""
    file = folder / name
    file.write_bytes(bytes(TOO_LARGE_BYTES))
    return file


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    page: Page, home: Path, serve: Serve, picture: Picture, tmp_path: Path
) -> None:
    open_office(home)
    office = Office(serve(LIMIT))
    office.sign_in(page, Role.FIELD)
    office.send(page, _too_large(tmp_path, "november.xlsx"))
    expect(page.get_by_role("alert")).to_have_text(SAYS)
    picture("too-large")
    expect(page).to_have_url(f"{office.address}/sheets/send")
    page.get_by_label("File").set_input_files(file_of("november.xlsx", cash_sheet()))
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_role("heading", name="6 rows are ready")).to_be_visible()
    page.get_by_text("Signed lists").click()
    page.get_by_label("Scan or photograph").set_input_files(_too_large(tmp_path, "scan.pdf"))
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_have_text(SAYS)


def test_without_script_the_server_tells_it_on_the_form(
    plain_page: Page, home: Path, serve: Serve, complaints: Complaints, tmp_path: Path
) -> None:
    complaints.expect("413")
    open_office(home)
    office = Office(serve(LIMIT))
    office.sign_in(plain_page, Role.FIELD)
    office.send(plain_page, _too_large(tmp_path, "november.xlsx"))
    expect(plain_page.get_by_role("alert").first).to_contain_text(SAYS)
    expect(plain_page.get_by_role("heading", name="This is too large")).to_be_visible()
    expect(plain_page.get_by_label("Programme")).to_be_visible()


def test_what_the_server_refuses_is_told_on_the_form(
    page: Page, office: Office, complaints: Complaints
) -> None:
    complaints.expect("422 for")
    office.sign_in(page, Role.FIELD)
    go(page, "Send a sheet")
    page.get_by_text("It belongs to a named round").click()
    page.get_by_label("Round").fill("#1")
    page.get_by_label("File").set_input_files(file_of("november.xlsx", cash_sheet()))
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_role("alert")).to_have_text("A round needs a code, such as 2022-11.")


def test_no_page_scrolls_sideways(page: Page, office: Office) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    for role in Role:
        office.sign_in(page, role)
        for name in page.locator(".places nav a").all_text_contents():
            go(page, name)
            page.wait_for_load_state()
            is_within_the_page(page)


RIGHT_TO_LEFT = {"ar", "fa"}


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_a_reader_chooses_a_language_without_script(
    plain_page: Page, office: Office, code: str
) -> None:
    """Nothing sticks out, from whichever side the language is written."""
    office.sign_in(plain_page, Role.FIELD)
    plain_page.locator(f"footer button[value={code}]").click()
    expect(plain_page.locator("html")).to_have_attribute("lang", code)
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    expect(plain_page.locator("html")).to_have_attribute("dir", direction)
    expect(plain_page.locator(f"footer [value={code}]")).to_have_attribute("aria-current", "true")
    is_within_the_page(plain_page)
    plain_page.goto(f"{office.address}/sheets/send")
    plain_page.locator("input[type=file]").set_input_files(
        file_of("november.xlsx", cash_sheet(60, faults=2))
    )
    plain_page.locator("main form button").click()
    expect(plain_page.locator(".about")).to_have_count(2)
    is_within_the_page(plain_page)


def test_the_menu_takes_one_line_and_opens_without_script(plain_page: Page, office: Office) -> None:
    plain_page.set_viewport_size({"width": 390, "height": 844})
    office.sign_in(plain_page, Role.FIELD)
    box = plain_page.locator(".top").bounding_box()
    assert box is not None
    assert box["height"] <= MENU_LINE
    expect(plain_page.get_by_role("link", name="Rounds")).to_be_hidden()
    go(plain_page, "Rounds")
    expect(plain_page.get_by_role("heading", name="Rounds")).to_be_visible()


def test_a_refused_form_comes_back_with_the_summary_in_focus(
    page: Page, office: Office, complaints: Complaints
) -> None:
    complaints.expect("422 for")
    office.sign_in(page, Role.FIELD)
    go(page, "Rounds")
    page.get_by_role("link", name="Plan a round").click()
    page.get_by_label("Code of the round").fill("2023-01")
    page.get_by_label("First day").fill("2023-01-05")
    page.get_by_label("Last day").fill("2023-01-01")
    page.get_by_label("Amount").fill("1,50")
    page.get_by_role("button", name="Plan this round").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Code of the round")).to_have_value("2023-01")
    expect(page.get_by_label("Amount")).to_have_value("1,50")
    is_within_the_page(page)
