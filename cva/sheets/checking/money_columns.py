"""Reads the columns of amounts, each row in its own currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cva.core.identifiers import comparable
from cva.core.money import MINOR_DIGITS, units_in_use
from cva.sheets.cells.amount_cells import AmountReader, examples_of, marks_of, priced
from cva.sheets.cells.cell_reading import Reading
from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.parsed_workbook import Value
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import TOMAN, Reader, Unit, unit
from cva.sheets.vocabulary.field_list_marks import FieldListEntry
from cva.sheets.vocabulary.questions import EXAMPLES, Question

AMOUNTS = ("amount", "fee")
#: Used for a currency that is still asked about.
_ANY = Unit("USD")
_IN_ANY_CURRENCY = frozenset({"amount-unreadable", "amount-not-positive", "formula-without-value"})


@dataclass(slots=True)
class Units:
    """The unit of every data row.

    Attributes:
        by_row: None where it is not known.
        source: The field at whose heading it is reported.
    """

    by_row: Sequence[Unit | None]
    source: str


class RowMoney:
    """The amounts of a table."""

    def __init__(self, table: Table, choices: Choices) -> None:
        self._table = table
        self._choices = choices
        self._both = () if choices.settled.get("currency") else _both_in_use(choices)
        codes = (choices.settled.get("currency"), None if self._both else choices.currency)
        self._likely = tuple(
            code.upper() for code in codes if code and code.upper() in {*MINOR_DIGITS, TOMAN}
        )
        self._reader = Reader(self._likely, table.known.languages, frozenset(self._both))
        self.questions: list[Question] = []
        self.readers: dict[str, AmountReader] = {}
        self.units: dict[str, Units] = {}

    def read(self) -> None:
        """Read what there is; ask for what the sheet does not show."""
        for name in AMOUNTS:
            column = self._table.fields.get(name)
            if column is not None and (not column.is_empty or self._is_planned(name)):
                self._read(column)

    def read_beside(self, name: str, value: Value, one: Unit) -> Reading:
        """A cell outside the data rows, such as a total, in a unit that it may name itself."""
        beside = priced([(0, value)], self._reader).get(0)
        if beside is None:
            return self.readers[name].read(value, one)
        if beside.unit not in {None, one}:
            return Reading(None, "currency-mismatch", {"currency": one.currency})
        return self.readers[name].read(beside.number, one)

    def _is_planned(self, name: str) -> bool:
        """Whether planned amounts are taken where the amounts are blank."""
        return name == "amount" and any(entry.currency for entry in self._choices.entries)

    def _read(self, column: FieldColumn) -> None:
        stated = self._reader.unit_in_heading(column.place.heading) or self._preamble()
        likely = (stated.currency, *self._likely) if stated else self._likely
        reader_of_units = Reader(likely, self._table.known.languages, frozenset(self._both))
        cells = priced(((at, column.value(at)) for at in column.used), reader_of_units)
        units = self._units(column, {at: one.unit for at, one in cells.items() if one.unit})
        if units is None:
            if not any(question.choice == "currency" for question in self.questions):
                texts = [column.texts[at] for at in column.used if at not in column.blanks]
                examples = {"": tuple((text, "") for text in texts[:EXAMPLES])}
                self.questions.append(
                    Question("currency", self._both, column.place.heading, examples=examples)
                )
            self._note_hopeless(column)
            return
        self.units[column.name] = units
        numbers = {at: cells[at].number if at in cells else column.value(at) for at in column.used}
        marks = marks_of(numbers.values(), self._choices.settled.get("decimal_mark"))
        reader = AmountReader(marks, zero_allowed=column.name == "fee")
        self.readers[column.name] = reader
        if reader.is_open(frozenset(one for one in units.by_row if one)):
            heading = column.place.heading
            examples = examples_of(numbers.values())
            self.questions.append(
                Question("decimal_mark", tuple(examples), heading, examples=examples)
            )
        self._convert(column, units, reader, numbers)

    def _note_hopeless(self, column: FieldColumn) -> None:
        """What is no amount in any currency, reported before the currency is known."""
        marks = marks_of(column.distinct, self._choices.settled.get("decimal_mark"))
        reader = AmountReader(marks, zero_allowed=column.name == "fee")
        readings = {at: reader.read(column.value(at), _ANY) for at in column.used}
        hopeless = {at: one for at, one in readings.items() if one.problem in _IN_ANY_CURRENCY}
        self._table.note_all(column.name, hopeless)

    def _convert(
        self, column: FieldColumn, units: Units, reader: AmountReader, numbers: Mapping[int, Value]
    ) -> None:
        cache: dict[tuple[int, Unit | None], Reading] = {}
        values: list[str | int | None] = []
        for row, (at, one) in enumerate(zip(column.index, units.by_row, strict=True)):
            reading = cache.get((at, one))
            if reading is None:
                reading = Reading(None) if one is None else reader.read(numbers[at], one)
                cache[at, one] = reading
            values.append(reading.value)
            if reading.problem:
                self._table.note(row, column.name, reading.problem, reading.details)
        column.values = values
        converted = next((one for one in cache if one[1] and one[1].times != 1), None)
        if converted and converted[1]:
            details = {"times": str(converted[1].times), "currency": converted[1].currency}
            self._table.note_heading(units.source, "unit-converted", details)

    def _units(self, column: FieldColumn, own: Mapping[int, Unit]) -> Units | None:
        """The unit of every row: of its currency column, heading, preamble, cell or programme.

        What the sheet itself says twice has to agree.
        """
        heading = self._reader.unit_in_heading(column.place.heading)
        in_doubt = heading is None and self._reader.names_money(column.place.heading)
        stated = None if in_doubt else heading or self._preamble()
        is_settled = bool(self._choices.settled.get("currency"))
        fallback = stated or (self._settled_unit() if is_settled or not in_doubt else None)
        currency = self._table.fields.get("currency")
        if currency is None or currency.is_empty:
            if own:
                return self._own_units(column, own, stated)
            if fallback is None:
                return None
            return Units([fallback] * len(column.index), column.name)
        found = {at: self._reader.named(currency.texts[at]) for at in currency.used}
        found |= dict.fromkeys(currency.blanks, fallback)
        by_row = list(map(found.__getitem__, currency.index))
        self._note_own(column, own, by_row)
        if column.name == "amount":
            self._note_units(column, currency, found, heading)
        converts = any(one and one.times != 1 for at, one in found.items())
        from_cells = converts and not (fallback and fallback.times != 1)
        return Units(by_row, "currency" if from_cells else column.name)

    def _own_units(
        self, column: FieldColumn, own: Mapping[int, Unit], stated: Unit | None
    ) -> Units | None:
        """Units that are written in the cells; a cell without one has what is known otherwise."""
        fallback = stated or self._settled_unit()
        units = {at: stated or own.get(at, fallback) for at in column.used}
        if any(one is None for at, one in units.items() if at not in column.blanks):
            return None
        by_row = list(map(units.__getitem__, column.index))
        self._note_own(column, own, by_row)
        return Units(by_row, column.name)

    def _note_own(
        self, column: FieldColumn, own: Mapping[int, Unit], by_row: list[Unit | None]
    ) -> None:
        """Cells that name another unit than the sheet does elsewhere; they are not read."""
        for row in column.rows_with(own):
            one = by_row[row]
            if one and one != own[column.index[row]]:
                details = {"currency": one.currency}
                self._table.note(row, column.name, "currency-mismatch", details)
                by_row[row] = None

    def _note_units(
        self,
        column: FieldColumn,
        currency: FieldColumn,
        found: dict[int, Unit | None],
        heading: Unit | None,
    ) -> None:
        """What is wrong with the currency cells of rows that have an amount."""
        unknown = {at for at, one in found.items() if one is None}
        other = {
            at for at, one in found.items() if heading and one and one.currency != heading.currency
        }
        for row in currency.rows_with(unknown | other):
            if column.index[row] in column.blanks:
                continue
            at = currency.index[row]
            if at in other and heading:
                details = {"currency": heading.currency}
                self._table.note(row, "currency", "currency-mismatch", details)
            else:
                code = "required" if at in currency.blanks else "currency-unknown"
                self._table.note(row, "currency", code)

    def _preamble(self) -> Unit | None:
        return self._reader.unit_in_preamble(preamble(self._table.known))

    def _settled_unit(self) -> Unit | None:
        return unit(self._likely[0]) if self._likely else None

    def set_currencies(self) -> list[str | None]:
        """The currency of every data row, for its values."""
        units = self.units.get("amount") or self.units.get("fee")
        if units is None:
            return [None] * len(self._table.numbers)
        return [one.currency if one else None for one in units.by_row]


def _both_in_use(choices: Choices) -> tuple[str, ...]:
    """The new and the old unit of the programme's currency, where it runs while both are in use."""
    first, last = choices.starts_on or choices.today, choices.ends_on or choices.today
    return units_in_use(choices.currency or "", first, last)


def preamble(known: Recognised) -> list[str]:
    """The texts above the headings, row by row."""
    sheet = known.sheet
    return [
        text
        for row in range(1, min(known.heading_row.first, 60))
        for text in sheet.texts(row)
        if text
    ]


def take_planned(table: Table, money: RowMoney, entries: Sequence[FieldListEntry]) -> None:
    """Put the planned amount where a row says that it was received and its amount is blank.

    It is what was written into the field list, in the currency of the row; each entry stands for
    one row, so that a copied row still has to give its amount itself.
    """
    amounts, numbers = table.fields.get("amount"), table.fields.get("registration_no")
    units, receipt = money.units.get("amount"), table.fields["status"].values
    if amounts is None or numbers is None or units is None:
        return
    planned = {comparable(entry.number): entry for entry in reversed(entries)}
    taken = set()
    for row in amounts.rows_with(amounts.blanks):
        one = units.by_row[row]
        if receipt[row] != "yes" or one is None:
            continue
        entry = planned.pop(comparable(numbers.texts[numbers.index[row]]), None)
        if entry is not None and entry.currency == one.currency:
            amounts.values[row] = entry.amount
            taken.add(row)
    if taken:
        table.as_planned = frozenset(taken)
        table.note_heading("amount", "planned-amount-taken", {"count": str(len(taken))})
