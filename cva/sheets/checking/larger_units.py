"""Whether the amounts of a column are counted in thousands or millions, which is always asked."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from cva.sheets.cells.amount_cells import parse
from cva.sheets.cells.amounts_with_units import scale_of_format
from cva.sheets.checking.table import FieldColumn
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, Question
from cva.sheets.vocabulary.scales import scale_of_heading, scale_of_line


class ColumnScale(NamedTuple):
    """What the amounts of a column are multiplied by.

    Attributes:
        times: 1 where they are taken as they are seen.
        formats_only: Only cells count so whose format says it; what stands in the sheet does not.
        question: What is asked before any amount is read.
    """

    times: int = 1
    formats_only: bool = False
    question: Question | None = None

    def of(self, value: Value) -> int:
        """What a cell of the column is multiplied by, given its value with its format."""
        return 1 if self.formats_only and scale_of_format(value) == 1 else self.times


def scale_of(
    column: FieldColumn, known: Recognised, numbers: Mapping[int, Value], choices: Choices
) -> ColumnScale:
    """What heading, lines above, sheet name or formats say; settled by the sender alone.

    Args:
        column: A column of amounts.
        known: The sheet.
        numbers: By position of its values, the number that is seen.
        choices: What the sender answered.
    """
    stated = {scale_of_heading(column.place.heading), *map(scale_of_line, lines_of(known))}
    formats = {scale_of_format(column.value(at)) for at in column.used}
    named = sorted((stated | formats) - {1})
    if not named:
        return ColumnScale()
    formats_only = stated == {1}
    choice = f"scale:{letter(column.place.column)}"
    options = ("1", *map(str, named))
    answer = choices.settled.get(choice)
    if answer in options:
        return ColumnScale(int(answer), formats_only)
    cells = [at for at in column.used if at not in column.blanks]
    if formats_only:
        cells = [at for at in cells if scale_of_format(column.value(at)) > 1]
    shown = list(_readable((column.value(at), numbers[at]) for at in cells))[:EXAMPLES]
    examples = {
        option: tuple((text, _plain(number * int(option))) for text, number in shown)
        for option in options
    }
    offered = options[1] if len(named) == 1 else ""
    heading = column.place.heading
    return ColumnScale(
        question=Question(choice, options, heading, examples=examples, offered=offered)
    )


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _readable(cells: Iterable[tuple[Value, Value]]) -> Iterator[tuple[str, Decimal]]:
    """Cells as typed with their number, where it can be read in one way only."""
    for value, number in cells:
        if isinstance(number, int | float) and not isinstance(number, bool):
            yield typed(value), Decimal(repr(number))
        elif isinstance(number, str) and (parsed := parse(number)) and parsed.number is not None:
            yield typed(value).strip(), parsed.number


def lines_of(known: Recognised) -> list[str]:
    """What is written above the lists: titles, lines, upper headings, and the sheets' names."""
    own = {(head.row, head.column) for head in known.heading_row.heads}
    rows = range(1, min(known.heading_row.row, 60) + 1)
    texts = [
        text
        for row in rows
        for column, text in enumerate(known.sheet.texts(row))
        if text and (row, column) not in own
    ]
    return [*texts, known.sheet.name, *known.sheet.above]
