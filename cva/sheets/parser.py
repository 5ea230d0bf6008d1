"""Opens one file in a process of its own, so that a hostile file can only kill that process.

Run as ``python -m cva.sheets.parser ORDER`` with the file on standard input; ORDER is JSON with
the file's ending and the limits. The answer goes to standard output as ``cva.sheets.wire``
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
from itertools import zip_longest
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cva.sheets import wire
from cva.sheets.delimited import rows_of
from cva.sheets.kinds_of_file import DELIMITED, OLD_OFFICE, ZIP, really
from cva.sheets.limits import Limits
from cva.sheets.package import Package, too_large
from cva.sheets.refused import RefusedError
from cva.sheets.workbook_parts import sheet_parts
from cva.sheets.worksheet import Beside, Range, WorksheetLook

MAX_SHEETS = 60
_WANTED = {
    "xlsx": re.compile(r"(?i:xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]*)"),
    "xlsb": re.compile(r"xl/workbook\.bin"),
    "ods": re.compile(r"META-INF/manifest\.xml"),
}
_MUST = {"xlsx": "xl/workbook.xml", "xlsb": "xl/workbook.bin", "ods": "content.xml"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sheet as the workbook library gives it."""

    name: str
    hidden: bool
    rows: list[list[Any]]
    merged: tuple[Range, ...] = ()


Packed = tuple[dict[str, Any], list[wire.Numbers]]


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
        return wire.pack(header, [])
    return wire.pack({"sheets": [head for head, _ in sheets]}, [c for _, cs in sheets for c in cs])


def _sheets(content: bytes, ending: str, limits: Limits) -> list[Packed]:
    if ending in DELIMITED:
        if (kind := really(content)) in {
            "old-office",
            "package",
            "pdf",
            "picture",
            "archive",
            "page",
        }:
            raise RefusedError("workbook-unreadable", {"reason": f"is-{kind}"})
        return [_packed(Parsed("", hidden=False, rows=rows_of(content, limits)), Beside())]
    if ending == "xls":
        _look_at_old(content)
        return _joined(_parsed(content, limits), {})
    if not content.startswith(ZIP):
        _not_a_package(content)
    package = Package(content, limits)
    if _MUST[ending] not in package.names:
        raise RefusedError("workbook-unreadable", {"reason": "other-package"})
    parts = package.unpack(_WANTED[ending])
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusedError("workbook-encrypted")
    if ending != "xlsx":
        return _joined(_parsed(content, limits), {})
    return _looked_and_parsed(content, parts, limits)


def _not_a_package(content: bytes) -> None:
    if content.startswith(OLD_OFFICE) and _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")
    raise RefusedError("workbook-unreadable", {"reason": f"is-{really(content)}"})


def _look_at_old(content: bytes) -> None:
    if not content.startswith(OLD_OFFICE):
        raise RefusedError("workbook-unreadable", {"reason": f"is-{really(content)}"})
    if _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")
    if _named(content, "_VBA_PROJECT_CUR"):
        raise RefusedError("workbook-unsafe", {"reason": "macros", "part": ""})


def _named(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _looked_and_parsed(content: bytes, parts: dict[str, bytes], limits: Limits) -> list[Packed]:
    """Bounds first; the rest of the look goes on while a second thread parses.

    The parser leaves the interpreter alone while it works, so the two do not wait for each other.
    """
    looks = {name: WorksheetLook(name, part, limits) for name, part in sheet_parts(parts)}
    for look in looks.values():
        look.bounds()
    with ThreadPoolExecutor(1) as second:
        parsing = second.submit(_parsed, content, limits)
        beside = {name: look.beside() for name, look in looks.items()}
        return _joined(parsing.result(), beside)


def _parsed(content: bytes, limits: Limits) -> list[Parsed]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if len(sheets) > MAX_SHEETS:
            raise too_large("sheets", MAX_SHEETS, len(sheets))
        return [
            _one(book, sheet.name, limits, hidden=sheet.visible != SheetVisibleEnum.Visible)
            for sheet in sheets
        ]
    except PasswordError as error:
        raise RefusedError("workbook-encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("workbook-unreadable", {"reason": "damaged"}) from error


def _one(book: CalamineWorkbook, name: str, limits: Limits, *, hidden: bool) -> Parsed:
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
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    return Parsed(name, hidden, rows, merged)


def _joined(sheets: list[Parsed], beside: dict[str, Beside]) -> list[Packed]:
    return [_packed(sheet, beside.get(sheet.name, Beside())) for sheet in sheets]


def _packed(sheet: Parsed, beside: Beside) -> Packed:
    rows = sheet.rows
    for row in range(len(rows), max((row for row, _ in beside.faults), default=0)):
        rows.insert(row, [])
    columns: list[Any] = list(zip_longest(*rows, fillvalue=""))
    width = len(columns)
    columns += [[""] * len(rows)] * (max((at for _, at in beside.faults), default=0) + 1)
    for at in {at for _, at in beside.faults}:
        columns[at] = list(columns[at])
    for (row, at), fault in beside.faults.items():
        columns[at][row - 1] = fault
    del columns[max(width, 1 + max((at for _, at in beside.faults), default=-1)) :]
    packed = [wire.distinct(column) for column in columns]
    head = {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": len(rows),
        "columns": [values for values, _ in packed],
        "hidden_rows": beside.hidden_rows,
        "hidden_columns": beside.hidden_columns,
        "merged": beside.merged or sheet.merged,
    }
    return head, [index for _, index in packed]


def main() -> None:
    """Read the order and the file, write the answer."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    restrain(limits)
    gc.disable()  # it lives for a second, and nothing in it goes round in circles
    content = sys.stdin.buffer.read()
    sys.stdout.buffer.write(answer(content, order["ending"], limits))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
