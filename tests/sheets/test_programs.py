"""What single programs are known to write, made by code: each reads like the plain table.

``bench/written.py`` reads what the programs that can be installed write themselves; the traits here
are those of such programs and of some that cannot be: Numbers, EPPlus, Apache POI, Google Sheets,
WPS, Stata, openxlsx and writexl of R, KoboToolbox, ODK, CommCare.
"""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlwt

from tests.sheets.hostile.other_formats import HEADS as ODS_HEADS
from tests.sheets.hostile.other_formats import ods
from tests.sheets.hostile.structure import prefixed
from tests.sheets.hostile.workbooks import (
    BOOK,
    HEADINGS,
    RELATIONS,
    SHEET,
    TEXTS,
    TYPES,
    book,
    parts,
    sheet,
    text_cell,
    texts,
    workbook,
    xml,
)
from tests.sheets_made import checked, repacked, states

ROW = ("A-2", "Example", "2025-03-04")


def shared(after: str = "") -> dict[str, bytes]:
    """A sheet whose texts all stand in the table that cells share."""
    words = [*HEADINGS, *ROW, "USD"]
    cells = "".join(
        f'<c r="{column}{row}" t="s"><v>{words.index(text)}</v></c>'
        if text
        else f'<c r="{column}{row}"><v>100</v></c>'
        for row, line in ((1, HEADINGS), (2, (*ROW, "", "USD")))
        for column, text in zip("ABCDE", line, strict=True)
    )
    first, second = cells[: cells.index('<c r="A2"')], cells[cells.index('<c r="A2"') :]
    rows = f'<row r="1">{first}</row><row r="2">{second}</row>'
    whole = sheet(after=after)
    start, end = whole.index("<sheetData>") + 11, whole.index("</sheetData>")
    return {SHEET: xml(whole[:start] + rows + whole[end:]), TEXTS: xml(texts(*words))}


def indented(content: bytes) -> bytes:
    return re.sub(rb"><", b">\n    <", content)


def numbers() -> bytes:
    """The last cell is a shared text, and a footer follows with text of its own."""
    return workbook(shared("<headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter>"))


def pretty() -> bytes:
    """Every element stands on a line of its own."""
    made = shared()
    return workbook({SHEET: indented(made[SHEET]), TEXTS: made[TEXTS]})


def epplus() -> bytes:
    """Parts are named from the root of the package, with elements that have a prefix."""
    related = parts()[RELATIONS].replace(b'Target="', b'Target="/xl/')
    return workbook({RELATIONS: related, SHEET: xml(prefixed(sheet(), "x"))})


def google_sheets() -> bytes:
    """Styles for a thousand rows in which nothing stands."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="0"/><c r="Z{row}" s="0"/></row>' for row in range(3, 1001)
    )
    whole = sheet().replace("</sheetData>", f"{rows}</sheetData>")
    return workbook({SHEET: xml(whole)})


def writexl() -> bytes:
    """Rows and cells without names, all texts in their cells."""
    return workbook({SHEET: re.sub(rb' r="[A-Z]*[0-9]+"', b"", xml(sheet()))})


def openxlsx() -> bytes:
    """No texts are shared, and the part for them is there all the same, empty."""
    return workbook({TEXTS: xml(texts()).replace(b"<sst ", b'<sst count="0" uniqueCount="0" ')})


def apache_poi() -> bytes:
    """Texts as results of formulas, a claimed size of one cell, no styles used."""
    cell = '<c r="B2" t="str"><f>CONCATENATE("Exam","ple")</f><v>Example</v></c>'
    whole = sheet(before='<dimension ref="A1"/>').replace(text_cell("B2", "Example"), cell)
    return workbook({SHEET: xml(whole)})


def kobo() -> bytes:
    """Written row by row: sizes stand behind the parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts().items():
            with package.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(content)
    return target.getvalue()


def stata() -> bytes:
    """A sheet far down in the order of parts, and a text with blanks kept at its ends."""
    whole = sheet().replace("Example<", "Example <")
    kept = {name: content for name, content in parts().items() if name not in {BOOK, TYPES}}
    return repacked(workbook({**kept, SHEET: xml(whole), BOOK: xml(book(("Sheet1",)))}))


def wps() -> bytes:
    """Extensions of its own behind the table, and a style sheet with them."""
    more = '<extLst><ext uri="{x}" xmlns:e="urn:e"><e:t>v</e:t></ext></extLst>'
    return workbook({SHEET: xml(sheet(after=more))})


def sheetjs() -> bytes:
    """The kinds of parts name a binary workbook with macros, of which there is none."""
    kind = b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    default = b'<Default Extension="bin" ContentType="' + kind + b'"/><Override'
    return workbook({TYPES: parts()[TYPES].replace(b"<Override", default, 1)})


@pytest.mark.parametrize(
    "program",
    [numbers, pretty, epplus, google_sheets, writexl, openxlsx, apache_poi, kobo, stata, wps,
     sheetjs],
)  # fmt: skip
def test_a_workbook_reads_whatever_program_wrote_it(program: Callable[[], bytes]) -> None:
    found = checked(program())
    assert (states(found), found.findings) == ("r", [])
    values = found.rows[0].values
    assert [values[name] for name in ("registration_no", "family_name", "currency")] == [
        "A-2", "Example", "USD",
    ]  # fmt: skip


def test_an_open_document_with_its_elements_on_lines_of_their_own_is_read() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("A-1", "2025-03-04", "100")
    )
    plain = ods(f"<table:table-row>{cells}</table:table-row>")
    with zipfile.ZipFile(BytesIO(plain)) as package:
        content = package.read("content.xml")
    assert ODS_HEADS.encode() in content
    found = checked(repacked(plain, {"content.xml": indented(content)}), "list.ods")
    assert (states(found), found.rows[0].values["registration_no"]) == ("r", "A-1")


@pytest.mark.parametrize("code_page", [1200, 1252, 1251, 32768])
def test_the_texts_of_an_old_workbook_are_unicode_whatever_code_page_it_names(
    code_page: int,
) -> None:
    made = xlwt.Workbook()
    tab = made.add_sheet("List")
    for row, cells in enumerate((HEADINGS, ("Р-1", "Пример", "2025-03-04", 100, "USD"))):
        for column, value in enumerate(cells):
            tab.write(row, column, value)
    target = BytesIO()
    made.save(target)
    record = bytes.fromhex("42000200")
    content = target.getvalue().replace(
        record + (1200).to_bytes(2, "little"), record + code_page.to_bytes(2, "little"), 1
    )
    found = checked(content, "list.xls")
    assert states(found) == "r"
    assert found.rows[0].values["family_name"] == "Пример"
