"""Which other unit, such as thousands or cents, a heading or a line counts in."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from cva.core.money import MINOR_DIGITS
from cva.sheets.vocabulary.text_forms import ascii_digits, fold
from cva.sheets.vocabulary.word_lists import vocabulary

_WORD = re.compile(r"\w+")
#: Words that join a unit to what it counts: in thousands of dollars, в тысячах рублей.
_BEFORE = frozenset({"in", "en", "в", "به", "بال"})
_AFTER = frozenset({"of", "de", "des", "d"})
_JOINED_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(_BEFORE))})\s+$", re.IGNORECASE)
_JOINED_AFTER = re.compile(rf"^\s+(?:{'|'.join(sorted(_AFTER))})(?=\W)['’]?", re.IGNORECASE)
#: What a unit stands behind, where it is no word of a sentence: a label, a bracket, a comma.
_OPENING = ":([،,/-–—="
#: A letter for thousands, in two alphabets; it is one only right behind a number.
_SHORT = re.compile(r"\s*[kк](?!\w)\.?", re.IGNORECASE)


ONE = Decimal(1)
_THOUSAND = Decimal(1000)


def _scales(text: str) -> list[tuple[re.Match[str], Decimal]]:
    """The words of a text that name a larger or smaller unit, each with what it is worth.

    A word behind digits counts something else: 5 000, 3 thousand people.
    """
    found, last = [], ""
    for word in _WORD.finditer(text):
        times = vocabulary().scales.get(fold(word[0]))
        if times and not ascii_digits(last).isdecimal():
            found.append((word, times))
        last = word[0]
    return found


def strongest(scales: Iterable[Decimal]) -> Decimal:
    """The largest of some units; the smallest where all are smaller than one."""
    found = {ONE, *scales}
    return max(found) if max(found) > ONE else min(found)


def scale_of_heading(text: str) -> Decimal:
    """What a heading counts in: 1000 in "Amount (in 000 USD)", 0.01 in "Amount (cents)".

    1 where it names no other unit.
    """
    return strongest(times for _word, times in _scales(text))


def scale_beside_number(text: str) -> Decimal:
    """The same of what stands beside a number in a cell, as in 120K or 5 thousand."""
    return _THOUSAND if _SHORT.match(text) else scale_of_heading(text)


def without_scale_beside_number(text: str) -> str:
    """What stands beside a number without the larger or smaller unit."""
    return without_scale(_SHORT.sub("", text, count=1) if _SHORT.match(text) else text)


def scale_of_line(text: str) -> Decimal:
    """The same of a line above the table or of a sheet's name, which may be about anything.

    The word is alone, behind a sign or "in", or before the name of a currency; a smaller unit,
    such as cents, stands behind that name.
    """
    words = [fold(word) for word in _WORD.findall(text)]
    times = [
        times
        for word, times in _scales(text)
        if len(words) == 1 or _is_unit(text, word, times) or _is_joined(word[0])
    ]
    return strongest(times)


def _is_joined(word: str) -> bool:
    """Whether the word holds its own "in", as in Arabic."""
    return fold(word).startswith("ب")


def _is_unit(text: str, word: re.Match[str], times: Decimal) -> bool:
    before, after = text[: word.start()].rstrip(" '’‘"), text[word.end() :]
    if before.endswith(tuple(_OPENING)):
        return True
    last, rest = _words(before)[-1:], _words(after)
    if last and (last[0] in _BEFORE or names_currency(last[0])):
        return True
    if times < ONE:  # "cent francs" are a hundred of them
        return False
    rest = rest[1:] if rest and rest[0] in _AFTER else rest
    return any(map(names_currency, (*rest[:1], " ".join(rest[:2])))) or _begins_with_sign(after)


@cache
def _per(what: str) -> re.Pattern[str]:
    """What says in a folded heading that each person, or one piece, gets or is worth so much."""
    names = sorted(vocabulary().rows[what], key=len, reverse=True)
    apart = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
    joined = (rf"{re.escape(one)}(?!\w)" for one in names if one.startswith("/"))
    return re.compile("|".join((apart, *joined)))


def is_per_person(heading: str) -> bool:
    """Whether a heading says that its amounts are for each person: "Amount per person"."""
    return _per("per_person").search(fold(heading)) is not None


def is_per_unit(heading: str) -> bool:
    """Whether a heading says that its amounts are for one piece: "Unit value"."""
    return _per("per_unit").search(fold(heading)) is not None


def without_person(heading: str) -> str:
    """A heading without the words that say so: "Amount per person" is "amount"."""
    return " ".join(_per("per_person").sub(" ", fold(heading)).split())


def names_currency(text: str) -> bool:
    """Whether a folded text is a name, a sign or a code of some currency."""
    return text in vocabulary().currencies or text.upper() in MINOR_DIGITS


def _begins_with_sign(text: str) -> bool:
    """Whether a sign of a currency follows, which is no word."""
    sign = text.lstrip(" .")[:1]
    return bool(sign) and not sign.isalnum() and sign in vocabulary().currencies


def _words(text: str) -> Sequence[str]:
    return [fold(word) for word in _WORD.findall(text)]


def without_scale(text: str) -> str:
    """A text without the words that name another unit: "Amount (in 000 USD)" is "Amount (USD)"."""
    for word, _times in reversed(_scales(text)):
        before, after = text[: word.start()].rstrip("'’‘"), text[word.end() :].lstrip(".")
        before, after = _JOINED_BEFORE.sub("", before), _JOINED_AFTER.sub("", after)
        text = before + after.lstrip() if before.endswith(("(", "[", " ")) else before + after
    return re.sub(r"\s*(?:\(\s*\)|\[\s*\])", "", text).strip(" ,،")
