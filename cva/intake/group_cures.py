"""The same fault in many cells of a stored sheet, mended at once."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from cva.core.errors import ConflictError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.intake.cell_corrections import amend, refuse_unless_open
from cva.sheets.checking.cures import FILL_DOWN, NO, TEXT, YES, answer_field, mended_text
from cva.sheets.checking.finding_groups import FindingGroup, groups_of
from cva.sheets.files.cell_addresses import letter, place_of
from cva.sheets.files.sheet_parts import cell_of_all, part_of
from cva.staging.models import RowState, Sheet
from cva.staging.rows import findings_of, rows_numbered
from cva.staging.workflow import get_sheet, parts_of


def groups_in(session: Session, sheet: Sheet) -> list[FindingGroup]:
    """What the check of a sheet found, the same fault in many cells as one."""
    fields = {column["field"] for column in sheet.columns}
    return groups_of(findings_of(session, sheet.id), sheet.kind, fields)


def mend_group(
    session: Session,
    sheet_id: int,
    *,
    group: str,
    cure: str,
    text: str = "",
    version: int | None = None,
) -> int:
    """Mend all cells of a group in one way and queue the check; return the run's id.

    Args:
        session: The caller's transaction.
        sheet_id: A checked sheet that is not submitted yet.
        group: The key of the group.
        cure: One of those of the group.
        text: What is written into all cells, where that is the cure.
        version: The version that was seen.

    Raises:
        NotFoundError: The sheet has no such group.
        ConflictError: The sheet changed since it was seen.
        InputError: The cure is none of the group's, or mends nothing.
        RuleError: The sheet is not at this step.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    refuse_unless_open(sheet)
    if version not in {None, sheet.version}:
        raise ConflictError(
            _("This sheet changed while you looked at it. Reload, then decide."),
            code="sheet_changed",
        )
    found = next((one for one in groups_in(session, sheet) if one.key == group), None)
    if found is None:
        raise NotFoundError(_("There is no such record."))
    if cure not in found.cures:
        raise InputError(_("These cells cannot be mended in this way."), code="cure_unfit")
    if cure == TEXT and not text.strip():
        message = _("Fill this in.")
        raise InputError(message, {"text": [message]}, code="cure_text_missing")
    return amend(session, sheet_id, _CellsToMend(session, sheet, found).cells(cure, text))


class _CellsToMend:
    """The cells of a group and what is written into them."""

    def __init__(self, session: Session, sheet: Sheet, group: FindingGroup) -> None:
        self._sheet, self._group = sheet, group
        self._parts = parts_of(sheet)
        self._rows = rows_numbered(session, sheet.id)
        self._places = {each["column"]: at for at, each in enumerate(sheet.columns)}

    def cells(self, how: str, text: str) -> Mapping[str, str]:
        """By cell the new text."""
        if how == FILL_DOWN:
            return dict(self._filled_down())
        mended = {}
        for cell in self._answers() if how in {YES, NO} else self._cells():
            new = text if how == TEXT else mended_text(how, self._text(cell))
            if new is not None:
                mended[cell] = new
        return mended

    def _numbers(self) -> Iterator[tuple[int, str]]:
        """The rows of the group that can be mended, each with its cell in the workbook."""
        for one in self._group.findings:
            row = self._rows.get(one.row or 0)
            if row is not None and row.state != RowState.POSTED:
                yield one.row or 0, one.cell or ""

    def _cells(self) -> Iterator[str]:
        """The cells of the group that can be mended, as those of all lists taken together."""
        for number, at in self._numbers():
            cell = cell_of_all(self._parts, number, at)
            if letter(place_of(cell)[1]) in self._places:
                yield cell

    def _answers(self) -> Iterator[str]:
        """The cells that say of each row whether it was received."""
        columns = {each["field"]: each["column"] for each in reversed(self._sheet.columns)}
        own = self._group.first.field
        target = answer_field(own or "", columns)
        if target is None or target == own:
            yield from self._cells()
        else:
            yield from (f"{columns[target]}{number}" for number, _at in self._numbers())

    def _text(self, cell: str) -> str:
        number, column = place_of(cell)
        return self._rows[number].cells[self._places[letter(column)]]

    def _filled_down(self) -> Iterator[tuple[str, str]]:
        """Blank cells, each with what stands above it in the same list."""
        wanted = {place_of(cell): cell for cell in self._cells()}
        for column in {column for _number, column in wanted}:
            above, part = "", None
            for number, row in self._rows.items():
                here = part_of(self._parts, number)
                above, part = ("" if here != part else above), here
                text = row.cells[self._places[letter(column)]].strip()
                above = text or above
                if above and (number, column) in wanted:
                    yield wanted[number, column], above
