"""Finds the row of headings of a sheet, and what is in every column of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.recognition.headings import Meaning, is_tag, key_of, meaning, tagged, unit_of
from cva.sheets.vocabulary.word_lists import vocabulary, word

MAX_HEADING_ROWS = 60
MAX_LEVELS = 3
FEWEST_KNOWN = 2
WIDTH_OF_A_GAP = 2
FEWEST_CELLS = 3
MOST_ROWS_TO_NUMBERING = 3
#: A column with more different words than these holds names, and they are not all looked at.
_MOST_WORDS = 200
#: So many headings of a row may be there for each known one.
_MOST_FOR_ONE_KNOWN = 4
_NAMING = frozenset({"registration_no", "voucher_number", "transaction_id", "source_id"})


@dataclass(frozen=True, slots=True)
class Head:
    """One column's heading.

    Attributes:
        column: Counted from 0.
        row: Where its text is.
        text: As typed, on one line.
        meaning: The fields it may mean.
        tag: The field of the HXL tag under it.
    """

    column: int
    row: int
    text: str
    meaning: Meaning
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a sheet.

    Attributes:
        row: The last row of headings as Excel numbers it.
        first: The first of its rows.
        data_from: The first row that may hold data.
        heads: One for every column that has a heading, from the left.
    """

    row: int
    first: int
    data_from: int
    heads: tuple[Head, ...]

    @property
    def key(self) -> str:
        """The same wherever these headings are."""
        return key_of(head.text for head in self.heads)

    @property
    def known(self) -> int:
        """How many different fields are recognised."""
        return len(
            {field for head in self.heads for field in head.meaning.fields}
            | {head.tag for head in self.heads if head.tag}
        )


def languages_of(heads: Iterable[Head]) -> frozenset[str]:
    """The languages in which the most headings are."""
    counts: Counter[str] = Counter()
    for head in heads:
        counts.update(head.meaning.languages)
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)


def own_heads(heading_row: HeadingRow) -> tuple[Head, ...]:
    """The headings without those of a small table beside the list.

    Such a table is behind a column without a heading, says again what the list says, and
    names no person; a second list of people is not one.
    """
    heads = heading_row.heads
    for at in range(len(heads) - 1, 0, -1):
        if heads[at].column - heads[at - 1].column < WIDTH_OF_A_GAP:
            continue
        here = set().union(*(head.meaning.fields for head in heads[:at]))
        beside = set().union(*(head.meaning.fields for head in heads[at:]))
        if here & beside and not beside & _NAMING and here & _NAMING:
            heads = heads[:at]
    return heads


def rows_of_headings(sheet: ParsedSheet) -> Sequence[int]:
    """All rows that are nothing but headings, wherever they are: two known ones, and no data.

    Two of its headings stand in columns that do not hold names.
    """
    found = Counter(row for column in sheet.columns for row in _rows_with_heading(column))
    rows = (row for row, known in found.items() if known >= FEWEST_KNOWN)
    return sorted(row for row in rows if is_of_headings([*filter(None, sheet.texts(row))]))


def is_of_headings(texts: Sequence[str]) -> bool:
    """Whether the cells of a row are headings, of which some are known, and none is a number.

    A heading may end with a number, Phone 2; not as many of them as are known.
    """
    if any(text[:1].isdigit() for text in texts):
        return False
    known = sum(_may_head(text) for text in texts)
    numbered = sum(text[-1:].isdigit() for text in texts)
    return max(FEWEST_KNOWN, numbered + 1) <= known >= len(texts) / _MOST_FOR_ONE_KNOWN


def _rows_with_heading(column: SheetColumn) -> set[int]:
    texts = (
        (at, value)
        for at, value in enumerate(column.values)
        if isinstance(value, str) and value and not value[-1].isdigit() and not value[0].isdigit()
    )
    words = list(islice(texts, _MOST_WORDS + 1))
    if len(words) > _MOST_WORDS:
        return set()
    counts = {at: column.index.count(at) for at, text in words if _may_head(text)}
    # What stands in most rows is no heading, such as a currency.
    places = {at for at, count in counts.items() if 0 < count * 2 <= len(column.index) + 1}
    if all(counts[at] == 1 for at in places):
        return {column.index.index(at) + 1 for at in places}
    return {row for row, at in enumerate(column.index, 1) if at in places}


def _may_head(text: str) -> bool:
    return bool(meaning(" ".join(text.split())).fields)


def find_heading_row(
    sheet: ParsedSheet, chosen_row: int | None = None, remembered: Collection[str] = ()
) -> HeadingRow | None:
    """The row that names the most fields; the upper one, with fewer levels, of two alike.

    Args:
        sheet: Where to look.
        chosen_row: The row that a person named.
        remembered: Keys of headings that a person explained before.
    """
    if chosen_row is not None:
        return _heading_row(sheet, chosen_row, 1) if 0 < chosen_row <= sheet.rows else None
    best: tuple[int, int, int] | None = None
    for row in range(1, min(sheet.rows, MAX_HEADING_ROWS) + 1):
        if _is_tag_row(sheet, row):
            continue
        for levels in range(1, min(MAX_LEVELS, row) + 1):
            score = _score(sheet, row, levels)
            if score >= FEWEST_KNOWN and (best is None or score > best[0]):
                best = (score, row, levels)
    found = _heading_row(sheet, best[1], best[2]) if best else _tags_alone(sheet)
    if not remembered or (found and found.key in remembered):
        return found
    return _explained(sheet, remembered) or found


def _explained(sheet: ParsedSheet, remembered: Collection[str]) -> HeadingRow | None:
    rows = (_heading_row(sheet, row, 1) for row in range(1, min(sheet.rows, MAX_HEADING_ROWS) + 1))
    return next((row for row in rows if row.heads and row.key in remembered), None)


def _is_tag_row(sheet: ParsedSheet, row: int) -> bool:
    texts = [text for text in sheet.texts(row) if text]
    return len(texts) > 1 and sum(map(is_tag, texts)) * 2 > len(texts)


def _score(sheet: ParsedSheet, row: int, levels: int) -> int:
    found: set[str] = set()
    tags = row < sheet.rows and _is_tag_row(sheet, row + 1)
    for column in range(len(sheet.columns)):
        head = _head(sheet, row, levels, column)
        if head is None:
            continue
        if head.meaning.fields:
            found.add(min(head.meaning.fields))
        elif tags and (tag := tagged(sheet.text(row + 1, column))):
            found.add(tag)
    return len(found)


def _head(sheet: ParsedSheet, row: int, levels: int, column: int) -> Head | None:
    """The lowest text of the column; a parent above counts where it is known.

    A child that says nothing by itself is tried together with its parent.
    """
    own = " ".join(sheet.text(row, column).split())
    if own:
        head = Head(column, row, own, meaning(own))
        if levels > 1 and len(head.meaning.fields) != 1:
            parent = " ".join(sheet.text(row - 1, column).split())
            return _below(text_over(sheet, row - 1, column) or parent, head)
        return head
    for above in range(row - 1, row - levels, -1):
        text = " ".join(sheet.text(above, column).split())
        if text and (means := meaning(text)).fields:
            return Head(column, above, text, means)
        if text:
            return None
    return None


def _below(parent: str, head: Head) -> Head:
    """A child that says nothing, too much or a unit only is read together with its parent."""
    if not parent or parent == head.text:
        return head
    if unit_of(head.text) and (means := meaning(parent)).fields:
        return replace(head, text=f"{parent}, {head.text}", meaning=means)
    both = meaning(f"{parent} {head.text}")
    if len(both.fields) == 1 and (not head.meaning.fields or both.fields <= head.meaning.fields):
        return replace(head, meaning=both)
    return head


def text_over(sheet: ParsedSheet, row: int, column: int) -> str:
    """The text of the merged cell that a cell is part of."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return " ".join(sheet.text(top, left).split())
    return ""


def _tags_alone(sheet: ParsedSheet) -> HeadingRow | None:
    """A row of HXL tags that has no headings above it."""
    for row in range(1, min(sheet.rows, MAX_HEADING_ROWS) + 1):
        if not _is_tag_row(sheet, row):
            continue
        heads = tuple(
            Head(at, row, text, meaning(""), tagged(text))
            for at, text in enumerate(sheet.texts(row))
            if text
        )
        if sum(head.tag is not None for head in heads) >= FEWEST_KNOWN:
            return HeadingRow(row, row, row + 1, heads)
    return None


def _heading_row(sheet: ParsedSheet, row: int, levels: int) -> HeadingRow:
    last = max(
        [row, *(bottom for top, _, bottom, _ in sheet.merged if top <= row < bottom <= row + 2)]
    )
    tag_row = last + 1 if last < sheet.rows and _is_tag_row(sheet, last + 1) else 0
    heads = []
    for column in range(len(sheet.columns)):
        head = _head(sheet, row, levels, column)
        if last > row and sheet.text(last, column):  # it spans fewer rows than its neighbours
            head = _head(sheet, last, last - row + 1, column)
        if head and head.row == row and len(head.meaning.fields) != 1:
            head = _below(text_over(sheet, row - 1, column), head)
        tag = tagged(sheet.text(tag_row, column)) if tag_row else None
        if head is None and tag:
            head = Head(column, tag_row, sheet.text(tag_row, column), meaning(""))
        if head is not None:
            heads.append(Head(column, head.row, head.text, head.meaning, tag))
    first = min((head.row for head in heads), default=row)
    found = HeadingRow(last, first, (tag_row or last) + 1, tuple(heads))
    return found if tag_row else _with_answers(sheet, found)


def _with_answers(sheet: ParsedSheet, found: HeadingRow) -> HeadingRow:
    """The headings with a yes and a no side by side below one of them: Present, over Yes and No.

    The column of the yes is what the heading above it says; that of the no denies it.
    """
    row = found.row + 1
    texts = {at: text for at, text in enumerate(sheet.texts(row)) if text}
    above = [head for head in found.heads if head.column in texts]
    is_row_of_them = sorted(map(answer_of, texts.values())) == ["no", "yes"] and len(above) == 1
    if is_row_of_them and above[0].column == min(texts) == max(texts) - 1:
        pair = [Head(at, row, text, meaning("")) for at, text in sorted(texts.items())]
        heads = {head.column: head for head in (*found.heads, *_about(above[0].text, pair))}
        ordered = tuple(heads[at] for at in sorted(heads))
        return HeadingRow(row, found.first, row + 1, ordered)
    return _with_pairs(sheet, found)


def _with_pairs(sheet: ParsedSheet, found: HeadingRow) -> HeadingRow:
    """The headings, those of which two are a yes and a no as what stands above both says."""
    answers = [answer_of(head.text) for head in found.heads]
    heads = list(found.heads)
    for at, pair in enumerate(pairwise(found.heads)):
        is_pair = {*answers[at : at + 2]} == {"yes", "no"}
        if is_pair and pair[1].column - pair[0].column == 1:
            heads[at : at + 2] = _about(_over_both(sheet, pair), pair)
    return found if heads == [*found.heads] else replace(found, heads=tuple(heads))


def _over_both(sheet: ParsedSheet, pair: Sequence[Head]) -> str:
    """What stands above a yes and a no, or before both of them; nothing where nothing does."""
    before = {head.text.rpartition(":")[0].strip() for head in pair}
    if before != {""}:
        return before.pop() if len(before) == 1 else ""
    row, (left, right) = pair[0].row - 1, (head.column for head in pair)
    if row < 1 or pair[1].row != pair[0].row:
        return ""
    merged = text_over(sheet, row, left)
    if merged:
        return merged if text_over(sheet, row, right) == merged else ""
    return "" if sheet.text(row, right) else " ".join(sheet.text(row, left).split())


def _about(parent: str, pair: Sequence[Head]) -> list[Head]:
    """The heading of a yes as what both are about, that of a no as its denial."""
    return [
        replace(head, text=parent or head.text, meaning=meaning(parent))
        if answer_of(head.text) == "yes"
        else replace(head, text=denied(parent, head.text), meaning=meaning(""))
        for head in pair
    ]


def denied(parent: str, heading: str) -> str:
    """The heading of the column of a no below another heading."""
    answer = heading.rpartition(":")[2].strip()
    return f"{parent}: {answer}" if parent else answer


@lru_cache(maxsize=1_000)
def answer_of(heading: str) -> str:
    """Yes or no, where a heading is nothing else in any language, or ends so: Received: yes."""
    plain = word(heading.rpartition(":")[2])
    meanings = {
        one.meanings[plain] for one in vocabulary().words["yes_no"] if plain in one.meanings
    }
    return meanings.pop() if len(meanings) == 1 and len(plain) > 1 else ""


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 ..."""
    if len(texts) < FEWEST_CELLS or not all(text.isdecimal() for text in texts):
        return False
    return [int(text) for text in texts] == list(range(1, len(texts) + 1))


def numbering_rows(sheet: ParsedSheet, data_from: int) -> frozenset[int]:
    """The row below the headings that only numbers the columns, where there is one."""
    below = range(data_from, min(data_from + MOST_ROWS_TO_NUMBERING, sheet.rows + 1))
    return frozenset(row for row in below if is_numbering([*filter(None, sheet.texts(row))]))
