"""Mending on the pages: the marked file, a row, the columns, what is remembered."""

import re
from io import BytesIO

from openpyxl import load_workbook

from cva.core.permissions import Role
from tests.makers import workbook
from tests.web.conftest import House
from tests.workbooks import cash_sheet

ODD: list[list[object]] = [
    ["Blorp", "Frob", "Zing", "Quux"],
    ["R-001", "Anna Orlova", "2022-11-05", 5000],
]
SAID = {
    "kind": "cash_transfers",
    "header_row": "1",
    "column:A": "registration_no",
    "column:B": "full_name",
    "column:C": "distribution_date",
    "column:D": "amount",
}


def test_the_own_workbook_comes_back_marked_and_mended_is_a_new_version(house: House) -> None:
    sheet_id = house.approved(cash_sheet(6, faults=2))
    field = house.visitor(Role.FIELD)
    assert f'href="/sheets/{sheet_id}/marked"' in field.see(f"/sheets/{sheet_id}")
    answer = field.carry(f"/sheets/{sheet_id}/marked")
    assert answer.headers["Content-Disposition"].endswith("november-marked.xlsx")
    assert answer.headers["Cache-Control"] == "no-store"
    book = load_workbook(BytesIO(answer.data))
    page = book.worksheets[1]
    marked = [cell for row in page.iter_rows() for cell in row if cell.comment]
    assert len(marked) == 2
    for cell in marked:
        cell.value = 5000
    mended = BytesIO()
    book.save(mended)
    second = house.sheet(mended.getvalue())
    shown = field.see(f"/sheets/{second}")
    assert "2 rows are ready" in shown
    assert re.search(r"Posted before</dt><dd>4<", shown)


def test_a_row_is_mended_on_its_page_and_the_approver_sees_both_texts(house: House) -> None:
    sheet_id = house.sheet(cash_sheet(3, faults=1))
    field = house.visitor(Role.FIELD)
    (path,) = set(
        re.findall(rf"/sheets/{sheet_id}/rows/\d+(?=\">Mend)", field.see(f"/sheets/{sheet_id}"))
    )
    page = field.see(path)
    assert "is no amount" in page
    column = re.search(r'name="(cell:[A-Z]+)" value="ten thousand"', page)
    assert column
    assert field.post(path, **{column[1]: "10000"}).status_code == 302
    assert "3 rows are ready" in field.see(f"/sheets/{sheet_id}")
    field.post(f"/sheets/{sheet_id}/submit", handed_out="on")
    shown = house.visitor(Role.FINANCE).see(f"/sheets/{sheet_id}")
    assert "1 cell was mended here" in shown
    assert "<bdi>ten thousand</bdi>" in shown
    assert "<bdi>10000</bdi>" in shown


def test_columns_are_explained_with_the_first_rows_in_view_and_remembered(house: House) -> None:
    sheet_id = house.sheet(workbook(ODD))
    field = house.visitor(Role.FIELD)
    assert house.state(sheet_id) == "refused"
    shown = field.client.get(f"/sheets/{sheet_id}")
    assert shown.location == f"/sheets/{sheet_id}/columns"
    assert "No row of headings was found" in field.see(shown.location)
    assert "Say what the columns hold" in field.see(f"/sheets/{sheet_id}?stay=1")
    page = field.see(f"/sheets/{sheet_id}/columns?kind=cash_transfers")
    assert "Anna Orlova" in page
    assert 'name="column:D"' in page
    field.post(f"/sheets/{sheet_id}/columns", **SAID)
    assert "1 row is ready" in field.see(f"/sheets/{sheet_id}")
    assert "Quux" in field.see("/headings")
    later = house.sheet(workbook([ODD[0], ["R-002", "Boris Lebed", "2022-11-06", 7]]))
    assert house.state(later) == "checked"
    field.post("/headings/1/forget")
    assert "Nothing is remembered yet" in field.see("/headings")


def test_what_is_remembered_is_changed_on_its_page(house: House) -> None:
    field = house.visitor(Role.FIELD)
    field.post(f"/sheets/{house.sheet(workbook(ODD))}/columns", **SAID)
    fields = ["registration_no", "family_name", "distribution_date", "amount"]
    answer = field.client.post("/headings/1", data={"csrf_token": field.token(), "field": fields})
    assert answer.status_code == 302
    page = house.visitor(Role.AUDITOR).see("/headings")
    assert "Family name" in page
    assert "<select" not in page


def test_a_check_under_way_is_stopped(house: House) -> None:
    house.queue.is_stopped = True
    sheet_id = house.sheet()
    field = house.visitor(Role.FIELD)
    assert "Stop the check" in field.see(f"/sheets/{sheet_id}")
    field.post(f"/sheets/{sheet_id}/withdraw")
    assert house.state(sheet_id) == "withdrawn"


def test_a_name_with_a_script_in_it_is_text_on_every_page(house: House) -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    sheet_id = house.sheet(workbook([[evil, "Frob", "Zing"], [evil, "x", "2022-11-05"]]))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}/columns")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_question_is_asked_with_the_sheets_own_examples(house: House) -> None:
    heads = ["Registration number", "Full name", "Distribution date", "Amount (USD)"]
    sheet_id = house.sheet(workbook([heads, ["R-1", "Anna Example", "03/04/2022", "1.234"]]))
    page = house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}")
    assert "<bdi>03/04/2022</bdi> = <bdi>3 Apr 2022</bdi>" in page
    assert "<bdi>03/04/2022</bdi> = <bdi>4 Mar 2022</bdi>" in page
    assert "<bdi>1.234</bdi> = <bdi>1,234</bdi>" in page
    assert "<bdi>1.234</bdi> = <bdi>1.234</bdi>" in page


def test_an_unclear_column_is_asked_with_what_stands_in_it(house: House) -> None:
    heads = ["Registration number", "Code", "Distribution date", "Amount (USD)"]
    sheet_id = house.sheet(workbook([heads, ["R-1", "K-77", "2022-11-05", 10]]))
    page = house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}")
    assert "<bdi>K-77</bdi>" in page


def test_what_was_chosen_stays_when_one_field_is_said_of_two_columns(house: House) -> None:
    sheet_id = house.sheet(workbook(ODD))
    answer = house.visitor(Role.FIELD).post(
        f"/sheets/{sheet_id}/columns", **(SAID | {"column:B": "registration_no"})
    )
    assert answer.status_code == 422
    assert "Two columns are said to hold" in answer.text
    chosen = re.findall(r'<option value="(\w+)" selected>', answer.text)
    assert chosen[-4:] == ["registration_no", "registration_no", "distribution_date", "amount"]


def test_a_row_of_a_submitted_sheet_is_not_offered_for_mending(house: House) -> None:
    sheet_id = house.submitted()
    house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}/rows/2", 422)


BLANK_DAYS = [
    ["Registration number", "Full name", "Distribution date", "Amount (RUB)"],
    ["R-1", "Anna Orlova", "2022-11-05", "45 pcs"],
    *([f"R-{at}", "Boris Lebed", "", f"{at}0 pcs"] for at in range(2, 7)),
]


def cures_on(page: str) -> list[tuple[str, str]]:
    """By button the group it mends, and how."""
    forms = re.findall(r'name="group" value="(\w+)".*?</form>', page, re.DOTALL)
    parts = re.findall(r'name="group" value="\w+"(.*?)</form>', page, re.DOTALL)
    found = []
    for group, part in zip(forms, parts, strict=True):
        found += [(group, how) for how in re.findall(r'name="cure" value="(\w+)"', part)]
    return found


def test_the_same_fault_in_many_cells_is_told_once_and_mended_at_once(house: House) -> None:
    sheet_id = house.sheet(workbook(BLANK_DAYS))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "5 cells, C3:C7 (Distribution date): This cell is blank. Fill it in." in page
    assert "6 cells, D2:D7 (Amount (RUB))" in page
    assert "Keep the numbers, without &#34;pcs&#34;" in page
    buttons = {how: group for group, how in cures_on(page)}
    assert set(buttons) == {"fill_down", "bare_number", "text"}
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    for how in ("fill_down", "bare_number"):
        shown = re.search(r'name="version" value="(\d+)"', field.see(f"/sheets/{sheet_id}"))
        assert shown
        said = {"group": buttons[how], "cure": how, "version": shown[1]}
        assert field.post(f"/sheets/{sheet_id}/cures", **said).status_code == 302
    assert "6 rows are ready" in field.see(f"/sheets/{sheet_id}")
    field.post(f"/sheets/{sheet_id}/submit", handed_out="on")
    shown_to = house.visitor(Role.FINANCE).see(f"/sheets/{sheet_id}")
    assert "11 cells were mended here" in shown_to
    assert "<bdi>C3:C7</bdi>" in shown_to


def test_one_text_for_many_cells_has_to_be_written(house: House) -> None:
    sheet_id = house.sheet(workbook(BLANK_DAYS))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    group = next(group for group, how in cures_on(page) if how == "text")
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    said = {"group": group, "cure": "text", "version": version[1]}
    answer = field.post(f"/sheets/{sheet_id}/cures", **said, text=" ")
    assert answer.status_code == 422
    assert "Fill this in." in answer.text
    seen_before = said | {"version": "99"}
    assert field.post(f"/sheets/{sheet_id}/cures", **seen_before, text="x").status_code == 409


def test_who_only_looks_is_shown_what_is_alike_and_mends_nothing(house: House) -> None:
    sheet_id = house.sheet(workbook(BLANK_DAYS))
    page = house.visitor(Role.AUDITOR).see(f"/sheets/{sheet_id}")
    assert "5 cells, C3:C7" in page
    assert cures_on(page) == []
