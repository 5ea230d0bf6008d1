"""Sheets that programs could read in several ways, and sheets that only look odd."""

from tests.sheets.hostile.case import Cases
from tests.sheets.hostile.workbooks import (
    BOOK,
    HEADINGS,
    RELATIONS,
    SHEET,
    TEXTS,
    book,
    heading_row,
    paid_row,
    parts,
    relations,
    sheet,
    text_cell,
    texts,
    workbook,
    xml,
)

GOOD = sheet()
SECOND = "xl/worksheets/sheet2.xml"
PURL = "http://purl.oclc.org/ooxml"
CASES = Cases()


def of(text: str) -> bytes:
    return workbook({SHEET: xml(text)})


def two_sheets(first: str, second: str, *, hidden: bool = False) -> bytes:
    tabs = book((first, second))
    if hidden:
        tabs = tabs.replace('sheetId="2"', 'sheetId="2" state="veryHidden"')
    return workbook({BOOK: xml(tabs), RELATIONS: xml(relations(2)), SECOND: xml(sheet())})


def prefixed(text: str, prefix: str) -> str:
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        for mark in ("<", "</"):
            for end in (" ", ">"):
                text = text.replace(f"{mark}{name}{end}", f"{mark}{prefix}:{name}{end}")
    return text.replace("xmlns=", f"xmlns:{prefix}=")


def strict() -> bytes:
    """The same workbook in the strict form of its standard."""
    return workbook(
        {
            name: content.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006", (
                PURL + "/spreadsheetml").encode()).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                (PURL + "/officeDocument/relationships").encode())
            for name, content in parts().items()
        }
    )  # fmt: skip


def moved(old: str, new: str) -> bytes:
    assert old in GOOD
    return of(GOOD.replace(old, new))


_ROW_3 = prefixed(paid_row(3), "y")
for _name, _content, _reason in (
    ("a row that stands twice", of(sheet(paid_row(2), paid_row(2))), "row-twice"),
    ("rows upside down", of(sheet(paid_row(3), paid_row(2))), "row-twice"),
    ("a cell that stands twice", moved('r="D2"', 'r="A2"'), "cell-twice"),
    ("a cell of another row", moved('r="D2"', 'r="D7"'), "cell-astray"),
    ("a cell with two values", moved("<v>100</v>", "<v>100</v><v>900</v>"), "odd-markup"),
    ("a cell with two values apart", moved("<v>100</v>", "<v>1</v>\n<v>900</v>"), "odd-markup"),
    ("a comment in a value", moved("<v>100</v>", "<v>100<!-- -->000</v>"), "odd-markup"),
    ("a raw text in a value", moved("<v>100</v>", "<v><![CDATA[100]]></v>"), "odd-markup"),
    ("a number in written signs", moved("<v>100</v>", "<v>1&#48;0</v>"), "odd-markup"),
    ("a number that ends in a sign unseen", moved("<v>100</v>", "<v>10&#x2;0</v>"), "odd-markup"),
    ("a number with an element in it", moved("<v>100</v>", "<v>10<x/>0</v>"), "odd-markup"),
    ("the same, of a name known above", of(GOOD.replace("<sheetData>", "<x/><sheetData>").replace(
        "<v>100</v>", "<v>10<x/>0</v>")), "odd-markup"),
    ("a number with a text in it", moved("<v>100</v>", "<v>10<t/>0</v>"), "odd-markup"),
    ("a value and a text", moved("<v>100</v>", "<v>100</v><is><t>900</t></is>"), "odd-markup"),
    ("a text of its own in a number", moved("<v>100</v>", "<is><t>900</t></is>"), "odd-markup"),
    ("an instruction among cells", moved('<c r="D2">', '<?x y?><c r="D2">'), "odd-markup"),
    ("a row of another prefix", of(GOOD.replace("</sheetData>", f"{_ROW_3}</sheetData>")),
     "odd-markup"),
    ("a cell with a small letter", moved('r="D2"', 'r="d2"'), "odd-markup"),
    ("a cell name with blanks", moved('r="D2"', 'r = "D2"'), "odd-markup"),
    ("a cell without its name where another stands", moved('<c r="D2">', '<c/><c r="D2">'),
     "cell-twice"),
    ("two tables", moved("</worksheet>", f"<sheetData>{paid_row(3)}</sheetData></worksheet>"),
     "damaged-sheet"),
    ("a sheet that is not closed", moved("</worksheet>", ""), "damaged-sheet"),
    ("a sheet without a table", of("<worksheet></worksheet>"), "damaged-sheet"),
    ("a table that is not closed", moved("</sheetData>", ""), "damaged-part"),
    ("a cell that is not closed", moved("<v>100</v></c>", "<v>100</v>"), "damaged-part"),
    ("an entity that nobody declared", moved("Example", "&who;"), "damaged-part"),
    ("half a sign", moved("Example", "&#xD800;"), "damaged-part"),
    ("two sheets with one name", two_sheets("List", "LIST"), "sheet-twice"),
    ("texts that are not closed", workbook({TEXTS: xml(texts("a").replace("</sst>", ""))}),
     "damaged-part"),
    ("a relation that stands twice", workbook({RELATIONS: xml(relations().replace(
        "rId9001", "rId1"))}), "damaged-part"),
    ("a sheet on the network", workbook({RELATIONS: xml(relations().replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:9/" TargetMode="External"'
    ))}), "missing-part"),
    ("a sheet above the package", workbook({RELATIONS: xml(relations().replace(
        "worksheets/sheet1.xml", "../../../etc/passwd"))}), "missing-part"),
):  # fmt: skip
    CASES.enter(_name, _content, "unreadable", _reason)

#: What only looks odd: it is read, and this many rows are ready.
READ = {
    "the strict form": (strict(), 1),
    "a cell without its name": (moved(' r="D2"', ""), 1),
    "a text in written signs": (moved("Example", "Exampl&#101;"), 1),
    "a prefix before every element": (of(prefixed(GOOD, "x")), 1),
    "line breaks between all elements": (of(GOOD.replace("><", ">\n  <")), 1),
    "single quotes": (of(GOOD.replace('"', "'")), 1),
    "a comment above the table": (moved("<sheetData>", "<!-- of ours --><sheetData>"), 1),
    "a comment below the table": (moved("</sheetData>", "</sheetData><!-- <row r='1'> -->"), 1),
    "a text that looks like a cell": (of(sheet(paid_row(B=text_cell("@", 'r="A1" r="A1"')))), 1),
    "a blank row": (of(sheet(paid_row(2), '<row r="3"/>', paid_row(9))), 2),
    "a row of blanks": (of(sheet(paid_row(2), f'<row r="3">{text_cell("A3", " ")}</row>',
                                 paid_row(4))), 2),
    "a row without cells that is far below": (of(sheet(paid_row(2), '<row r="99999"/>')), 1),
    "a table, a filter and a picture": (workbook({
        SHEET: xml(sheet(after='<autoFilter ref="A1:E2"/><drawing/><tableParts count="1"/>')),
        "xl/tables/table1.xml": xml("<table/>"), "xl/media/image1.png": b"\x89PNG",
        "xl/drawings/drawing1.xml": xml("<x/>"), "xl/comments1.xml": xml("<comments/>")}), 1),
    "a name of a sheet like a page": (workbook({BOOK: xml(book(("&lt;b&gt;{{x}}",)))}), 1),
    "a part for a folder": (workbook({"xl/media/": b""}), 1),
}  # fmt: skip

NO_ROWS = of(sheet().replace(paid_row(), ""))
NO_TABLE = of(sheet().replace(heading_row(*HEADINGS) + paid_row(), ""))
