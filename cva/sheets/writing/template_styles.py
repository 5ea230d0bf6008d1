"""Fonts, colours, borders and locks of a template's cells."""

from copy import copy
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

from cva.sheets.writing.template_cells import ColumnLook

_LINE = Side(style="thin", color="B8B8B8")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LOCKED = PatternFill("solid", fgColor="E9E9E9")
_HEAD = PatternFill("solid", fgColor="D5D5D5")


class Looks:
    """How the cells of one template look.

    Each look of a cell to fill in is put together once: there may be hundreds of thousands.
    """

    def __init__(self, *, is_right_to_left: bool) -> None:
        self._is_right_to_left = is_right_to_left
        self._made: dict[tuple[ColumnLook, bool], StyleArray] = {}

    def line(self, cell: Cell, row: int) -> None:
        """A line above the list; the first is the title."""
        cell.font = _font(bold=row <= 2, size=14 if row == 1 else 11)  # noqa: PLR2004
        order = 2 if self._is_right_to_left else 1
        cell.alignment = Alignment(vertical="top", readingOrder=order)

    def heading(self, cell: Cell) -> None:
        """A heading."""
        cell.font, cell.fill, cell.border = _font(bold=True), _HEAD, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def entry(self, cell: Cell, look: ColumnLook, *, is_locked: bool) -> None:
        """A cell of the list."""
        made = self._made.get((look, is_locked))
        if made is not None:
            # Set one by one, they take three times as long as all else together.
            cell._style = copy(made)  # type: ignore[attr-defined]  # noqa: SLF001
            return
        cell.number_format, cell.border = look.number_format, _BOX
        cell.alignment = self._alignment(look)
        cell.protection = Protection(locked=is_locked)
        if is_locked:
            cell.fill = _LOCKED
        self._made[look, is_locked] = copy(cell._style)  # type: ignore[attr-defined]  # noqa: SLF001

    def total(self, cell: Cell, look: ColumnLook) -> None:
        """A cell of the total row."""
        cell.fill, cell.border, cell.font = _HEAD, _BOX, _font(bold=True)
        cell.alignment = self._alignment(look)
        if look.is_summed:
            cell.number_format = look.number_format

    def _alignment(self, look: ColumnLook) -> Alignment:
        """Texts of any script begin where the sheet begins."""
        if look.is_centred:
            return Alignment(horizontal="center", vertical="center")
        side: Literal["left", "right"]
        side = "right" if look.is_number or self._is_right_to_left else "left"
        return Alignment(horizontal=side, vertical="center", indent=1)


def _font(*, bold: bool, size: int = 11) -> Font:
    return Font(name="Calibri", bold=bold, size=size)
