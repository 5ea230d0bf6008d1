"""Which other unit, such as thousands or cents, a heading or a line counts in."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

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
#: The words of "three zeros omitted".
LONGEST_PHRASE = 3
_NUMBER = r"(?P<number>\d{1,3}(?:[ ,.'’\u00a0]?000)+|\d+)(?![\w%]|[.,]\d)"
#: "x 100", where no number is before it: 3 x 100 are three payments.
_TIMES = re.compile(rf"(?<!\d)(?<!\d\s)(?:(?<![\w.,])[xхXХ]|[×*])\s*{_NUMBER}")
#: "in 1000 USD", and the like.
_IN_NUMBER = re.compile(
    r"(?:(?<=\bin )|(?<=\ben )|(?<=\bв ))(?=10)(?P<number>1(?:[ ,.'’\u00a0]?0)+)(?![\w%]|[.,]\d)"
)
#: Between the amounts and "per week" there are a few words at most: USD 50 are given per week.
_WORDS_BEFORE = 3
#: What may stand between a short unit and a currency.
_BETWEEN = " .'’‘/-\u00a0"
_ARE = frozenset(
    {"are", "amounts", "figures", "sums", "values", "суммы", "montants", "montos", "importes"}
    | {"المبالغ", "مبالغ", "valeurs", "valores"}
)


class NamedScale(NamedTuple):
    """A larger or smaller unit that a text names.

    Attributes:
        start: Where its words begin in the text; ``end``: where they end.
        is_sure: It can be nothing else, wherever it stands: "3 zeros", "x 100".
    """

    start: int
    end: int
    times: Decimal
    is_sure: bool = False


def _scales(text: str) -> list[NamedScale]:
    """What a text names as a larger or smaller unit, each with what it is worth.

    A word behind digits counts something else: 5 000, 3 thousand people. A short one, such as m
    and th, counts only beside a currency, or where it is all that stands in a bracket.
    """
    scales, short = vocabulary().scales, vocabulary().short_scales
    words = list(_WORD.finditer(text))
    found, last = _multipliers(text), ""
    for at, word in enumerate(words):
        name = fold(word[0])
        if phrase := _phrase(text, words[at : at + LONGEST_PHRASE]):
            found.append(phrase)
        else:
            times = ONE if ascii_digits(last).isdecimal() else scales.get(name, ONE)
            if name in short and _is_beside_money(text, word):
                times = short[name]
            if times != ONE:
                found.append(NamedScale(word.start(), word.end(), times))
        last = word[0]
    return sorted(found)


def _phrase(text: str, words: Sequence[re.Match[str]]) -> NamedScale | None:
    """A unit of several words that begins with the first of some: three zeros omitted."""
    for size in range(len(words), 1, -1):
        start, end = words[0].start(), words[size - 1].end()
        if times := vocabulary().scales.get(fold(text[start:end])):
            return NamedScale(start, end, times, is_sure=True)
    return None


def _multipliers(text: str) -> list[NamedScale]:
    """Numbers by which all amounts are multiplied: x 100, multiplied by 100, in 1000 USD."""
    plain = ascii_digits(text)
    found = [(one, False) for one in _TIMES.finditer(plain)] if any(map(str.isdigit, plain)) else []
    found += [(one, True) for one in _IN_NUMBER.finditer(plain) if found or "0" in plain]
    return [
        NamedScale(one.start(), one.end(), times)
        for one, is_unit in found
        if (times := Decimal(re.sub(r"\D", "", one["number"]))) > 1
        and (not is_unit or _is_followed_by_money(text[one.end() :]))
    ]


def _is_beside_money(text: str, word: re.Match[str]) -> bool:
    """Whether a short word stands beside a currency, or alone in a bracket or behind "in"."""
    if word[0] == "00":  # "KES '00", and not "20 roubles 00 kopecks"
        return text[: word.start()].endswith(("'", "’", "‘"))
    before, after = (
        text[: word.start()].rstrip(f"{_BETWEEN}(["),
        text[word.end() :].lstrip(_BETWEEN),
    )
    is_label = after.startswith(("(", "["))  # "B (KES)" is a list of its own
    last, first = _words(before)[-1:], [] if is_label else _words(after)[:1]
    if any(map(names_currency, (*last, *first))) or _begins_with_sign(after):
        return not ascii_digits("".join(last)).isdecimal()
    if before[-1:] in vocabulary().currencies:
        return True
    if last and last[0] in _BEFORE:
        return not first
    opening, closing = text[: word.start()].rstrip(), text[word.end() :].lstrip(" .")
    is_alone = opening.endswith(("(", "[")) and closing.startswith((")", "]"))
    return is_alone and len(word[0]) > 1  # "Amount (K)" is in kwacha


def _is_followed_by_money(after: str) -> bool:
    """Whether a currency or nothing follows a number: "in 1000 USD", "in 100s"."""
    rest = _words(after)[:1]
    return not rest or names_currency(rest[0]) or _begins_with_sign(after)


def strongest(scales: Iterable[Decimal]) -> Decimal:
    """The largest of some units; the smallest where all are smaller than one."""
    found = {ONE, *scales}
    return max(found) if max(found) > ONE else min(found)


def scale_of_heading(text: str) -> Decimal:
    """What a heading counts in: 1000 in "Amount (in 000 USD)", 0.01 in "Amount (cents)".

    1 where it names no other unit.
    """
    return strongest(one.times for one in _scales(text))


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
    times = [
        one.times
        for one in _scales(text)
        if one.is_sure
        or _is_alone(text, one)
        or _is_unit(text, one)
        or _is_joined(text[one.start :])
    ]
    return strongest(times)


def is_counted(text: str, start: int, end: int) -> bool:
    """Whether a larger or smaller unit stands right beside a part of a text: thousand USD."""
    for one in _scales(text):
        between = text[one.end : start] if one.end <= start else text[end : one.start]
        if (one.end <= start or end <= one.start) and set(_words(between)) <= _AFTER:
            return True
    return False


def _is_of_amounts(word: str) -> bool:
    """Whether a word in front of a unit says that it is that of the amounts: "Amounts x 100"."""
    return word in _ARE or "amount" in vocabulary().headings.get(word, {})


def _is_joined(word: str) -> bool:
    """Whether the word holds its own "in", as in Arabic."""
    return fold(word).startswith("ب")


def _is_alone(text: str, one: NamedScale) -> bool:
    return not _words(text[: one.start]) and not _words(text[one.end :])


def _is_unit(text: str, one: NamedScale) -> bool:
    before, after = text[: one.start].rstrip(" '’‘"), text[one.end :]
    if before.endswith(tuple(_OPENING)):
        return True
    last, rest = _words(before)[-1:], _words(after)
    if last and (last[0] in _BEFORE or names_currency(last[0]) or _is_of_amounts(last[0])):
        return True
    if one.times < ONE:  # "cent francs" are a hundred of them
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


def states_sum_of_one(line: str) -> bool:
    """Whether a line says that amounts are for one person, day or month: "Values are per week".

    The words for amounts, or a currency, stand right before it.
    """
    plain = fold(line)
    phrases = (found for what in ("per_person", "per_unit") for found in _per(what).finditer(plain))
    return any(
        _is_of_amounts(word) or names_currency(word)
        for found in phrases
        if " " in found[0] or found[0].startswith("/")
        for word in _WORD.findall(plain[: found.start()])[-_WORDS_BEFORE:]
    )


def counts_periods(heading: str) -> bool:
    """Whether a heading is over numbers of days, months or payments: "Days worked"."""
    return _per("periods_counted").search(fold(heading)) is not None


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
    for one in reversed(_scales(text)):
        before, after = text[: one.start].rstrip("'’‘"), text[one.end :].lstrip(".")
        before, after = _JOINED_BEFORE.sub("", before), _JOINED_AFTER.sub("", after)
        text = before + after.lstrip() if before.endswith(("(", "[", " ")) else before + after
    return re.sub(r"\s*(?:\(\s*\)|\[\s*\])", "", text).strip(" ,،")
