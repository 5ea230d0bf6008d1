"""The sheets of a workbook that may be meant, and what each of them lacks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.files.refusal import RefusedError
from cva.sheets.recognition.ambiguous_headings import settle
from cva.sheets.recognition.heading_rows import HeadingRow, find_heading_row
from cva.sheets.recognition.headings import names_of
from cva.sheets.recognition.long_rows import with_long_rows
from cva.sheets.recognition.open_fields import FIND, WHICH
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.layouts import Layout, kind_of, kind_without, layout_of
from cva.sheets.vocabulary.questions import NOTHING, Question
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Types of fields that tell people or payments apart; of a place there are codes too.
_TELLS_APART = frozenset({"identifier", "name", "phone"})
#: Instead of the name of a sheet: all lists together. No tab of Excel can have this name.
TOGETHER = "*"


@dataclass(slots=True)
class Candidate:
    """A sheet with headings.

    Attributes:
        fields: By column what it holds.
        kind: What a person once said that a sheet with these headings is.
        questions: Headings that only a person can settle.
    """

    sheet: ParsedSheet
    heading_row: HeadingRow
    fields: dict[int, str]
    kind: str | None = None
    questions: list[Question] = field(default_factory=list)


#: By sheet of an XLSForm headings that it always has, folded (xlsform.org).
_HEADINGS_OF_FORM = {
    "survey": frozenset({"type", "name"}),
    "choices": frozenset({"list name", "name"}),
    "external choices": frozenset({"list name", "name"}),
    "settings": frozenset({"form id"}),
}


def candidates_of(book: Sequence[ParsedSheet], choices: Choices) -> list[Candidate]:
    """The sheets of a workbook that may be meant.

    Raises:
        RefusedError: No sheet has the name that was chosen.
    """
    return _narrowed(headed_sheets(book, choices), choices)


def headed_sheets(book: Sequence[ParsedSheet], choices: Choices) -> list[Candidate]:
    """All sheets that have headings, or the one of them that was chosen.

    Raises:
        RefusedError: No sheet has the name that was chosen.
    """
    wanted = [sheet for sheet in book if choices.sheet in (None, TOGETHER, sheet.name)]
    if not wanted:
        names = ", ".join(sheet.name for sheet in book)
        raise RefusedError("no-heading-row", {"sheets": names[:500]})
    found: list[Candidate] = []
    for sheet in wanted:
        if len(book) > 1 and (is_of_findings(sheet) or is_of_form(sheet)):
            continue
        head = find_heading_row(sheet, _chosen_row(sheet, choices), choices.remembered)
        if head is None or (len(wanted) > 1 and is_of_repeats(sheet)):
            continue
        if sheet.widths:
            sheet = with_long_rows(sheet, head)  # noqa: PLW2901
        is_later = bool(found) and choices.sheet == TOGETHER and bool(choices.settled)
        own = _in_letters_of(head, found[0].heading_row, choices) if is_later else choices
        fields, questions = settle(sheet, head, own)
        before = choices.remembered.get(head.key)
        found.append(Candidate(sheet, head, fields, before.kind if before else None, questions))
    return found


def _chosen_row(sheet: ParsedSheet, choices: Choices) -> int | None:
    """The row of headings that a person named, as it is numbered in a table below another."""
    if choices.header_row is None or not sheet.parts:
        return choices.header_row
    return choices.header_row + sheet.parts[0].offset


def _in_letters_of(own: HeadingRow, first: HeadingRow, choices: Choices) -> Choices:
    """The answers about columns, in the letters that the same headings have on another tab."""
    names = dict(zip(_letters(first), names_of(head.text for head in first.heads), strict=True))
    at_name = dict(zip(names_of(head.text for head in own.heads), _letters(own), strict=True))
    there = {column: at_name.get(name) for column, name in names.items()}
    settled: dict[str, str] = {}
    for choice, answer in choices.settled.items():
        kind, _colon, about = choice.partition(":")
        if kind in {WHICH, FIND} and answer in there:
            settled |= {choice: column} if (column := there[answer]) else {}
        elif kind == "column":
            settled |= {f"column:{column}": answer} if (column := there.get(about)) else {}
        else:
            settled[choice] = answer
    return replace(choices, settled=settled)


def _letters(row: HeadingRow) -> list[str]:
    return [letter(head.column) for head in row.heads]


def _narrowed(found: list[Candidate], choices: Choices) -> list[Candidate]:
    """Whole sheets go before sheets that lack a column, shown ones before hidden ones."""
    whole = [one for one in found if not missing_groups(one, layout_for(one, choices))]
    found = whole or found
    shown = [one for one in found if not one.sheet.hidden]
    found = shown or found
    filled = [one for one in found if one.sheet.rows >= one.heading_row.data_from]
    return filled or found


def may_name_people(one: Candidate, choices: Choices) -> bool:
    """Whether a column has numbers or names of people, or texts under a heading that is not known.

    A summary by villages has sums, counts and places alone, or is called one.
    """
    types = layout_for(one, choices).types
    if any(types.get(name) in _TELLS_APART for name in one.fields.values()):
        return True
    if is_called_summary(one.sheet):
        return False
    unknown = (head for head in one.heading_row.heads if head.column not in one.fields)
    below = range(one.heading_row.data_from, one.sheet.rows + 1)
    return any(
        head.meaning.fields
        or any(any(map(str.isalpha, one.sheet.text(row, head.column))) for row in below)
        for head in unknown
    )


def is_called_summary(sheet: ParsedSheet) -> bool:
    """Whether the name of a tab begins with a word for a table of sums."""
    name = f"{fold(sheet.tab).removeprefix('ال')} "
    return any(name.startswith(f"{text} ") for text in vocabulary().rows["summary"])


def is_of_findings(sheet: ParsedSheet) -> bool:
    """Whether it is the sheet of findings that a file was given back with."""
    return fold(sheet.name) in vocabulary().rows["findings_sheet"]


def is_of_repeats(sheet: ParsedSheet) -> bool:
    """Whether the sheet holds the repeats of a KoboToolbox or ODK export."""
    return bool(set(sheet.texts(1)) & {"_parent_index", "PARENT_KEY"})


def is_of_form(sheet: ParsedSheet) -> bool:
    """Whether the sheet is a part of an XLSForm: questions of a survey, and no answers."""
    needed = _HEADINGS_OF_FORM.get(fold(sheet.name))
    return needed is not None and needed <= set(map(fold, sheet.texts(1)))


def layout_for(candidate: Candidate, choices: Choices) -> Layout:
    """What kind of sheet it is; a list before the hand-out has no day of it.

    Where the amount is was asked: the answer counts more than what is remembered of the headings.
    """
    fields = frozenset(candidate.fields.values())
    answer = choices.settled.get(f"{FIND}:amount")
    if answer == NOTHING:
        found = kind_without("amount")
    elif answer:
        found = kind_of(fields | {"amount"})
    else:
        found = candidate.kind or kind_of(fields)
    layout = layout_of(choices.kind or found).of_sheet(fields)
    if not choices.is_list:
        return layout
    required = tuple(group for group in layout.required if group != ("distribution_date",))
    return replace(layout, required=required)


def missing_groups(candidate: Candidate, layout: Layout) -> list[tuple[str, ...]]:
    """The groups of fields that every row needs and no column may hold."""
    here = set(candidate.fields.values())
    asked = {option for question in candidate.questions for option in question.options}
    return [group for group in layout.required if not here & set(group) | asked & set(group)]
