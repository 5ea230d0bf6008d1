"""Which rows a line beside the list is about: those in yellow did not receive."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cva.sheets.checking.answers import NOBODY, ROWS, answer_parts, span_of
from cva.sheets.checking.table import Table
from cva.sheets.files.sheet_parts import part_of, row_name
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.legends import colour_name, colours_in, is_legend
from cva.sheets.vocabulary.questions import EXAMPLES, Question

CHOICE, CODE = "legend", "rows-explained"
#: So many rows outside the list are looked at.
MOST_ROWS = 500
MOST_CELLS = 4
#: So many rows are offered; more are named by the sender alone.
MOST_OFFERED = 40


class OutsideText(NamedTuple):
    """A text outside the list."""

    row: int
    column: int
    text: str


class Legend:
    """The lines of a sheet that explain rows, and the rows that the sender names.

    Attributes:
        lines: Those that may be about people who did not receive.
        rows: Data rows, counted from 0, that the sender named.
        question: What is asked, where it is not settled.
        finding: What the approver is told.
    """

    def __init__(
        self,
        table: Table,
        rows: DataRows,
        choices: Choices,
        *,
        has_answers: bool,
        asked: AbstractSet[str] = frozenset(),
    ) -> None:
        self._table = table
        # What stands above the headings of a template is ours.
        above = (
            table.known.heading_row.data_from if choices.is_template or choices.is_field_list else 1
        )
        self.lines = [
            line
            for line in _lines(table.known, rows)
            if line.row >= above
            and line.text not in asked
            and is_legend(
                line.text,
                is_above=line.row < table.known.heading_row.data_from,
                has_answers=has_answers or choices.is_field_list,
            )
        ]
        self.rows: frozenset[int] = frozenset()
        self.question: Question | None = None
        self.finding: Finding | None = None
        if self.lines:
            self._settle(choices.settled.get(CHOICE, ""))

    def _settle(self, answer: str) -> None:
        named = self._named(answer)
        if named is None:
            shown = tuple((line.text, "") for line in self.lines[:EXAMPLES])
            details = {"type": ROWS, "among": self._among()}
            offered = self._offered()
            self.question = Question(
                CHOICE, (), examples={"": shown}, details=details, offered=offered
            )
            return
        self.rows = named
        line, known = self.lines[0], self._table.known
        sheet, at = known.sheet.place(line.row, line.column)
        names = ", ".join(self._table.row_name(row) for row in sorted(named)) or "0"
        self.finding = Finding(
            *(severity_of(CODE), CODE, sheet, at), value=line.text, details={"rows": names[:200]}
        )

    def _offered(self) -> str:
        """The rows in a colour that the lines name and most rows do not have."""
        named = frozenset[str]().union(*(colours_in(line.text) for line in self.lines))
        colours = self._table.known.sheet.colours
        if not named or not colours:
            return ""
        looks = [colours.get(number, frozenset()) for number in self._table.numbers]
        counts = Counter(colour for look in looks for colour in look)
        rare = {
            colour
            for colour, count in counts.items()
            if 2 * count < len(looks) and ("any" in named or colour_name(colour) in {*named, ""})
        }
        rows = [self._table.row_name(row) for row, look in enumerate(looks) if look & rare]
        return ", ".join(rows) if len(rows) <= MOST_OFFERED else ""

    def _named(self, answer: str) -> frozenset[int] | None:
        """The rows that an answer names; None where it names anything else."""
        if answer.strip() in NOBODY:
            return frozenset()
        numbers, parts = self._table.numbers, self._table.known.sheet.parts
        names = [row_name(parts, number) for number in numbers]
        places = {name.casefold(): row for row, name in enumerate(names)}
        found = set[int]()
        for part in answer_parts(answer):
            span = span_of(part)
            if part.casefold() in places:
                found.add(places[part.casefold()])
            elif span and not parts and {str(span[0]), str(span[-1])} <= places.keys():
                found |= {row for row, number in enumerate(numbers) if number in span}
            else:
                return None
        return frozenset(found) or None

    def _among(self) -> str:
        """The rows that an answer may name, from the first to the last of each run of them."""
        parts, spans = self._table.known.sheet.parts, list[list[int]]()
        for number in self._table.numbers:
            is_next = spans and number == spans[-1][-1] + 1
            if is_next and part_of(parts, number) == part_of(parts, number - 1):
                spans[-1][-1] = number
            else:
                spans.append([number, number])
        return "\n".join(f"{row_name(parts, one)}\t{row_name(parts, last)}" for one, last in spans)


def _lines(known: Recognised, rows: DataRows) -> Iterator[OutsideText]:
    """The texts above, between and below the rows of a list."""
    heads = {(head.row, head.column) for head in known.heading_row.heads}
    headings = {head.text for head in known.heading_row.heads}
    listed = {*rows.data, *(total.row for total in rows.totals)}
    outside = (row for row in range(1, known.sheet.rows + 1) if row not in listed)
    struck = {row for row, _ in known.sheet.struck}
    for _, row in zip(range(MOST_ROWS), outside, strict=False):
        texts = known.sheet.texts(row)
        if row in struck or len(texts) - texts.count("") > MOST_CELLS:
            continue  # a person who does not count, or headings once more
        for column, text in enumerate(texts):
            if text and (row, column) not in heads and text not in headings:
                yield OutsideText(row, column, text)
    for (row, column), text in known.sheet.notes.items():
        if row not in listed:
            yield OutsideText(row, column, text)
