"""Finds what may say in a text that somebody received nothing.

A column of remarks may have another text in every row, so that a text is looked at word by word:
what a word means is found once for all texts.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache

from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import SHORTEST_REFUSAL, refusals, vocabulary, word

_AROUND = " .,;:!?*-–—/\\\"'"
#: What stands between two things that a text says.
_PARTED = re.compile(r"\s*[/|,;()+]\s*|\s+[-–—]\s+|\.\s+")
_FEWEST_PARTS = 2
#: So many words has the longest refusal that is looked for among others.
_LONGEST_REFUSAL = 6
_CROSSES = "†✝"
#: A cross behind a name, and what strikes its letters out.
_NOBODY = re.compile(f"[{_CROSSES}\u0335\u0336]")
_WORDS = re.compile(r"[^\W\d_][\w'’ʼ]*|\d+")
#: In Arabic "and" and "so" are written together with the word behind them.
_ARABIC_AND = ("و", "ف")
_JOINED_AND = re.compile(r" [وف](?=\w\w)")


class _Weight(IntEnum):
    """How much a word has to do with receiving nothing; a phrase may begin with it."""

    NOTHING = 0
    PHRASE = 1
    DENIES = 2
    SPEAKS_AGAINST = 3


@cache
def _half_refusals() -> frozenset[str]:
    """Whole texts that may say so: what became of a person, or of a payment on its way."""
    failed = _meaning("payment_status", "failed", "returned", "expired")
    return frozenset((_meaning("receipt", "no") | failed) - refusals())


def _meaning(group: str, *meanings: str) -> set[str]:
    return {
        text
        for one in vocabulary().words[group]
        for text, meaning in one.meanings.items()
        if meaning in meanings and len(text) >= SHORTEST_REFUSAL
    }


def is_refusal(text: str) -> bool:
    """Whether a text as a whole says that something was not received: relocated - not paid."""
    if _is_one_of(text, refusals()):
        return True
    parts = [part for part in _PARTED.split(text) if part.strip()]
    if len(parts) < _FEWEST_PARTS:
        return False
    are_refusals = [_is_one_of(part, refusals()) for part in parts]
    pairs = zip(parts, are_refusals, strict=True)
    return any(are_refusals) and all(found or is_half_refusal(part) for part, found in pairs)


def is_half_refusal(text: str) -> bool:
    """Whether a text as a whole may say so."""
    return _is_one_of(text, _half_refusals())


def _is_one_of(text: str, known: frozenset[str]) -> bool:
    if not begins_like(text, known):
        return False
    plain = word(text.strip(_AROUND))
    return any(form in known for form in (word(text), plain, plain.replace("-", " ")))


def begins_like(text: str, known: frozenset[str]) -> bool:
    """Whether the first word of a text is that of a known one; found at less cost than the text."""
    first = _WORDS.search(text)
    return first is None or _is_first_of(first[0], known)


def is_denial(text: str) -> bool:
    """Whether a text is nothing but a word that denies something, such as nobody."""
    return _weight_of_word(text) is _Weight.DENIES if text.isalpha() else False


def speaks_against(text: str) -> bool:
    """Whether a text has a word or a sign for what keeps somebody from receiving."""
    return _weight(text) is _Weight.SPEAKS_AGAINST


def may_refuse(text: str) -> bool:
    """Whether a text has such a word, or one that denies something, whatever it is."""
    return _weight(text) >= _Weight.DENIES


@lru_cache(maxsize=8)  # one text is asked about twice
def _weight(text: str) -> _Weight:
    found = _WORDS.findall(text)
    weight = max(map(_weight_of_word, found), default=_Weight.NOTHING)
    if weight is _Weight.DENIES and not _denies(found):
        weight = _Weight.NOTHING
    if weight < _Weight.SPEAKS_AGAINST and _Weight.PHRASE in map(_weight_of_word, found):
        weight = max(weight, _weight_of_phrases(fold(text)))
    if weight is _Weight.DENIES and _has_refusal(fold(text)):
        weight = _Weight.SPEAKS_AGAINST
    is_sign = weight < _Weight.SPEAKS_AGAINST and not text.isascii() and _signs().search(text)
    return _Weight.SPEAKS_AGAINST if is_sign else weight


def _denies(found: list[str]) -> bool:
    """Whether a word that denies is not one before a number: house no 5."""
    return any(
        _weight_of_word(each) is _Weight.DENIES and not (after or "").isdecimal()
        for each, after in zip(found, [*found[1:], None], strict=True)
    )


@lru_cache(maxsize=50_000)
def _weight_of_word(text: str) -> _Weight:
    plain = fold(text)
    forms = (plain, plain[1:]) if plain.startswith(_ARABIC_AND) else (plain,)
    words = vocabulary().receipt
    for form in forms:
        if form in words["states"] or form.startswith(_single_beginnings()):
            return _Weight.SPEAKS_AGAINST
        if form in words["negative"] or form.endswith("n't"):
            return _Weight.DENIES
    return _Weight.PHRASE if plain in _first_words(_phrases()) else _Weight.NOTHING


def names_refusal(text: str, fewest_words: int = 1) -> bool:
    """Whether a plain refusal of so many words stands among the other words of a text."""
    plain = f" {fold(text)} "
    return any(f" {one} " in plain for one in refusals() if one.count(" ") + 1 >= fewest_words)


def has_refusal_beside(text: str, fewest_words: int = 1) -> bool:
    """Whether a plain refusal of so many words stands in a text that is about something else.

    Of many different texts most are passed over by their words alone.
    """
    folded, known = [fold(each) for each in _WORDS.findall(text)], refusals()
    for at, first in enumerate(folded):
        if first not in _first_words(known):
            continue
        ends = range(at + fewest_words, min(len(folded), at + _LONGEST_REFUSAL) + 1)
        if any(" ".join(folded[at:end]) in known for end in ends):
            return True
    return False


def is_part_refusal(text: str) -> bool:
    """Whether one of the parts of a text is a refusal: Ahero (absent)."""
    return any(_is_one_of(part, refusals()) for part in _PARTED.split(text) if part.strip())


def refusal_in_name(name: str) -> str:
    """What is no part of a name and may say so: its first or last word, or a phrase in it.

    A word alone counts as a whole only; what is a name too, such as the Turkic Umer, where it is
    not written like one.
    """
    words, known = name.split(), _beside_names()
    folded = [fold(each) for each in words]
    last = max((at for at, each in enumerate(words) if any(map(str.isalpha, each))), default=0)
    for at, first in enumerate(folded):
        if first not in _first_words(known):
            continue
        if any(" ".join(folded[at:end]) in known for end in range(at + 2, len(words) + 1)):
            return " ".join(words[at:])
        if at in {0, last} and first in known and not _is_name_too(words[at]):
            return words[at]
    return ""


def is_no_person(note: str) -> bool:
    """Whether a note beside a name says that there is nobody of it: an example, entered twice.

    What is written like a name may be one.
    """
    return not note.istitle() and fold(note) in vocabulary().receipt["no_person"]


def sign_of_nobody(name: str) -> str:
    """A sign in a name that says so: a cross, strokes through its letters, or a last word.

    The word is not written like the rest of the name: Nora Orlova test, Nora Orlova RIP.
    """
    if name.upper() != name.lower() and is_no_person(name):
        return name
    if not name.isascii() and (found := _NOBODY.search(name)):
        return found[0] if found[0] in _CROSSES else name
    last = name.rpartition(" ")[2]
    is_like_the_rest = last.istitle() or name == name.upper() or name == name.lower()
    return "" if is_like_the_rest or not is_no_person(last) else last


def _is_name_too(text: str) -> bool:
    is_written_so = text.istitle() or text.upper() == text.lower()
    return is_written_so and fold(text) in vocabulary().receipt["also_names"]


@cache
def _beside_names() -> frozenset[str]:
    """What may stand beside a name; its first words are among those of ``words_beside_names``."""
    waiting = vocabulary().receipt["reserve"]
    return refusals() | _half_refusals() | _meaning("payment_status", "pending") | waiting


def _has_refusal(plain: str) -> bool:
    """Whether one of the known refusals stands among other words: sick, did not come."""
    forms = f" {plain} ", _JOINED_AND.sub(" ", f" {plain} ")
    return any(f" {text} " in form for text in refusals() | _half_refusals() for form in forms)


def _weight_of_phrases(plain: str) -> _Weight:
    found = [
        phrase for phrase in _phrases() if f" {phrase}" in f" {plain}" and _is_whole(phrase, plain)
    ]
    against = any(phrase not in vocabulary().receipt["negative"] for phrase in found)
    return _Weight.SPEAKS_AGAINST if against else _Weight(2 * bool(found))


def _is_whole(phrase: str, plain: str) -> bool:
    """Whether a phrase that is no beginning of words stands in a text between its words."""
    is_beginning = phrase in vocabulary().receipt["negative_beginnings"]
    return is_beginning or f" {phrase} " in f" {plain} "


@cache
def _single_beginnings() -> tuple[str, ...]:
    return tuple(text for text in vocabulary().receipt["negative_beginnings"] if " " not in text)


@cache
def _phrases() -> frozenset[str]:
    words = vocabulary().receipt
    every = words["negative"] | words["states"] | words["negative_beginnings"]
    return frozenset(text for text in every if " " in text)


@cache
def _first_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text.split()[0] for text in texts)


@lru_cache(maxsize=50_000)
def _is_first_of(first: str, known: frozenset[str]) -> bool:
    return fold(first) in _first_signs(known)


@cache
def _first_signs(texts: frozenset[str]) -> frozenset[str]:
    return frozenset(found[0] for text in texts if (found := _WORDS.search(text)))


@cache
def _signs() -> re.Pattern[str]:
    """Signs for no, which are no letters."""
    meant = (one.meanings.items() for one in vocabulary().words["yes_no"])
    signs = {text for pairs in meant for text, meaning in pairs if meaning == "no"}
    found = sorted(text for text in signs if not text.isascii() and not text.isalnum())
    return re.compile("|".join(map(re.escape, found)))
