"""The page of findings: one line each, with a link to its cell."""

from collections.abc import Mapping, Sequence

from cva.sheets.annotation.annotation_request import AnnotationLine, AnnotationRequest
from cva.sheets.annotation.package_parts import MAIN
from cva.sheets.annotation.worksheet_cells import column_widths, text_cell, xml_attribute, xml_text

#: Excel takes 65,530 links in a sheet.
_MOST_LINKS = 65_000
_WIDTHS = (12, 12, 24, 28, 76)


def page_xml(page: AnnotationRequest, formats: Mapping[str, int]) -> bytes:
    """The page as a worksheet."""
    rows: list[str] = []
    links: list[str] = []
    for text in page.preamble:
        name = "line" if rows else "title"
        rows.append(_row(len(rows) + 1, [(text, formats[name])]))
    rows.append(_row(len(rows) + 1, [(text, formats["head"]) for text in page.headings]))
    head = len(rows)
    for line in page.lines:
        number = len(rows) + 1
        if line.cell and line.sheet and len(links) < _MOST_LINKS:
            links.append(_link(f"B{number}", line))
        cells = [
            (line.word, formats[line.severity]),
            (line.cell or line.sheet, formats["link" if line.cell else "text"]),
            *((text, formats["text"]) for text in (line.heading, line.value, line.text)),
        ]
        rows.append(_row(number, cells))
    return _worksheet(page, rows, links, head).encode()


def _worksheet(
    page: AnnotationRequest, rows: Sequence[str], links: Sequence[str], head: int
) -> str:
    direction = ' rightToLeft="1"' if page.is_right_to_left else ""
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC0392B"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"{direction}>'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>{column_widths(_WIDTHS)}'
        f"<sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="A{head}:E{max(len(rows), head)}"/>{linked}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def marks_xml(rows: Sequence[tuple[str, str]]) -> bytes:
    """The hidden page by which this program recognises the workbook."""
    written = "".join(
        _row(number, [(text, 0) for text in pair]) for number, pair in enumerate(rows, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f"<sheetData>{written}</sheetData></worksheet>"
    ).encode()


def _row(number: int, cells: Sequence[tuple[str, int]]) -> str:
    written = "".join(
        text_cell(f"{letter}{number}", style, text)
        for letter, (text, style) in zip("ABCDE", cells, strict=False)
    )
    return f'<row r="{number}">{written}</row>'


def _link(place: str, line: AnnotationLine) -> str:
    sheet = line.sheet.replace("'", "''")
    target = xml_attribute(f"'{sheet}'!{line.cell}")
    return f'<hyperlink ref="{place}" location="{target}" display="{xml_text(line.cell)}"/>'
