"""Correcting cells in the ledger: the file stays as it was sent, both texts are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from cva.core import audit, clock
from cva.core.db import insert_rows
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.intake.receiving import check_once_more
from cva.sheets.cells.other_cells import LONGEST_TEXT
from cva.sheets.files.cell_addresses import letter, place_of, runs_text
from cva.sheets.files.sheet_parts import SheetPart, cell_in_workbook, row_name
from cva.staging.models import Amendment, RowState, Sheet, SheetState
from cva.staging.rows import StoredRow, rows_numbered
from cva.staging.workflow import get_sheet, parts_of, require_state

#: The trail names each of so many cells; of more it says how many.
MOST_NAMED = 50


def amend(session: Session, sheet_id: int, cells: Mapping[str, str]) -> int:
    """Put other texts into cells of a checked sheet and queue its check; return the run's id.

    The whole sheet is read again, since a cell may decide about others: the order of the day and
    the month in its column, a duplicate, a total.

    Args:
        session: The caller's transaction.
        sheet_id: A checked sheet that is not submitted yet.
        cells: Such as ``{"L18": "10000.00"}``; an empty text empties the cell.

    Raises:
        InputError: A cell is none of the list's, its text is too long, or nothing is changed.
        RuleError: The sheet is not at this step.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    refuse_unless_open(sheet)
    made = _amendments(
        session, sheet, {cell.strip().upper(): cells[cell].strip() for cell in cells}
    )
    if not made:
        raise InputError(_("No cell was changed."), code="no_cell_changed")
    insert_rows(session, Amendment, made)
    if len(made) <= MOST_NAMED:
        for each in made:
            audit.record_about(session, audit.Act.CELL_AMENDED, sheet, cell=each["cell"])
    else:
        audit.record_about(session, audit.Act.CELL_AMENDED, sheet, rows=len(made))
    return check_once_more(session, sheet, sheet.settled)


def refuse_unless_open(sheet: Sheet) -> None:
    """Cells are corrected between the check and the submission.

    Raises:
        RuleError: The sheet is not at this step.
    """
    require_state(sheet, SheetState.CHECKED)


def _amendments(session: Session, sheet: Sheet, cells: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is to be kept of the cells whose text changes."""
    if any(len(text) > LONGEST_TEXT for text in cells.values()):
        raise InputError(
            _("A cell may hold {limit} characters.").format(limit=LONGEST_TEXT),
            code="cell_too_long",
        )
    places = {cell: _place(sheet, cell) for cell in cells}
    rows = rows_numbered(session, sheet.id, {number for number, _at in places.values()})
    parts = parts_of(sheet)
    made_at, made_by = clock.now(), actor_of(session).user_id
    made = []
    for cell, (number, at) in places.items():
        before = _before(rows, cell, number, at, parts)
        if before.strip() == cells[cell]:
            continue
        made.append(
            {
                "society_id": sheet.society_id,
                "sheet_id": sheet.id,
                "cell": cell,
                "number": number,
                "before": before,
                "after": cells[cell],
                "made_at": made_at,
                "made_by": made_by,
            }
        )
    return made


def _before(
    rows: Mapping[int, StoredRow], cell: str, number: int, at: int, parts: Sequence[SheetPart]
) -> str:
    """The text of a cell as it is now."""
    row = rows.get(number)
    if row is None:
        raise _not_of_the_list(cell)
    if row.state == RowState.POSTED:
        raise InputError(
            _("Row {row} was posted before and stays as it is.").format(
                row=row_name(parts, number)
            ),
            code="row_posted_before",
        )
    return row.cells[at]


def _place(sheet: Sheet, cell: str) -> tuple[int, int]:
    """The row of a cell, and the position of its column among those taken over."""
    try:
        number, column = place_of(cell)
    except ValueError:
        raise _not_of_the_list(cell) from None
    letters = [each["column"] for each in sheet.columns]
    if letter(column) not in letters:
        raise _not_of_the_list(cell)
    return number, letters.index(letter(column))


def _not_of_the_list(cell: str) -> InputError:
    text = _("{cell} is no cell of the list. Name one such as L18, in a column that is taken over.")
    return InputError(text.format(cell=cell[:20]), {"cell": [text.format(cell=cell[:20])]})


def amendments(session: Session, sheet_id: int) -> Sequence[Amendment]:
    """What was corrected in a sheet, the oldest first."""
    query = select(Amendment).where(Amendment.sheet_id == sheet_id).order_by(col(Amendment.id))
    return session.exec(query).all()


@dataclass(frozen=True, slots=True)
class AmendedCells:
    """Cells that were corrected at once from one text to another."""

    cells: str
    before: str
    after: str
    made_by: int
    made_at: datetime


def amended_together(sheet: Sheet, made: Sequence[Amendment]) -> list[AmendedCells]:
    """What was corrected in a sheet, equal corrections of one moment as one."""
    parts, name = parts_of(sheet), sheet.sheet_name or ""
    found: dict[tuple[str, str, int, datetime], list[tuple[str, str]]] = {}
    for each in made:
        tab, cell = cell_in_workbook(parts, name, *place_of(each.cell))
        same = (each.before, each.after, each.made_by, each.made_at)
        found.setdefault(same, []).append((tab, cell or each.cell))
    return [AmendedCells(runs_text(cells), *same) for same, cells in found.items()]


def cells_amended(session: Session, sheet_id: int) -> dict[str, str]:
    """The texts of corrected cells as they are now."""
    return {each.cell: each.after for each in amendments(session, sheet_id)}
