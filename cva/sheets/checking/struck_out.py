"""Rows and cells that somebody struck out: never counted, and never left out, without a word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import cell
from cva.sheets.files.parsed_workbook import ParsedSheet, Place
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.recognise import Recognised, corrected
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, Question, named_rows

ROWS, TEXT = "struck", "struck_text"
#: Answers: a struck row counts or not; what is left of a text counts, or the cells are mended.
IN, OUT = "in", "out"
LEFT, MEND = "left", "mend"
_NAMES = ("full_name", "family_name", "first_name")


def without_struck_parts(sheet: ParsedSheet, choices: Choices) -> ParsedSheet:
    """The sheet with what is left of its texts, where the sender says that this counts."""
    if choices.settled.get(TEXT) != LEFT or not sheet.partly_struck:
        return sheet
    return corrected(
        sheet, {cell(*place): left.strip() for place, left in sheet.partly_struck.items()}
    )


def struck_rows(known: Recognised, rows: Sequence[int]) -> list[int]:
    """The rows in which the name, or every number and name of the person or voucher, is struck."""
    struck = known.sheet.struck
    if not struck:
        return []
    fields = (*known.layout.required[0], *_NAMES)
    naming = [known.places[name].column for name in fields if name in known.places]
    names = [known.places[name].column for name in _NAMES if name in known.places]
    all_columns = [place.column for place in known.places.values()]
    found = []
    for row in sorted({row for row, _ in struck}.intersection(rows)):
        named = [at for at in names if known.sheet.text(row, at)]
        filled = named if named and all((row, at) in struck for at in named) else naming
        filled = [at for at in filled if known.sheet.text(row, at)]
        filled = filled or [at for at in all_columns if known.sheet.text(row, at)]
        if all((row, at) in struck for at in filled):
            found.append(row)
    return found


def settled_rows(
    known: Recognised, rows: DataRows, choices: Choices
) -> tuple[DataRows, list[Question], list[Finding]]:
    """The rows that count, and what is asked or told of those that are struck out."""
    struck = struck_rows(known, rows.data)
    answer = choices.settled.get(ROWS)
    questions = [*_asked_of_text(known, rows, choices)]
    if not struck:
        return rows, questions, []
    if answer not in {IN, OUT}:
        return rows, [_asked(known, struck), *questions], []
    details = {"left_out": "1"} if answer == OUT else {}
    severity = severity_of("struck-row")
    findings = [
        Finding(severity, "struck-row", *known.sheet.place(row, 0), row, details=details)
        for row in struck
    ]
    return rows.without(frozenset(struck)) if answer == OUT else rows, questions, findings


def _asked(known: Recognised, struck: Sequence[int]) -> Question:
    named = named_rows([row_name(known.sheet.parts, row) for row in struck])
    texts = [" ".join(filter(None, known.sheet.texts(row))) for row in struck[:EXAMPLES]]
    examples = {"": tuple((text, "") for text in texts)}
    return Question(ROWS, (IN, OUT), examples=examples, details={"rows": named})


def _asked_of_text(known: Recognised, rows: DataRows, choices: Choices) -> Iterator[Question]:
    """Whether what is left counts in cells of which a part is struck out."""
    if choices.settled.get(TEXT) in {LEFT, MEND}:
        return
    here = sorted(_partly_struck(known, rows.data))[:EXAMPLES]
    if here:
        pairs = [(known.sheet.text(*place), known.sheet.partly_struck[place]) for place in here]
        shown = tuple((text, left.strip()) for text, left in pairs)
        yield Question(TEXT, (LEFT, MEND), examples={LEFT: shown})


def _partly_struck(known: Recognised, rows: Iterable[int]) -> Iterator[Place]:
    """The cells that are read, headings and what is above them included."""
    if not known.sheet.partly_struck:
        return
    data, columns = frozenset(rows), {place.column for place in known.places.values()}
    for row, at in known.sheet.partly_struck:
        if row < known.heading_row.data_from or (row in data and at in columns):
            yield row, at


def note_struck_cells(table: Table, choices: Choices) -> None:
    """Take nothing from a cell that is struck out in a row that is not, and say so."""
    known = table.known
    rows = {number: row for row, number in enumerate(table.numbers)}
    whole = set(struck_rows(known, table.numbers))
    fields = {place.column: name for name, place in known.places.items()}
    found: dict[Place, str] = {
        place: "struck-cell" for place in known.sheet.struck if place[0] not in whole
    }
    if choices.settled.get(TEXT) == MEND:
        found |= dict.fromkeys(_partly_struck(known, table.numbers), "struck-text")
    _note(table, {place: code for place, code in found.items() if place[0] in rows}, rows, fields)


def _note(
    table: Table, found: Mapping[Place, str], rows: Mapping[int, int], fields: Mapping[int, str]
) -> None:
    for (number, at), code in sorted(found.items()):
        if at in fields:
            row, name = rows[number], fields[at]
            table.fields[name].values[row] = None
            table.note(row, name, code)
