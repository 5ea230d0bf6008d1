"""Hostile and broken containers: bombs, packages that lie, parts that no sheet needs."""

from itertools import islice
from random import Random

from tests.sheets.hostile.archives import Member, archive, member, repeated
from tests.sheets.hostile.case import Cases
from tests.sheets.hostile.workbooks import (
    BOOK,
    RELATIONS,
    SHEET,
    STYLES,
    TEXTS,
    TYPES,
    book,
    members,
    paid_row,
    parts,
    relations,
    sheet,
    styles,
    text_cell,
    texts,
    with_big,
    workbook,
    xml,
)

CASES = Cases()
GOOD = workbook()
MIB = 1 << 20
TEXT_AT_0 = paid_row(B='<c r="@" t="s"><v>0</v></c>')


def _split(whole: str) -> tuple[bytes, bytes]:
    before, after = xml(whole).split(b"|")
    return before, after


def _big_texts(item: bytes, times: int, rows: str = TEXT_AT_0) -> bytes:
    before, after = _split(texts().replace("</sst>", "|</sst>"))
    return with_big(repeated(TEXTS, before, item, times, after), {SHEET: xml(sheet(rows))})


@CASES.refused("too-large", "unpacked", named="209,715,200")
def one_text_of_a_gigabyte() -> bytes:
    before, after = _split(texts().replace("</sst>", "<si><t>|</t></si></sst>"))
    big = repeated(TEXTS, before, b"a" * MIB, 1024, after)
    return with_big(big, {SHEET: xml(sheet(TEXT_AT_0))})


@CASES.refused("too-large", "unpacked")
def twenty_million_texts() -> bytes:
    return _big_texts(b"<si><t>x</t></si>" * 10_000, 2_000)


@CASES.refused("too-large", "unpacked")
def twelve_million_texts_in_half_a_megabyte() -> bytes:
    return _big_texts(b"<si><t>x</t></si>" * 10_000, 1_200)


@CASES.refused("too-large", "texts")
def empty_texts_by_the_million() -> bytes:
    return _big_texts(b"<si/>" * 10_000, 300)


@CASES.refused("too-large", "styles", named="130,980")
def a_hundred_thousand_formats_of_cells_and_as_many_fonts() -> bytes:
    many = styles().replace("<font/>", "<font/>" * 70_000)
    return workbook({STYLES: xml(many.replace("</cellXfs>", "<xf/>" * 70_000 + "</cellXfs>"))})


@CASES.refused("too-large", "text", named="32,767")
def a_text_of_a_megabyte_in_every_row() -> bytes:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 100_000)
    )
    return _big_texts(b"<si><t>" + b"a" * MIB + b"</t></si>", 1, rows)


@CASES.refused("too-large", "texts-volume")
def the_longest_text_in_every_row() -> bytes:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 100_000)
    )
    return _big_texts(b"<si><t>" + b"a" * 32_767 + b"</t></si>", 1, rows)


@CASES.refused("too-large", "text", named="B2")
def a_text_of_a_megabyte_in_its_cell() -> bytes:
    return workbook({SHEET: xml(sheet(paid_row(B=text_cell("@", "a" * MIB))))})


def _rows(start: int, stop: int, row: str) -> Member:
    before, after = _split(sheet(paid_row(), "|"))
    rows = "".join(row.replace("@", str(number)) for number in range(start, stop))
    return repeated(SHEET, before, rows.encode(), 1, after)


@CASES.refused("too-large", "rows", named="100,000")
def more_blank_rows_than_a_sheet_has() -> bytes:
    return with_big(_rows(3, 1_048_578, '<row r="@"/>'))


@CASES.refused("too-large", "unpacked")
def a_million_rows_of_twenty_styled_blanks() -> bytes:
    before, after = _split(sheet(paid_row(), "|"))
    row = '<row r="999999">' + "".join(f'<c r="{c}999999" s="0"/>' for c in "ABCDEFGHIJKLMNOPQRST")
    return with_big(repeated(SHEET, before, f"{row}</row>".encode() * 1024, 1024, after))


@CASES.refused("too-large", "cells")
def rows_without_numbers_and_cells_without_names() -> bytes:
    before, after = _split(sheet(paid_row(), "|"))
    chance = Random(3)  # noqa: S311 - the same digits each time
    cells = (f"<c><v>{chance.randrange(1000)}</v></c>" for _ in range(190 * 100))
    rows = "".join(f"<row>{''.join(islice(cells, 190))}</row>" for _ in range(100))
    return with_big(repeated(SHEET, before, rows.encode(), 250, after))


@CASES.refused("too-large", "rows")
def two_million_rows_without_numbers() -> bytes:
    before, after = _split(sheet(paid_row(), "|"))
    return with_big(repeated(SHEET, before, b"<row/>" * 1024, 2_000, after))


@CASES.refused("too-large", "columns")
def a_million_cells_without_names_in_one_row() -> bytes:
    before, after = _split(sheet(paid_row(), "<row>|</row>"))
    return with_big(repeated(SHEET, before, b"<c><v>1</v></c>" * 1024, 1024, after))


def _far(row: int, column: str) -> bytes:
    far = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    return workbook({SHEET: xml(sheet(paid_row(), far))})


CASES.enter("a cell in the last corner", _far(1_048_576, "XFD"), "too-large", "rows")
CASES.enter("a cell in the last column", _far(3, "XFD"), "too-large", "columns", named="XFD3")
CASES.enter("a cell beyond the last column", _far(3, "ZZZZ"), "too-large", "columns", named="ZZZZ3")
CASES.enter("a cell in the last row", _far(1_048_576, "A"), "too-large", "rows", named="1,048,576")
CASES.enter("a row that no number holds", _far(9 * 10**30, "A"), "too-large", "rows")

_MERGED = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
CASES.enter(
    "a merge over the whole sheet",
    workbook({SHEET: xml(sheet(after=_MERGED))}),
    "too-large",
    "merged",
)


@CASES.refused("too-large", "merged")
def a_hundred_thousand_merges() -> bytes:
    before, after = _split(sheet(after="<mergeCells>|</mergeCells>"))
    merges = "".join(f'<mergeCell ref="F{row}:H{row}"/>' for row in range(2, 99_999))
    return with_big(repeated(SHEET, before, merges.encode(), 1, after))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY i "{"a" * 200_000}">]>'
FILE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
NETWORK = '<!DOCTYPE x [<!ENTITY % i SYSTEM "http://127.0.0.1:9/x">%i;]>'
LOWER = '<!doctype x SYSTEM "x.dtd">'
LATE = f"<!--{' ' * MIB}-->{FILE}"

for _name, _declared in (
    ("entities that grow tenfold nine times", f"{LAUGHS}]>"),
    ("a long entity used twenty thousand times", QUADRATIC),
    ("an entity from a file", FILE),
    ("an entity from the network", NETWORK),
    ("a small letter doctype", LOWER),
    ("a doctype behind a megabyte of comment", LATE),
):
    _cell = text_cell("@", "|").replace("|", "&i;" * (20_000 if "long" in _name else 1))
    _sheet = _declared + sheet(paid_row(B=_cell))
    CASES.enter(f"{_name} in a sheet", workbook({SHEET: xml(_sheet)}), "unsafe", "entities")
for _part, _content in ((TEXTS, texts("&i;")), (BOOK, book()), (TYPES, parts()[TYPES].decode())):
    CASES.enter(
        f"an entity from a file in {_part}",
        workbook({_part: (FILE + _content).encode()}),
        "unsafe",
        "entities",
        named=_part,
    )

_HIDDEN = f"{FILE}{sheet()}"
for _encoding in ("utf-16-le", "utf-16-be", "utf-16", "utf-32-le"):
    CASES.enter(
        f"a doctype hidden in {_encoding}",
        workbook({SHEET: _HIDDEN.encode(_encoding)}),
        "unsafe",
        "odd-encoding",
    )
CASES.enter(
    "a doctype hidden in utf-7",
    workbook({SHEET: b'<?xml version="1.0" encoding="utf-7"?>' + _HIDDEN.encode("utf-7")}),
    "unsafe",
    "odd-encoding",
)
CASES.enter(
    "a sheet in an encoding of mainframes",
    workbook({SHEET: ('<?xml version="1.0" encoding="cp037"?>' + sheet()).encode("cp037")}),
    "unreadable",
    "damaged-part",
)


@CASES.refused("too-large", "parts", named="1,000")
def two_hundred_thousand_parts() -> bytes:
    return archive([*members(), *(Member(f"j/{i}", b"", 0, 0, 0) for i in range(60_000))])


CASES.enter(
    "two parts with one name",
    archive([*members(), member(SHEET, xml(sheet(paid_row(D='<c r="@"><v>9999</v></c>'))))]),
    "unsafe",
    "part-twice",
    named=SHEET,
)
CASES.enter(
    "two parts whose names differ in case",
    workbook({SHEET.upper(): xml(sheet())}),
    "unsafe",
    "part-twice",
)
for _odd in ("../evil.xml", "/xl/evil.xml", "xl\\evil.xml", "C:/evil.xml", "xl/../../evil.xml",
             "xl/./evil.xml", "xl//evil.xml", "xl/ev\0il.xml", "xl/ev\nil.xml"):  # fmt: skip
    CASES.enter(f"a part named {_odd!r}", workbook({_odd: b"<x/>"}), "unsafe", "part-name")


def _sheet_member(**changed: object) -> bytes:
    *others, last = members()
    return archive([*others, Member(**{**vars(last), **changed})])


_SIZE = members()[-1].size
CASES.enter("a part that says it is larger", _sheet_member(size=_SIZE + 1), "unreadable",
            "damaged-part", named=SHEET)  # fmt: skip
CASES.enter("a part that says it is smaller", _sheet_member(size=_SIZE - 1), "unreadable",
            "damaged-part", named=SHEET)  # fmt: skip
CASES.enter("a directory that says a part is smaller", _sheet_member(central_size=10),
            "unreadable", "damaged-part", named=SHEET)  # fmt: skip
CASES.enter("a part with another sum", _sheet_member(crc=1), "unreadable", "damaged-part",
            named=SHEET)  # fmt: skip
CASES.enter("a part with two names", _sheet_member(local_name="xl/worksheets/other1.xml"),
            "unreadable", "damaged-part", named=SHEET)  # fmt: skip
CASES.enter("a part packed in an odd way", _sheet_member(method=12), "unsafe", "packing")
CASES.enter("a part under a password", _sheet_member(flags=1), "encrypted")
CASES.enter("two parts in one place", archive([*members(), Member(**{
    **vars(members()[-1]), "name": "xl/worksheets/sheet2.xml", "at": 0})]),
    "unreadable", "damaged-part")  # fmt: skip


@CASES.refused("unreadable", "damaged-part")
def a_bomb_whose_directory_says_one_byte() -> bytes:
    before, after = _split(sheet(paid_row(), "|"))
    true = repeated(SHEET, before, b" " * MIB, 210, after)
    return with_big(Member(**{**vars(true), "central_size": 1}))


@CASES.refused("unreadable", "damaged-part")
def a_bomb_whose_headers_both_say_one_byte() -> bytes:
    before, after = _split(sheet(paid_row(), "|"))
    true = repeated(SHEET, before, b" " * MIB, 210, after)
    return with_big(Member(**{**vars(true), "size": 1}))


@CASES.refused("unreadable", "damaged-part")
def a_thousand_parts_that_share_one_bomb() -> bytes:
    bomb = repeated("a/0", b"", b" " * MIB, 150, b"")
    shared = [
        Member(**{**vars(bomb), "name": f"a/{i}", "packed": b"", "at": 0}) for i in range(900)
    ]
    return archive([bomb, *shared, *members()])


_NESTED = workbook({"xl/inner.zip": workbook()})
CASES.enter("an archive within the archive", _NESTED, "unsafe", "outside-content")
CASES.enter("a workbook within the workbook", workbook({"xl/media/picture.png": GOOD}), "unsafe",
            "outside-content")  # fmt: skip
CASES.enter("bytes after the end", GOOD + b"more", "unreadable", "damaged")
CASES.enter("another archive after the end", GOOD + GOOD, "unreadable", "damaged")
CASES.enter("bytes before the directory", archive(members(), after=b"#" * 100), "unreadable",
            "damaged")  # fmt: skip
CASES.enter("bytes before the beginning", b"#!/bin/sh\n" + GOOD, "unreadable", "is-binary")
CASES.enter("a comment that holds an archive", archive(members(), comment=GOOD), "unreadable",
            "damaged")  # fmt: skip

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
CASES.enter("a workbook under a password",
            _OLD + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "encrypted")  # fmt: skip
CASES.enter("an old workbook under a new name", _OLD + bytes(2048), "unreadable", "is-old-office")
CASES.enter(
    "nothing but a sheet of old macros",
    workbook(
        {RELATIONS: xml(relations(kind="xlMacrosheet")), "xl/xlMacrosheets/sheet1.xml": b"<x/>"}
    ),
    "unreadable",
    "no-sheets",
)
CASES.enter(
    "an old document under the name of macros elsewhere",
    workbook({"xl/evil.bin": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)}),
    "unsafe",
    "outside-content",
)
CASES.enter("a bomb that is called macros", archive([*members(), repeated(
    "xl/vbaProject.bin", b"", b" " * MIB, 250, b"")]), "too-large", "unpacked")  # fmt: skip
CASES.enter("an entity in a sheet of old macros", workbook({
    "xl/macrosheets/sheet1.xml": (FILE + sheet()).encode()}), "unsafe", "entities")  # fmt: skip
for _part in (
    "xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml",
    "xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "customUI/customUI.xml",
    "xl/webextensions/webextension1.xml", "xl/ctrlProps/ctrlProp1.xml",
):  # fmt: skip
    CASES.enter(f"{_part} from outside", workbook({_part: b"<x/>"}), "unsafe", "outside-content",
                named=_part)  # fmt: skip

_TABLE = b"<html><table><tr><td>1</td></tr></table></html>"
for _what, _bytes, _reason in (
    ("nothing at all", b"", "is-empty"),
    ("blanks alone", b" \n" * 100, "is-empty"),
    ("zeros alone", bytes(1000), "is-empty"),
    ("a picture", bytes.fromhex("89504e470d0a1a0a") + bytes(100), "is-picture"),
    ("another picture", bytes.fromhex("ffd8ffe0") + bytes(100), "is-picture"),
    ("a list in text", b"id,amount\nb1,10\n", "is-text"),
    ("a web page", _TABLE, "is-page"),
    ("a document", b"%PDF-1.7\n", "is-pdf"),
    ("an archive of another kind", b"Rar!\x1a\x07", "is-archive"),
    ("a workbook in one XML file", xml("<Workbook/>"), "is-xml"),
    ("a plain archive", archive([member("hello.txt", b"hi")]), "other-package"),
    ("an open document", archive([member("content.xml", b"<x/>")]), "other-package"),
    ("a binary workbook", archive([member("xl/workbook.bin", b"x")]), "other-package"),
    ("an archive without parts", archive([]), "is-archive"),
    ("chance", bytes((i * 7919) % 251 for i in range(3000)), "is-binary"),
):
    CASES.enter(f"{_what} under the name of a workbook", _bytes, "unreadable", _reason)
for _ending in ("xls", "ods", "xlsb", "csv", "tsv", "txt"):
    _reason = "other-package" if _ending in {"ods", "xlsb"} else "is-package"
    CASES.enter(f"a workbook under the name of .{_ending}", GOOD, "unreadable", _reason,
                filename=f"s.{_ending}")  # fmt: skip
CASES.enter("half a file", GOOD[: len(GOOD) // 2], "unreadable", "damaged")
CASES.enter("a file without its last byte", GOOD[:-1], "unreadable", "damaged")
CASES.enter("a file without its first byte", GOOD[1:], "unreadable", "is-binary")

for _part in (TEXTS, STYLES, SHEET, RELATIONS):
    CASES.enter(f"a workbook without {_part}", workbook({_part: None}), "unreadable",
                "missing-part", named=_part)  # fmt: skip
    CASES.enter(f"a workbook with a broken {_part}", workbook({_part: b"<x"}), "unreadable",
                "damaged-sheet" if _part == SHEET else "damaged-part")  # fmt: skip
CASES.enter("a workbook without its book", workbook({BOOK: None}), "unreadable", "other-package")
CASES.enter("a workbook with a broken book", workbook({BOOK: b"<x"}), "unreadable", "damaged-part",
            named=BOOK)  # fmt: skip
for _index in ("-1", "1", "99999", "x", " 0 ", "0x0", "1.5", "18446744073709551616"):
    CASES.enter(
        f"a text with the number {_index!r}",
        workbook({SHEET: xml(sheet(paid_row(B=f'<c r="@" t="s"><v>{_index}</v></c>')))}),
        "unreadable",
        "text-number",
        named="B2",
    )

CASES.enter("a book without sheets", workbook({BOOK: xml(book(()))}), "unreadable", "no-sheets")
CASES.enter("a book with a chart alone", workbook({
    RELATIONS: xml(relations(kind="chartsheet")), "xl/chartsheets/sheet1.xml": xml("<chartsheet/>"),
    SHEET: None}), "unreadable", "no-sheets")  # fmt: skip


@CASES.refused("too-large", "sheets", named="300")
def three_hundred_sheets() -> bytes:
    names = [f"S{at}" for at in range(1, 301)]
    many = {f"xl/worksheets/sheet{at}.xml": xml(sheet()) for at in range(1, 301)}
    return workbook({BOOK: xml(book(names)), RELATIONS: xml(relations(300)), **many})
