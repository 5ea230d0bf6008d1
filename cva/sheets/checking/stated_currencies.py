"""In which currency amounts are that name none: what the sheet says, and whether that is clear.

A cell goes before its column's heading, that before the lines above the table and the sheet's
name, and all of them before the programme's currency. Where two disagree, it is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cva.sheets.checking.table import FieldColumn
from cva.sheets.checking.units_of_lists import BY_LIST, ListUnit
from cva.sheets.files.parsed_workbook import FormattedNumber, typed
from cva.sheets.vocabulary.currencies import Unit, name_of
from cva.sheets.vocabulary.currency_lines import NamedUnit
from cva.sheets.vocabulary.questions import EXAMPLES, Question

#: The answer that each cell is right.
AS_SHOWN = "own"


@dataclass(frozen=True, slots=True)
class CurrencyEvidence:
    """What speaks of the currency of a column of amounts that has no column of currencies.

    Attributes:
        heading: What its heading names.
        lines: What the lines above and the sheet's name speak of.
        own: By position, what cells name or show themselves.
        usual: The programme's currency.
        lists: What each of several lists says of itself, if one of them does.
    """

    column: FieldColumn
    heading: Unit | None
    lines: Sequence[NamedUnit]
    own: Mapping[int, Unit]
    usual: Unit | None
    lists: Sequence[ListUnit] = ()

    @property
    def may_differ(self) -> bool:
        """Whether the lists are in several currencies; a silent one is in the programme's."""
        units = {self.unit_of(one) for one in self.lists}
        return len(units) > 1 and None not in units

    @property
    def silent(self) -> list[ListUnit]:
        """Lists that name no currency, where others do."""
        return [one for one in self.lists if not one.name]

    def unit_of(self, one: ListUnit) -> Unit | None:
        """What a list is in where each is in its own."""
        return one.unit or self.usual

    @property
    def stated(self) -> Unit | None:
        """What the sheet says for all cells, where it says so once."""
        certain = {one.unit for one in self.lines if one.is_certain}
        if self.heading or certain:
            return self.heading or (next(iter(certain)) if len(certain) == 1 else None)
        return self.usual if self.usual in {one.unit for one in self.lines} else None

    def shown(self) -> Mapping[int, Unit]:
        """What number formats show."""
        value = self.column.value
        return {at: one for at, one in self.own.items() if isinstance(value(at), FormattedNumber)}

    def named(self) -> Mapping[int, Unit]:
        """What the texts of cells name."""
        shown = self.shown()
        return {at: one for at, one in self.own.items() if at not in shown}

    def doubts(self) -> list["Doubt"]:
        """Everything that may be meant, with where it stands; nothing where it is clear."""
        certain = [one for one in self.lines if one.is_certain]
        places = [Doubt(self.heading, self.column.place.heading)] if self.heading else []
        places += [Doubt(one.unit, one.text) for one in certain]
        if self.heading is None:
            places += [Doubt(self.usual, one.list.name) for one in self.silent]
        cells = [Doubt(one, self._text(at)) for at, one in self.shown().items()]
        texts = [Doubt(one, self._text(at)) for at, one in self.named().items()]
        if self.heading is None and certain:
            cells += texts  # a text that contradicts its heading is told at its own cell
        if places:
            found = [*places, *cells]
        elif cells or texts:
            found = [*cells, *self._without_own()]
            found += texts if self._without_own() else []
        else:
            found = self._uncertain()
        return found if len({one.unit for one in found}) > 1 else []

    def _text(self, at: int) -> str:
        return typed(self.column.value(at)).strip()

    def _without_own(self) -> list["Doubt"]:
        """The programme's currency beside cells that name none, where others do.

        A cell with a word that nobody knows may name another one, and is told for itself.
        """
        bare = (at for at in self.column.used if at not in {*self.own, *self.column.blanks})
        texts = (self._text(at) for at in bare)
        found = next((text for text in texts if not any(map(str.isalpha, text))), None)
        return [] if found is None else [Doubt(self.usual, found)]

    def _uncertain(self) -> list["Doubt"]:
        """What lines speak of that may be about something else, and the programme's currency."""
        if not self.lines or self.stated:
            return []
        return [*(Doubt(one.unit, one.text) for one in self.lines), Doubt(self.usual, "")]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A currency that may be meant, and the text that speaks for it."""

    unit: Unit | None
    text: str = field(compare=False)


def question_of(evidence: CurrencyEvidence, doubts: Sequence[Doubt]) -> Question:
    """Ask which of the currencies is meant, or whether each cell is right as it is."""
    examples: dict[str, list[tuple[str, str]]] = {}
    for doubt in doubts:
        texts = examples.setdefault(name_of(doubt.unit), []) if doubt.unit else []
        if doubt.text and (doubt.text, "") not in texts:
            texts.append((doubt.text, ""))
    options = (*examples, AS_SHOWN) if evidence.own and _all_known(evidence) else tuple(examples)
    shown = {code: tuple(texts[:EXAMPLES]) for code, texts in examples.items() if texts}
    offered = options[0] if len(options) == 1 else ""
    if evidence.may_differ:
        is_said = not (evidence.heading or evidence.silent)
        options, offered = (BY_LIST, *options), BY_LIST if is_said else ""
        named = [(one, evidence.unit_of(one)) for one in evidence.lists]
        texts = [(one.text or one.list.name, name_of(unit)) for one, unit in named if unit]
        shown |= {BY_LIST: tuple(texts)}
    kind = "several"
    if evidence.silent:
        kind = "silent" if evidence.usual else "silent_rest"
    return Question(
        "currency",
        options if len(options) > 1 else (),
        evidence.column.place.heading,
        examples=shown,
        details={kind: "1"} if evidence.silent or len(options) > 1 else {},
        offered=offered,
    )


def _all_known(evidence: CurrencyEvidence) -> bool:
    """Whether every cell would have a currency if each were right as it is."""
    bare = {*evidence.column.used} - {*evidence.own} - evidence.column.blanks
    return not bare or bool(evidence.stated or evidence.usual)
