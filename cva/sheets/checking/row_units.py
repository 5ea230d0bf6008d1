"""Finds the currency of every row: what cells, columns and lines say, else the programme's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cva.core.legal_tender import OF_SOME_TIME, units_in_use
from cva.core.money import MINOR_DIGITS
from cva.sheets.checking.stated_currencies import AS_SHOWN, CurrencyEvidence, question_of
from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.checking.units_of_lists import (
    BY_LIST,
    ListUnit,
    currencies_of_lists,
    place_among,
)
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import TOMAN, Reader, Unit, unit
from cva.sheets.vocabulary.currency_lines import (
    NamedUnit,
    UnsureName,
    units_in_lines,
    unsure_name,
)
from cva.sheets.vocabulary.questions import EXAMPLES, Question
from cva.sheets.vocabulary.scales import without_scale

#: Of more currencies with one name, the sender types the code.
_MOST_OPTIONS = 9


@dataclass(slots=True)
class Units:
    """The unit of every data row.

    Attributes:
        by_row: None where it is not known.
        source: The field at whose heading it is reported.
    """

    by_row: Sequence[Unit | None]
    source: str


class UnitFinder:
    """Finds the units of a table's amounts.

    Attributes:
        reader: Knows what a sign means here that several currencies have.
        question: What has to be asked of the currency.
        assumed: A column of amounts and the programme's currency, where nothing in the sheet
            speaks for it.
    """

    def __init__(self, table: Table, choices: Choices) -> None:
        self._table = table
        self._choices = choices
        self._answer = choices.settled.get("currency")
        self._both = () if self._answer else _both_in_use(choices)
        codes = (self._answer, None if self._both else choices.currency)
        known = {*MINOR_DIGITS, TOMAN}
        self._likely = tuple(code.upper() for code in codes if code and code.upper() in known)
        self._is_settled = bool(self._answer) and self._answer not in {AS_SHOWN, BY_LIST}
        self.reader = self._reader(self._likely)
        currency = table.fields.get("currency")
        self._currency = None if currency is None or currency.is_empty else currency
        self.question: Question | None = None
        self.assumed: tuple[str, str] | None = None

    @cached_property
    def _lines(self) -> Sequence[NamedUnit]:
        """What the lines above the table and the sheet's name speak of."""
        return units_in_lines(self.reader, self._table.known.lines)

    def _lists(self, heading: Unit | None) -> Sequence[ListUnit]:
        """What each of several lists says of itself."""
        known = self._table.known
        return currencies_of_lists(known, self.reader, heading) if known.lists else ()

    def _reader(self, likely: Sequence[str]) -> Reader:
        choices = self._choices
        days = (choices.starts_on or choices.today, choices.ends_on or choices.today)
        return Reader(likely, self._table.known.languages, frozenset(self._both), days)

    def reader_of(self, column: FieldColumn) -> Reader:
        """Reads what cells of a column name, which most likely is what is said above them."""
        heading = self.reader.unit_in_heading(without_scale(column.place.heading))
        lines = () if heading or self._currency else self._lines
        certain = [one.unit for one in lines if one.is_certain]
        stated = heading or (certain[0] if len(certain) == 1 else None)
        return self._reader((stated.currency, *self._likely)) if stated else self.reader

    def is_named(self, column: FieldColumn) -> bool:
        """Whether a column's heading names a currency, for certain or not."""
        text = without_scale(column.place.heading)
        return self.reader.unit_in_heading(text) is not None or self.reader.names_money(text)

    def find(
        self, column: FieldColumn, own: Mapping[int, Unit], below: Sequence[NamedUnit]
    ) -> Units | None:
        """The unit of every row, or None and a question.

        Args:
            column: A column of amounts.
            own: By position of its values, what cells name or show themselves.
            below: What its totals name.
        """
        if self._currency:
            return self._of_column(column, self._currency, own)
        evidence = self._evidence(column, own, below)
        doubts = evidence.doubts()
        if doubts and self._answer == BY_LIST and evidence.may_differ:
            return self._of_lists(evidence)
        if doubts and self._is_of_silent(evidence):
            return self._of_lists(evidence)
        if doubts and self._answer in {None, BY_LIST}:
            self.question = self.question or question_of(evidence, doubts)
            return None
        found = self._settled(evidence) if doubts else self._clear(evidence)
        if any(one is None for at, one in found.items() if at not in column.blanks):
            self._ask(column)
            return None
        by_row = list(map(found.__getitem__, column.index))
        self._note_own(column, evidence.named() if doubts else own, by_row)
        return Units(by_row, column.name)

    def _is_of_silent(self, evidence: CurrencyEvidence) -> bool:
        """Whether the answer is about the lists that name no currency, beside others that do.

        Without a programme nothing else is known of them; the others are in their own.
        """
        is_only_answer = self._is_settled and self._choices.currency is None
        return is_only_answer and bool(evidence.silent) and evidence.may_differ

    def _of_lists(self, evidence: CurrencyEvidence) -> Units:
        """Each list in the currency that its own lines name."""
        lists, column = evidence.lists, evidence.column
        by_row = [evidence.unit_of(lists[place_among(lists, row)]) for row in self._table.numbers]
        self._note_own(column, evidence.own, by_row)
        return Units(by_row, column.name)

    def _evidence(
        self, column: FieldColumn, own: Mapping[int, Unit], below: Sequence[NamedUnit]
    ) -> CurrencyEvidence:
        text = without_scale(column.place.heading)
        heading, usual = self.reader.unit_in_heading(text), self._usual
        if heading is None and self.reader.names_money(text):
            # It names a currency, and not for certain which: neither is any other taken for it.
            return CurrencyEvidence(column, None, (), own, usual if self._is_settled else None)
        lines = (*self._lines, *below)
        return CurrencyEvidence(column, heading, lines, own, usual, self._lists(heading))

    @property
    def _usual(self) -> Unit | None:
        return unit(self._likely[0]) if self._likely else None

    def _settled(self, evidence: CurrencyEvidence) -> dict[int, Unit | None]:
        """Units where the sheet disagrees with itself, as the sender answered."""
        used, fallback = evidence.column.used, evidence.stated or evidence.usual
        if self._answer == AS_SHOWN:
            return {at: evidence.own.get(at, fallback) for at in used}
        is_said = evidence.heading or any(one.is_certain for one in evidence.lines)
        kept = {} if is_said else evidence.named()
        return {at: kept.get(at, evidence.usual) for at in used}

    def _clear(self, evidence: CurrencyEvidence) -> dict[int, Unit | None]:
        """Units where nothing in the sheet disagrees."""
        used, stated = evidence.column.used, evidence.stated
        if stated is None and not evidence.own and not self._is_settled and evidence.usual:
            return self._assume(evidence, evidence.usual)
        is_said = evidence.heading or any(one.is_certain for one in evidence.lines)
        own = {} if is_said else evidence.own
        return {at: own.get(at, stated or evidence.usual) for at in used}

    def _assume(self, evidence: CurrencyEvidence, usual: Unit) -> dict[int, Unit | None]:
        """The programme's currency, which the sender confirms; asked where formats are not read."""
        if not self._table.known.sheet.has_formats or self._unsure_name(evidence.column):
            return dict.fromkeys(evidence.column.used)
        self.assumed = self.assumed or (evidence.column.name, usual.currency)
        return dict.fromkeys(evidence.column.used, usual)

    def _ask(self, column: FieldColumn) -> None:
        named = self._unsure_name(column)
        texts = (column.texts[at] for at in column.used if at not in column.blanks)
        shown = [named.text] if named else list(islice(texts, EXAMPLES))
        options = named.codes if named and len(named.codes) <= _MOST_OPTIONS else ()
        if len(options) == 1:
            options = tuple(dict.fromkeys((*options, *self._likely)))
        likely = () if named or self._table.known.sheet.has_formats else self._likely[:1]
        self.question = self.question or Question(
            "currency",
            self._both or (options if len(options) > 1 else ()),
            column.place.heading,
            examples={"": tuple((text, "") for text in shown)},
            details={"named": "unsure"} if named else {},
            offered="".join(likely),
        )

    def _unsure_name(self, column: FieldColumn) -> UnsureName | None:
        """What heading, lines and first cells name that may be one of several currencies."""
        texts = (column.texts[at] for at in column.used if at not in column.blanks)
        lines = (column.place.heading, *self._table.known.lines, *islice(texts, EXAMPLES))
        return unsure_name(self.reader, map(without_scale, lines))

    def _of_column(
        self, column: FieldColumn, currency: FieldColumn, own: Mapping[int, Unit]
    ) -> Units:
        """Units of a column of currencies; a blank in it has what the sheet says otherwise."""
        found = {at: self.reader.named(currency.texts[at]) for at in currency.used}
        filled = {one for at, one in found.items() if at not in currency.blanks}
        fallback = self._evidence(column, own, ()).stated if currency.blanks else None
        if fallback is None and (self._is_settled or filled == {self._usual}):
            fallback = self._usual
        found |= dict.fromkeys(currency.blanks, fallback)
        by_row = list(map(found.__getitem__, currency.index))
        self._note_own(column, own, by_row)
        if column.name == "amount":
            heading = self.reader.unit_in_heading(without_scale(column.place.heading))
            self._note_units(column, currency, found, heading)
        converts = any(one and one.times != 1 for one in found.values())
        from_cells = converts and not (fallback and fallback.times != 1)
        return Units(by_row, "currency" if from_cells else column.name)

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
        found: Mapping[int, Unit | None],
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


def _both_in_use(choices: Choices) -> tuple[str, ...]:
    """The new and the old unit of the programme's currency, where it runs while both are in use."""
    first, last = choices.starts_on or choices.today, choices.ends_on or choices.today
    code = (choices.currency or "").upper()
    return units_in_use(code, first, last) if code in OF_SOME_TIME else ()
