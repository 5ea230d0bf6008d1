"""The data rows of a recognised sheet, column by column, and the findings made of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from cva.sheets.cells.cell_reading import BLANK, Reading, is_blank, is_nothing, says_nothing
from cva.sheets.cells.receipt_cells import READERS
from cva.sheets.files.parsed_workbook import Value
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.recognise import Recognised

#: By the type of a cell what else is as good as a blank: a dash, or words such as n/a.
BLANKS = dict.fromkeys(("name", "text", "words:sex"), is_nothing) | dict.fromkeys(
    ("identifier", "date", "phone", "whole_number"), says_nothing
)

NAMES = ("full_name", "family_name", "first_name", "patronymic")
#: Numbers of people and things, in which a note is a fault of the cell.
ONE_IN_EACH = frozenset({"voucher_number", "registration_no"})
#: Types of cells that have faults of their own where a text stands in them.
_NEVER_NOTED = frozenset({"ignored", "approval", "currency", "amount"})


def other_places(known: Recognised) -> Mapping[str, ColumnPlace]:
    """The columns that are read, and are about something other than a receipt."""
    types = known.layout.types
    fields = known.places.keys() - READERS.keys() - {*NAMES, *ONE_IN_EACH}
    return {
        name: place
        for name, place in known.places.items()
        if name in fields and types[name] not in _NEVER_NOTED
    }


class FieldColumn:
    """One field's cells in the data rows; every distinct value is read once.

    Attributes:
        index: For every data row the position of its value.
        values: What was read for every data row; None where nothing was.
    """

    def __init__(self, known: Recognised, name: str, rows: Sequence[int]) -> None:
        self.name = name
        self.place: ColumnPlace = known.places[name]
        column = known.sheet.columns[self.place.column]
        self._distinct = column.values
        self._is_blank = BLANKS.get(known.layout.types[name], is_blank)
        self.texts = column.texts
        self.index = column.of_rows(rows)
        self.values: list[str | int | None] = [None] * len(rows)

    @cached_property
    def used(self) -> list[int]:
        """The positions of the values of data rows."""
        return sorted(set(self.index))

    @property
    def distinct(self) -> Iterable[Value]:
        """The distinct values of the data rows."""
        return (self._distinct[at] for at in self.used)

    def value(self, at: int) -> Value:
        """A distinct value."""
        return self._distinct[at]

    @cached_property
    def blanks(self) -> frozenset[int]:
        """The positions of values that are blank; so is a dash where no mark is possible."""
        return frozenset(at for at in self.used if self._is_blank(self._distinct[at]))

    @property
    def is_empty(self) -> bool:
        """Whether every cell is blank."""
        return len(self.blanks) == len(self.used)

    def read(self, reader: Callable[[Value], Reading]) -> dict[int, Reading]:
        """Read every cell; give back by position what went wrong."""
        blanks = self.blanks
        readings = {at: BLANK if at in blanks else reader(self._distinct[at]) for at in self.used}
        values = {at: reading.value for at, reading in readings.items()}
        self.values = list(map(values.__getitem__, self.index))
        return {at: reading for at, reading in readings.items() if reading.problem}

    def forget(self, positions: Iterable[int]) -> None:
        """Take back what was read at these positions."""
        for row in self.rows_with(positions):
            self.values[row] = None

    def rows_with(self, positions: Iterable[int]) -> list[int]:
        """The data rows, counted from 0, whose value is at one of the positions."""
        wanted = frozenset(positions)
        if not wanted:
            return []
        return [row for row, at in enumerate(self.index) if at in wanted]


class Table:
    """The data rows of one sheet.

    Attributes:
        known: The recognised sheet.
        numbers: For every data row its number in Excel.
        fields: The columns by field.
        findings: What was found so far.
        errors: Data rows, counted from 0, that have an error.
        not_received: Data rows that say so. ``unanswered``: of a field list, that say nothing.
        as_planned: Data rows of a field list whose amount is the planned one, as none was written.
    """

    def __init__(self, known: Recognised, numbers: Sequence[int]) -> None:
        self.known = known
        self.numbers = numbers
        self.fields: Mapping[str, FieldColumn] = {
            name: FieldColumn(known, name, numbers) for name in known.places
        }
        self.findings: list[Finding] = []
        self.errors: set[int] = set()
        self.not_received: set[int] = set()
        self.unanswered: frozenset[int] = frozenset()
        self.as_planned: frozenset[int] = frozenset()
        self.covered = _covered(known, numbers)

    def row_name(self, row: int) -> str:
        """A data row as a person finds it in the workbook."""
        return row_name(self.known.sheet.parts, self.numbers[row])

    def note(
        self, row: int, name: str, code: str, details: Mapping[str, str] | None = None
    ) -> None:
        """A finding about one cell of a data row counted from 0."""
        column = self.fields[name]
        layout = self.known.layout
        required = layout.needs(name) or (name, code) in layout.always_errors
        severity = severity_of(code, required=required)
        if severity == "error":
            self.errors.add(row)
        text = column.texts[column.index[row]]
        self._add(name, severity, code, details or {}, self.numbers[row], text)

    def withdraw(self, rows: Iterable[int], name: str) -> None:
        """Take back what was found about a field in rows that have another error."""
        numbers = {self.numbers[row] for row in rows}
        self.findings = [
            one for one in self.findings if one.field != name or one.row not in numbers
        ]

    def note_total(self, number: int, code: str, details: Mapping[str, str]) -> None:
        """A finding about the amount of a row that is no data; no error of a row."""
        column = self.known.sheet.columns[self.fields["amount"].place.column]
        text = column.texts[column.index[number - 1]]
        self._add("amount", severity_of(code, required=False), code, details, number, text)

    def note_beside(
        self,
        row: int,
        name: str,
        place: ColumnPlace,
        code: str,
        details: Mapping[str, str],
        shown: str | None = None,
    ) -> None:
        """A finding about a cell of a data row in a column that is no field of its own.

        Args:
            row: Counted from 0.
            name: A field, or nothing.
            place: The column.
            code: What was found.
            details: What its message needs.
            shown: What it is about, where that is not the text of the cell.
        """
        if severity_of(code) == "error":
            self.errors.add(row)
        number, here = self.numbers[row], self.known.sheet
        sheet, at = here.place(number, place.column)
        text = here.text(number, place.column) if shown is None else shown
        self.findings.append(
            Finding(
                *(severity_of(code), code, sheet, at, number, name),
                *(place.heading, text, details),
            )
        )

    def note_all(self, name: str, problems: Mapping[int, Reading]) -> None:
        """The findings of a whole column."""
        column = self.fields[name]
        for row in column.rows_with(problems):
            reading = problems[column.index[row]]
            self.note(row, name, reading.problem or "", reading.details)

    def note_column(self, name: str, code: str, positions: Iterable[int]) -> None:
        """One finding for all cells whose value is at one of the positions; names the first."""
        column = self.fields[name]
        row = column.rows_with(positions)[0]
        self.note(row, name, code)

    def note_heading(self, name: str, code: str, details: Mapping[str, str]) -> None:
        """A finding about a whole column, at its heading."""
        self._add(name, severity_of(code), code, details)

    def _add(
        self,
        name: str,
        severity: str,
        code: str,
        details: Mapping[str, str],
        row: int | None = None,
        value: str = "",
    ) -> None:
        place = self.fields[name].place
        sheet, at = self.known.sheet.place(row or self.known.heading_row.row, place.column)
        at = place.heading_cell if row is None else at
        self.findings.append(
            Finding(severity, code, sheet, at, row, name, place.heading, value, details)
        )


def _covered(known: Recognised, numbers: Sequence[int]) -> dict[tuple[int, int], str]:
    """Cells of the data that another cell is merged over, with the name of the range."""
    if not numbers:
        return {}
    found = {}
    columns = {place.column for place in known.places.values()}
    for top, left, bottom, right in known.sheet.merged:
        if bottom < numbers[0] or top > numbers[-1]:
            continue
        (_, first), (_, last) = known.sheet.place(top, left), known.sheet.place(bottom, right)
        name = f"{first}:{last}"
        for row in range(top, bottom + 1):
            for column in columns.intersection(range(left, right + 1)):
                if (row, column) != (top, left):
                    found[row, column] = name
    return found
