"""The first rows of a sheet, for a person who says what its columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.ambiguous_headings import settle
from cva.sheets.recognition.heading_rows import HeadingRow, find_heading_row
from cva.sheets.recognition.headings import guess
from cva.sheets.recognition.opened_workbook import open_book, take_marks, with_marks
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.layouts import kind_of, layout_of, usual_kind

SAMPLES = 3
ROWS_IN_VIEW = 8
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column with a heading.

    Attributes:
        column: Its letters.
        field: What it is taken for; empty where it is not known.
        samples: The first texts below the heading.
    """

    column: str
    heading: str
    field: str
    samples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person looks at.

    Attributes:
        sheets: The names of all sheets of the workbook.
        sheet: The one in view; ``header_row`` is where its headings seem to be.
        kind: Of which kind it seems to be.
        rows: The first rows with something in them: their number and their texts.
    """

    sheets: Sequence[str]
    sheet: str
    header_row: int
    kind: str
    columns: Sequence[SeenColumn]
    rows: Sequence[tuple[int, Sequence[str]]]


def preview(content: bytes, filename: str, choices: Choices, limits: Limits) -> Preview:
    """Look at a file without checking it.

    Raises:
        RefusedError: The file cannot be read at all, or has no such sheet.
    """
    book, marks = take_marks(open_book(content, filename, limits).sheets)
    choices = with_marks(choices, marks)
    sheet = _sheet(book, choices)
    heading_row = find_heading_row(sheet, choices.header_row, choices.remembered) or _likely(sheet)
    fields, _questions = settle(sheet, heading_row, choices)
    known = choices.remembered.get(heading_row.key)
    kind = choices.kind or (known.kind if known else None) or _kind(frozenset(fields.values()))
    guesses = _guesses(heading_row, fields, choices)
    return Preview(
        sheets=[one.name for one in book],
        sheet=sheet.name,
        header_row=heading_row.row,
        kind=kind,
        columns=[
            SeenColumn(
                letter(head.column),
                head.text,
                fields.get(head.column) or guesses.get(head.column, ""),
                _samples(sheet, heading_row.data_from, head.column),
            )
            for head in heading_row.heads
        ],
        rows=_first_rows(sheet),
    )


def _guesses(
    heading_row: HeadingRow, fields: Mapping[int, str], choices: Choices
) -> dict[int, str]:
    """What unknown headings may mean, each field once; what a person decided is no guess."""
    if heading_row.key in choices.remembered:
        return {}
    taken, found = set(fields.values()), {}
    for head in heading_row.heads:
        if head.column in fields or f"column:{letter(head.column)}" in choices.settled:
            continue
        if (field := guess(head.text)) and field not in taken:
            taken.add(field)
            found[head.column] = field
    return found


def _kind(fields: frozenset[str]) -> str:
    """What most sheets are, where nothing of what it needs shows another kind."""
    kind = kind_of(fields)
    return kind if fields & layout_of(kind).required_fields else usual_kind()


def _sheet(book: Sequence[ParsedSheet], choices: Choices) -> ParsedSheet:
    """The one that was named, else one with headings, else the fullest that is shown."""
    named = [sheet for sheet in book if sheet.name == choices.sheet]
    shown = [sheet for sheet in book if not sheet.hidden] or list(book)
    headed = [one for one in shown if find_heading_row(one, None, choices.remembered)]
    return (named or headed or sorted(shown, key=lambda one: -one.rows))[0]


def _likely(sheet: ParsedSheet) -> HeadingRow:
    """The row with the most texts that are no numbers; of two alike the upper."""
    rows = range(1, max(min(sheet.rows, _LOOKED_AT), 1) + 1)
    words = {row: sum(any(map(str.isalpha, text)) for text in sheet.texts(row)) for row in rows}
    best = max(rows, key=lambda row: (words[row], -row))
    return find_heading_row(sheet, best) or HeadingRow(best, best, best + 1, ())


def _samples(sheet: ParsedSheet, first: int, column: int) -> list[str]:
    rows = range(first, min(first + _LOOKED_AT, sheet.rows + 1))
    texts = (sheet.text(row, column) for row in rows)
    return [text for text in texts if text][:SAMPLES]


def _first_rows(sheet: ParsedSheet) -> list[tuple[int, Sequence[str]]]:
    rows = ((row, sheet.texts(row)) for row in range(1, sheet.rows + 1))
    found: list[tuple[int, Sequence[str]]] = []
    for row, texts in rows:
        if any(texts):
            found.append((row, texts))
        if len(found) == ROWS_IN_VIEW:
            break
    return found
