"""Finds the lists of a sheet that have lines of their own: tabs, tables below each other."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cva.sheets.files.sheet_parts import OwnList, row_name
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.text_forms import fold

#: What every row of a month has, though nobody wrote it there.
_STATED = ("round", "distribution_date")


def with_own_lists(known: Recognised, rows: DataRows) -> Recognised:
    """The sheet with its lists; with none where it has but one."""
    parts, above = known.sheet.parts, known.sheet.above
    first = OwnList(parts[0].name if parts else known.sheet.name, 1, tuple(known.lines_above))
    heads = [
        first,
        *(
            OwnList(
                part.name,
                part.first,
                lines or first.lines,
                goes_on=part.first - part.offset == 1,
            )
            for part, lines in zip(parts[1:], above[1:], strict=True)
        ),
    ]
    ends = [*(one.first for one in heads[1:]), known.sheet.rows + 1]
    if len({one.name for one in heads}) < len(heads):  # tables below each other
        heads = [_by_rows(known, rows, one, end) for one, end in zip(heads, ends, strict=True)]
    lists = [
        each for one, end in zip(heads, ends, strict=True) for each in _below(known, rows, one, end)
    ]
    has_own = len(lists) > 1 or lists[0].lines != first.lines
    return replace(known, lists=tuple(lists) if has_own else ())


def _by_rows(known: Recognised, rows: DataRows, one: OwnList, end: int) -> OwnList:
    """A list that is called by its rows, as its tab has several."""
    own = rows.data[bisect_left(rows.data, one.first) : bisect_left(rows.data, end)]
    return one._replace(name=_rows_named(known, own)) if own else one


def _below(known: Recognised, rows: DataRows, one: OwnList, end: int) -> Iterator[OwnList]:
    """A list, and those below titles that stand between its rows."""
    start, stop = bisect_left(rows.data, one.first), bisect_left(rows.data, end)
    titles: dict[int, list[int]] = {}
    for row in sorted({*rows.skipped, *rows.titles, *_titles_left_out(known)}):
        if start <= (at := bisect_left(rows.data, row)) < stop:
            titles.setdefault(at, []).append(row)
    lines = {
        at: tuple(text for row in above for text in known.sheet.texts(row) if text)
        for at, above in titles.items()
    }
    one = one._replace(lines=(*one.lines, *lines.pop(start, ())))
    if not lines:
        yield one
        return
    places = [start, *lines, stop]
    names = [_rows_named(known, rows.data[at:after]) for at, after in pairwise(places)]
    yield one._replace(name=names[0])
    for name, (at, texts) in zip(names[1:], lines.items(), strict=True):
        first = titles[at][0]
        has_heads = any(_repeats_headings(known, row) for row in range(first, rows.data[at]))
        yield OwnList(name, first, texts, is_below=True, goes_on=not has_heads)


def _titles_left_out(known: Recognised) -> Iterator[int]:
    """Texts alone in rows that are none of a list, as between the people of a month."""
    stated = {known.places[name].column for name in _STATED if name in known.places}
    columns = [head.column for head in known.heading_row.heads if head.column not in stated]
    for row in known.sheet.left_out:
        texts = [text for at in columns if (text := known.sheet.text(row, at))]
        if len(texts) == 1 and any(map(str.isalpha, texts[0])):
            yield row


def _repeats_headings(known: Recognised, row: int) -> bool:
    heads = known.heading_row.heads
    same = [fold(known.sheet.text(row, head.column)) == fold(head.text) for head in heads]
    return sum(same) * 2 > len(same)


def _rows_named(known: Recognised, rows: Sequence[int]) -> str:
    """The first and the last of some rows, as a person finds them."""
    first, last = (row_name(known.sheet.parts, row) for row in (rows[0], rows[-1]))
    return first if len(rows) == 1 else f"{first}–{last.rpartition(' ')[2]}"


def that_name_something(
    lists: Sequence[OwnList], named: Sequence[Mapping[str, str]]
) -> list[tuple[OwnList, Mapping[str, str]]]:
    """The lists that count, each with what it names.

    A title between rows begins a list of its own where it, or another of its tab, names something.

    Args:
        lists: All lists.
        named: For each of them the values that its lines name, each with its line.
    """
    found: list[tuple[OwnList, Mapping[str, str]]] = []
    pairs = list(zip(lists, named, strict=True))
    starts = [at for at, one in enumerate(lists) if not one.is_below]
    for start, stop in pairwise([*starts, len(lists)]):
        here = pairs[start:stop]
        found += here if any(values for _one, values in here[1:]) else here[:1]
    return found
