"""Workbooks with macros are read; the macros are never run, and that is told."""

from io import BytesIO
from zipfile import ZipFile

import pytest
import xlwt

from cva.sheets.annotation.annotate import mark_file
from cva.sheets.checking.checked import Checked
from cva.sheets.files.limits import Limits
from tests.sheets.hostile.other_formats import ods
from tests.sheets.hostile.workbooks import (
    BOOK,
    RELATIONS,
    TYPES,
    book,
    parts,
    relations,
    workbook,
    xml,
)
from tests.sheets_made import checked, paid, repacked, states
from tests.xlsb_made import xlsb

VBA = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
MACRO_TYPE = parts()[TYPES].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
NAMED = relations().replace(
    "</Relationships>",
    f'<Relationship Id="rId77" Type="{MICROSOFT}/vbaProject" Target="vbaProject.bin"/>'
    "</Relationships>",
)
WITH_MACROS = workbook({TYPES: MACRO_TYPE, RELATIONS: xml(NAMED), "xl/vbaProject.bin": VBA})
WITH_MACRO_TAB = workbook(
    {
        BOOK: xml(book(("List", "Auto_Open"))),
        RELATIONS: xml(
            relations().replace(
                "</Relationships>",
                f'<Relationship Id="rId2" Type="{MICROSOFT}/xlMacrosheet" '
                'Target="macrosheets/sheet1.xml"/></Relationships>',
            )
        ),
        "xl/macrosheets/sheet1.xml": xml("<macrosheet><sheetData/></macrosheet>"),
    }
)


def codes(found: Checked) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize("name", ["list.xlsm", "list.xlsx"])
def test_a_workbook_with_macros_is_read_and_the_macros_are_told(name: str) -> None:
    found = checked(WITH_MACROS, name)
    assert (states(found), codes(found)) == ("r", ["macros-not-run"])


@pytest.mark.parametrize(
    "content",
    [
        workbook(),
        workbook({TYPES: MACRO_TYPE}),
        workbook(
            {
                TYPES: parts()[TYPES].replace(
                    b"<Override",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
                    b'macroEnabled.main"/><Override',
                    1,
                )
            }
        ),
    ],
)
@pytest.mark.parametrize("name", ["list.xlsm", "list.xlsx"])
def test_no_macros_are_told_where_none_are(content: bytes, name: str) -> None:
    found = checked(content, name)
    assert (states(found), codes(found)) == ("r", [])


def test_a_tab_of_old_macros_is_left_out_and_named() -> None:
    found = checked(WITH_MACRO_TAB, "list.xlsm")
    assert (states(found), codes(found)) == ("r", ["macros-not-run", "macro-tab"])
    assert found.findings[1].details == {"tab": "Auto_Open"}


def open_document(more: dict[str, bytes]) -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("A-1", "2025-03-04", "100")
    )
    return ods(f"<table:table-row>{cells}</table:table-row>", more=more)


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    tab = book.add_sheet("List")
    for row, cells in enumerate((HEADS, ("A-1", "Example", "2025-03-04", 100, "USD"))):
        for column, value in enumerate(cells):
            tab.write(row, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


HEADS = ("Registration number", "Family name", "Distribution date", "Amount", "Currency")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (repacked(xlsb(HEADS, paid("A-1")), added=["xl/vbaProject.bin"]), "list.xlsb"),
        (open_document({"Basic/Standard/Module1.xml": b"<x/>"}), "list.ods"),
        (open_document({"Scripts/python/Module1.py": b"print()"}), "list.ods"),
        (old_workbook() + "_VBA_PROJECT_CUR".encode("utf-16-le"), "list.xls"),
    ],
)
def test_macros_are_told_in_every_kind_of_workbook(content: bytes, name: str) -> None:
    found = checked(content, name)
    assert states(found) == "r"
    assert set(codes(found)) - {"looks-unread"} == {"macros-not-run"}


@pytest.mark.parametrize("content", [WITH_MACROS, WITH_MACRO_TAB])
def test_a_workbook_is_given_back_without_its_macros(content: bytes) -> None:
    found = checked(content, "list.xlsm")
    made = mark_file(content, "list.xlsm", found.sha256, found.findings, {}, Limits())
    with ZipFile(BytesIO(made)) as package:
        assert not [name for name in package.namelist() if "vba" in name or "macro" in name]
        assert b"macro" not in package.read(TYPES) + package.read(RELATIONS) + package.read(BOOK)
    again = checked(made)
    assert (states(again), codes(again)) == ("r", [])
