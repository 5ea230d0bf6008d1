"""Which rows a line beside the list is about: those in yellow did not receive."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cva.sheets.checking.answers import NOBODY, ROWS, answer_parts, span_of
from cva.sheets.checking.other_tabs import lines_of_tabs
from cva.sheets.checking.outside_lines import ConcerningLines, cells_of, outside_lines
from cva.sheets.checking.table import Table
from cva.sheets.files.sheet_parts import part_of, row_name
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.legends import colour_name, colours_in, is_legend
from cva.sheets.vocabulary.questions import MOST_LISTED, Question
from cva.sheets.vocabulary.refusals import is_refusal

CHOICE, CODE = "legend", "rows-explained"
#: So many rows are offered; more are named by the sender alone.
MOST_OFFERED = 40


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
        first = table.known.heading_row.data_from
        above = first if choices.is_template or choices.is_field_list else 1
        lines = [
            line
            for line in outside_lines(table, rows)
            if line.row >= above and line.text not in asked
        ]
        self._concerning = ConcerningLines(table, rows, lines)
        self.lines = [
            line
            for line in lines
            if (
                not line.is_total
                and is_legend(
                    line.text,
                    is_above=line.row < first,
                    has_answers=has_answers or choices.is_field_list,
                )
            )
            # What our own lists count below their people is no word of anybody's.
            or (
                not (choices.is_field_list and is_refusal(line.text))
                and self._concerning.may_concern(line)
            )
        ]
        of_tabs = lines_of_tabs(table) if table.known.beside else []
        if of_tabs:
            self.lines += of_tabs
            self._concerning = ConcerningLines(table, rows, [*lines, *of_tabs])
        self.rows: frozenset[int] = frozenset()
        self.question: Question | None = None
        self.finding: Finding | None = None
        if self.lines:
            self._settle(choices.settled.get(CHOICE, ""))

    def _settle(self, answer: str) -> None:
        named = self._named(answer)
        if named is None:
            shown = tuple((line.text, "") for line in self.lines[:MOST_LISTED])
            cells = cells_of(self._table, self.lines[:MOST_LISTED])
            details = {"type": ROWS, "among": self._among(), "cells": cells}
            offered = self._offered()
            self.question = Question(
                CHOICE, (), examples={"": shown}, details=details, offered=offered
            )
            return
        self.rows = named
        line, known = self.lines[0], self._table.known
        sheet, at = (line.tab or known.sheet).place(line.row, line.column)
        names = ", ".join(self._table.row_name(row) for row in sorted(named)) or "0"
        self.finding = Finding(
            *(severity_of(CODE), CODE, sheet, at), value=line.text, details={"rows": names[:200]}
        )

    def _offered(self) -> str:
        """The rows of people whom the lines name, and those in a colour that they name."""
        named = frozenset[int]().union(*map(self._concerning.rows_of, self.lines))
        rows = sorted({*named, *self._coloured()} - self._table.not_received)
        names = [self._table.row_name(row) for row in rows]
        return ", ".join(names) if len(names) <= MOST_OFFERED else ""

    def _coloured(self) -> Sequence[int]:
        """The rows in a colour that the lines name and most rows do not have."""
        named = frozenset[str]().union(*(colours_in(line.text) for line in self.lines))
        colours = self._table.known.sheet.colours
        if not named or not colours:
            return ()
        looks = [colours.get(number, frozenset()) for number in self._table.numbers]
        counts = Counter(colour for look in looks for colour in look)
        rare = {
            colour
            for colour, count in counts.items()
            if 2 * count < len(looks) and ("any" in named or colour_name(colour) in {*named, ""})
        }
        return [row for row, look in enumerate(looks) if look & rare]

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
