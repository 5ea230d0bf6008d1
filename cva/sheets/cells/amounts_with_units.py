"""Cells that hold or show more than a number: a currency, thousands, strokes behind it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from cva.sheets.cells.amount_cells import THOUSANDS, parse
from cva.sheets.files.number_formats import ANY_SIGN
from cva.sheets.files.parsed_workbook import FormattedNumber, Value
from cva.sheets.vocabulary.currencies import Reader, Unit, is_money_word
from cva.sheets.vocabulary.scales import (
    ONE,
    names_currency,
    scale_beside_number,
    scale_of_heading,
    strongest,
    without_scale,
    without_scale_beside_number,
)
from cva.sheets.vocabulary.text_forms import fold, is_turned

_AROUND = re.compile(r"(?P<before>[^\d+-]*)(?P<number>[-+]?\d(?:.*\d)?)(?P<after>\D*)", re.DOTALL)
#: Strokes that keep anybody from writing on: 1,500/- and 5 000= and 500,-
_CLOSED = re.compile(r"\s*(?:/[-=–—]+|=+|[,.][-–—]+)\s*")
#: Roubles and kopecks: 5000-00 and 7500=50; other numbers behind a dash may be a range or a month.
_KOPECKS = re.compile(r"\s*(\d[\d ]*)\s?(?:=\s?(\d\d)|[-–—]\s?(00))\s*")
#: Texts that only hold signs of numbers need no second look.
_PLAIN = re.compile(r"[-+]?[\d\s.,'+]*[\d\s]")
#: What parts the words around a number.
_BETWEEN = re.compile(r"[\s/=.,:;()\[\]–—-]+")


class Priced(NamedTuple):
    """The number of a cell and the unit beside it or in its format, if any."""

    number: Value
    unit: Unit | None


def priced(values: Iterable[tuple[int, Value]], reader: Reader) -> dict[int, Priced]:
    """By position the cells that hold or show a number and something that belongs to it."""
    found = {}
    for at, value in values:
        if isinstance(value, FormattedNumber):
            found[at] = _formatted(value, reader)
        elif isinstance(value, str) and not _PLAIN.fullmatch(value) and (one := _of(value, reader)):
            found[at] = one
    return found


def _formatted(value: FormattedNumber, reader: Reader) -> Priced:
    """A number whose format shows a currency; another text beside it makes it no amount."""
    seen = value.format
    if seen.has_odd_mask:
        return Priced(value, None)
    texts = (without_scale(seen.before.strip()), without_scale(seen.after.strip()))
    names = [name for name in texts if name and name != ANY_SIGN]
    units = {reader.named(name) for name in names}
    if seen.thousands:  # beside a number that is cut, a letter such as k says that it is
        units.discard(None)
    if not units:
        return Priced(value if seen.is_percent else shown_number(value), None)
    unit = units.pop() if len(units) == 1 else None
    return Priced(shown_number(value) if unit else value, unit)


def shown_number(value: FormattedNumber) -> Value:
    """The number that is seen: 45 for 45000 in a format that leaves the thousands out.

    One that is seen with three decimals keeps its format: they may be thousands.
    """
    thousands = value.format.thousands
    if value.format.may_group:
        return value
    if not thousands:
        return value.number
    return float(Decimal(repr(value.number)).scaleb(-THOUSANDS * thousands))


def scale_of_cell(value: Value) -> Decimal:
    """What a cell counts in: 1000 where its format leaves the thousands out, or either names them.

    0.01 where a format writes a point before the last two digits of a whole number, 1 where the
    cell counts in no other unit.
    """
    if isinstance(value, str):
        return ONE if _PLAIN.fullmatch(value) else _scale_of_text(value)
    if not isinstance(value, FormattedNumber):
        return ONE
    seen = value.format
    named = map(scale_of_heading, (seen.before, seen.after))
    by_mark = ONE.scaleb(-seen.decimals_by_mark)
    return strongest((*named, by_mark, Decimal(1000) ** seen.thousands))


def _scale_of_text(text: str) -> Decimal:
    """What a text such as 250 thousand counts in; 1 where it writes no number."""
    around = _AROUND.fullmatch(text.strip())
    if around is None or is_turned(text) or parse(around["number"]) is None:
        return ONE
    return strongest(map(scale_beside_number, (around["before"], around["after"])))


def _of(text: str, reader: Reader) -> Priced | None:
    roubles = _KOPECKS.fullmatch(text)
    if roubles and (whole := parse(roubles[1].strip())) and whole.number is not None:
        return Priced(float(f"{whole.number}.{roubles[2] or roubles[3]}"), None)
    around = _AROUND.fullmatch(text.strip())
    if around is None or is_turned(text) or parse(text) or parse(around["number"]) is None:
        return None
    before, after = around["before"].strip(), around["after"]
    if closed := _CLOSED.match(after):
        after = after[closed.end() :]
    texts = [name for name in (before, after.strip()) if name]
    names = [name for name in map(without_scale_beside_number, texts) if name]
    units = {reader.unit(name) for name in names}
    if len(units) > 1 or None in units or not (texts or closed):
        return None
    number = parse(around["number"])
    if closed and number and number.number is None:  # 3,350/- has no decimals
        return Priced(str(number.as_grouped), units.pop() if units else None)
    return Priced(around["number"], units.pop() if units else None)


def looks_like_amount(text: str) -> bool:
    """Whether a text writes a number, alone or beside a currency."""
    if parse(text):
        return True
    around = _AROUND.fullmatch(text.strip())
    if around is None or is_turned(text) or parse(around["number"]) is None:
        return False
    after = _CLOSED.sub("", around["after"], count=1)
    names = [name for name in map(fold, (around["before"], after)) if name]
    return all(map(names_currency, names))


class NumberAmongWords(NamedTuple):
    """A number with the currency beside it, if any, and the other words around it."""

    number: str
    words: str


def number_among_words(text: str) -> NumberAmongWords | None:
    """The one number of a text whose other words can go; None where they may be about money.

    Percent, another unit such as thousands, and two currencies make it another amount.
    """
    around = _AROUND.fullmatch(text.strip())
    if around is None or is_turned(text) or parse(text) or parse(around["number"]) is None:
        return None
    found = _words_beside(f"{around['before']} {around['after']}".strip())
    if found is None:
        return None
    money, words = found
    return NumberAmongWords(" ".join([around["number"], *money]), words)


@lru_cache(maxsize=4096)
def _words_beside(beside: str) -> tuple[Sequence[str], str] | None:
    """Of the words around a number the name of a currency, and the others; None where it counts."""
    words = [word for word in _BETWEEN.split(beside) if word]
    money = {word for word in words if is_money_word(word)}
    others = [word for word in words if word not in money]
    is_other = any(unicodedata.category(sign) == "Sc" or sign in "%٪‰" for sign in "".join(others))
    if is_other or len(money) > 1 or scale_of_heading(beside) != ONE:
        return None
    return tuple(money), " ".join(others) or beside
