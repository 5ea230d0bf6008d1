"""Finds the lists of a workbook that belong together: one for each village, or side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cva.sheets.cells.date_cells import serial_day
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.ambiguous_headings import settle
from cva.sheets.recognition.candidates import Candidate, is_of_findings, is_of_repeats, layout_for
from cva.sheets.recognition.heading_rows import (
    WIDTH_OF_A_GAP,
    Head,
    find_heading_row,
    numbering_rows,
)
from cva.sheets.recognition.headings import names_of
from cva.sheets.recognition.lists_together import ABSENT, ListToJoin, joined
from cva.sheets.recognition.open_fields import looks_like
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import Reader, Unit
from cva.sheets.vocabulary.scales import scale_of_heading, without_scale
from cva.sheets.vocabulary.word_lists import is_ditto

#: Of the rows of a tab without headings so many have to look like those of the first list.
_MOST = 0.6


class Lists(NamedTuple):
    """Lists that fit together.

    Attributes:
        lists: In the order of the workbook; the first has the headings of all.
        more: Headings that the first list does not have, right of its own.
    """

    lists: list[ListToJoin]
    more: list[Head]


def same_lists(
    candidates: Sequence[Candidate], book: Sequence[ParsedSheet], choices: Choices
) -> Lists:
    """The tabs that hold lists like the first one, with its headings or with none."""
    first, *others = candidates
    alike = [one for one in others if _is_like(one, first, choices)]
    columns, more = _aligned(first, alike)
    width = len(first.sheet.columns) + len(more)
    rows = {one.sheet.name: one.heading_row for one in alike}
    headed = {one.sheet.name for one in candidates}
    known_units = set(_units(first).values())
    other_units = {
        one.sheet.name: [text for text, found in _units(one).items() if found not in known_units]
        for one in alike
    }
    lists = [whole_list(first.sheet, width)._replace(above=())]
    for sheet in book:
        if row := rows.get(sheet.name):
            at = columns[sheet.name] + [ABSENT] * (width - len(columns[sheet.name]))
            above = [text for number in range(1, row.first) for text in sheet.texts(number) if text]
            lines = (*above, *other_units.get(sheet.name, ()))
            if lines or not sheet.above:  # a table without lines of its own is below the title
                lines = (sheet.tab, *lines)
            left_out = numbering_rows(sheet, row.data_from)
            lists.append(
                ListToJoin(
                    sheet.tab, sheet, row.data_from, sheet.rows, at, left_out=left_out, above=lines
                )
            )
        elif (
            sheet.name not in headed
            and not sheet.hidden
            and not is_of_findings(sheet)
            and not is_of_repeats(sheet)
            and _goes_on(sheet, first, choices)
        ):
            lists.append(whole_list(sheet, width))
    return Lists(lists, more)


def whole_list(sheet: ParsedSheet, width: int) -> ListToJoin:
    """A list with its columns as they are, from the first row of its tab on."""
    own = list(range(min(len(sheet.columns), width)))
    columns = own + [ABSENT] * (width - len(own))
    return ListToJoin(sheet.tab, sheet, 1, sheet.rows, columns, above=(sheet.name,))


def _aligned(
    first: Candidate, others: Sequence[Candidate]
) -> tuple[dict[str, list[int]], list[Head]]:
    """By tab its column for each column of all lists: of the same heading, or the same field."""
    heads = first.heading_row.heads
    by_name = dict(zip(names_of(head.text for head in heads), heads, strict=True))
    at_name = {name: head.column for name, head in by_name.items()}
    at_field = {field: column for column, field in first.fields.items()}
    more: list[Head] = []
    found = {}
    for one in others:
        columns: dict[int, int] = {}
        own = one.heading_row.heads
        for name, head in zip(names_of(head.text for head in own), own, strict=True):
            at = at_name.get(name, at_field.get(one.fields.get(head.column, "")))
            if at is None or at in columns:
                at = len(first.sheet.columns) + len(more)
                at_name[name] = at
                more.append(replace(head, column=at, row=first.heading_row.row))
            columns[at] = head.column
        last = max(columns)
        found[one.sheet.name] = [columns.get(at, ABSENT) for at in range(last + 1)]
    return found, more


def _is_like(one: Candidate, first: Candidate, choices: Choices) -> bool:
    """Whether a sheet is of the same kind and has all that every row of the first needs."""
    layout = layout_for(first, choices)
    needed = layout.required_fields & set(first.fields.values())
    if layout_for(one, choices).kind != layout.kind or not needed <= set(one.fields.values()):
        return False
    own, known = _units(one), _units(first)
    if set(map(scale_of_heading, own)) != set(map(scale_of_heading, known)):
        return False
    # A heading that names no currency may be in another than that of the first list.
    units = {*own.values()}, {*known.values()}
    return units[0] == units[1] or None not in units[0] | units[1]


def _units(candidate: Candidate) -> dict[str, Unit | None]:
    """By the headings of amounts the currency that each of them names."""
    reader, heads = Reader(), candidate.heading_row.heads
    texts = [head.text for head in heads if candidate.fields.get(head.column) == "amount"]
    return {text: reader.unit_in_heading(without_scale(text)) for text in texts}


def _goes_on(sheet: ParsedSheet, first: Candidate, choices: Choices) -> bool:
    """Whether the rows of a tab without headings look like those of the first list."""
    fitting, rows = _fitting(sheet, first, choices)
    return bool(fitting) and fitting >= rows * _MOST


def holds_some_of(sheet: ParsedSheet, first: Candidate, choices: Choices) -> bool:
    """Whether a tab without headings has rows where the first list has numbers and amounts.

    They may be written in a way that is not known, so what they look like does not count.
    """
    columns = _needed_columns(sheet, first, choices)
    filled = (
        [text for at in columns if (text := sheet.text(row, at).strip())]
        for row in range(1, sheet.rows + 1)
    )
    return len(columns) > 1 and any(
        len(texts) >= len(columns) - 1 and any(map(str.isdigit, "".join(texts))) for texts in filled
    )


def _fitting(sheet: ParsedSheet, first: Candidate, choices: Choices) -> tuple[int, int]:
    """How many rows of a tab without headings look like those of the first list, and of how many.

    What is blank fits if something else is there; so a row that nobody filled in does.
    """
    columns = _needed_columns(sheet, first, choices)
    if not columns:
        return 0, 0
    rows = [row for row in range(1, sheet.rows + 1) if sheet.text(row, min(columns))]
    return sum(_fits(sheet, row, columns, choices) for row in rows), len(rows)


def _needed_columns(sheet: ParsedSheet, first: Candidate, choices: Choices) -> dict[int, str]:
    """By column the types of what every row of the first list needs; none for a tab with headings.

    Columns that the tab does not reach are left out.
    """
    layout = layout_for(first, choices)
    if find_heading_row(sheet):
        return {}
    return {
        at: layout.types[name]
        for at, name in first.fields.items()
        if name in layout.required_fields and at < len(sheet.columns)
    }


def _fits(sheet: ParsedSheet, row: int, columns: Mapping[int, str], choices: Choices) -> bool:
    texts = [(kind, text) for at, kind in columns.items() if (text := sheet.text(row, at).strip())]
    return len(texts) > 1 and all(
        is_ditto(text)
        or looks_like(kind, text)
        or (kind == "date" and serial_day(text, choices.today, is_birth=False) is not None)
        for kind, text in texts
    )


def lists_beside(candidate: Candidate) -> Lists | None:
    """The lists that stand beside each other on one sheet under the same headings."""
    blocks = list(_blocks(candidate.heading_row.heads))
    names = [names_of(head.text for head in block) for block in blocks]
    if len(blocks) == 1 or any(set(each) != set(names[0]) for each in names[1:]):
        return None
    sheet, start = candidate.sheet, candidate.heading_row.data_from
    lists: list[ListToJoin] = []
    ends = [*(block[0].column for block in blocks[1:]), len(sheet.columns)]
    for block, own, end in zip(blocks, names, ends, strict=True):
        columns = [ABSENT] * (blocks[0][-1].column + 1)
        for name, head in zip(own, block, strict=True):
            columns[blocks[0][names[0].index(name)].column] = head.column
        first = start if lists else 1
        name = f"{sheet.name} {letter(block[0].column)}"
        lines = _lines_over(candidate, block[0].column, end) if lists else ()
        lists.append(ListToJoin(name, sheet, first, sheet.rows, columns, above=lines))
    return Lists(lists, [])


def _lines_over(candidate: Candidate, left: int, end: int) -> tuple[str, ...]:
    """What is written above some columns, or is merged over them, and the name of the tab."""
    sheet, rows = candidate.sheet, range(1, candidate.heading_row.first)
    own = [(row, at) for row in rows for at in range(left, end)]
    over = [
        (top, start)
        for top, start, _bottom, stop in sheet.merged
        if top in rows and start < left <= stop
    ]
    return (*(text for row, at in (*over, *own) if (text := sheet.text(row, at))), sheet.name)


def _blocks(heads: Sequence[Head]) -> Iterator[list[Head]]:
    """Headings without a gap between them; a list may also begin anew with its first heading."""
    block: list[Head] = []
    for head in heads:
        gap = block and head.column - block[-1].column >= WIDTH_OF_A_GAP
        if gap or (block and head.text == block[0].text):
            yield block
            block = []
        block.append(head)
    yield block


def together(found: Lists, first: Candidate, choices: Choices) -> Candidate:
    """All lists as one, under the headings of the first and those that others have more."""
    sheet = joined(found.lists)
    own = [head for head in first.heading_row.heads if head.column < len(found.lists[0].columns)]
    row = replace(first.heading_row, heads=(*own, *found.more))
    fields, questions = settle(sheet, row, choices)
    return replace(first, sheet=sheet, heading_row=row, fields=fields, questions=questions)
