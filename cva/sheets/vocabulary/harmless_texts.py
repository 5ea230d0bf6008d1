"""Whether all words of a remark are known to be harmless, or some of them speak of a part.

What nobody listed may say anything, so a remark is harmless only where every word and number of it
is known: in the lists of ``imports/headings``, which are short on purpose.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise

from cva.sheets.vocabulary.text_forms import fold, plain_digits
from cva.sheets.vocabulary.word_lists import vocabulary

#: Words, numbers, and signs that are no more than punctuation; anything else is not known.
_TOKENS = re.compile(r"[^\W\d_][\w'’ʼ]*|\d+|[^\s\w.,;:!()\"'«»“”/–—-]")
_TELEPHONE = re.compile(r"(?:\+|\b0)\d[\d ()-]{6,}\d\b")
#: What parts the groups of a large number.
_GROUPS = re.compile(r"(?<=\d)['’\u00a0\u202f ](?=\d{3}\b)")
_QUESTION_MARKS = frozenset("?？؟⁇❓❔")
_DAY = re.compile(r"\b\d{1,4}[-./]\d{1,2}[-./]\d{2,4}\b")
#: A letter alone is a mark, not a word for received.
_SHORTEST_YES = 2
#: What French and Italian leave of a small word before a vowel.
_ELIDED = re.compile(r"(?:l|d|s|j|c|qu)'(?=\w)")
#: In Arabic small words are written together with the word behind them.
_ARABIC_JOINED = ("و", "ف", "ب", "ل")
_SHORTEST_REST = 2
_PHRASES_OF = 3
_SHORTEST_BEGINNING = 5


@lru_cache(maxsize=8)  # a text is asked about twice
def is_harmless(text: str) -> bool:
    """Whether nothing in a text is left that may speak of another sum, day or person."""
    plain = _GROUPS.sub("", _TELEPHONE.sub(" ", plain_digits(text)))
    if _DAY.search(plain) and any(_is_of_payment(one) for one in _TOKENS.findall(plain)):
        plain = _DAY.sub(" ", plain)  # the day on which it was received
    tokens = _TOKENS.findall(plain)
    return all(
        _is_counted(before, token, after, tokens) if token.isdecimal() else _is_harmless(token)
        for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    )


def without_days_and_telephones(text: str) -> str:
    """A text with the digits of any script as 0 to 9, without those of days and telephones."""
    return _DAY.sub(" ", _TELEPHONE.sub(" ", plain_digits(text)))


def has_loose_number(text: str) -> bool:
    """Whether a text holds a number that is no telephone, day or number of something known."""
    tokens = _TOKENS.findall(without_days_and_telephones(text))
    pairs = pairwise(["", *tokens])
    return any(two.isdecimal() and not _is_one_of(one, "numbered") for one, two in pairs)


def is_questioned(text: str) -> bool:
    """Whether whoever wrote a text doubts it: yes?"""
    return not _QUESTION_MARKS.isdisjoint(text)


def has_doubt(text: str) -> bool:
    """Whether a word of a text speaks of a part, another person or another day, or it is asked."""
    if is_questioned(text):
        return True
    tokens = _TOKENS.findall(text)
    found = [_doubt(one) for one in tokens]
    if "word" in found:
        return True
    starts = [at for at, kind in enumerate(found) if kind]
    phrases = (" ".join(map(fold, tokens[at : at + _PHRASES_OF])) for at in starts)
    return any(phrase.startswith(_phrases_of_doubt()) for phrase in phrases)


@lru_cache(maxsize=50_000)
def _doubt(token: str) -> str:
    """Whether a word is one of doubt, or may begin a phrase of it."""
    plain = fold(token)
    if plain in _short_doubts() or plain.startswith(_words_of_doubt()):
        return "word"
    return "phrase" if plain in _first_words_of_doubt() else ""


@cache
def _words_of_doubt() -> tuple[str, ...]:
    every = vocabulary().receipt["doubtful_beginnings"] - _short_doubts()
    return tuple(one for one in every if " " not in one)


@cache
def _phrases_of_doubt() -> tuple[str, ...]:
    return tuple(one for one in vocabulary().receipt["doubtful_beginnings"] if " " in one)


@cache
def _first_words_of_doubt() -> frozenset[str]:
    return frozenset(one.split()[0] for one in _phrases_of_doubt())


@cache
def _short_doubts() -> frozenset[str]:
    """Short ones in Latin letters, which are whole words: solo does not begin Solomon."""
    every = vocabulary().receipt["doubtful_beginnings"]
    return frozenset(one for one in every if one.isascii() and len(one) < _SHORTEST_BEGINNING)


def _is_counted(before: str, number: str, after: str, tokens: list[str]) -> bool:
    """Whether a number is that of a house or a paper, or counts people where nothing is paid."""
    if _is_one_of(before, "numbered") or _is_one_of(number, "harmless"):
        return True
    is_of_people = fold(after) in vocabulary().rows["counted"] or _is_one_of(after, "harmless")
    return bool(after) and is_of_people and not any(map(_is_of_payment, tokens))


def _is_one_of(token: str, group: str) -> bool:
    return fold(token) in vocabulary().receipt[group]


@lru_cache(maxsize=50_000)
def _is_harmless(token: str) -> bool:
    plain = fold(token)
    forms = [plain, _ELIDED.sub("", plain)]
    if plain.startswith(_ARABIC_JOINED) and len(plain) > _SHORTEST_REST:
        forms.append(plain[1:])
    known = (_yes(), vocabulary().receipt["harmless"], vocabulary().receipt["numbered"])
    return any(form in one for form in forms for one in known)


@lru_cache(maxsize=50_000)
def _is_of_payment(token: str) -> bool:
    plain, words = fold(token), vocabulary().receipt
    beginnings = (*words["received_beginnings"], *words["paid_beginnings"])
    return plain in _yes() or plain.startswith(beginnings)


@cache
def _yes() -> frozenset[str]:
    """The words, each by itself, of all that says that something was received."""
    meant = {
        "yes_no": {"yes"},
        "receipt": {"yes"},
        "payment_status": {"paid", "collected"},
        "mark_kind": {"signature", "thumbprint", "stamp"},
    }
    return frozenset(
        part
        for group, meanings in meant.items()
        for one in vocabulary().words[group]
        for text, meaning in one.meanings.items()
        if meaning in meanings
        for part in text.split()
        if len(part) >= _SHORTEST_YES or not part.isalnum()
    )
