"""Hostile web pages and workbooks in one file of XML."""

from tests.sheets.hostile.case import Cases
from tests.sheets.hostile.containers import FILE, LAUGHS, MIB

CASES = Cases()
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def page(rows: str, above: str = "") -> bytes:
    return f"<html><body>{above}<table>{rows}</table></body></html>".encode()


def spreadsheet(rows: str, declared: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{declared}<Workbook xmlns="{_SPACE}" xmlns:ss="{_SPACE}">'
        f'<Worksheet ss:Name="List"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


_CELL = '<Cell{}><Data ss:Type="String">x</Data></Cell>'
for _name, _content, _code, _reason in (
    ("nothing but text", b"<html><body><p>Sign in</p></body></html>", "unreadable", "is-page"),
    ("a table of blanks", page("<tr><td>&nbsp;</td></tr>"), "unreadable", "is-page"),
    ("elements within each other", page("<tr><td>" + "<b>" * 5000 + "x"), "too-large", "depth"),
    ("tables within each other", b"<table><tr><td>" * 5000, "too-large", "depth"),
    ("seventy tables", page("<tr><td>x") * 70, "too-large", "sheets"),
    ("too many rows", page("<tr><td>x" * 100_001), "too-large", "rows"),
    ("rows without end", page("<tr>" * 1_100_000), "too-large", "rows"),
    ("too many columns", page("<tr>" + "<td>x" * 601), "too-large", "columns"),
    ("a span that pushes cells out", page('<tr><td colspan="999">x<td>y'), "too-large", "columns"),
    ("spans over everything", page('<tr><td colspan="1000" rowspan="65000">x'), "too-large",
     "merged"),
    ("a cell of a megabyte", page("<tr><td>" + "x" * MIB), "too-large", "text"),
    ("declared entities", page("<tr><td>&a;", f"{LAUGHS}]>"), "unsafe", "entities"),
    ("an entity from a file", FILE.replace(" x ", " html ").encode() + page("<tr><td>&i;"),
     "unsafe", "entities"),
    ("a zero byte", page("<tr><td>a\0b"), "unreadable", "no-text"),
):  # fmt: skip
    CASES.enter(f"{_name} in a web page", _content, _code, _reason, filename="list.xls")
for _name, _content, _code, _reason in (
    ("entities that grow", spreadsheet("", f"{LAUGHS}]>"), "unsafe", "entities"),
    ("an entity from a file", spreadsheet("", FILE), "unsafe", "entities"),
    ("another root", b'<?xml version="1.0"?><Invoice/>', "unreadable", "is-xml"),
    ("half of it", spreadsheet(f"<Row>{_CELL}</Row>")[:-40], "unreadable", "damaged"),
    ("no sheets", f'<Workbook xmlns="{_SPACE}"/>'.encode(), "unreadable", "no-sheets"),
    ("elements within each other", spreadsheet("<Row>" * 5000), "too-large", "depth"),
    ("a row beyond the last", spreadsheet(f'<Row ss:Index="1048577">{_CELL.format("")}</Row>'),
     "too-large", "rows"),
    ("a row that is too far down", spreadsheet(f'<Row ss:Index="100001">{_CELL.format("")}</Row>'),
     "too-large", "rows"),
    ("a cell that is too far right",
     spreadsheet(f'<Row>{_CELL.format(" ss:Index=" + chr(34) + "601" + chr(34))}</Row>'),
     "too-large", "columns"),
    ("rows upside down", spreadsheet('<Row ss:Index="5"/><Row ss:Index="2"/>'), "unreadable",
     "row-twice"),
    ("a number that is none", spreadsheet('<Row ss:Index="two"/>'), "unreadable", "damaged"),
    ("a merge over everything", spreadsheet(
        '<Row><Cell ss:MergeAcross="9999" ss:MergeDown="9999"/></Row>'), "too-large", "merged"),
):  # fmt: skip
    CASES.enter(f"{_name} in a spreadsheet of XML", _content, _code, _reason, filename="list.xls")
