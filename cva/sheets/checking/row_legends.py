"""Which rows a line beside the list is about: those in yellow did not receive."""

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cva.sheets.checking.table import Table
from cva.sheets.files.sheet_parts import row_name
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
_SPAN = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")
_NOBODY = frozenset({"0", "-", "–", "—"})


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
            self.question = Question(
                CHOICE, (), examples={"": shown}, details={"type": "rows"}, offered=self._offered()
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
        if answer.strip() in _NOBODY:
            return frozenset()
        numbers = self._table.numbers
        places = {
            row_name(self._table.known.sheet.parts, number).casefold(): row
            for row, number in enumerate(numbers)
        }
        found = set[int]()
        for part in filter(None, re.split(r"\s*[,;،]\s*", answer.strip())):
            span = _SPAN.fullmatch(part)
            if part.casefold() in places:
                found.add(places[part.casefold()])
            elif span and not self._table.known.sheet.parts:
                first, last = int(span[1]), int(span[2])
                found |= {row for row, number in enumerate(numbers) if first <= number <= last}
            else:
                return None
        return frozenset(found) or None


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
