"""Names of columns and cells as Excel shows them."""

import re
from functools import lru_cache

LETTERS = 26
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
