"""A sheet with faults on its way back: marked, mended in Excel or on the page, explained."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from cva.core.permissions import Role
from tests.browser.conftest import Serve
from tests.browser.office import Office, is_in_sight, is_within_the_page, open_office
from tests.makers import workbook
from tests.workbooks import cash_sheet

Picture = Callable[[str], None]


@pytest.fixture
def office(home: Path, serve: Serve) -> Office:
    """A society whose ledger is served."""
    open_office(home)
    return Office(serve({}))


def mended(path: Path) -> bytes:
    """The marked workbook with another amount in each cell that was marked."""
    book = load_workbook(path)
    for row in book.worksheets[1].iter_rows():
        for cell in row:
            if cell.comment:
                cell.value = 5000
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_marked_file_is_mended_and_sent_again(
    page: Page, office: Office, picture: Picture, tmp_path: Path
) -> None:
    office.sign_in(page, Role.FIELD)
    office.send(page, cash_sheet(6, faults=2))
    expect(page.get_by_role("heading", name="2 rows need attention")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download with marks").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "november-marked.xlsx"
    office.send(page, mended(path), path.name)
    expect(page.get_by_role("heading", name="6 rows are ready")).to_be_visible()
    picture("mended")


def test_a_row_is_mended_on_the_page(page: Page, office: Office, picture: Picture) -> None:
    office.sign_in(page, Role.FIELD)
    office.send(page, cash_sheet(3, faults=1))
    page.get_by_role("link", name="Mend this row here").click()
    wrong = page.locator("[aria-invalid=true]")
    expect(wrong).to_have_value("ten thousand")
    is_within_the_page(page)
    picture("row")
    wrong.fill("10000")
    page.get_by_role("button", name="Save and check again").click()
    expect(page.get_by_role("heading", name="3 rows are ready")).to_be_visible()
    page.get_by_text("1 cell was mended here").click()
    expect(page.get_by_role("cell", name="ten thousand")).to_be_visible()
    is_within_the_page(page)
    picture("amended")


def test_the_same_fault_in_many_cells_is_mended_by_a_button(
    page: Page, office: Office, picture: Picture
) -> None:
    heads: list[object] = ["Reg. No", "Full name", "Date", "Amount", "Received"]
    rows: list[list[object]] = [["R-1", "Anna Example", "2022-11-05", "45 pcs", "yes"]]
    rows += [[f"R-{at}", "Boris Sample", "", f"{at} pcs", "yes"] for at in range(2, 40)]
    rows += [[f"R-{at}", "Dora Model", "2022-11-05", "many", ""] for at in range(40, 43)]
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook([heads, *rows]))
    alike = page.locator("#alike")
    expect(alike.get_by_text("38 cells, C3:C40")).to_be_visible()
    alike.get_by_text("Write one text into all of them").last.click()
    is_within_the_page(page)
    picture("alike")
    page.get_by_role("button", name="Fill them with the cell above").click()
    expect(page.get_by_text("38 cells were mended here")).to_be_visible()
    page.get_by_role("button", name="Keep the numbers").click()
    expect(page.get_by_text("77 cells were mended here")).to_be_visible()
    page.get_by_role("button", name="Take all as not received").click()
    expect(page.get_by_text("3 cells, E41:E43")).not_to_be_visible()
    page.get_by_text("cells were mended here").click()
    is_within_the_page(page)
    picture("alike-mended")


def test_a_fault_is_told_once_and_its_cell_is_seen_without_a_step_sideways(
    page: Page, office: Office, picture: Picture
) -> None:
    heads: list[object] = ["Reg. No", "Full name", "Village", "Date", "Remarks", "Amount"]
    rows: list[list[object]] = [
        [f"R-{at}", "Anna Example", "Upper Village by the River", "2022-11-05", "", f"{at} bags"]
        for at in range(1, 6)
    ]
    rows.append(["R-6", "Boris Sample", "Lower Village", "2022-11-05", "", "plenty"])
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook([heads, *rows]))
    grid = page.get_by_role("region", name="Rows of the sheet")
    is_in_sight(page, grid.get_by_text("plenty").last)
    is_in_sight(page, grid.locator("q", has_text="3 bags"))
    expect(page.get_by_text("5 cells, F2:F6")).to_have_count(1)
    grid.get_by_role("link", name="Cell F4 (Amount)").click()
    expect(page.get_by_text("5 cells, F2:F6")).to_be_in_viewport()
    is_within_the_page(page)
    picture("told-once")


def test_columns_are_explained_once(page: Page, office: Office, picture: Picture) -> None:
    heads: list[object] = ["Blorp", "Frob", "Zing", "Quux"]
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook([heads, ["R-1", "Anna Example", "2022-11-05", 5000]]))
    fields = ("Registration number", "Full name", "Distribution date", "Amount")
    for letter, field in zip("ABCD", fields, strict=True):
        page.locator(f'[name="column:{letter}"]').select_option(label=field)
    is_within_the_page(page)
    picture("columns")
    page.get_by_role("button", name="Check with these columns").click()
    expect(page.get_by_role("heading", name="1 row is ready")).to_be_visible()
    office.send(page, workbook([heads, ["R-2", "Boris Sample", "2022-11-06", 700]]))
    expect(page.get_by_role("heading", name="1 row is ready")).to_be_visible()
    page.goto(f"{office.address}/headings")
    is_within_the_page(page)
    picture("headings")
    page.get_by_role("button", name="Forget these headings").click()
    expect(page.get_by_text("Nothing is remembered yet")).to_be_visible()


def test_what_may_not_have_been_received_is_asked_and_stands_beside_its_row(
    page: Page, office: Office, picture: Picture
) -> None:
    heads: list[object] = ["Reg. No", "Full name", "Date", "Amount", "Signature", "Remarks"]
    rows: list[list[object]] = [
        ["R-1", "Anna Example", "2022-11-05", 5000, "A. E.", ""],
        ["R-2", "Boris Sample", "2022-11-05", 5000, "did not come", ""],
        ["R-3", "Dora Model", "2022-11-05", 5000, "D. M.", "moved to the camp by the river"],
        ["R-4", "Egor Muster", "2022-11-05", 5000, "E. M.", '"'],
        ["R–4", "Egor Muster", "2022-12-05", 5000, "E. M.", ""],
    ]
    office.sign_in(page, Role.FIELD)
    office.send(page, workbook([heads, *rows]))
    expect(page.get_by_text("moved to the camp by the river").first).to_be_visible()
    is_within_the_page(page)
    picture("receipt-asked")
    for label in ("yes", "it says nothing about that", "yes, it was received", "the same, written"):
        for choice in page.get_by_label(label, exact=False).all():
            choice.check()
    page.get_by_role("button", name="Check with this answer").click()
    expect(page.get_by_text("so the sender answered").first).to_be_visible()
    expect(page.get_by_label("All other rows were handed out")).to_be_visible()
    is_within_the_page(page)
    picture("receipt-answered")
