"""Tables below each other on one sheet whose headings differ: each is read by its own headings.

Where the headings are the same in the same columns it is one list, as on the pages of a printed
one. Otherwise each table is taken like a tab of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import (
    Head,
    HeadingRow,
    find_heading_row,
)
from cva.sheets.recognition.headings import meaning
from cva.sheets.recognition.lists_together import ListToJoin, joined
from cva.sheets.vocabulary.currencies import Reader, Unit
from cva.sheets.vocabulary.scales import scale_of_heading, without_scale
from cva.sheets.vocabulary.text_forms import fold

#: A table in which nobody is named, such as one of sums, is no list; nor is a block to sign in.
_NUMBERS = frozenset(
    {"registration_no", "voucher_number", "transaction_id", "source_id", "household_id"}
    | {"phone", "id_number", "payment_reference"}
)
_NAMES = frozenset({"full_name", "first_name", "family_name"})
#: Columns in which nothing is read, so that it does not matter how they are headed.
_UNREAD = frozenset({"row_no"})
#: So many lines may stand between a table and its headings.
_MOST_LINES = 5
_FEWEST_CELLS = 2
_READER = Reader()


def apart(book: Sequence[ParsedSheet], rows: Mapping[str, Sequence[int]]) -> list[ParsedSheet]:
    """The sheets of a workbook, each table with headings of its own as one.

    Args:
        book: All sheets.
        rows: By the name of a sheet its rows of headings.
    """
    return [
        one
        for sheet in book
        for one in (_tables(sheet, rows[sheet.name]) if sheet.name in rows else [sheet])
    ]


def says_the_same(cells: Iterable[tuple[int, str]], heads: Iterable[Head]) -> bool:
    """Whether cells are some headings once more, each in its own column and none of them left out.

    Another word for the same will do; another currency or larger unit will not.
    """
    own, known = dict(cells), {head.column: head for head in heads}
    needed = {at for at, head in known.items() if head.meaning.fields - _UNREAD}
    return needed <= own.keys() and all(_is_alike(own[at], known.get(at)) for at in own)


def _is_alike(text: str, head: Head | None) -> bool:
    text = " ".join(text.split())
    fields = meaning(text).fields - _UNREAD
    if head is not None and fold(text) == fold(head.text):
        return True
    if head is None or not fields:
        return not fields and (head is None or not head.meaning.fields - _UNREAD)
    either = fields <= head.meaning.fields or head.meaning.fields <= fields
    return either and _unit_and_scale(text) == _unit_and_scale(head.text)


def _unit_and_scale(heading: str) -> tuple[Unit | None, Decimal]:
    """The currency and the larger unit that a heading names."""
    return _READER.unit_in_heading(without_scale(heading)), scale_of_heading(heading)


def _tables(sheet: ParsedSheet, rows: Sequence[int]) -> list[ParsedSheet]:
    """The tables of a sheet from above; the sheet itself where it has but one."""
    starts = [_first_line(sheet, row) for row in _own_headings(sheet, rows)]
    if not starts:
        return [sheet]
    ends = [start - 1 for start in starts]
    places = zip([1, *starts], [*ends, sheet.rows], strict=True)
    parts = [_part(sheet, first, last) for first, last in places]
    title = tuple(_lines_above(parts[0]))
    return [parts[0], *(replace(one, above=(title,)) for one in parts[1:])]


def _own_headings(sheet: ParsedSheet, rows: Sequence[int]) -> Iterator[int]:
    """The rows of headings below the first that begin another table than the one above them."""
    groups = [[rows[0]]]
    for before, row in pairwise(rows):
        if _has_data(sheet, before + 1, row):
            groups.append([])
        groups[-1].append(row)
    if len(groups) == 1:
        return
    above: HeadingRow | None = None
    ends = [*(group[0] for group in groups[1:]), sheet.rows + 1]
    for group, end in zip(groups, ends, strict=True):
        if above is not None and _is_repeat(sheet, group, above):
            continue
        own = find_heading_row(_part(sheet, group[0] if above else 1, end - 1))
        if own and _names_people(own):
            if above is not None:
                yield group[0]
            above = own


def _has_data(sheet: ParsedSheet, first: int, end: int) -> bool:
    """Whether a row between has what people have: several cells, and a digit."""
    return any(
        len(texts) >= _FEWEST_CELLS and any(map(str.isdigit, "".join(texts)))
        for row in range(first, end)
        if (texts := [*filter(None, sheet.texts(row))])
    )


def _is_repeat(sheet: ParsedSheet, group: Sequence[int], heading_row: HeadingRow) -> bool:
    """Whether rows of headings are those of the table above; one of them may be over the others."""
    rows = [[(at, text) for at, text in enumerate(sheet.texts(row)) if text] for row in group]
    return any(says_the_same(cells, heading_row.heads) for cells in rows)


def _names_people(heading_row: HeadingRow) -> bool:
    each = [head.meaning.fields for head in heading_row.heads if head.meaning.fields]
    has_names, has_amounts = (
        any(one <= _NAMES for one in each),
        any("amount" in one for one in each),
    )
    return any(one <= _NUMBERS for one in each) or (has_names and has_amounts)


def _part(sheet: ParsedSheet, first: int, last: int) -> ParsedSheet:
    """Some rows of a sheet as a sheet, which knows where they stand."""
    columns = range(len(sheet.columns))
    part = joined([ListToJoin(sheet.name, sheet, first, last, columns)])
    return replace(part, name=f"{sheet.name} {first}–{last}", above=())


def _first_line(sheet: ParsedSheet, row: int) -> int:
    """The first of the lines above some headings, between which and them one row may be blank."""
    first = row
    for above in range(row - 1, max(row - 1 - _MOST_LINES, 1), -1):
        texts = [*filter(None, sheet.texts(above))]
        if len(texts) > 1 or (not texts and above < row - 1):
            return first
        first = above if texts else first
    return first


def _lines_above(part: ParsedSheet) -> Iterator[str]:
    heading_row = find_heading_row(part)
    rows = range(1, heading_row.first if heading_row else 1)
    return (text for row in rows for text in part.texts(row) if text)
