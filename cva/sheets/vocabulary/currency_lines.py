"""Which currencies the lines above a table and the sheet's name speak of."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cva.core.money import MINOR_DIGITS
from cva.sheets.vocabulary.currencies import (
    LONGEST_NAME_WORDS,
    SHORTEST_NAME,
    Reader,
    Unit,
    is_money_word,
)
from cva.sheets.vocabulary.scales import is_counted
from cva.sheets.vocabulary.text_forms import ascii_digits, fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: A number of money: groups of three, and decimals.
_NUMBER = re.compile(r"\d+(?:[\s.,'’]\d{3})*(?:[.,]\d{1,2})?(?!\d)")
_AROUND = "()[].,;:،–—-/"
_WORD = re.compile(r"\w+")
#: Codes that are words of everyday headlines too: a list of ALL people, TOP 10.
_ORDINARY_WORDS = frozenset(
    {"ALL", "TOP", "TRY", "CUP", "MAD", "SOS", "PEN", "STD", "WST", "CAD", "ILS"}
)
#: Of these, such as end a headline too: a currency is not even asked about.
_EVERYDAY_WORDS = frozenset({"ALL", "TOP", "CUP", "SOS"})
#: Of these, such as are no word in capitals at the end of a line: 2025 PEN, List MAD.
_SELDOM_WORDS = frozenset({"MAD", "PEN", "STD", "WST", "CAD", "ILS"})
#: Behind these a code is no word of a sentence: a label, a bracket, a comma, "in".
_OPENING = tuple(":([،,/=–—-")
_IN = frozenset({"in", "en", "в", "به", "ب", "currency", "валюта", "devise", "moneda"})
_LAST_CODE = re.compile(r"\W([A-Z]{3})\W*$")
#: A few letters in brackets at the end, as of a currency: Amount (Q).
_UNKNOWN_SIGN = re.compile(r"[(\[]\s*(?:[A-Z][a-z]?|[A-Z/]{2,4})\.?\s*[)\]]\s*$")


class NamedUnit(NamedTuple):
    """A currency that a line speaks of.

    Attributes:
        text: The line.
        is_certain: The line says what the amounts are in. Otherwise it may be about something
            else, such as a budget of 50 000 USD.
    """

    unit: Unit
    text: str
    is_certain: bool


class UnsureName(NamedTuple):
    """A text that may name a currency, and the codes of those that it may mean, if any."""

    codes: tuple[str, ...]
    text: str


def units_in_lines(reader: Reader, texts: Iterable[str]) -> list[NamedUnit]:
    """The currencies that are named: behind a label, by name or by code."""
    found: dict[tuple[Unit, bool], NamedUnit] = {}
    is_label = False
    for text in texts:
        head, _, rest = text.partition(":")
        named = [NamedUnit(one, text, certain) for one, certain in _in_line(reader, text)]
        if is_label and (one := reader.unit(text)):
            named.append(NamedUnit(one, text, is_certain=True))
        is_label = "currency" in vocabulary().headings.get(fold(head), {})
        if is_label and rest and (one := reader.unit(rest)):
            named.append(NamedUnit(one, text, is_certain=True))
        for each in named:
            found.setdefault((each.unit, each.is_certain), each)
    certain = [one for one in found.values() if one.is_certain]
    known = {one.unit for one in certain}
    return [*certain, *(one for one in found.values() if one.unit not in known)]


def sums_in(texts: Iterable[str]) -> set[str]:
    """The numbers that stand beside the name or code of a currency, as they are written."""
    found = set()
    for text in map(ascii_digits, texts):
        for number in _NUMBER.finditer(text):
            before, after = text[: number.start()].split(), text[number.end() :].split()
            beside = (before[-1:], after[:1], after[:2])
            if any(_is_money(" ".join(words).strip(_AROUND)) for words in beside):
                found.add(number[0])
    return found


def _is_money(text: str) -> bool:
    if text.upper() in MINOR_DIGITS:
        return text.isupper() and text not in _ORDINARY_WORDS - _SELDOM_WORDS
    return is_money_word(text)


def _in_line(reader: Reader, text: str) -> Iterator[tuple[Unit, bool]]:
    yield from _by_name(reader, text)
    for word in _WORD.finditer(text):
        code = word[0]
        before, after = text[: word.start()].rstrip(), text[word.end() :].strip()
        is_bracketed = before.endswith(("(", "[")) and after.startswith((")", "]"))
        is_alone = not before and not after
        if code.upper() not in MINOR_DIGITS or not (code.isupper() or is_bracketed):
            continue
        is_last = code in _SELDOM_WORDS and not (after or before.isupper())
        if code in _ORDINARY_WORDS and not (is_bracketed or is_last):
            continue
        if named := reader.unit(code):
            last = _WORD.findall(before)[-1:]
            is_opened = before.endswith(_OPENING) or fold("".join(last)) in _IN
            is_unit = is_bracketed or is_alone or is_opened
            is_counted_in = is_counted(text, word.start(), word.end())
            yield named, is_counted_in or (is_unit and not _is_beside_number(before, after))


def _by_name(reader: Reader, text: str) -> Iterator[tuple[Unit, bool]]:
    words = fold(text).split()
    for size in range(LONGEST_NAME_WORDS, 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            if len(name) < SHORTEST_NAME and name.isalpha():
                continue
            if reader.meanings(name) and (named := reader.unit(name)):
                around = (" ".join(words[:start]), " ".join(words[start + size :]))
                is_beside = _is_beside_number(*around)
                if is_beside or "amount" not in vocabulary().headings.get(name, {}):
                    yield named, not is_beside  # the sum of one language is money of another


def unsure_name(reader: Reader, texts: Iterable[str]) -> UnsureName | None:
    """The first text with a name that several currencies have, as FCFA and dinar.

    So is a code that is a word of other sentences too at the end of a text (``2026 TRY``), and a
    few letters in brackets that nobody knows, as in ``Amount (Q)``.
    """
    texts = list(texts)
    for text in texts:
        words = fold(text).split()
        for size in range(LONGEST_NAME_WORDS, 0, -1):
            names = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
            for name in (one.strip(_AROUND) for one in names):
                if len(name) < SHORTEST_NAME and name.isalpha():
                    continue
                codes = reader.meanings(name)
                if len(codes) > 1 and reader.unit(name) is None:
                    return UnsureName(tuple(sorted(codes)), text)
    for text in texts:
        code = _LAST_CODE.search(text)
        is_code = code and code[1] in MINOR_DIGITS.keys() - _EVERYDAY_WORDS
        if code and is_code and not text.isupper():
            return UnsureName((code[1],), text)
        if _UNKNOWN_SIGN.search(text):
            return UnsureName((), text)
    return None


def _is_beside_number(before: str, after: str) -> bool:
    """Whether a number is next to it, so that this sum is in the currency, and perhaps no other."""
    last, first = ascii_digits(before.rstrip())[-1:], ascii_digits(after.lstrip())[:1]
    return last.isdigit() or first.isdigit()
