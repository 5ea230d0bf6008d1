"""The sender's own workbook given back: marks added, everything else as it was."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from cva.core.i18n import reading_in
from cva.sheets.annotation.annotate import mark_file
from cva.sheets.checking.checked import Checked
from cva.sheets.files.limits import Limits
from tests.sheets_made import cash, checked, errors, paid, part, repacked, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"
BAD = cash(paid("A-1"), paid("A-2", "many"), paid("", 7), paid("A-4", -1))


def marked(
    content: bytes, name: str = "sheet.xlsx", amended: dict[str, str] | None = None
) -> tuple[bytes, Checked]:
    """The marked workbook, and what was found in the one sent."""
    found = checked(content, name)
    cells = {found.sheet or "": amended or {}}
    made = mark_file(content, name, found.sha256, found.findings, cells, Limits())
    return made, found


def notes(content: bytes, sheet: str = "List") -> dict[str, str]:
    page = load_workbook(BytesIO(content))[sheet]
    return {
        cell.coordinate: cell.comment.text
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }


def filled(content: bytes, sheet: str = "List") -> set[str]:
    page = load_workbook(BytesIO(content))[sheet]
    return {
        cell.coordinate
        for row in page.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in {"FFFFC9C2", "FFFFE9A9", "FFE2ECF9"}
    }


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_every_bad_cell_is_filled_and_explained_and_no_other() -> None:
    made, _found = marked(BAD)
    assert filled(made) == set(notes(made)) == {"D3", "A4", "D5"}
    assert '"many" is no amount' in notes(made)["D3"]


def test_the_first_page_lists_the_findings_with_links() -> None:
    made, _found = marked(BAD)
    book = load_workbook(BytesIO(made))
    page = book.worksheets[0]
    assert book.active is page
    assert [page.cell(row, 2).value for row in range(5, 8)] == ["D3", "A4", "D5"]
    assert page["B5"].hyperlink.location == "'List'!D3"
    assert page.freeze_panes == "A5"
    assert not book["List"].sheet_view.tabSelected


def test_it_is_told_in_the_language_of_the_reader_and_from_the_right() -> None:
    with reading_in("ar"):
        made, _found = marked(BAD)
    page = load_workbook(BytesIO(made)).worksheets[0]
    assert page.sheet_view.rightToLeft


def test_sent_back_as_it_is_it_reads_as_it_did() -> None:
    made, found = marked(BAD)
    again = checked(made)
    assert again.content_sha256 == found.content_sha256
    assert errors(again) == errors(found)
    assert again.marks["marked_from"] == found.sha256


def test_mended_and_marked_again_the_old_marks_are_gone() -> None:
    made, _found = marked(BAD)
    book = load_workbook(BytesIO(made))
    book["List"]["D3"] = 100
    second, found = marked(saved(book))
    assert errors(found) == [("A4", "required"), ("D5", "amount-not-positive")]
    assert filled(second) == set(notes(second)) == {"A4", "D5"}
    assert load_workbook(BytesIO(second)).sheetnames == ["Findings", "List", "_cva"]
    assert not checked(second).ask


def rich() -> Workbook:
    """A book with everything that must survive."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "List"
    page.append(["A list of the north"])
    page.merge_cells("A1:E1")
    page.append(["Registration number", "Full name", "Distribution date", "Amount", "Currency"])
    page.append(["A-1", "Anna Example", "2025-03-04", "many", "USD"])
    page.append(["A-2", "Boris Sample", "2025-03-04", 20, "USD"])
    page.append([None, "Total", None, "=SUM(D4:D4)"])
    page["D3"].font = Font(bold=True, color="FF00AA00")
    page["B3"].fill = PatternFill("solid", fgColor="FF112233")
    page["D3"].comment = Comment("Ask the driver", "Clara")
    page["B4"].comment = Comment("Twin of A-9", "Clara")
    page.column_dimensions["B"].width = 33
    page.row_dimensions[4].height = 41
    page.sheet_view.rightToLeft = True
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    other = book.create_sheet("Notes of the team")
    other["A1"] = "=1+1"
    other["A2"] = "nothing to pay"
    other.print_area = "A1:B2"
    book.create_sheet("Secret").sheet_state = "hidden"
    book.defined_names["rate"] = DefinedName("rate", attr_text="'Notes of the team'!$A$1")
    return book


def test_what_the_sender_made_stays() -> None:
    made, _found = marked(saved(rich()))
    book = load_workbook(BytesIO(made))
    page = book["List"]
    assert page["D5"].value == "=SUM(D4:D4)"
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:E1"]
    assert (page.column_dimensions["B"].width, page.row_dimensions[4].height) == (33, 41)
    assert page.sheet_view.rightToLeft
    assert (page.freeze_panes, page.print_title_rows) == ("A3", "$2:$2")
    assert page["D3"].font.bold
    assert page["D3"].font.color.rgb == "FF00AA00"
    assert page["B3"].fill.fgColor.rgb == "FF112233"
    assert page["B4"].comment.text == "Twin of A-9"
    assert page["D3"].comment.text.startswith("Ask the driver\nCVA ledger: ")
    assert book["Notes of the team"]["A1"].value == "=1+1"
    assert book["Notes of the team"].print_area == "'Notes of the team'!$A$1:$B$2"
    assert book["Secret"].sheet_state == "hidden"
    assert "rate" in book.defined_names


def test_pictures_charts_and_values_of_formulas_are_the_same_bytes() -> None:
    content = saved(rich())
    sheet = part(content).replace(b"<f>SUM(D4:D4)</f><v></v>", b"<f>SUM(D4:D4)</f><v>20</v>")
    sheet = sheet.replace(b"<f>SUM(D4:D4)</f><v/>", b"<f>SUM(D4:D4)</f><v>20</v>")
    content = repacked(
        content, {SHEET: sheet}, added=["xl/media/image1.png", "xl/charts/chart1.xml"]
    )
    made = parts(marked(content)[0])
    before = parts(content)
    assert b"<f>SUM(D4:D4)</f><v>20</v>" in made[SHEET]
    for name in ("xl/media/image1.png", "xl/charts/chart1.xml", "xl/worksheets/sheet3.xml"):
        assert made[name] == before[name]


def test_a_cell_without_reference_or_element_is_found() -> None:
    bare = re.sub(rb' r="[A-Z]*[0-9]+"', b"", part(BAD))
    made, _found = marked(repacked(BAD, {SHEET: bare}))
    assert filled(made) == {"D3", "A4", "D5"}
    gone = re.sub(rb'<c r="A4"[^>]*?(/>|>.*?</c>)', b"", part(BAD))
    made, _found = marked(repacked(BAD, {SHEET: gone}))
    assert "A4" in filled(made)


def prefixed(xml: bytes) -> bytes:
    """As some programs write it: every element with a prefix."""
    xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
    return xml.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=")


def test_a_sheet_with_prefixed_elements_is_marked_too() -> None:
    made, found = marked(repacked(BAD, {SHEET: prefixed(part(BAD))}))
    assert filled(made) == {"D3", "A4", "D5"}
    assert checked(made).content_sha256 == found.content_sha256


def test_mended_texts_stand_in_the_cells() -> None:
    made, _found = marked(BAD, amended={"D3": "100.00", "A4": "A-3 <&>", "B2": ""})
    page = load_workbook(BytesIO(made))["List"]
    assert (page["D3"].value, page["A4"].value, page["B2"].value) == ("100.00", "A-3 <&>", None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheet.csv", "Registration number;Full name;Distribution date;Amount;Currency\n"),
        ("sheet.tsv", "Registration number\tFull name\tDistribution date\tAmount\tCurrency\n"),
    ],
)
def test_other_formats_come_back_as_a_workbook(name: str, content: str) -> None:
    mark = content[len("Registration number")]
    for row in (
        ["A-1", "=Anna", "2025-03-04", "many", "USD"],
        ["A-2", "B", "2025-03-04", "1", "USD"],
    ):
        content += mark.join(row) + "\n"
    made, found = marked(content.encode(), name)
    again = checked(made)
    assert again.content_sha256 == found.content_sha256
    assert errors(again) == errors(found) == [("D2", "amount-unreadable")]
    assert filled(made, "Sheet1") == set(notes(made, "Sheet1")) == {"D2"}
    assert load_workbook(BytesIO(made)).worksheets[1]["B2"].value == "=Anna"
    assert load_workbook(BytesIO(made)).worksheets[1]["B2"].data_type != "f"


def test_a_workbook_that_cannot_be_added_to_is_written_anew() -> None:
    strict = part(BAD, "xl/styles.xml").replace(b"cellXfs", b"oddXfs")
    made, found = marked(repacked(BAD, {"xl/styles.xml": strict}))
    assert checked(made).content_sha256 == found.content_sha256
    assert {"D3", "A4", "D5"} <= filled(made)


def test_odd_signs_in_values_and_names_do_no_harm() -> None:
    rows: Sequence[Sequence[Any]] = [
        ["Registration number", "Full name", "Distribution date", "Amount", "Currency"],
        ["A-1", "x", "2025-03-04", '<b>"&\ud7ff]]>', "USD"],
    ]
    made, _found = marked(workbook(*rows, title="It's <one> & 'two'"))
    page = load_workbook(BytesIO(made)).worksheets[0]
    assert page["D5"].value == '<b>"&\ud7ff]]>'
    assert page["B5"].hyperlink.location == "'It''s <one> & ''two'''!D2"


def test_a_sheet_of_the_senders_with_the_name_of_our_page_stays() -> None:
    book = load_workbook(BytesIO(BAD))
    book.create_sheet("findings")["A1"] = "what the team found"
    made, found = marked(saved(book))
    again = load_workbook(BytesIO(made))
    assert again.sheetnames == ["Findings 2", "List", "findings", "_cva"]
    assert again["findings"]["A1"].value == "what the team found"
    assert errors(checked(made)) == errors(found)
    second, _found = marked(made)
    assert load_workbook(BytesIO(second)).sheetnames == again.sheetnames
