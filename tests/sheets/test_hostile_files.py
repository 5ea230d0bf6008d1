import re
import struct
import zipfile
from io import BytesIO

import pytest

from cva.sheets.check import Choices, Limits, check
from cva.sheets.findings import message
from tests.sheets_made import cash, checked, paid, part, refusal, repacked

SHEET = "xl/worksheets/sheet1.xml"
GOOD = cash(*[paid(f"A-{i}") for i in range(20)])


def with_sheet(old: bytes, new: bytes) -> bytes:
    xml = part(GOOD)
    assert old in xml
    return repacked(GOOD, {SHEET: xml.replace(old, new, 1)})


def bomb() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            package.writestr(name, part(GOOD, name))
        with package.open(SHEET, "w", force_zip64=True) as big:
            for _ in range(210):
                big.write(b" " * (1 << 20))
    return target.getvalue()


def lying_bomb() -> bytes:
    """The sizes in its directory say one byte."""
    content = bytearray(bomb())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1)
    return bytes(content)


def test_the_good_file_is_good() -> None:
    assert not checked(GOOD).refused


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook-unreadable"),
        (b"this is no workbook", "workbook-unreadable"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "workbook-unreadable"),
        (bytes.fromhex("89504e470d0a1a0a") + bytes(100), "workbook-unreadable"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048), "workbook-unreadable"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "workbook-encrypted",
        ),
        (GOOD[: len(GOOD) // 2], "workbook-unreadable"),
        (repacked(GOOD, {"xl/workbook.xml": b"<x"}), "workbook-unreadable"),
        (repacked(GOOD, added=["xl/vbaProject.bin"]), "workbook-unsafe"),
        (repacked(GOOD, added=["xl/macrosheets/sheet1.xml"]), "workbook-unsafe"),
        (repacked(GOOD, added=["xl/externalLinks/externalLink1.xml"]), "workbook-unsafe"),
        (repacked(GOOD, added=["xl/embeddings/oleObject1.bin"]), "workbook-unsafe"),
        (repacked(GOOD, added=["../evil.xml"]), "workbook-unsafe"),
        (repacked(GOOD, added=["XL/workbook.XML"]), "workbook-unsafe"),
        (repacked(GOOD, added=[f"j/{i}" for i in range(1100)]), "workbook-too-large"),
        (bomb(), "workbook-too-large"),
        (with_sheet(b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'a'>]><worksheet"), "workbook-unsafe"),
        (repacked(GOOD, {SHEET: part(GOOD).decode().encode("utf-16-le")}), "workbook-unsafe"),
        (with_sheet(b'r="A2"', b'r="XFD2"'), "workbook-too-large"),
        (with_sheet(b'<row r="21"', b'<row r="1048576"'), "workbook-too-large"),
        (with_sheet(b'<row r="3"', b'<row r="2"'), "workbook-unreadable"),
        (with_sheet(b'r="B2"', b'r="A2"'), "workbook-unreadable"),
        (
            with_sheet(
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "workbook-too-large",
        ),
    ],
)
def test_a_hostile_or_broken_file_is_refused(content: bytes, code: str) -> None:
    found = checked(content)
    assert refusal(found) == code
    assert "{" not in message(found.findings[0])


def test_sizes_are_counted_and_not_believed() -> None:
    assert refusal(checked(lying_bomb())) in {"workbook-too-large", "workbook-unreadable"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sheet.xlsm", "workbook-unsafe"),
        ("sheet.docx", "format-unknown"),
        ("sheet", "format-unknown"),
        ("sheet.xls", "workbook-unreadable"),
        ("sheet.ods", "workbook-unreadable"),
        ("sheet.xlsb", "workbook-unreadable"),
        ("sheet.csv", "workbook-unreadable"),
    ],
)
def test_the_name_must_fit_the_content(name: str, code: str) -> None:
    assert refusal(checked(GOOD, name)) == code


def test_an_odd_name_of_a_file_does_no_harm() -> None:
    assert not checked(GOOD, "../\u202e\0" + "x" * 300 + ".XLSX").refused


@pytest.mark.parametrize("byte", range(0, 4000, 173))
def test_a_flipped_bit_is_refused_or_read(byte: int) -> None:
    damaged = bytearray(GOOD)
    damaged[byte % len(damaged)] ^= 0x10
    checked(bytes(damaged))


@pytest.mark.parametrize("index", [b"-1", b"99999", b"x"])
def test_a_text_that_is_not_there_is_not_read(index: bytes) -> None:
    cell = re.search(rb'<c r="A2"[^>]*>.*?</c>', part(GOOD))
    assert cell is not None
    found = checked(with_sheet(cell[0], b'<c r="A2" t="s"><v>' + index + b"</v></c>"))
    assert found.refused or found.rows[0].state == "error"


def test_rows_and_cells_without_references_are_read() -> None:
    xml = re.sub(rb' r="[A-Z]*[0-9]+"', b"", part(GOOD))
    assert len(checked(repacked(GOOD, {SHEET: xml})).rows) == 20


@pytest.mark.parametrize("claim", [b"A1:A1", b"A1:XFD1048576"])
def test_the_claimed_size_of_a_sheet_is_not_believed(claim: bytes) -> None:
    xml = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + claim + b'"', part(GOOD))
    assert len(checked(repacked(GOOD, {SHEET: xml})).rows) == 20


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_file_bytes=1000), "file"),
        (Limits(max_unpacked_bytes=1000), "unpacked"),
        (Limits(max_rows=10), "rows"),
        (Limits(max_columns=3), "columns"),
    ],
)
def test_a_refusal_names_the_limit_and_what_the_file_had(limits: Limits, reason: str) -> None:
    found = check(GOOD, "sheet.xlsx", Choices(), limits)
    assert refusal(found) == "workbook-too-large"
    assert found.findings[0].details["reason"] == reason
    assert found.findings[0].details["limit"] in message(found.findings[0])


def test_a_parser_that_takes_too_long_is_stopped() -> None:
    found = check(GOOD, "sheet.xlsx", Choices(), Limits(parse_seconds=0))
    assert refusal(found) == "workbook-too-large"
