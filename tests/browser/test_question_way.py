"""Sheets that leave something open: what is asked on their page, and how it is answered."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from cva.core.permissions import Role
from tests.browser.conftest import Serve
from tests.browser.office import Office, is_within_the_page, open_office
from tests.makers import workbook
from tests.sheets_made import Rows, fill, saved

Picture = Callable[[str], None]
HEADS = ["Registration number", "Full name", "Amount", "Amount paid", "Currency"]


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """A society whose ledger is served."""
    open_office(home)
    return Office(serve({}))


def villages(**rows: Rows) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, own in rows.items():
        fill(book.create_sheet(name), own)
    return saved(book)


def test_tabs_two_amounts_and_a_day_are_asked_for_and_the_rows_are_ready(
    page: Page, office: Office, picture: Picture
) -> None:
    north: Rows = [HEADS, ["R-001", "Anna Orlova", 5000, 4000, "RUB"]]
    south: Rows = [HEADS, ["R-002", "Boris Lebed", 7000, 7000, "RUB"]]
    office.sign_in(page, Role.FIELD)
    office.send(page, villages(North=north, South=south))
    expect(page.get_by_role("heading", name="The sheet leaves one thing open")).to_be_visible()
    is_within_the_page(page)
    picture("ask-tabs")
    page.get_by_label("all of them, one after the other").check()
    page.get_by_role("button", name="Check with this answer").click()
    rows = page.get_by_role("region", name="Rows of the sheet")
    expect(rows.get_by_role("columnheader", name="Amount paid")).to_be_attached()
    expect(rows.get_by_role("cell", name="4000", exact=True)).to_be_attached()
    page.get_by_label("column D").check()
    is_within_the_page(page)
    picture("ask-amount")
    page.get_by_role("button", name="Check with this answer").click()
    page.get_by_label("the same for all lists").check()
    is_within_the_page(page)
    picture("ask-whether-one-day")
    page.get_by_role("button", name="Check with this answer").click()
    page.get_by_label("No column holds the day. When was it handed out?").fill("2022-11-05")
    page.get_by_role("button", name="Check with this answer").click()
    expect(page.get_by_role("heading", name="2 rows are ready")).to_be_visible()
    expect(page.get_by_text("South 2")).to_be_visible()
    is_within_the_page(page)
    picture("tabs-ready")


def test_months_with_a_column_each_are_asked_for_and_each_has_its_day(
    page: Page, office: Office, picture: Picture
) -> None:
    rows: Rows = [
        ["Registration number", "Full name", "October 2022", "November 2022", "Currency"],
        ["R-001", "Anna Orlova", 100, 150, "RUB"],
        ["R-002", "Boris Lebed", 100, None, "RUB"],
    ]
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook(rows))
    picture("ask-months")
    page.get_by_label("yes, everybody was paid in each of them").check()
    page.get_by_role("button", name="Check with this answer").click()
    page.get_by_label("October 2022").fill("2022-10-20")
    page.get_by_label("November 2022").fill("2022-11-05")
    is_within_the_page(page)
    picture("ask-days-of-months")
    page.get_by_role("button", name="Check with this answer").click()
    expect(page.get_by_role("heading", name="3 rows are ready")).to_be_visible()
    is_within_the_page(page)
    picture("months-ready")


def test_unknown_headings_are_asked_for_at_once_with_guesses(
    page: Page, office: Office, picture: Picture
) -> None:
    rows: Rows = [
        ["hhHeadRegistrationNumber", "theFullName", "zweck"],
        ["R-001", "Anna Orlova", "x"],
    ]
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook(rows))
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()
    expect(page.get_by_label("A hhHeadRegistrationNumber")).to_have_value("registration_no")
    is_within_the_page(page)
    picture("columns-at-once")


def test_a_household_is_asked_about_once(page: Page, office: Office, picture: Picture) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: Rows = [
        ["Registration number", "Full name", "Distribution date", "Amount (RUB)", "Sex"],
        ["R-001", "Anna Orlova", "2022-11-05", 900, "f"],
        [None, "Boris Orlov", None, None, "m"],
        [None, "Cem Orlov", None, None, "m"],
    ]
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("D2:D4")
    target = BytesIO()
    book.save(target)
    office.sign_in(page, Role.FIELD)
    office.send(page, target.getvalue())
    is_within_the_page(page)
    picture("ask-household")
    page.get_by_label("yes, each block is one household").check()
    page.get_by_role("button", name="Check with this answer").click()
    expect(page.get_by_role("heading", name="1 row is ready")).to_be_visible()
    picture("household-ready")
