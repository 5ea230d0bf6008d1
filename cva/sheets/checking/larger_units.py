"""Whether the amounts of a column are counted in thousands or in cents, which is always asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from cva.core.money import digits_of
from cva.sheets.cells.amount_cells import parse
from cva.sheets.cells.amounts_with_units import scale_of_cell
from cva.sheets.checking.table import FieldColumn
from cva.sheets.checking.units_of_lists import (
    BY_LIST,
    ListUnit,
    place_among,
    scales_of_lists,
)
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import Unit
from cva.sheets.vocabulary.questions import EXAMPLES, Question
from cva.sheets.vocabulary.scales import ONE, scale_of_heading, scale_of_line

#: What one of the smallest units is worth where a currency has three digits.
_THOUSANDTH = Decimal("0.001")
_THREE = 3
_TWO = 2
#: The answer that each cell counts as it says itself.
BY_CELL = "own"


class ColumnScale(NamedTuple):
    """What the amounts of a column are multiplied by.

    Attributes:
        times: 1 where they are taken as they are seen.
        lists: What each of several lists is multiplied by, where that is not one thing.
        formats_only: Only cells count so that say it, or whose format does; what stands in the
            sheet does not.
        by_cell: Each cell counts as it says itself, the others as the column does.
        question: What is asked before any amount is read.
    """

    times: Decimal = ONE
    formats_only: bool = False
    by_cell: bool = False
    question: Question | None = None
    lists: Sequence[ListUnit] = ()

    def of(self, value: Value, row: int) -> Decimal:
        """What a cell of the column is multiplied by, given its value with its format."""
        if self.lists:
            return Decimal(self.lists[place_among(self.lists, row)].name or 1)
        own = scale_of_cell(value) if self.by_cell or self.formats_only else ONE
        if self.by_cell and own != ONE:
            return own
        return ONE if self.formats_only and own == ONE else self.times


def scale_of(
    column: FieldColumn,
    known: Recognised,
    numbers: Mapping[int, Value],
    choices: Choices,
    units: Iterable[Unit | None],
) -> ColumnScale:
    """What heading, lines above, sheet name or formats say; settled by the sender alone.

    Args:
        column: A column of amounts.
        known: The sheet.
        numbers: By position of its values, the number that is seen.
        choices: What the sender answered.
        units: The currencies of the amounts, as far as they are known.
    """
    stated = {scale_of_heading(column.place.heading), *map(scale_of_line, known.lines)}
    counted = (column.value(at) for at in column.used if _counts(at, column, numbers))
    formats = {ONE, *map(scale_of_cell, counted)}
    named = sorted((stated | formats) - {ONE})
    if not named:
        return ColumnScale()
    if named[0] < ONE and any(digits_of(one.currency) == _THREE for one in units if one):
        named = sorted({*named, _THOUSANDTH})
    formats_only = stated == {ONE}
    choice = f"scale:{letter(column.place.column)}"
    options = ("1", *map(str, named))
    answer = choices.settled.get(choice)
    by_cell = _by_cell(stated, formats)
    is_of_lines = formats == {ONE} and scale_of_heading(column.place.heading) == ONE
    lists = scales_of_lists(known) if known.lists and is_of_lines else []
    may_differ = len({one.name for one in lists}) > 1
    if answer == BY_LIST and may_differ:
        return ColumnScale(lists=lists)
    if by_cell:
        options = ("1", BY_CELL)
        if answer == BY_CELL:
            return by_cell
    if answer in options:
        return ColumnScale(Decimal(answer), formats_only)
    cells = [at for at in column.used if at not in column.blanks]
    if formats_only:
        cells = [at for at in cells if scale_of_cell(column.value(at)) != ONE]
    shown = [
        (text, number, by_cell.of(column.value(at), 0) if by_cell else ONE)
        for at in cells
        for text, number in readable([(column.value(at), numbers[at])])
    ][:EXAMPLES]
    examples = {
        option: tuple(
            (text, plain(number * (own if option == BY_CELL else Decimal(option))))
            for text, number, own in shown
        )
        for option in options
    }
    offered = options[1] if len(options) == _TWO else ""
    if may_differ:
        options, offered = (*options, BY_LIST), BY_LIST
        examples[BY_LIST] = tuple((one.text or one.list.name, one.name or "1") for one in lists)
    details = {"smaller": "1"} if named[-1] < ONE else {}
    question = Question(
        *(choice, options, column.place.heading),
        examples=examples,
        offered=offered,
        details=details,
    )
    return ColumnScale(question=question)


def _counts(at: int, column: FieldColumn, numbers: Mapping[int, Value]) -> bool:
    """Whether a value is a number; a text is none where nothing was taken off it."""
    value = column.value(at)
    return not isinstance(value, str) or numbers[at] != value


def _by_cell(stated: Collection[Decimal], formats: Collection[Decimal]) -> ColumnScale | None:
    """Each cell by itself, where cells count in other units than the column or each other."""
    of_column, own = {*stated} - {ONE}, {*formats} - {ONE}
    if len(of_column) > 1 or not own or len(of_column | own) == 1:
        return None
    return ColumnScale(next(iter(of_column), ONE), by_cell=True)


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros behind its decimals."""
    return format(number.normalize(), "f")


def readable(cells: Iterable[tuple[Value, Value]]) -> Iterator[tuple[str, Decimal]]:
    """Cells as typed with their number, where it can be read in one way only."""
    for value, number in cells:
        if isinstance(number, int | float) and not isinstance(number, bool):
            yield typed(value), Decimal(repr(number))
        elif isinstance(number, str) and (parsed := parse(number)) and parsed.number is not None:
            yield typed(value).strip(), parsed.number
