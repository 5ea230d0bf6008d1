"""A small .xlsx part by part, so that each part may be damaged; everybody in it is invented."""

from collections.abc import Iterable, Mapping
from html import escape

from tests.sheets.hostile.archives import Member, archive, member

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
HEADINGS = ("Registration number", "Family name", "Distribution date", "Amount", "Currency")

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xml(text: str) -> bytes:
    return (_HEAD + text).encode()


def text_cell(reference: str, text: str) -> str:
    said = escape(text, quote=False)
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def heading_row(*headings: str) -> str:
    cells = [text_cell(f"{'ABCDEFGHIJ'[at]}1", text) for at, text in enumerate(headings)]
    return f'<row r="1">{"".join(cells)}</row>'


def paid_row(row: int = 2, cells: Mapping[str, str] | None = None, **more: str) -> str:
    """A row of cash; each cell may be given as XML by its column, in which ``@`` is its name."""
    good = {
        "A": text_cell("@", f"A-{row}"),
        "B": text_cell("@", "Example"),
        "C": text_cell("@", "2025-03-04"),
        "D": '<c r="@"><v>100</v></c>',
        "E": text_cell("@", "USD"),
    }
    found = (
        cell.replace('r="@"', f'r="{column}{row}"')
        for column, cell in (good | dict(cells or {}) | more).items()
    )
    return f'<row r="{row}">{"".join(found)}</row>'


def sheet(*rows: str, before: str = "", after: str = "", headings: Iterable[str] = HEADINGS) -> str:
    data = heading_row(*headings) + "".join(rows or (paid_row(),))
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def texts(*said: str) -> str:
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in said)
    return f'<sst xmlns="{_MAIN}">{items}</sst>'


def styles(*formats: int) -> str:
    """Cell formats by the numbers of built-in number formats; the first is general."""
    used = "".join(f'<xf numFmtId="{one}" applyNumberFormat="1"/>' for one in (0, *formats))
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill/></fills>'
        f"<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{used}</cellXfs></styleSheet>"
    )


def book(sheets: Iterable[str] = ("List",), settings: str = "") -> str:
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1)
    )
    names = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    return f"<workbook {names}>{settings}<sheets>{tabs}</sheets></workbook>"


def relations(sheets: int = 1, kind: str = "worksheet") -> str:
    found = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{kind}s/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{found}'
        f'<Relationship Id="rId9001" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId9002" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )


def types() -> str:
    parts = {BOOK: "sheet.main", SHEET: "worksheet", TEXTS: "sharedStrings", STYLES: "styles"}
    found = "".join(
        f'<Override PartName="/{part}" ContentType="{_KINDS}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{found}</Types>'
    )


def _root_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )


def parts(changed: Mapping[str, bytes | None] | None = None) -> dict[str, bytes]:
    """All parts of a good workbook, some of them changed, added or, where None, left out."""
    good: dict[str, bytes | None] = {
        TYPES: xml(types()),
        "_rels/.rels": xml(_root_relations()),
        BOOK: xml(book()),
        RELATIONS: xml(relations()),
        TEXTS: xml(texts("Spare")),
        STYLES: xml(styles()),
        SHEET: xml(sheet()),
    }
    all_parts = good | dict(changed or {})
    return {name: content for name, content in all_parts.items() if content is not None}


def members(changed: Mapping[str, bytes | None] | None = None) -> list[Member]:
    return [member(name, content) for name, content in parts(changed).items()]


def workbook(changed: Mapping[str, bytes | None] | None = None) -> bytes:
    return archive(members(changed))


def with_big(big: Member, changed: Mapping[str, bytes | None] | None = None) -> bytes:
    """A workbook in which one part is large."""
    return archive([*members({**(changed or {}), big.name: None}), big])


def listed(*rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook with these rows under the usual headings."""
    return workbook({SHEET: xml(sheet(*rows, before=before, after=after))})


def with_cell(column: str, cell: str, *, settings: str = "", formats: Iterable[int] = ()) -> bytes:
    """One row of cash in which one cell is given as XML."""
    return workbook(
        {
            SHEET: xml(sheet(paid_row(cells={column: cell}))),
            BOOK: xml(book(settings=settings)),
            STYLES: xml(styles(*formats)),
        }
    )
