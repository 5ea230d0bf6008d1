"""Names of columns and cells as Excel shows them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

LETTERS = 26
#: So many runs of cells are named; what is left is three dots.
MOST_RUNS = 12
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    text, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, LETTERS)
        text = chr(65 + digit) + text
    return text


def column_of(letters: str) -> int:
    """The position of a column counted from 0: A is 0, AA is 26."""
    position = 0
    for sign in letters:
        position = position * LETTERS + ord(sign) - 64
    return position - 1


def cell(row: int, column: int) -> str:
    """The name of a cell: its row as Excel shows it, its column counted from 0."""
    return f"{letter(column)}{row}"


def place_of(name: str) -> tuple[int, int]:
    """Row, and column counted from 0, of a cell such as L18.

    Raises:
        ValueError: It is no name of a cell.
    """
    found = _CELL.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return int(found[2]), column_of(found[1])


def runs_text(cells: Iterable[tuple[str, str]]) -> str:
    """Cells of tabs, those below each other as one: D2:D9, D12; of several tabs each with its own.

    Args:
        cells: The tab and the cell of each.
    """
    by_tab: dict[str, set[tuple[int, int]]] = {}
    for tab, name in cells:
        row, column = place_of(name)
        by_tab.setdefault(tab, set()).add((column, row))
    texts = []
    for tab, places in by_tab.items():
        runs = list(_runs(sorted(places)))
        named = ", ".join([*runs[:MOST_RUNS], *(["…"] if len(runs) > MOST_RUNS else [])])
        texts.append(f"{tab} {named}" if len(by_tab) > 1 else named)
    return "; ".join(texts)


def _runs(places: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The runs of sorted places, given as column and row."""
    first = last = (-1, -1)
    for place in places:
        if place == (last[0], last[1] + 1):
            last = place
            continue
        if last != (-1, -1):
            yield _run(first, last)
        first = last = place
    if last != (-1, -1):
        yield _run(first, last)


def _run(first: tuple[int, int], last: tuple[int, int]) -> str:
    top = cell(first[1], first[0])
    return top if first == last else f"{top}:{cell(last[1], last[0])}"
