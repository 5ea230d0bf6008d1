"""Finds numbers of people that are written alike, and cells that hold several of them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from cva.core.identifiers import comparable

_TWIN_OF = str.maketrans("авсенікморѕтхуіјαβεηικμνορτυχ", "abcehikmopstxyijabehikmnoptyx")
_ANY_DIGIT = str.maketrans("012345678", "999999999")
#: Two numbers that begin alike, and another sign between them than within.
_TWICE = re.compile(r"(?P<head>.*\W)(?P<one>\d+)(?P<sign>\W{1,3})(?P=head)(?P<other>\d+)")
_LONGEST_CHAIN, _LONGEST_SIGN = 60, 3
_FEWEST_DIGITS = 3
_SIGNS = re.compile(r"[^\w\n]+|_+")
#: A sign between letter and digit, or at an end, tells no two numbers apart: R-3 and R3.
_IDLE = re.compile(r"(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[^\W\d])|^-|-$", re.MULTILINE)
#: A letter alone that is taken for a digit: O-1 and 0-1.
_LONE_ZERO = re.compile(r"(?<![^\W\d])o(?![^\W\d])")
_LONE_ONE = re.compile(r"(?<![^\W\d])[il](?![^\W\d])")
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
    plain = _LONE_ONE.sub("1", _LONE_ZERO.sub("0", plain))
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
_PARTS = re.compile(r"(\d+)")
_LETTER = re.compile(r"[^\W\d_]")
#: So many of the shapes of a column are compared with the others.
_MOST_SHAPES = 20
#: Two numbers of digits alone need a word or such a sign between them.
_WORDS_BETWEEN = re.compile(r"9(?:\W+[^\W\d]+)+\W+9|9\s*[=→~*]\s*9")
#: Behind a whole number: another of them, how many there are, or up to which.
_MORE_BEHIND = re.compile(r"\s*(?:\(9\)|\s[x×*]\s?9|\s[^\W\d_]{3,}\s.*9.*)")
FEWEST_RANGES = 2
_PAIR, _YEAR = re.compile(r"(\d{3,})\s?[/\\]\s?(\d{3,})"), re.compile(r"(?:19|20)\d\d")


def several(texts: Iterable[str], heading: str) -> set[str]:
    """The texts that hold more than one number.

    A bare dash joins two numbers only where the heading says "(from - to)", or where each
    range begins where the one before ended; else 2025-013 is one number.
    """
    texts = list(texts)
    marked = [text for text in texts if _BETWEEN.search(text)]
    found = _with_another(marked, texts)
    found |= {one for one in marked if _is_list(one) or _is_range(_RANGE.fullmatch(one))}
    found |= _made_of_others(texts)
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


def _made_of_others(texts: list[str]) -> set[str]:
    """The texts that hold numbers shaped like more usual ones of the column: R-1 (was R-9).

    Where all are of one shape, none is.
    """
    shapes = _shape("\0".join(texts)).split("\0")
    counts = Counter(shapes)
    usual = [one for one in counts.most_common(_MOST_SHAPES) if "9" in one[0]]
    if len(counts) == 1 or len(shapes) != len(texts):
        return set()
    made = {
        shape
        for shape, times in counts.items()
        if any(
            times <= more and len(one) < len(shape) and one in shape and _holds_twice(shape, one)
            for one, more in usual
        )
    }
    chains = _chains(texts)
    return {text for text, shape in zip(texts, shapes, strict=True) if shape in made} | chains


def _chains(texts: list[str]) -> set[str]:
    """The texts that are made of as many digits as others of the column: 1001-1002 beside 1003.

    More usual ones are as they are: 001-002 may be the second person of a household.
    """
    shapes = "\0".join(texts).translate(_ANY_DIGIT).split("\0")
    counts = Counter(shapes)
    rare = {one for one, times in counts.items() if 2 * times <= len(texts)}
    pairs = list(zip(texts, shapes, strict=True))
    letters = any(_LETTER.search(shape) for shape in shapes)
    others = {text for text, shape in pairs if letters and shape in rare and _is_pair(text)}
    return others | {
        text for text, shape in pairs if shape in rare and _is_chain(text, shape, counts)
    }


def _is_chain(text: str, shape: str, counts: Mapping[str, int]) -> bool:
    if len(text) > _LONGEST_CHAIN:
        return False
    twice = _TWICE.fullmatch(text)
    if twice and twice["sign"].strip() not in {*twice["head"]}:
        return len(twice["one"]) == len(twice["other"])
    head, one, *more = _PARTS.split(text) if _DIGITS.search(text) else ("", "", "")
    signs, others = [sign.removesuffix(head) for sign in more[:-1:2]], more[1::2]
    if not others or more[-1] or not all(0 < len(sign) <= _LONGEST_SIGN for sign in signs):
        return False
    if all(len(other) == len(one) for other in others):
        is_whole = len(one) >= _FEWEST_DIGITS
    else:  # KE1001/02, but not the year 2025-26
        last = others[0]
        follows = int(one[-len(last) :]) + 1 == int(last) and len(last) > 1
        is_whole = len(others) == 1 and follows and (head != "" or signs[0] != "-")
    return is_whole and counts.get((head + one).translate(_ANY_DIGIT), 0) >= counts[shape]


def _is_pair(text: str) -> bool:
    """Whether two whole numbers that follow each other are joined by a slash: 0012/0013.

    Beside numbers with letters they are of another kind, and years are none.
    """
    found = _PAIR.fullmatch(text)
    if found is None or len(found[1]) != len(found[2]):
        return False
    return int(found[1]) + 1 == int(found[2]) and not _YEAR.fullmatch(found[1])


def _holds_twice(shape: str, usual: str) -> bool:
    if not _LETTER.search(usual):
        return _WORDS_BETWEEN.match(shape) is not None
    ends = "" if usual[-1] == "9" else r"(?![^\W\d_])"
    whole = re.compile(rf"(?<![^\W\d_]){re.escape(usual)}{ends}")
    if len(whole.findall(shape)) > 1:
        return True
    begins = whole.match(shape)
    return begins is not None and _MORE_BEHIND.fullmatch(shape[begins.end() :]) is not None


def _shape(number: str) -> str:
    return _DIGITS.sub("9", number).lower()


def _is_list(text: str) -> bool:
    """Whether every part is shaped like the first, or is digits only."""
    parts = [part for part in _LISTED.split(text) if part]
    if _are_alike(parts, ("9",)):
        return True
    if not _LETTER.search(text):
        return False
    parts = [part for part in _PARTED.split(text) if part.strip("-–—")]
    return _are_alike(parts, ()) and _LETTER.search(parts[0]) is not None


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
