"""Opens one file in a process of its own, so that a hostile file can only kill that process.

Run as ``python -m cva.sheets.files.parser ORDER`` with the file on standard input; ORDER is JSON
with the file's ending and the limits. The answer goes to standard output as ``files.transport``
describes. It imports little, so that it starts fast, and it opens no file and no connection.
"""

import gc
import importlib
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cva.sheets.files import transport
from cva.sheets.files.cell_styles import STYLES, CellStyle, special_styles, struck_texts
from cva.sheets.files.delimited import rows_of
from cva.sheets.files.error_cells import with_old_errors
from cva.sheets.files.file_types import DELIMITED, OLD_OFFICE, ZIP, really
from cva.sheets.files.limits import OUT_OF_MEMORY, Limits
from cva.sheets.files.package import Package
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable, unsafe
from cva.sheets.files.workbook_parts import broken_part, sheet_parts
from cva.sheets.files.worksheet import WorksheetLook
from cva.sheets.files.worksheet_elements import Beside, CellRange
from cva.sheets.files.worksheet_texts import TEXTS, SharedTexts, look_at_cells

MAX_SHEETS = 60
#: What the library raises where it meets damage that it did not expect; no mere Exception.
PANIC = "PanicException"
_WANTED = {
    "xlsx": re.compile(
        r"(?i:\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
        r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]*)"
    ),
    "xlsb": re.compile(r"xl/workbook\.bin"),
    "ods": re.compile(r"META-INF/manifest\.xml"),
}
#: What a file with the name of a text file may turn out to be.
_NO_TEXT = frozenset({"old-office", "package", "pdf", "picture", "archive", "page"})
_MUST = {"xlsx": "xl/workbook.xml", "xlsb": "xl/workbook.bin", "ods": "content.xml"}


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One sheet as the workbook library gives it, column by column."""

    name: str
    hidden: bool
    rows: int
    columns: list[transport.ColumnOnWire]
    merged: tuple[CellRange, ...] = ()


Packed = tuple[dict[str, Any], list[transport.Numbers]]


def restrain(limits: Limits) -> None:
    """Bound this process's memory and processor time, where the system can."""
    try:
        resource: Any = importlib.import_module("resource")
    except ImportError:
        return
    for name, value in (
        ("RLIMIT_AS", limits.parse_memory_bytes),
        ("RLIMIT_CPU", limits.parse_seconds),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (AttributeError, ValueError, OSError):
            continue


def answer(content: bytes, ending: str, limits: Limits) -> bytes:
    """The file's sheets, or the reason why it is refused, as one message."""
    try:
        sheets = list(_sheets(content, ending, limits))
    except RefusedError as refused:
        header = {
            "refused": refused.code,
            "details": refused.details,
            "sheet": refused.sheet,
            "cell": refused.cell,
        }
        return transport.pack(header, [])
    return transport.pack(
        {"sheets": [head for head, _ in sheets]}, [c for _, cs in sheets for c in cs]
    )


def _sheets(content: bytes, ending: str, limits: Limits) -> list[Packed]:
    if ending in DELIMITED:
        if (kind := really(content)) in _NO_TEXT:
            raise unreadable(f"is-{kind}")
        columns = transport.columns_of(rows_of(content, limits))
        rows = len(columns[0].index) if columns else 0
        sheet = ParsedFile("", hidden=False, rows=rows, columns=columns)
        return [_packed(sheet, Beside(), {})]
    if ending == "xls":
        _look_at_old(content)
        return _joined(_parsed(content, limits), {}, {})
    if not content.startswith(ZIP):
        _not_a_package(content)
    package = Package(content, limits)
    if _MUST[ending] not in package.names:
        raise unreadable("other-package")
    parts = package.unpack(_WANTED[ending])
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusedError("workbook-encrypted")
    if ending != "xlsx":
        return _joined(_parsed(content, limits), {}, {})
    return _looked_and_parsed(content, parts, package.names, limits)


def _not_a_package(content: bytes) -> None:
    if content.startswith(OLD_OFFICE) and _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")
    raise unreadable(f"is-{really(content)}")


def _look_at_old(content: bytes) -> None:
    if not content.startswith(OLD_OFFICE):
        raise unreadable(f"is-{really(content)}")
    if _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")
    if _named(content, "_VBA_PROJECT_CUR"):
        raise unsafe("macros")


def _named(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _looked_and_parsed(
    content: bytes, parts: dict[str, bytearray], names: frozenset[str], limits: Limits
) -> list[Packed]:
    """Bounds first; the rest of the look goes on while a second thread parses.

    The parser leaves the interpreter alone while it works, so the two do not wait for each other.
    """
    looks = [WorksheetLook(name, part, limits) for name, part in sheet_parts(parts, names)]
    if len(looks) > MAX_SHEETS:
        raise too_large("sheets", MAX_SHEETS, len(looks))
    for look in looks:
        look.bounds()
    texts = SharedTexts(parts.get(TEXTS, b"<sst/>"))
    texts.bounds(looks)
    styles = special_styles(parts.get(STYLES, b""))
    with ThreadPoolExecutor(1) as second:
        parsing = second.submit(_parsed, content, limits)
        for look in looks:
            look_at_cells(look)
        struck = struck_texts(parts.get(TEXTS, b""))
        try:
            beside = {look.name: look.beside(styles.keys(), struck) for look in looks}
        except expat.ExpatError as error:
            raise damaged(broken_part(parts)) from error
        try:
            return _joined(parsing.result(), beside, styles)
        except RefusedError as refused:
            if refused.code != "workbook-unreadable":
                raise
            if again := with_old_errors(parts):
                return _joined(_parsed(again, limits), beside, styles)
            raise _blamed(refused, texts, looks, parts) from refused


def _blamed(
    refused: RefusedError,
    texts: SharedTexts,
    looks: list[WorksheetLook],
    parts: dict[str, bytearray],
) -> RefusedError:
    """The same refusal, with the cell or the part that is to blame where one is found."""
    if part := broken_part(parts):
        return damaged(part)
    return texts.missing(looks) or refused


def _parsed(content: bytes, limits: Limits) -> list[ParsedFile]:
    try:
        return _all(CalamineWorkbook.from_filelike(BytesIO(content)), limits)
    except PasswordError as error:
        raise RefusedError("workbook-encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise damaged() from error


def _all(book: CalamineWorkbook, limits: Limits) -> list[ParsedFile]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > MAX_SHEETS:
        raise too_large("sheets", MAX_SHEETS, len(sheets))
    if not sheets:
        raise unreadable("no-sheets")
    return [
        _one(book, sheet.name, limits, hidden=sheet.visible != SheetVisibleEnum.Visible)
        for sheet in sheets
    ]


def _one(book: CalamineWorkbook, name: str, limits: Limits, *, hidden: bool) -> ParsedFile:
    sheet = book.get_sheet_by_name(name)
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= limits.max_rows:
        raise too_large("rows", limits.max_rows, last_row + 1)
    if last_column >= limits.max_columns:
        raise too_large("columns", limits.max_columns, last_column + 1)
    merged = tuple(
        (top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    if sheet.start is None:
        return ParsedFile(name, hidden, 0, [], merged)
    columns = transport.columns_of(sheet.iter_rows(), sheet.start[1])
    return ParsedFile(name, hidden, last_row + 1, columns, merged)


def _joined(
    sheets: list[ParsedFile], beside: dict[str, Beside], styles: dict[str, CellStyle]
) -> list[Packed]:
    return [_packed(sheet, beside.get(sheet.name, Beside()), styles) for sheet in sheets]


def _packed(sheet: ParsedFile, beside: Beside, styles: dict[str, CellStyle]) -> Packed:
    columns = sheet.columns
    rows = max([sheet.rows, *(row for row, _ in beside.faults)])
    width = max([len(columns), *(at + 1 for _, at in beside.faults)])
    columns += [transport.ColumnOnWire(rows) for _ in range(width - len(columns))]
    for (row, at), fault in beside.faults.items():
        columns[at].put(row - 1, fault)
    for column in columns:
        column.add([""] * (rows - len(column.index)))
    struck, unseen, symbols = [], [], []
    for run in beside.styled:
        style, place = styles[run.style], (run.column, run.first, run.last)
        if style.format_code and run.column < width:
            columns[run.column].format(run.first - 1, run.last, style.format_code)
        if style.is_struck:
            struck.append(place)
        if style.is_unseen:
            unseen.append(place)
        if style.symbol_font:
            symbols.append((style.symbol_font, *place))
    head = {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": rows,
        "columns": [column.values for column in columns],
        "hidden_rows": beside.hidden_rows,
        "hidden_columns": beside.hidden_columns,
        "merged": beside.merged or sheet.merged,
        "struck": struck,
        "partly_struck": [(*place, left) for place, left in beside.partly_struck.items()],
        "unseen": unseen,
        "symbols": symbols,
    }
    return head, [column.index for column in columns]


def main() -> None:
    """Read the order and the file, write the answer."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    restrain(limits)
    gc.disable()  # it lives for a second, and nothing in it goes round in circles
    content = sys.stdin.buffer.read()
    try:
        message = answer(content, order["ending"], limits)
    except (MemoryError, RuntimeError):  # the latter where no thread can be started
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
