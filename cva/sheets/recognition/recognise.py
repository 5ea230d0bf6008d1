"""Which sheet of a workbook is meant, of which kind it is and what its columns hold."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cva.sheets.files.cell_addresses import cell, letter, place_of
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.refusal import RefusedError
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.ambiguous_headings import settle
from cva.sheets.recognition.heading_rows import Head, HeadingRow, find_heading_row
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.layouts import IGNORED, Layout, kind_names, kind_of, layout_of
from cva.sheets.vocabulary.questions import Question
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

SOURCE = "source_id"
_SOURCES = ("_uuid", "meta/rootuuid", "key", "meta-instanceid", "meta/instanceid", "instanceid")


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
class ColumnPlace:
    """Where a field is: its column counted from 0 and its heading."""

    column: int
    heading: str
    heading_cell: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet whose headings are understood.

    Attributes:
        places: Field to the column that holds it.
        columns: All columns that have a heading.
        languages: The languages that most of the headings are in.
        questions: Headings that only a person can settle.
        hidden: Other sheets of the workbook that are hidden.
    """

    sheet: ParsedSheet
    heading_row: HeadingRow
    layout: Layout
    places: Mapping[str, ColumnPlace]
    columns: tuple[RecognisedColumn, ...]
    languages: frozenset[str]
    questions: tuple[Question, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    sheet: ParsedSheet
    heading_row: HeadingRow
    fields: dict[int, str]
    kind: str | None = None
    questions: list[Question] = field(default_factory=list)


def recognise(book: Sequence[ParsedSheet], choices: Choices) -> Recognised | Question:
    """Understand the headings, or say which sheet has to be chosen.

    Raises:
        RefusedError: No sheet has headings, one is missing or one is there twice.
    """
    if choices.kind is not None and choices.kind not in kind_names():
        raise RefusedError("kind-unknown", {"kind": choices.kind, "kinds": ", ".join(kind_names())})
    candidates = _candidates(book, choices)
    if not candidates:
        raise RefusedError("no-heading-row", {"sheets": ", ".join(s.name for s in book)[:500]})
    if len(candidates) > 1:
        names = tuple(candidate.sheet.name for candidate in candidates)
        return Question("sheet", names)
    return _recognised(candidates[0], book, choices)


def _candidates(book: Sequence[ParsedSheet], choices: Choices) -> list[_Candidate]:
    wanted = [sheet for sheet in book if choices.sheet in (None, sheet.name)]
    if choices.sheet is not None and not wanted:
        names = ", ".join(sheet.name for sheet in book)
        raise RefusedError("no-heading-row", {"sheets": names[:500]})
    found = []
    for sheet in wanted:
        if fold(sheet.name) in vocabulary().rows["findings_sheet"] and len(book) > 1:
            continue
        head = find_heading_row(sheet, choices.header_row, choices.remembered)
        if head is None or (len(wanted) > 1 and _is_repeat(head)):
            continue
        fields, questions = settle(sheet, head, choices)
        before = choices.remembered.get(head.key)
        found.append(_Candidate(sheet, head, fields, before.kind if before else None, questions))
    return _narrowed(found, choices)


def _narrowed(found: list[_Candidate], choices: Choices) -> list[_Candidate]:
    """Whole sheets go before sheets that lack a column, shown ones before hidden ones."""
    whole = [one for one in found if not _missing(one, _layout(one, choices))]
    found = whole or found
    shown = [one for one in found if not one.sheet.hidden]
    found = shown or found
    filled = [one for one in found if one.sheet.rows >= one.heading_row.data_from]
    return filled or found


def _is_repeat(head: HeadingRow) -> bool:
    """Whether the sheet holds the repeats of a KoboToolbox or ODK export."""
    texts = {one.text for one in head.heads}
    return bool(texts & {"_parent_index", "PARENT_KEY"})


def _layout(candidate: _Candidate, choices: Choices) -> Layout:
    found = candidate.kind or kind_of(frozenset(candidate.fields.values()))
    layout = layout_of(choices.kind or found)
    if not choices.is_list:
        return layout
    # A list before the hand-out has no day of it.
    required = tuple(group for group in layout.required if group != ("distribution_date",))
    return replace(layout, required=required)


def _missing(candidate: _Candidate, layout: Layout) -> list[tuple[str, ...]]:
    here = set(candidate.fields.values())
    asked = {option for question in candidate.questions for option in question.options}
    return [group for group in layout.required if not here & set(group) | asked & set(group)]


def _recognised(candidate: _Candidate, book: Sequence[ParsedSheet], choices: Choices) -> Recognised:
    layout, sheet = _layout(candidate, choices), corrected(candidate.sheet, choices.amended)
    heads = {head.column: head for head in candidate.heading_row.heads}
    places = _places(candidate, layout, heads)
    if missing := _missing(candidate, layout):
        raise RefusedError(
            "column-missing",
            {"fields": "; ".join("/".join(group) for group in missing), "kind": layout.kind},
            sheet=sheet.name,
            cell=cell(candidate.heading_row.row, heads[min(heads)].column),
        )
    taken = {place.column: name for name, place in places.items()}
    return Recognised(
        sheet=sheet,
        heading_row=candidate.heading_row,
        layout=layout,
        places=places,
        columns=tuple(
            RecognisedColumn(
                letter(column), head.text, taken.get(column) or _ignored(candidate, column)
            )
            for column, head in sorted(heads.items())
        ),
        languages=_languages(heads.values()),
        questions=tuple(candidate.questions),
        hidden=tuple(one.name for one in book if one.hidden and one is not candidate.sheet),
    )


def _ignored(candidate: _Candidate, column: int) -> str | None:
    name = candidate.fields.get(column)
    return name if name in {"instalment", "planned_amount", "row_no", "signature"} else None


def _places(
    candidate: _Candidate, layout: Layout, heads: Mapping[int, Head]
) -> dict[str, ColumnPlace]:
    places: dict[str, ColumnPlace] = {}
    for column, name in sorted(candidate.fields.items()):
        if layout.types.get(name, IGNORED) == IGNORED:
            continue
        head = heads[column]
        here = ColumnPlace(column, head.text, cell(head.row, column))
        if name == SOURCE and name in places:
            places[name] = min(places[name], here, key=_rank)
            continue
        if name in places:
            raise RefusedError(
                "column-twice",
                {"field": name, "first": places[name].heading_cell, "heading": head.text},
                sheet=candidate.sheet.name,
                cell=here.heading_cell,
            )
        places[name] = here
    return places


def _rank(place: ColumnPlace) -> tuple[int, int]:
    """Forms are exported with several names of one answer; the steadiest is taken."""
    text = place.heading.lower()
    return (_SOURCES.index(text) if text in _SOURCES else len(_SOURCES), place.column)


def _languages(heads: Iterable[Head]) -> frozenset[str]:
    """The languages in which the most headings are."""
    counts: Counter[str] = Counter()
    for head in heads:
        counts.update(head.meaning.languages)
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)


def corrected(sheet: ParsedSheet, cells: Mapping[str, str]) -> ParsedSheet:
    """The sheet with other texts in some cells.

    Args:
        sheet: As it was read.
        cells: Such as ``{"L18": "10000.00"}``; cells outside the sheet are left alone.
    """
    by_column: dict[int, dict[int, str]] = {}
    for address, text in cells.items():
        row, column = place_of(address)
        if row <= sheet.rows and column < len(sheet.columns):
            by_column.setdefault(column, {})[row] = text
    if not by_column:
        return sheet
    columns = [
        _with_texts(column, by_column[at]) if at in by_column else column
        for at, column in enumerate(sheet.columns)
    ]
    return replace(sheet, columns=columns)


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
