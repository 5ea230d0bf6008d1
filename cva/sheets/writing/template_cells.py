"""How the cells of one column of a template look, and what they let in."""

from copy import copy
from dataclasses import dataclass
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.datavalidation import DataValidation

from cva.core.i18n import gettext as _
from cva.sheets.cells.other_cells import LONGEST_IDENTIFIER, LONGEST_NAME, LONGEST_TEXT, MOST_COUNT
from cva.sheets.vocabulary.layouts import Layout
from cva.sheets.writing.page_style import money_look
from cva.sheets.writing.template_texts import offered

#: What Excel shows at most beside a cell.
LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32
#: Letters of the code of a currency.
LONGEST_CODE = 3
_TEXT = "@"
_LONGEST = {
    "identifier": LONGEST_IDENTIFIER,
    "phone": LONGEST_IDENTIFIER,
    "name": LONGEST_NAME,
    "text": LONGEST_TEXT,
    "currency": LONGEST_CODE,
}
_WIDTHS = {
    "row_no": 6,
    "instalment": 12,
    "full_name": 27,
    "received_by": 20,
    "signature": 20,
    "remarks": 20,
    "authority": 24,
    "witness": 20,
    "sex": 11,
    "household_size": 13,
}
_WIDTHS_OF_TYPES = {"date": 13, "amount": 15, "identifier": 17, "words:receipt": 12}
_WIDTH = 15
_LINE = Side(style="thin", color="B8B8B8")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LOCKED = PatternFill("solid", fgColor="E9E9E9")
_HEAD = PatternFill("solid", fgColor="D5D5D5")


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column of a template.

    Attributes:
        width: In characters.
        number_format: As Excel writes it.
        is_summed: Whether the total row adds it up.
        is_number: Whether it is at the right in every language.
        is_centred: A running number.
    """

    width: int
    number_format: str
    is_summed: bool
    is_number: bool
    is_centred: bool


def look_of(layout: Layout, field: str, currency: str) -> ColumnLook:
    """The look of a field's column."""
    kind = layout.types[field]
    number_format = {
        "date": "yyyy-mm-dd",
        "amount": money_look(currency),
        "whole_number": "0",
        "ignored": "General",
    }.get(kind, _TEXT)
    return ColumnLook(
        width=_WIDTHS.get(field) or _WIDTHS_OF_TYPES.get(kind, _WIDTH),
        number_format=number_format,
        is_summed=kind in {"amount", "whole_number"} and field != "age",
        is_number=kind in {"amount", "whole_number", "date"},
        is_centred=field == "row_no",
    )


def rule_of(layout: Layout, field: str, language: str, title: str) -> DataValidation | None:
    """What the cells of a column let in, with the field's help beside them."""
    kind = layout.types[field]
    if kind == "ignored":
        return None
    rule = _rule(kind, field, language)
    rule.allow_blank = True
    rule.showInputMessage = True
    rule.promptTitle = title[:LONGEST_PROMPT_TITLE]
    rule.prompt = _prompt(layout, field, language)[:LONGEST_PROMPT]
    return rule


def _prompt(layout: Layout, field: str, language: str) -> str:
    text = _(layout.helps[field])
    if layout.types[field] != "date":
        return text
    how = _("Year-month-day, for example 2025-03-31.")
    if _is_jalali(language):
        how = _("Year-month-day, for example 2025-03-31 or 1404-01-11.")
    return f"{text} {how}"


def _is_jalali(language: str) -> bool:
    """Whether days of the Jalali calendar are read in such a sheet."""
    return language == "fa"


def _rule(kind: str, field: str, language: str) -> DataValidation:
    if kind.startswith("words:"):
        return _choice(kind.removeprefix("words:"), language)
    if kind == "date":
        return _date(field, language)
    if kind == "amount":
        operator: Literal["greaterThan", "greaterThanOrEqual"]
        operator = "greaterThan" if field == "amount" else "greaterThanOrEqual"
        return _stopping(
            DataValidation(type="decimal", operator=operator, formula1="0"),
            _("Write a number above zero, with digits only."),
        )
    if kind == "whole_number":
        return _stopping(
            DataValidation(
                type="whole", operator="between", formula1="0", formula2=str(MOST_COUNT)
            ),
            _("Write a whole number."),
        )
    return _stopping(
        DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(_LONGEST[kind])),
        _("The text is too long."),
    )


def _choice(group: str, language: str) -> DataValidation:
    """A list to choose from; another usual word is let in after a question."""
    words = ",".join(offered(language, group))
    return DataValidation(
        type="list",
        formula1=f'"{words}"',
        showErrorMessage=True,
        errorStyle="warning",
        error=_("Choose a word from the list."),
    )


def _date(field: str, language: str) -> DataValidation:
    first = "DATE(1900,1,2)" if field == "date_of_birth" else "DATE(2000,1,1)"
    rule = _stopping(
        DataValidation(type="date", operator="between", formula1=first, formula2="TODAY()"),
        _("Write a day that is not in the future, as year-month-day."),
    )
    rule.showErrorMessage = not _is_jalali(language)  # Excel takes such a day for text
    return rule


def _stopping(rule: DataValidation, message: str) -> DataValidation:
    rule.showErrorMessage, rule.errorStyle, rule.error = True, "stop", message
    return rule


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
