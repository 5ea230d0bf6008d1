"""Which sheet of a workbook is meant, of which kind it is and what its columns hold."""

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cva.sheets.files.cell_addresses import column_of, letter, place_of
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.refusal import RefusedError
from cva.sheets.files.sheet_parts import OwnList, SheetPart
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.candidates import (
    Candidate,
    candidates_of,
    headed_sheets,
    is_called_summary,
    is_of_findings,
    is_of_form,
    layout_for,
    may_name_people,
)
from cva.sheets.recognition.field_places import ColumnPlace, ask_for_missing, places_of
from cva.sheets.recognition.heading_rows import (
    MAX_HEADING_ROWS,
    HeadingRow,
    languages_of,
    rows_of_headings,
)
from cva.sheets.recognition.list_choice import choose_list
from cva.sheets.recognition.several_lists import holds_some_of, same_lists
from cva.sheets.recognition.tables_below import apart
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.layouts import Layout, kind_names
from cva.sheets.vocabulary.questions import Question

FEWEST_UNKNOWN = 2


_DAY, _ROW_NO = "distribution_date", "row_no"
#: Fields that are known, so that nobody is asked about them, and not taken over.
_NEVER_READ = frozenset({"given_number", "instalment", "planned_amount", "row_no", "signature"})
#: What programs call a tab that nobody named.
_UNNAMED = re.compile(r"(?:sheet|list|table|лист|таблица|feuil|hoja|ورقة)?\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecognisedColumn:
    """A column of the recognised sheet.

    Attributes:
        column: Its letters.
        heading: As typed, on one line.
        field: What it holds; None where it is not taken over.
    """

    column: str
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet whose headings are understood.

    Attributes:
        places: Field to the column that holds it.
        columns: All columns that have a heading, and those without one that are chosen or can be.
        languages: The languages that most of the headings are in.
        questions: Headings that only a person can settle.
        hidden: Other sheets of the workbook that are hidden.
        left_out: Other sheets that hold lists like this one.
        lists: The lists with lines of their own, where there are several.
        beside: The other tabs of the workbook.
    """

    sheet: ParsedSheet
    heading_row: HeadingRow
    layout: Layout
    places: Mapping[str, ColumnPlace]
    columns: tuple[RecognisedColumn, ...]
    languages: frozenset[str]
    questions: tuple[Question, ...] = ()
    hidden: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    lists: tuple[OwnList, ...] = ()
    beside: tuple[ParsedSheet, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What is written above all lists, and in notes on their headings."""
        lines = [line for one in self.lists for line in one.lines] or self.lines_above
        last = self.heading_row.row
        return [*lines, *(text for (row, _at), text in self.sheet.notes.items() if row <= last)]

    @property
    def lines_above(self) -> list[str]:
        """What is written above the first list: titles, upper headings, and the sheet's name."""
        own = {(head.row, head.column) for head in self.heading_row.heads}
        texts = [
            text
            for row in range(1, min(self.heading_row.row, MAX_HEADING_ROWS) + 1)
            for column, text in enumerate(self.sheet.texts(row))
            if text and (row, column) not in own
        ]
        title = self.sheet.above[0] if self.sheet.above else ()
        return [*texts, *title, self.sheet.name]

    @property
    def titles(self) -> Sequence[str]:
        """The lines above the first list without headings above its headings, row by row."""
        rows = range(1, self.heading_row.first)
        texts = [[text for text in self.sheet.texts(row) if text] for row in rows]
        if texts and len(texts[-1]) > 1:
            texts.pop()
        above = self.sheet.above[0] if self.sheet.above else ()
        name = [] if _UNNAMED.fullmatch(self.sheet.name) else [self.sheet.name]
        return [*(": ".join(each) for each in texts if each), *above, *name]

    @property
    def running_numbers(self) -> Sequence[int]:
        """The columns of running numbers, and those that may be such and are nothing else."""
        taken = {place.column for place in self.places.values()}
        heads = [head for head in self.heading_row.heads if _ROW_NO in head.meaning.fields]
        return [head.column for head in heads if head.column not in taken]

    @property
    def other_days(self) -> frozenset[int]:
        """Columns of days beside the one that is read as the day of the hand-out.

        They may be the days of receipt, in which a blank says something.
        """
        heads = [head for head in self.heading_row.heads if _DAY in head.meaning.fields]
        taken = {place.column for place in self.places.values()}
        return frozenset(head.column for head in heads if _DAY in self.places) - taken


def recognise(book: Sequence[ParsedSheet], choices: Choices) -> Recognised | Sequence[Question]:
    """Understand the headings, or ask which lists are meant.

    Raises:
        RefusedError: No sheet has headings, one is missing or one is there twice.
    """
    if choices.kind is not None and choices.kind not in kind_names():
        raise RefusedError("kind-unknown", {"kind": choices.kind, "kinds": ", ".join(kind_names())})
    if rows := _other_headings(book):
        book = apart(book, rows)
        choices = _of_whole_tab(book, choices)
    candidates = candidates_of(book, choices) or _whose_list_goes_on(book, choices)
    if not candidates:
        if any(map(is_of_form, book)):
            raise RefusedError("form-without-answers")
        raise RefusedError("no-heading-row", {"sheets": ", ".join(s.name for s in book)[:500]})
    if len(book) == 1 and _is_plain(candidates[0]):
        return _recognised(candidates[0], book, choices)
    found = choose_list(candidates, book, choices)
    return _recognised(found, book, choices) if isinstance(found, Candidate) else found


def _other_headings(book: Sequence[ParsedSheet]) -> dict[str, Sequence[int]]:
    """By sheet the rows of headings, where there are others than the first."""
    found = {sheet.name: rows_of_headings(sheet) for sheet in book}
    return {name: rows for name, rows in found.items() if len(rows) > 1}


def _of_whole_tab(book: Sequence[ParsedSheet], choices: Choices) -> Choices:
    """Without the answer that named a tab, where it is still open which of its tables is meant."""
    is_open = all(one.name != choices.sheet for one in book)
    is_tab = any(one.tab == choices.sheet for one in book)
    return replace(choices, sheet=None) if is_open and is_tab else choices


def _whose_list_goes_on(book: Sequence[ParsedSheet], choices: Choices) -> list[Candidate]:
    """The lists with headings where a tab was chosen that has none, and goes on with the first."""
    headed = candidates_of(book, replace(choices, sheet=None))
    going_on = same_lists(headed, book, choices).lists[1:] if headed else []
    return headed if any(one.sheet.name == choices.sheet for one in going_on) else []


def _is_plain(one: Candidate) -> bool:
    """Whether it is one list whose headings differ and are known, as most are.

    Months with a column each, and lists beside each other, have several other headings.
    """
    return len(set(one.fields.values())) > len(one.heading_row.heads) - FEWEST_UNKNOWN


def _recognised(candidate: Candidate, book: Sequence[ParsedSheet], choices: Choices) -> Recognised:
    layout, sheet = layout_for(candidate, choices), corrected(candidate.sheet, choices.amended)
    places, questions = places_of(candidate, layout, choices)
    questions += ask_for_missing(candidate, layout, places, choices)
    parts = _with_rows(sheet.parts, candidate.heading_row.data_from)
    taken_tabs = frozenset(part.sheet for part in parts) or frozenset({sheet.tab})
    return Recognised(
        sheet=replace(sheet, name=sheet.tab),
        heading_row=candidate.heading_row,
        layout=layout,
        places=places,
        columns=_columns(candidate, layout, places, questions),
        languages=languages_of(candidate.heading_row.heads),
        questions=(*candidate.questions, *questions),
        hidden=tuple(
            dict.fromkeys(one.tab for one in book if one.hidden and one.tab not in taken_tabs)
        ),
        beside=tuple(one for one in book if one.tab not in taken_tabs and not _is_ours(one)),
        left_out=_left_out(replace(sheet, parts=parts), book, choices),
    )


def _is_ours(one: ParsedSheet) -> bool:
    """Whether it is the sheet of findings; somebody may call a tab of one column alike."""
    return is_of_findings(one) and len(one.columns) > 1


def _columns(
    candidate: Candidate,
    layout: Layout,
    places: Mapping[str, ColumnPlace],
    questions: Sequence[Question],
) -> tuple[RecognisedColumn, ...]:
    """The columns with a heading, and those without one that are chosen or can be."""
    asked = frozenset[str]().union(*(question.columns for question in questions))
    headings = {column_of(name): "" for name in asked}
    headings |= {place.column: place.heading for place in places.values()}
    headings |= {head.column: head.text for head in candidate.heading_row.heads}
    taken = {place.column: name for name, place in places.items()}
    return tuple(
        RecognisedColumn(
            letter(column), text, taken.get(column) or _ignored(candidate, column, layout)
        )
        for column, text in sorted(headings.items())
        if column < len(candidate.sheet.columns)
    )


def _left_out(taken: ParsedSheet, book: Sequence[ParsedSheet], choices: Choices) -> tuple[str, ...]:
    """The tabs that might have been meant and were not taken."""
    if len(book) == 1:
        return ()
    headed = replace(choices, sheet=None, settled=_without_heading_row(choices.settled))
    lists = {one.sheet.name for one in headed_sheets(book, headed) if may_name_people(one, choices)}
    candidates = candidates_of(book, replace(choices, sheet=None))
    lists |= {one.sheet.name for one in same_lists(candidates, book, choices).lists}
    others = [one for one in book if not one.hidden and not _is_part(one, taken)]
    lists |= {
        one.name
        for one in others
        if not is_of_findings(one)
        and not is_called_summary(one)
        and holds_some_of(one, candidates[0], choices)
    }
    return tuple(one.name for one in others if one.name in lists)


def _with_rows(parts: Sequence[SheetPart], data_from: int) -> tuple[SheetPart, ...]:
    """The lists of which more than the headings was taken."""
    ends = [*(part.first for part in parts[1:]), None]
    return tuple(
        part for part, end in zip(parts, ends, strict=False) if end is None or end > data_from
    )


def _without_heading_row(settled: Mapping[str, str]) -> Mapping[str, str]:
    """The answers without the row of headings, which is that of one table."""
    return {name: answer for name, answer in settled.items() if name != "header_row"}


def _is_part(one: ParsedSheet, taken: ParsedSheet) -> bool:
    """Whether a sheet, or a table of one, is among the lists that were taken."""
    if not one.parts or not taken.parts:
        return one.tab == taken.tab or one.tab in {part.sheet for part in taken.parts}
    first = 1 - one.parts[0].offset
    return any(
        part.sheet == one.tab and first <= part.first - part.offset < first + one.rows
        for part in taken.parts
    )


def _ignored(candidate: Candidate, column: int, layout: Layout) -> str | None:
    name = candidate.fields.get(column)
    if name in {"other_receipt", "not_received"} and name in layout.types:
        return name
    return name if name in _NEVER_READ else None


def corrected(sheet: ParsedSheet, cells: Mapping[str, str]) -> ParsedSheet:
    """The sheet with other texts in some cells.

    Args:
        sheet: As it was read; how the other text looked says nothing of the new one.
        cells: Such as ``{"L18": "10000.00"}``; cells outside the sheet are left alone.
    """
    by_column: dict[int, dict[int, str]] = {}
    mended = set()
    for address, text in cells.items():
        row, column = place = place_of(address)
        if row <= sheet.rows and column < len(sheet.columns):
            by_column.setdefault(column, {})[row] = text
            mended.add(place)
    if not by_column:
        return sheet
    columns = [
        _with_texts(column, by_column[at]) if at in by_column else column
        for at, column in enumerate(sheet.columns)
    ]
    left = {place: text for place, text in sheet.partly_struck.items() if place not in mended}
    return replace(
        sheet,
        columns=columns,
        struck=sheet.struck - mended,
        unseen=sheet.unseen - mended,
        partly_struck=left,
        rounded={place: places for place, places in sheet.rounded.items() if place not in mended},
    )


def _with_texts(column: SheetColumn, texts: Mapping[int, str]) -> SheetColumn:
    # A number is no text that looks like it.
    places = {value: at for at, value in enumerate(column.values) if isinstance(value, str)}
    values, index = list(column.values), array(WORD, column.index)
    for row, text in texts.items():
        if text not in places:
            places[text] = len(values)
            values.append(text)
        index[row - 1] = places[text]
    return SheetColumn(values, index)
