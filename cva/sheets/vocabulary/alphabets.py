"""Finds identifiers in which letters of two alphabets are mixed, and such as are written alike.

The Cyrillic А and the Latin A look alike: one person would have two numbers. The number is taken
as it was typed, since it cannot be known which alphabet was meant.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise

from cva.core.identifiers import comparable

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


_TWIN_OF = str.maketrans("авсенікморѕтхуіјαβεηικμνορτυχ", "abcehikmopstxyijabehikmnoptyx")
_ANY_DIGIT = str.maketrans("012345678", "999999999")
_SIGNS = re.compile(r"[^\w\n]+|_+")
#: A sign between letter and digit, or at an end, tells no two numbers apart: R-3 and R3.
_IDLE = re.compile(r"(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[^\W\d])|^-|-$", re.MULTILINE)
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def written_alike(numbers: Collection[str]) -> list[list[str]]:
    """Groups of numbers that differ in signs, zeros and letters of two alphabets alone.

    Case and blanks are no difference at all (``comparable``), so that they make no group.
    """
    texts = list(numbers)
    plain = "\n".join(texts)
    if len(set(plain.translate(_ANY_DIGIT).split("\n"))) == 1:
        return []  # numbers of one shape, such as, are never alike
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    plain = _SIGNS.sub("-", plain.casefold().replace(" ", "").translate(_TWIN_OF))
    keys = _ZEROS.sub("", _IDLE.sub("", plain)).split("\n")
    if len(set(keys)) == len(texts) or len(keys) != len(texts):
        return []
    groups: dict[str, list[str]] = {}
    for text, key in zip(texts, keys, strict=True):
        groups.setdefault(key, []).append(text)
    return [group for group in groups.values() if len(set(map(comparable, group))) > 1]


_JOINED = "and|or|plus|with|и|или|та|або|і|або|жана|же|et|ou|y|e|o|u|و|أو|او|یا"
_LISTED = re.compile(rf"\s*[,;&+|\n،؛、]\s*|\s+(?:{_JOINED}|[/\\])\s+", re.IGNORECASE)
#: What may stand between two numbers; a plain dash is looked at on its own.
_BETWEEN = re.compile(r"[^\w-]")
#: Between numbers that have letters these join two of them too; 12/2025 is one.
_PARTED = re.compile(r"[\s/\\()\[\].]+|\s+[-–—]+\s+")
_RANGE = re.compile(
    r"(?P<first>.*?\d+)(?:\s+[-–—]\s+|\s*(?:\.{2,}|…|[–—])\s*"
    r"|\s+(?:to|till|по|до|à|au|a|al|hasta|الى|إلى|حتى|تا)\s+)(?P<last>.*?\d+)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?P<first>\d+)-(?P<last>\d+)")
_HEADED = re.compile(r"[(\[][^)\]]*[-–—][^)\]]*[)\]]")
_DIGITS = re.compile(r"\d+")
FEWEST_RANGES = 2


def several(texts: Iterable[str], heading: str) -> set[str]:
    """The texts that hold more than one number.

    A bare dash joins two numbers only where the heading says "(from - to)", or where each
    range begins where the one before ended; else 2025-013 is one number.
    """
    texts = list(texts)
    marked = [text for text in texts if _BETWEEN.search(text)]
    found = _with_another(marked, texts)
    found |= {one for one in marked if _is_list(one) or _is_range(_RANGE.fullmatch(one))}
    dashed = [
        (int(ends["first"]), int(ends["last"]), text)
        for text in texts
        if (ends := _DASHED.fullmatch(text)) and _is_range(ends)
    ]
    if _HEADED.search(heading) or _follow(dashed):
        found |= {text for _, _, text in dashed}
    return found


def _with_another(marked: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The marked texts of which one part is shaped like a whole number of the column.

    ``1004 / R-7`` among 1003 and 1005 is one: another part has digits too.
    """
    listed = {text: [part for part in _LISTED.split(text) if part] for text in marked}
    doubtful = {
        text: parts
        for text, parts in listed.items()
        if len(parts) > 1 and all(map(_DIGITS.search, parts))
    }
    if not doubtful:
        return set()
    whole = {_shape(text) for text in texts if text not in doubtful}
    return {text for text, parts in doubtful.items() if whole & set(map(_shape, parts))}


def _shape(number: str) -> str:
    return _DIGITS.sub("9", number).lower()


def _is_list(text: str) -> bool:
    """Whether every part is shaped like the first, or is digits only."""
    parts = [part for part in _LISTED.split(text) if part]
    if _are_alike(parts, ("9",)):
        return True
    if not _LETTERS.search(text):
        return False
    parts = [part for part in _PARTED.split(text) if part.strip("-–—")]
    return _are_alike(parts, ()) and _LETTERS.search(parts[0]) is not None


def _are_alike(parts: list[str], others: tuple[str, ...]) -> bool:
    if len(parts) < FEWEST_RANGES or not all(_DIGITS.search(part) for part in parts):
        return False
    if not parts[0][0].isalnum():
        return False  # =1+1 is no list
    return all(_shape(part) in {_shape(parts[0]), *others} for part in parts)


def _is_range(ends: "re.Match[str] | None") -> bool:
    if ends is None:
        return False
    first, last = ends["first"].lower(), ends["last"].lower()
    alike = _DIGITS.sub("9", first) == _DIGITS.sub("9", last) or last.isdecimal()
    one, two = _DIGITS.findall(first)[-1], _DIGITS.findall(last)[-1]
    return alike and len(one) == len(two) and int(one) < int(two)


def _follow(ranges: list[tuple[int, int, str]]) -> bool:
    ordered = sorted(ranges)
    pairs = pairwise(ordered)
    return len(ordered) >= FEWEST_RANGES and all(one[1] + 1 == two[0] for one, two in pairs)
