"""Opens one file in a process of its own, so that a hostile file can only kill that process.

Run as ``python -m cva.sheets.files.parser ORDER`` with the file on standard input; ORDER is JSON
with the file's form and the limits. The answer goes to standard output as ``files.transport``
describes. It imports little, so that it starts fast, and it opens no file and no connection.
"""

import gc
import importlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.parsers import expat

from cva.sheets.files import transport
from cva.sheets.files.binary_records import WORKSHEETS
from cva.sheets.files.calamine_workbook import MAX_SHEETS, CalamineBook, ParsedFile, parsed
from cva.sheets.files.cell_notes import OF_NOTES, notes_by_sheet
from cva.sheets.files.cell_styles import STYLES, CellStyle, coloured_styles, special_styles
from cva.sheets.files.delimited import rows_of
from cva.sheets.files.error_cells import with_old_errors
from cva.sheets.files.file_types import OLD_OFFICE, TEXT, ZIP, really
from cva.sheets.files.limits import OUT_OF_MEMORY, Limits
from cva.sheets.files.mended_workbooks import readable
from cva.sheets.files.package import Package
from cva.sheets.files.packed_sheet import Packed, packed
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable
from cva.sheets.files.rounded_cells import has_fractions, rounded_cells, rounding_styles
from cva.sheets.files.row_shapes import RowShapes
from cva.sheets.files.text_runs import RichTexts
from cva.sheets.files.workbook_parts import book_parts, broken_part, without_tabs
from cva.sheets.files.worksheet import WorksheetLook
from cva.sheets.files.worksheet_facts import Beside
from cva.sheets.files.worksheet_texts import TEXTS, SharedTexts, look_at_cells

#: By form the parts that are looked at.
WANTED = {
    "xlsx": re.compile(
        r"(?i:\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
        r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]*)|" + OF_NOTES.pattern
    ),
    "xlsb": WORKSHEETS,
    "ods": re.compile(r"META-INF/manifest\.xml|content\.xml"),
}
_MUST = {"xlsx": "xl/workbook.xml", "xlsb": "xl/workbook.bin", "ods": "content.xml"}
#: What is said of the file as a whole: the code of a finding and its details.
Note = tuple[str, dict[str, str]]


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


def message_of(sheets: Callable[[], tuple[Iterable[Packed], Iterable[Note]]]) -> bytes:
    """The sheets and what is said of the file, or why it is refused, as one message."""
    try:
        found, notes = sheets()
        packs = list(found)
    except RefusedError as refused:
        refusal = {
            "refused": refused.code,
            "details": refused.details,
            "sheet": refused.sheet,
            "cell": refused.cell,
        }
        return transport.pack(refusal, [])
    header = {"sheets": [head for head, _ in packs], "notes": list(notes)}
    return transport.pack(header, [column for _, columns in packs for column in columns])


def answer(content: bytes, form: str, limits: Limits) -> bytes:
    """The file's sheets, or the reason why it is refused, as one message."""
    return message_of(lambda: _sheets(content, form, limits))


def _sheets(content: bytes, form: str, limits: Limits) -> tuple[list[Packed], list[Note]]:
    if form == TEXT:
        shapes = RowShapes()
        columns = transport.columns_of(rows_of(content, limits, shapes))
        rows = len(columns[0].index) if columns else 0
        sheet = ParsedFile("", hidden=False, rows=rows, columns=columns)
        beside = Beside(widths=shapes.widths, holding_rows=shapes.holding_rows)
        return [packed(sheet, beside, {})], []
    if form == "xls":
        _look_at_old(content)
        book = parsed(readable(content, form, {}), limits)
        macros = _named(content, "_VBA_PROJECT_CUR")
        return _joined(book, {}, {}), list(_notes(book.macro_tabs, has_macros=macros))
    if not content.startswith(ZIP):
        _not_a_package(content)
    package = Package(content, limits)
    if _MUST[form] not in package.names:
        raise unreadable("other-package")
    parts = package.unpack(WANTED[form])
    if form == "xlsx":
        return _looked_and_parsed(content, parts, package, limits)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusedError("workbook-encrypted")
    book = parsed(readable(content, form, parts), limits)
    return _joined(book, {}, {}), list(_notes(book.macro_tabs, has_macros=package.has_macros))


def _notes(macro_tabs: Iterable[str], *, has_macros: bool) -> Iterator[Note]:
    if has_macros:
        yield "macros-not-run", {}
    for name in macro_tabs:
        yield "macro-tab", {"tab": name}


def _not_a_package(content: bytes) -> None:
    if content.startswith(OLD_OFFICE) and _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")
    raise unreadable(f"is-{really(content)}")


def _look_at_old(content: bytes) -> None:
    if not content.startswith(OLD_OFFICE):
        raise unreadable(f"is-{really(content)}")
    if _named(content, "EncryptedPackage"):
        raise RefusedError("workbook-encrypted")


def _named(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _looked_and_parsed(
    content: bytes, parts: dict[str, bytearray], package: Package, limits: Limits
) -> tuple[list[Packed], list[Note]]:
    """Bounds first; the rest of the look goes on while a second thread parses.

    The parser leaves the interpreter alone while it works, so the two do not wait for each other.
    """
    beside_parts = {name: parts.pop(name) for name in list(parts) if OF_NOTES.fullmatch(name)}
    book = book_parts(parts, package.names)
    looks = [WorksheetLook(name, part, limits) for name, part in book.sheets]
    if len(looks) > MAX_SHEETS:
        raise too_large("sheets", MAX_SHEETS, len(looks))
    for look in looks:
        look.bounds()
    texts = SharedTexts(parts.get(TEXTS, b"<sst/>"))
    texts.bounds(looks)
    styles = special_styles(parts.get(STYLES, b""))
    colours = coloured_styles(parts.get(STYLES, b""))
    notes_on_cells = notes_by_sheet(book.places, beside_parts)
    names = {look.name for look in looks}
    if book.macro_tabs:
        content = without_tabs(parts, book.macro_tabs)
    notes = list(_notes(book.macro_tabs.values(), has_macros=package.has_macros or book.has_macros))
    with ThreadPoolExecutor(1) as second:
        parsing = second.submit(parsed, content, limits, names)
        for look in looks:
            look_at_cells(look)
        rich = RichTexts(parts.get(TEXTS, b""), parts.get(STYLES, b""))
        try:
            beside = {look.name: look.beside(styles.keys(), rich, colours) for look in looks}
            _note_rounded(looks, beside, parts.get(STYLES, b""))
        except expat.ExpatError as error:
            raise damaged(broken_part(parts)) from error
        for name, found in notes_on_cells.items():
            beside[name].notes.update(found)
        try:
            return _joined(parsing.result(), beside, styles), notes
        except RefusedError as refused:
            if refused.code != "workbook-unreadable":
                raise
            if again := with_old_errors(parts):
                return _joined(parsed(again, limits, names), beside, styles), notes
            raise _blamed(refused, texts, looks, parts) from refused


def _note_rounded(
    looks: list[WorksheetLook], beside: Mapping[str, Beside], styles: bytes | bytearray
) -> None:
    """Find the cells that show fewer digits than they hold, where any holds decimals."""
    looks = [look for look in looks if has_fractions(look.content, look.patterns)]
    places = rounding_styles(styles) if looks and styles else {}
    for look in looks if places else ():
        beside[look.name].rounded = rounded_cells(look.content, look.patterns, places)


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


def _joined(
    book: CalamineBook, beside: Mapping[str, Beside], styles: Mapping[str, CellStyle]
) -> list[Packed]:
    return [packed(sheet, beside.get(sheet.name, Beside()), styles) for sheet in book.sheets]


def work(answers: Callable[[bytes, str, Limits], bytes]) -> None:
    """Read the order and the file, write the answer."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    restrain(limits)
    gc.disable()  # it lives for a second, and nothing in it goes round in circles
    content = sys.stdin.buffer.read()
    try:
        message = answers(content, order["form"], limits)
    except (MemoryError, RuntimeError):  # the latter where no thread can be started
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    work(answer)
