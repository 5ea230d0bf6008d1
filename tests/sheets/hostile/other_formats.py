"""Hostile files in the other formats of workbooks."""

from collections.abc import Mapping
from io import BytesIO

import xlwt

from tests.sheets.hostile.archives import STORED, archive, member, repeated
from tests.sheets.hostile.case import Cases
from tests.sheets.hostile.containers import FILE, LAUGHS, MIB

CASES = Cases()
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_TEXT = 'office:value-type="string"><text:p>x</text:p></table:table-cell>'
HEADS = "".join(
    f"<table:table-cell {_TEXT.replace('>x<', f'>{head}<')}"
    for head in ("Registration number", "Date", "Amount (USD)")
)


def _content(rows: str, declared: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{declared}<office:document-content {_SPACES}>'
        f'<office:body><office:spreadsheet><table:table table:name="List">'
        f"<table:table-row>{HEADS}</table:table-row>{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ods(rows: str, declared: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """An open document, with further parts."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"META-INF/manifest.xml": b"<manifest/>"} | dict(more or {})
    return archive(
        [
            member("mimetype", kind, STORED),
            member("content.xml", _content(rows, declared)),
            *(member(name, content) for name, content in parts.items()),
        ]
    )


def _row(repeated_rows: int, repeated_cells: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{repeated_rows}"><table:table-cell '
        f'table:number-columns-repeated="{repeated_cells}" {_TEXT}</table:table-row>'
    )


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for row in range(200):
        for column in range(5):
            sheet.write(row, column, f"Text {row} {column}")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _big() -> bytes:
    before, after = _content("|").split(b"|")
    return archive([repeated("content.xml", before, b" " * MIB, 1024, after)])


OLD = old_workbook()
for _name, _bytes, _code, _reason in (
    ("a row that repeats beyond the last", ods(_row(99_999_999_999, 1)), "too-large", "rows"),
    ("a row that repeats to the last", ods(_row(1_048_570, 1)), "too-large", "rows"),
    ("a cell that repeats beyond the last", ods(_row(1, 4_000_000_000)), "too-large", "columns"),
    ("a cell that repeats to the last", ods(_row(1, 16_384)), "too-large", "columns"),
    ("a row that repeats backwards", ods(_row(-5, 1)), "unreadable", "damaged"),
    ("an entity from a file", ods("", FILE), "unsafe", "entities"),
    ("entities that grow", ods("", f"{LAUGHS}]>"), "unsafe", "entities"),
    ("a gigabyte of blanks", _big(), "too-large", "unpacked"),
    ("an object within", ods("", more={"Object 1/content.xml": b"<x/>"}), "unsafe",
     "outside-content"),
    ("a password", ods("", more={"META-INF/manifest.xml": b"<encryption-data/>"}), "encrypted", ""),
    ("content that is not closed", archive([member("content.xml", _content("")[:-30])]),
     "unreadable", "damaged"),
):  # fmt: skip
    CASES.enter(f"{_name} in an open document", _bytes, _code, _reason, filename="list.ods")
for _name, _bytes, _code, _reason in (
    ("half of it", OLD[: len(OLD) // 2], "unreadable", "damaged"),
    ("its first sector alone", OLD[:512], "unreadable", "damaged"),
    ("nothing behind its sign", _OLD + bytes(4096), "unreadable", "damaged"),
    ("a sector table of nonsense", OLD[:44] + b"\xff" * 468 + OLD[512:], "unreadable", "damaged"),
    ("a password", _OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted", ""),
    ("chance", bytes((i * 7919) % 251 for i in range(3000)), "unreadable", "no-text"),
    ("a web page", b"<html><table></table></html>", "unreadable", "is-page"),
):
    CASES.enter(f"{_name} in an old workbook", _bytes, _code, _reason, filename="list.xls")
for _name, _bytes, _code, _reason in (
    ("nothing but a book", archive([member("xl/workbook.bin", b"")]), "unreadable", "damaged"),
    ("chance", archive([member("xl/workbook.bin", bytes(range(256)) * 9)]), "unreadable",
     "damaged"),
    ("a sheet that is cut", archive([member("xl/workbook.bin", b""),
                                     member("xl/worksheets/sheet1.bin", b"\x00\x7f\x00")]),
     "unreadable", "damaged-part"),
):  # fmt: skip
    CASES.enter(f"{_name} in a binary workbook", _bytes, _code, _reason, filename="list.xlsb")
