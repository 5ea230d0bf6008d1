"""Amounts whose cell names a currency or closes the sum: KES 1,500/-, 1500 сом, 5 000=."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cva.sheets.cells.amount_cells import parse
from cva.sheets.files.parsed_workbook import Value
from cva.sheets.vocabulary.currencies import Reader, Unit
from cva.sheets.vocabulary.text_forms import is_turned

_AROUND = re.compile(r"(?P<before>[^\d+-]*)(?P<number>[-+]?\d(?:.*\d)?)(?P<after>\D*)", re.DOTALL)
#: Strokes that keep anybody from writing on: 1,500/- and 5 000= and 500,-
_CLOSED = re.compile(r"\s*(?:/[-=–—]+|=+|[,.][-–—]+)\s*")
#: Texts that only hold signs of numbers need no second look.
_PLAIN = re.compile(r"[\d\s.,'+-]*[\d\s]")


class Priced(NamedTuple):
    """The number of a cell and the unit that stands beside it, if any."""

    number: str
    unit: Unit | None


def priced(values: Iterable[tuple[int, Value]], reader: Reader) -> dict[int, Priced]:
    """By position the cells that hold a number and something that belongs to it."""
    found = {}
    for at, value in values:
        if isinstance(value, str) and not _PLAIN.fullmatch(value) and (one := _of(value, reader)):
            found[at] = one
    return found


def _of(text: str, reader: Reader) -> Priced | None:
    around = _AROUND.fullmatch(text.strip())
    if around is None or is_turned(text) or parse(text) or parse(around["number"]) is None:
        return None
    before, after = around["before"].strip(), around["after"]
    if closed := _CLOSED.match(after):
        after = after[closed.end() :]
    names = [name for name in (before, after.strip()) if name]
    units = {reader.unit(name) for name in names}
    if len(units) > 1 or None in units or not (names or closed):
        return None
    return Priced(around["number"], units.pop() if units else None)
