"""Correcting cells in the ledger: the file stays as it was sent, both texts are kept."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from cva.core import audit, clock
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.intake.receiving import check_once_more
from cva.sheets.files.cell_addresses import letter, place_of
from cva.staging.models import Amendment, RowState, Sheet, SheetState, StagedRow
from cva.staging.rows import cells_of
from cva.staging.workflow import get_sheet, require_state

LONGEST_TEXT = 2000


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
    made = [
        amendment
        for cell, text in cells.items()
        if (amendment := _amendment(session, sheet, cell.strip().upper(), text.strip()))
    ]
    if not made:
        raise InputError(_("No cell was changed."), code="no_cell_changed")
    session.add_all(made)
    for amendment in made:
        audit.record_about(session, audit.Act.CELL_AMENDED, sheet, cell=amendment.cell)
    return check_once_more(session, sheet, sheet.settled)


def refuse_unless_open(sheet: Sheet) -> None:
    """Cells are corrected between the check and the submission.

    Raises:
        RuleError: The sheet is not at this step.
    """
    require_state(sheet, SheetState.CHECKED)


def _amendment(session: Session, sheet: Sheet, cell: str, text: str) -> Amendment | None:
    if len(text) > LONGEST_TEXT:
        raise InputError(
            _("A cell may hold {limit} characters.").format(limit=LONGEST_TEXT),
            code="cell_too_long",
        )
    number, at = _place(sheet, cell)
    row = session.exec(
        select(StagedRow).where(StagedRow.sheet_id == sheet.id, StagedRow.number == number)
    ).one_or_none()
    if row is None:
        raise _not_of_the_list(cell)
    if row.state == RowState.POSTED:
        raise InputError(
            _("Row {row} was posted before and stays as it is.").format(row=number),
            code="row_posted_before",
        )
    before = str(cells_of(row.record)[at])
    if before.strip() == text:
        return None
    return Amendment(
        society_id=sheet.society_id,
        sheet_id=sheet.id,
        cell=cell,
        number=number,
        before=before,
        after=text,
        made_at=clock.now(),
        made_by=actor_of(session).user_id,
    )


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


def cells_amended(session: Session, sheet_id: int) -> dict[str, str]:
    """The texts of corrected cells as they are now."""
    return {each.cell: each.after for each in amendments(session, sheet_id)}
