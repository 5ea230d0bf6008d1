"""Writes drawn tabs into the bytes of a file."""

import csv
import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO, StringIO
from random import Random
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.drawn.plans import Plan
from tests.sheets.drawn.truth import Cell, Tab

_STRUCK = Font(strike=True)
_LOOKS = {
    "struck": InlineFont(strike=True),
    "white": InlineFont(color=Color("FFFFFFFF")),
    "tiny": InlineFont(sz=1),
    "raised": InlineFont(vertAlign="superscript"),
}
#: Encodings of texts by language, beside those of Unicode.
_OLD_ENCODINGS = {
    "ru": ("cp1251",),
    "be": ("cp1251",),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "ar": ("cp1256",),
}
_UNICODE = ("utf-8", "utf-8-sig", "utf-8", "utf-16")


def written(plan: Plan, tabs: Sequence[Tab], random: Random) -> tuple[str, bytes]:
    """The name of the file and its bytes."""
    if plan.container == "csv":
        return _csv(plan, tabs[0], random)
    content = {"xlsx": _xlsx, "xls": _xls, "ods": _ods}[plan.container](tabs)
    return f"list.{plan.container}", content


def _xlsx(tabs: Sequence[Tab]) -> bytes:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    for at, tab in enumerate(tabs):
        sheet = book.create_sheet(tab.name) if at else first
        sheet.title = tab.name
        for row, cells in enumerate(tab.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell.value is not None:
                    _fill(sheet, row, column, cell)
        for top, left, bottom, right in tab.merged:
            sheet.merge_cells(None, top, left, bottom, right)
        for row in tab.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in tab.hidden_columns:
            sheet.column_dimensions[chr(ord("A") + column - 1)].hidden = True
        if tab.phantom_row:
            sheet.cell(tab.phantom_row, 2).fill = PatternFill("solid", fgColor="FFFF99")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell.struck_part:
        part = TextBlock(_LOOKS[cell.look], cell.struck_part)
        parts = (str(cell.value), part) if cell.look == "raised" else (part, str(cell.value))
        target = sheet.cell(row, column, CellRichText(*parts))
    else:
        target = sheet.cell(row, column, cell.value)
    if cell.shown != "General":
        target.number_format = cell.shown
    if cell.is_yellow:
        target.fill = PatternFill("solid", fgColor="FFFF00")
    if cell.is_struck:
        target.font = _STRUCK


def _xls(tabs: Sequence[Tab]) -> bytes:
    book = xlwt.Workbook()
    styles = {"General": xlwt.XFStyle()}
    for tab in tabs:
        sheet = book.add_sheet(tab.name)
        for row, cells in enumerate(tab.rows):
            for column, cell in enumerate(cells):
                if cell.value is None:
                    continue
                if cell.shown not in styles:
                    styles[cell.shown] = xlwt.XFStyle()
                    styles[cell.shown].num_format_str = cell.shown
                sheet.write(row, column, cell.value, styles[cell.shown])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(tabs: Sequence[Tab]) -> bytes:
    tables = "".join(
        f"<table:table table:name={quoteattr(tab.name)}>"
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in tab.rows
        )
        + "</table:table>"
        for tab in tabs
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        f'xmlns:office="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0" '
        f'xmlns:text="{_OFFICE}:text:1.0"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return target.getvalue()


def _ods_cell(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        kind, shown = f'"date" office:date-value="{value.isoformat()}"', value.isoformat()
    elif isinstance(value, int | float):
        kind, shown = f'"float" office:value="{value}"', str(value)
    else:
        kind, shown = '"string"', value
    return (
        f"<table:table-cell office:value-type={kind}><text:p>{escape(shown)}</text:p>"
        "</table:table-cell>"
    )


def _csv(plan: Plan, tab: Tab, random: Random) -> tuple[str, bytes]:
    delimiter = random.choice(
        [",", ";", "\t"] if plan.language.code == "en" else [";", ";", ",", "\t"]
    )
    text = StringIO()
    end = random.choice(["\r\n", "\n"])
    width = max(map(len, tab.rows))
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    for row in tab.rows:
        writer.writerow(
            [
                *("" if cell.value is None else cell.value for cell in row),
                *[""] * (width - len(row)),
            ]
        )
    encodings = (*_UNICODE, *_OLD_ENCODINGS.get(plan.language.code, ()) * 2)
    for encoding in (random.choice(encodings), "utf-8"):
        try:
            return f"list.{'tsv' if delimiter == chr(9) else 'csv'}", text.getvalue().encode(
                encoding
            )
        except UnicodeEncodeError:  # a sign that the old encoding lacks
            continue
    raise AssertionError
