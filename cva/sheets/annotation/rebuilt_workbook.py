"""A workbook written again from its values, where the sender's own cannot be added to.

It is put together in memory: the libraries that write workbooks pass through files, and the
process that does this may write none.
"""

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cva.sheets.annotation.package_parts import KIND, MAIN, PACKAGE, RELATIONS
from cva.sheets.annotation.worksheet_cells import column_widths, text_cell, xml_attribute
from cva.sheets.files.cell_addresses import cell
from cva.sheets.files.delimited import rows_of
from cva.sheets.files.file_types import PAGE, TEXT, XML
from cva.sheets.files.limits import Limits
from cva.sheets.files.markup_parser import tables_of
from cva.sheets.files.mended_workbooks import readable
from cva.sheets.files.package import Package
from cva.sheets.files.parser import WANTED

#: What the sheet of a text file is called.
ONE_SHEET = "Sheet1"
_LOOKED_AT = 200
_NARROWEST, _WIDEST = 8, 48
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no time zone
_DAY_SECONDS = 86_400
_TEXT, _DAY, _MOMENT = 1, 2, 3
_SHOWN, _HIDDEN = "", ' state="hidden"'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for number in (0, 49, 164, 165)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)

SheetToWrite = tuple[str, bool, list[list[Any]]]


def rebuilt(content: bytes, form: str, limits: Limits) -> bytes:
    """The same sheets, rows and columns as an .xlsx; formulas become their values."""
    sheets = _sheets(content, form, limits)
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{xml_attribute(name)}" sheetId="{at}" r:id="rId{at}"'
        f"{_HIDDEN if is_hidden else _SHOWN}/>"
        for at, (name, is_hidden, _rows) in zip(numbers, sheets, strict=True)
    )
    styles = len(sheets) + 1
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations([(1, "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews>'
        f"<workbookView/></bookViews><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [(at, "worksheet", f"worksheets/sheet{at}.xml") for at in numbers]
            + [(styles, "styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for at, (_name, _is_hidden, rows) in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{at}.xml"] = _worksheet(rows)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def _sheets(content: bytes, form: str, limits: Limits) -> list[SheetToWrite]:
    if form == TEXT:
        return [(ONE_SHEET, False, list(rows_of(content, limits)))]
    if form in {PAGE, XML}:
        tables = tables_of(content, form, limits)
        return [(table.name, table.hidden, list(map(_plain, table.rows))) for table in tables]
    parts = Package(content, limits).unpack(WANTED[form]) if form in WANTED else {}
    if form != "xlsx":
        content = readable(content, form, parts)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [
        (
            sheet.name,
            sheet.visible != SheetVisibleEnum.Visible,
            book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
        )
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _plain(row: Sequence[Any]) -> list[Any]:
    """Errors and formulas without a value as texts."""
    return [value[1] if isinstance(value, tuple) else value for value in row]


def _types(numbers: Sequence[int]) -> str:
    overrides = {f"/xl/worksheets/sheet{at}.xml": "worksheet" for at in numbers} | {
        "/xl/workbook.xml": "sheet.main",
        "/xl/styles.xml": "styles",
    }
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{KIND}{kind}+xml"/>'
        for name, kind in overrides.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(listed: Sequence[tuple[int, str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, kind, target in listed
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def _worksheet(rows: Sequence[Sequence[Any]]) -> str:
    written = "".join(
        f'<row r="{number}">'
        + "".join(_cell(cell(number, at), value) for at, value in enumerate(row) if value != "")
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        f'<worksheet xmlns="{MAIN}">{column_widths(_widths(rows))}'
        f"<sheetData>{written}</sheetData></worksheet>"
    )


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    longest: list[int] = []
    for row in rows[:_LOOKED_AT]:
        longest += [_NARROWEST] * (len(row) - len(longest))
        for at, value in enumerate(row):
            longest[at] = max(longest[at], min(len(str(value)) + 2, _WIDEST))
    return longest


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    if isinstance(value, dt.datetime):
        seconds = (value - _FIRST_DAY).total_seconds()
        return f'<c r="{name}" s="{_MOMENT}"><v>{seconds / _DAY_SECONDS!r}</v></c>'
    if isinstance(value, dt.date):
        days = (value - _FIRST_DAY.date()).days
        return f'<c r="{name}" s="{_DAY}"><v>{days}</v></c>'
    return text_cell(name, _TEXT, str(value))
