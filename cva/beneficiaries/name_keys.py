"""How names are read and what they are found by: folded words, consonants, keyed tokens.

Tokens say nothing without the key; what they give away all the same: ``docs/access.md``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations

from anyascii import anyascii

from cva.core.lookup_keys import Tokens

#: So many words are remembered as they were read: the same come again and again.
_MOST_KEPT = 20_000
#: Of a long name so many words make tokens.
_MOST_WORDS = 4

_NO_LETTERS = re.compile(r"[^\w]+|[\d_]+")
#: Marks that Arabic is written with or without, and the stroke that only makes a word longer.
_UNWRITTEN = re.compile("[\u0640\u064b-\u0652\u0670]")
_OF_ONE_WORD = re.compile("['\u2019\u02bc\u02b9`\u00ad\u200b-\u200f\u2060\ufeff]")
#: Letters that are written for each other.
_ALIKE = str.maketrans("ёأإآٱىيكةەۀ", "еااااییکههه")
#: Latin letters in Cyrillic words, and the other way round.
_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_TO_LATIN = str.maketrans("асеорхуіјѕ", "aceopxyijs")
_CYRILLIC, _LATIN = re.compile("[\u0400-\u052f]"), re.compile("[a-z\u00df-\u024f]")
#: Chinese characters, each of which is a part of a name.
IDEOGRAPHS = re.compile("[\u3400-\u9fff]")

#: The article of Arabic names, which is written before the word, as part of it, or not at all.
_ARTICLES = frozenset({"al", "el", "аль", "эль", "ал", "эл"})
#: What names such as Abdulrahman begin with, which is often written as a word of its own.
_SERVANT = frozenset({"abd", "abdu", "abdul", "abdel", "abdal", "عبد", "абд", "абду", "абдул"})
_ARTICLE = re.compile("^ال(?=...)")
_UNHEARD = re.compile("[aeiouwyjh]+")
#: What is written for the letters that sound like it; дж is ж.
_SPELT = (
    *(("dzh", "zh"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k")),
    *(("z", "s"), ("p", "b"), ("x", "ks")),
)
_NOT_LATIN = re.compile("[^a-z]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(_MOST_KEPT)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded: case, accents, signs and look-alike letters do not count."""
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded).translate(_ALIKE)
        folded = _without_accents(_UNWRITTEN.sub("", folded))
    words = _NO_LETTERS.sub(" ", _OF_ONE_WORD.sub("", folded)).split()
    is_mixed = _LATIN.search(folded) and _CYRILLIC.search(folded)
    return tuple(map(_in_one_alphabet, words) if is_mixed else words)


def _without_accents(text: str) -> str:
    """Latin letters without their accents; the й of Cyrillic stays a letter of its own."""
    if not _LATIN.search(text):
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", re.sub("(?<=[a-z])[\u0300-\u036f]+", "", parts))


def _in_one_alphabet(word: str) -> str:
    if word.isascii() or not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    is_cyrillic = len(_CYRILLIC.findall(word)) * 2 > len(word)
    return word.translate(_TO_CYRILLIC if is_cyrillic else _TO_LATIN)


def letters_of(words: Sequence[str]) -> str:
    """The letters of a name in an order of their own: words may be turned or written together."""
    return "".join(sorted("".join(words)))


@lru_cache(_MOST_KEPT)
def _skeletons(word: str) -> tuple[str, str]:
    """The consonants of a word in Latin letters, by which spellings and scripts meet.

    Without the article and j, and with both: see ``readings``. An ideograph stays as it is.
    """
    if IDEOGRAPHS.search(word):
        return word, word
    latin, plain = _in_latin(word), _ARTICLE.sub("", word)
    full = _consonants(latin.replace("j", "zh"))
    if plain == word and "j" not in latin:
        return full, full
    return _consonants(latin if plain == word else _in_latin(plain)), full


def _in_latin(word: str) -> str:
    return _NOT_LATIN.sub("", anyascii(word).casefold())


def _consonants(latin: str) -> str:
    for written, sound in _SPELT:
        latin = latin.replace(written, sound)
    return _TWICE.sub(r"\1", _UNHEARD.sub("", latin))


@lru_cache(_MOST_KEPT)
def readings(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The skeletons of a name, sorted, as it may be read; each ideograph is a word of its own.

    First without articles and with a j that is a vowel (Al-Zboun is Zboun, Julia is Yulia), then
    in full: Al-Zboun is Alzboun, Abd al-Rahman is Abdulrahman, Jumabaeva is Zhumabaeva.
    """
    short = (_skeletons(word)[0] for word in _apart(words) if word not in _ARTICLES)
    full = (_skeletons(word)[1] for word in _apart(_joined(words)))
    return tuple(sorted(filter(None, short))), tuple(sorted(filter(None, full)))


def _apart(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from word if IDEOGRAPHS.search(word) else (word,)


def _joined(words: Iterable[str]) -> Iterator[str]:
    """The words with their articles, and with what begins a name, as parts of the next word."""
    before = ""
    for word in words:
        before += word
        if word not in _ARTICLES and word not in _SERVANT:
            yield before
            before = ""
    if before:
        yield before


def name_token(tokens: Tokens, words: Sequence[str]) -> int:
    """What a whole name is found by, in whatever order its words stand."""
    return tokens.number("name", letters_of(words))


def spelling_tokens(tokens: Tokens, words: tuple[str, ...]) -> Iterator[int]:
    """What names are found by that may be alike: two parts, or a part and an initial."""
    for part in dict.fromkeys(chain.from_iterable(map(_parts, readings(words)))):
        yield tokens.number("name part", part)


def _parts(reading: Sequence[str]) -> Iterator[str]:
    parts = list(dict.fromkeys(reading))[:_MOST_WORDS]
    if len(parts) == 1:
        yield parts[0]
    for one, other in combinations(parts, 2):
        yield f"{one} {other}"
    if len(parts) == 2:  # noqa: PLR2004 - a name of two words
        one, other = parts
        yield f"{one} {other[0]}-"
        yield f"{other} {one[0]}-"


def name_tokens(tokens: Tokens, name: str) -> Sequence[int]:
    """All that a record with this name is found by."""
    words = words_of(name)
    if not words:
        return ()
    return sorted({name_token(tokens, words), *spelling_tokens(tokens, words)})
