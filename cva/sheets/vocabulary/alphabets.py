"""Finds identifiers in which letters of two alphabets are mixed.

The Cyrillic А and the Latin A look alike: one person would have two numbers. The number is taken
as it was typed, since it cannot be known which alphabet was meant.
"""

import re
from collections import Counter
from collections.abc import Iterable

_LATIN, _CYRILLIC, _GREEK = "Latin", "Cyrillic", "Greek"
_ALPHABETS = (
    (_LATIN, re.compile("[A-Za-z\u00c0-\u024f]")),
    (_CYRILLIC, re.compile("[\u0400-\u052f]")),
    (_GREEK, re.compile("[\u0370-\u03ff]")),
)
#: Letters that have a twin in another of these alphabets.
_TWINS = re.compile("[AaBCcEeHIiJjKMOoPpSsTXxYyАаВСсЕеНІіЈјКМОоРрЅѕТХхУуΑΒΕΖΗΙΚΜΝΟοΡΤΥΧ]+")
_LETTERS = re.compile(r"[^\W\d_]")


def alphabets(text: str) -> frozenset[str]:
    """Which of the alphabets that have letters alike are in it."""
    if text.isascii():
        return frozenset({_LATIN} if _LETTERS.search(text) else ())
    return frozenset(name for name, letters in _ALPHABETS if letters.search(text))


def mixed(texts: Iterable[str]) -> set[str]:
    """The texts of a column that mix alphabets, or look like the others but are not.

    ``А-17`` in Cyrillic among ``A-18`` and ``A-19`` in Latin letters is such a one; ``Б-17`` is
    not, since it looks like no Latin letter.
    """
    by_text = {text: alphabets(text) for text in texts}
    counts = Counter(next(iter(found)) for found in by_text.values() if len(found) == 1)
    usual = counts.most_common(1)[0][0] if counts else ""
    return {
        text
        for text, found in by_text.items()
        if len(found) > 1
        or (len(found) == 1 and usual not in found and _is_alike("".join(_LETTERS.findall(text))))
    }


def _is_alike(letters: str) -> bool:
    return _TWINS.fullmatch(letters) is not None
