"""Reads the columns of amounts, each row in its own currency."""

from collections.abc import Mapping, Sequence

from cva.sheets.cells.amount_cells import (
    AmountReader,
    Marks,
    bare_number,
    doubtful_signs,
    examples_of,
    marks_of,
)
from cva.sheets.cells.amounts_with_units import priced
from cva.sheets.cells.cell_reading import Reading
from cva.sheets.checking.amounts_per_person import per_person_of, per_unit_of, stated_of_one
from cva.sheets.checking.denied_amounts import NOT_POSITIVE, note_denied, settle_nought
from cva.sheets.checking.larger_units import ColumnScale, scale_of
from cva.sheets.checking.rounded_amounts import note_rounded_amounts
from cva.sheets.checking.row_units import UnitFinder, Units
from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.headings import speaks_of_paying
from cva.sheets.recognition.sorted_rows import TotalRow
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import Unit
from cva.sheets.vocabulary.currency_lines import NamedUnit
from cva.sheets.vocabulary.questions import NOTHING, Question
from cva.sheets.vocabulary.scales import (
    counts_periods,
    is_per_person,
    is_per_unit,
    states_sum_of_one,
)

AMOUNTS = ("amount", "fee")
DECIMAL_MARK = "decimal_mark"
_WHICH = "which:amount"
#: Used for a currency that is still asked about.
_ANY = Unit("USD")
_RECEIPT = "words:receipt"
_IN_ANY_CURRENCY = frozenset({"amount-unreadable", NOT_POSITIVE, "formula-without-value"})


class RowMoney:
    """The amounts of a table.

    Attributes:
        questions: What has to be answered before amounts can be read.
        readers: By field; a field that is open has none, and no ``units``.
        units: The unit of every row, with thousands; ``stated_units``: without.
        scales: Whether amounts are counted in thousands.
    """

    def __init__(self, table: Table, choices: Choices, totals: Sequence[TotalRow] = ()) -> None:
        self._table = table
        self._totals = totals
        self._choices = choices
        self._finder = UnitFinder(table, choices)
        self._lines = table.known.lines
        self.questions: list[Question] = []
        self._signs: frozenset[str] = frozenset()
        self.readers: dict[str, AmountReader] = {}
        self.units: dict[str, Units] = {}
        self.scales: dict[str, ColumnScale] = {}
        self.stated_units: dict[str, Sequence[Unit | None]] = {}

    def read(self) -> None:
        """Read what there is; ask for what the sheet does not show."""
        for name in AMOUNTS:
            column = self._table.fields.get(name)
            if column is not None and (not column.is_empty or self._is_planned(name)):
                self._read(column)
        self._note_other_fees()
        if self._finder.question:
            self.questions.insert(0, self._finder.question)
        elif self._finder.assumed:
            name, currency = self._finder.assumed
            self._table.note_heading(name, "currency-assumed", {"currency": currency})

    @property
    def codes(self) -> set[str]:
        """The currencies of the amounts."""
        return {one.currency for one in set(self.stated_units.get("amount", ())) if one}

    def read_total(self, value: Value, one: Unit, row: int) -> Reading:
        """The amount of a row that is no data, in a currency that it may name itself."""
        beside = priced([(0, value)], self._finder.reader).get(0)
        if beside and beside.unit not in {None, one}:
            return Reading(None, "currency-mismatch", {"currency": one.currency})
        one = one._replace(times=one.times * self.scales["amount"].of(value, row))
        return self.readers["amount"].read(beside.number if beside else value, one)

    def _is_planned(self, name: str) -> bool:
        """Whether planned amounts are taken where the amounts are blank."""
        return name == "amount" and any(entry.currency for entry in self._choices.entries)

    def _read(self, column: FieldColumn) -> None:
        reader = self._finder.reader_of(column)
        cells = priced(((at, column.value(at)) for at in column.used), reader)
        numbers = {at: cells[at].number if at in cells else column.value(at) for at in column.used}
        own = {at: one.unit for at, one in cells.items() if one.unit}
        units = self._as_amounts(column, own)
        units = units or self._finder.find(column, own, self._below(column))
        scale = scale_of(
            column, self._table.known, numbers, self._choices, set(units.by_row if units else ())
        )
        persons = None
        if is_per_person(column.place.heading):
            persons = per_person_of(column, self._table, numbers, self._choices)
        elif column.name == "amount" and self._may_be_of_one(column):
            persons = per_unit_of(column, self._table, numbers, self._choices)
        elif column.name == "amount" and (lines := [*filter(states_sum_of_one, self._lines)]):
            persons = stated_of_one(column, self._table, numbers, self._choices, lines)
        asked = [one.question for one in (scale, persons) if one and one.question]
        self.questions += asked
        if units is None or asked:
            self._note_hopeless(column, numbers)
            return
        self.scales[column.name], self.stated_units[column.name] = scale, units.by_row
        self.units[column.name] = units = self._multiplied(units, column, scale)
        self._note_converted(units)
        if persons and persons.times:
            units = self._per_person(column, units, persons.times)
        if persons and persons.answered is not None:
            self._table.note_heading(column.name, "amount-of-one", persons.answered)
        amounts = AmountReader(self._marks(column, numbers), zero_allowed=column.name == "fee")
        self.readers[column.name] = amounts
        if column.name == "amount":
            self._signs = doubtful_signs(numbers.values())
        if amounts.is_open(frozenset(one for one in units.by_row if one)):
            self._ask_mark(column, numbers)
        self._convert(column, units, amounts, numbers)

    def _may_be_of_one(self, column: FieldColumn) -> bool:
        """Whether amounts may be for one piece, day or month, of which a row may have several."""
        heads = self._table.known.heading_row.heads
        unknown = [head.text for head in heads if not head.meaning.fields]
        return is_per_unit(column.place.heading) or any(map(counts_periods, unknown))

    def _multiplied(self, units: Units, column: FieldColumn, scale: ColumnScale) -> Units:
        """The units of rows that count in thousands."""
        if scale.times == 1 and not (scale.lists or scale.by_cell):
            return units
        rows = zip(column.index, units.by_row, self._table.numbers, strict=True)
        times = {} if scale.lists else {at: scale.of(column.value(at), 0) for at in column.used}
        by_row = [
            one and one._replace(times=one.times * (times.get(at) or scale.of("", row)))
            for at, one, row in rows
        ]
        return Units(by_row, units.source)

    def _marks(self, column: FieldColumn, numbers: Mapping[int, Value]) -> Marks:
        """The decimal mark of a column: what is said of it, else what its cells show."""
        settled, values = self._choices.settled, numbers.values()
        own = settled.get(f"{DECIMAL_MARK}:{letter(column.place.column)}")
        shared = settled.get(DECIMAL_MARK)
        if own or self._choices.is_template or not self._is_beside_amounts(column):
            return marks_of(values, own or shared)
        marks = marks_of(values, None)
        is_alike = marks.open and doubtful_signs(values) == self._signs
        return marks_of(values, shared) if is_alike else marks

    def _is_beside_amounts(self, column: FieldColumn) -> bool:
        return column.name != "amount" and "amount" in self.readers

    def _ask_mark(self, column: FieldColumn, numbers: Mapping[int, Value]) -> None:
        """Ask for the decimal mark; once for two columns whose cells have the same signs."""
        signs = doubtful_signs(numbers.values())
        if self._is_beside_amounts(column) and signs == self._signs:
            return
        is_first = not self._is_beside_amounts(column)
        choice = DECIMAL_MARK if is_first else f"{DECIMAL_MARK}:{letter(column.place.column)}"
        examples = examples_of(numbers.values())
        heading = column.place.heading
        self.questions.append(Question(choice, tuple(examples), heading, examples=examples))

    def _as_amounts(self, column: FieldColumn, own: Mapping[int, Unit]) -> Units | None:
        """The units of the amounts, for a column of fees that names none."""
        amounts = self.stated_units.get("amount")
        if amounts is None or own or self._finder.is_named(column):
            return None
        return Units(amounts, column.name)

    def _note_other_fees(self) -> None:
        """Fees in another currency than the amount beside them; a row has one currency."""
        fees, amounts = self.stated_units.get("fee"), self.stated_units.get("amount")
        if fees is None or amounts is None or fees is amounts:
            return
        column = self._table.fields["fee"]
        for row, (fee, amount) in enumerate(zip(fees, amounts, strict=True)):
            is_other = fee and amount and fee.currency != amount.currency
            if is_other and amount and column.values[row] is not None:
                column.values[row] = None
                self._table.note(row, "fee", "currency-mismatch", {"currency": amount.currency})

    def _below(self, column: FieldColumn) -> list[NamedUnit]:
        """The currencies that the totals of a column name."""
        below = self._table.known.sheet.columns[column.place.column]
        cells = priced(
            ((total.row, below.at(total.row)) for total in self._totals), self._finder.reader
        )
        return [
            NamedUnit(one.unit, typed(below.at(row)).strip(), is_certain=False)
            for row, one in cells.items()
            if one.unit
        ]

    def _note_hopeless(self, column: FieldColumn, numbers: Mapping[int, Value]) -> None:
        """What is no amount in any currency, reported before the currency is known."""
        marks = self._marks(column, numbers)
        reader = AmountReader(marks, zero_allowed=column.name == "fee")
        asked = self._zeros(column, numbers)
        readings = {at: reader.read(numbers[at], _ANY) for at in column.used if at not in asked}
        hopeless = {at: one for at, one in readings.items() if one.problem in _IN_ANY_CURRENCY}
        self._table.note_all(column.name, hopeless)

    def _convert(
        self, column: FieldColumn, units: Units, reader: AmountReader, numbers: Mapping[int, Value]
    ) -> None:
        zeros = self._zeros(column, numbers)
        nothing: list[int] = []
        cache: dict[tuple[int, Unit | None], Reading] = {}
        values: list[str | int | None] = []
        for row, (at, one) in enumerate(zip(column.index, units.by_row, strict=True)):
            reading = cache.get((at, one))
            if reading is None:
                reading = Reading(None) if one is None else reader.read(numbers[at], one)
                cache[at, one] = reading
            values.append(reading.value)
            if reading.problem == NOT_POSITIVE and at in zeros:
                nothing.append(row)
            elif reading.problem:
                self._table.note(row, column.name, reading.problem, reading.details)
        column.values = values
        if nothing:
            self.questions += settle_nought(self._table, column, nothing, self._choices)
        if column.name == "amount" and self._is_denied(column):
            note_denied(self._table, column, self._choices)
        if self._table.known.sheet.rounded:
            note_rounded_amounts(self._table, column.name, units.by_row)

    def _zeros(self, column: FieldColumn, numbers: Mapping[int, Value]) -> frozenset[int]:
        """The values of nought in a column of what was paid, where a row says who received."""
        is_handed_out = self._table.known.layout.types.get("status") == _RECEIPT
        is_of_list = self._choices.is_list or self._choices.is_field_list
        is_paid = speaks_of_paying(column.place.heading) or _WHICH in self._choices.settled
        if column.name != "amount" or is_of_list or not (is_handed_out and is_paid):
            return frozenset()
        return frozenset(at for at in column.used if bare_number(numbers[at]) == 0)

    def _is_denied(self, column: FieldColumn) -> bool:
        """Whether the sender said that the amounts are not what was handed out."""
        own = f"per_unit:{letter(column.place.column)}"
        return NOTHING in {self._choices.settled.get(key) for key in (_WHICH, own)}

    def _note_converted(self, units: Units) -> None:
        """Say once that amounts are counted in another unit than the currency."""
        converted = next((one for one in units.by_row if one and one.times != 1), None)
        if converted:
            details = {"times": str(converted.times), "currency": converted.currency}
            self._table.note_heading(units.source, "unit-converted", details)

    def _per_person(
        self, column: FieldColumn, units: Units, members: Sequence[int | None]
    ) -> Units:
        """The units of rows whose amounts are multiplied by their members."""
        for row, count in enumerate(members):
            if count is None and column.index[row] not in column.blanks:
                self._table.note(row, column.name, "members-missing")
        pairs = zip(units.by_row, members, strict=True)
        by_row = [one and count and one._replace(times=one.times * count) for one, count in pairs]
        return Units([one or None for one in by_row], units.source)

    def set_currencies(self) -> list[str | None]:
        """The currency of every data row, for its values."""
        units = self.units.get("amount") or self.units.get("fee")
        if units is None:
            return [None] * len(self._table.numbers)
        return [one.currency if one else None for one in units.by_row]
