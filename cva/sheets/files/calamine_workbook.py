"""The sheets of a workbook as the library that reads workbooks gives them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cva.sheets.files import transport
from cva.sheets.files.limits import Limits
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable
from cva.sheets.files.worksheet_facts import CellRange

MAX_SHEETS = 60
#: What the library raises where it meets damage that it did not expect; no mere Exception.
PANIC = "PanicException"
_OF_MACROS = (SheetTypeEnum.MacroSheet, SheetTypeEnum.DialogSheet, SheetTypeEnum.Vba)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One sheet, column by column."""

    name: str
    hidden: bool
    rows: int
    columns: list[transport.ColumnOnWire]
    merged: tuple[CellRange, ...] = ()


@dataclass(frozen=True, slots=True)
class CalamineBook:
    """All worksheets.

    Attributes:
        macro_tabs: The names of the tabs that hold macros.
    """

    sheets: list[ParsedFile]
    macro_tabs: list[str] = field(default_factory=list)


def parsed(content: bytes, limits: Limits, only: Collection[str] | None = None) -> CalamineBook:
    """The worksheets of a workbook.

    Args:
        content: The workbook.
        limits: How large it may be.
        only: The names of the worksheets that were looked at; None where that is not known.

    Raises:
        RefusedError: It is damaged, under a password or beyond a limit, or has no worksheet.
    """
    try:
        return _all(CalamineWorkbook.from_filelike(BytesIO(content)), limits, only)
    except PasswordError as error:
        raise RefusedError("workbook-encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise damaged() from error


def _all(book: CalamineWorkbook, limits: Limits, only: Collection[str] | None) -> CalamineBook:
    sheets = [
        sheet
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and (only is None or sheet.name in only)
    ]
    if len(sheets) > MAX_SHEETS:
        raise too_large("sheets", MAX_SHEETS, len(sheets))
    if not sheets:
        raise unreadable("no-sheets")
    return CalamineBook(
        [
            _one(book, sheet.name, limits, hidden=sheet.visible != SheetVisibleEnum.Visible)
            for sheet in sheets
        ],
        [sheet.name for sheet in book.sheets_metadata if sheet.typ in _OF_MACROS],
    )


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
