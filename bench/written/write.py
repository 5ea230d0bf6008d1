"""Writes one table with every library that is installed here: python write.py FOLDER < table.json.

Prints as JSON which libraries are missing or failed, and why.
"""

import csv
import datetime as dt
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(sys.argv[1])
TABLE = json.load(sys.stdin)
HEADS: list[str] = TABLE["heads"]
ROWS: list[list[Any]] = TABLE["rows"]
DAY = 2
WITH_DAYS = [[*row[:DAY], dt.date.fromisoformat(row[DAY]), *row[DAY + 1 :]] for row in ROWS]
OBJECTS = [dict(zip(HEADS, row, strict=True)) for row in ROWS]


def _openpyxl(module: ModuleType) -> None:
    for is_streamed in (False, True):
        book = module.Workbook(write_only=is_streamed)
        sheet = book.create_sheet("List", 0)
        for row in (HEADS, *WITH_DAYS):
            sheet.append(row)
        book.save(FOLDER / f"openpyxl{'-stream' * is_streamed}.xlsx")


def _xlsxwriter(module: ModuleType) -> None:
    for is_streamed in (False, True):
        name = str(FOLDER / f"xlsxwriter{'-stream' * is_streamed}.xlsx")
        book = module.Workbook(name, {"constant_memory": is_streamed})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet("List")
        for at, row in enumerate((HEADS, *WITH_DAYS)):
            for column, value in enumerate(row):
                sheet.write(at, column, value, *([day] if isinstance(value, dt.date) else []))
        book.close()


def _pyexcelerate(module: ModuleType) -> None:
    book = module.Workbook()
    days = [[dt.datetime.combine(v, dt.time()) if isinstance(v, dt.date) else v for v in row]
            for row in WITH_DAYS]  # fmt: skip
    sheet = book.new_sheet("List", data=[HEADS, *days])
    sheet.set_col_style(DAY + 1, module.Style(format=module.Format("dd.mm.yyyy")))
    book.save(str(FOLDER / "pyexcelerate.xlsx"))


def _rustpy(module: ModuleType) -> None:
    module.write_worksheet(OBJECTS, str(FOLDER / "rustpy-xlsxwriter.xlsx"), sheet_name="List")


def _pylightxl(module: ModuleType) -> None:
    book = module.Database()
    book.add_ws("List")
    for at, row in enumerate((HEADS, *ROWS), 1):
        for column, value in enumerate(row, 1):
            book.ws("List").update_index(row=at, col=column, val=value)
    module.writexl(book, str(FOLDER / "pylightxl.xlsx"))


def _pyopenxlsx(module: ModuleType) -> None:
    with module.Workbook() as book:
        sheet = book.active
        for at, row in enumerate((HEADS, *ROWS), 1):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column).value = value
        book.save(str(FOLDER / "pyopenxlsx.xlsx"))


def _pyxlsbwriter(module: ModuleType) -> None:
    for name, writer in (("xlsb", module.XlsbWriter), ("xlsx", module.XlsxWriter)):
        with writer(str(FOLDER / f"pyxlsbwriter.{name}")) as book:
            book.add_sheet("List")
            book.write_sheet([HEADS, *WITH_DAYS])


def _aspose(module: ModuleType) -> None:
    book = module.Workbook()
    sheet = book.worksheets[0]
    for at, row in enumerate((HEADS, *ROWS), 1):
        for column, value in enumerate(row):
            sheet.cells[f"{'ABCDE'[column]}{at}"].value = value
    book.save(str(FOLDER / "aspose-cells-foss.xlsx"))


def _excelize(module: ModuleType) -> None:
    for ending in ("xlsx", "xlsm"):
        book = module.new_file()
        for at, row in enumerate((HEADS, *WITH_DAYS), 1):
            for column, value in enumerate(row):
                book.set_cell_value("Sheet1", f"{'ABCDE'[column]}{at}", value)
        book.save_as(str(FOLDER / f"excelize.{ending}"))


def _odfpy(_module: ModuleType) -> None:
    table = import_module("odf.table")
    text = import_module("odf.text")
    book = import_module("odf.opendocument").OpenDocumentSpreadsheet()
    sheet = table.Table(name="List")
    for row in (HEADS, *WITH_DAYS):
        line = table.TableRow()
        for value in row:
            kind = {"valuetype": "string"}
            if isinstance(value, dt.date):
                kind = {"valuetype": "date", "datevalue": value.isoformat()}
            elif isinstance(value, int | float):
                kind = {"valuetype": "float", "value": str(value)}
            cell = table.TableCell(**kind)
            cell.addElement(text.P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(FOLDER / "odfpy.ods"))


def _ezodf(module: ModuleType) -> None:
    book = module.newdoc(doctype="ods", filename=str(FOLDER / "ezodf.ods"))
    sheet = module.Sheet("List", size=(len(ROWS) + 1, len(HEADS)))
    book.sheets += sheet
    for at, row in enumerate((HEADS, *ROWS)):
        for column, value in enumerate(row):
            sheet[at, column].set_value(value)
    book.save()


def _odswriter(module: ModuleType) -> None:
    with module.writer((FOLDER / "odswriter.ods").open("wb")) as book:
        sheet = book.new_sheet("List")
        for row in (HEADS, *WITH_DAYS):
            sheet.writerow(row)


def _pyexcel_ods3(module: ModuleType) -> None:
    module.save_data(str(FOLDER / "pyexcel-ods3.ods"), {"List": [HEADS, *WITH_DAYS]})


def _xlwt(module: ModuleType) -> None:
    book = module.Workbook(encoding="utf-8")
    sheet = book.add_sheet("List")
    day = module.easyxf(num_format_str="DD.MM.YYYY")
    for at, row in enumerate((HEADS, *WITH_DAYS)):
        for column, value in enumerate(row):
            sheet.write(at, column, value, *([day] if isinstance(value, dt.date) else []))
    book.save(str(FOLDER / "xlwt.xls"))


def _csv(_module: ModuleType) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        for delimiter in ",;\t":
            name = f"csv-{encoding}-{ord(delimiter)}.csv"
            with (FOLDER / name).open("w", encoding=encoding, newline="") as file:
                csv.writer(file, delimiter=delimiter).writerows([HEADS, *ROWS])


WRITERS: dict[str, Callable[[ModuleType], None]] = {
    "openpyxl": _openpyxl,
    "xlsxwriter": _xlsxwriter,
    "pyexcelerate": _pyexcelerate,
    "rustpy_xlsxwriter": _rustpy,
    "pylightxl": _pylightxl,
    "pyopenxlsx": _pyopenxlsx,
    "pyxlsbwriter": _pyxlsbwriter,
    "aspose.cells_foss": _aspose,
    "excelize": _excelize,
    "odf": _odfpy,
    "ezodf": _ezodf,
    "odswriter": _odswriter,
    "pyexcel_ods3": _pyexcel_ods3,
    "xlwt": _xlwt,
    "csv": _csv,
}


def main() -> None:
    """Write with all of them."""
    missing = {}
    for name, write in WRITERS.items():
        try:
            write(import_module(name))
        except Exception as error:  # noqa: BLE001 - another's library, whatever it raises
            missing[name] = f"{type(error).__name__}: {error}"[:120]
    print(json.dumps(missing))


if __name__ == "__main__":
    main()
