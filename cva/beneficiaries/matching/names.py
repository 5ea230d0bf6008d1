"""Names compared: the same name, one that is only alike, or another."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import permutations

from rapidfuzz.distance import OSA

from cva.beneficiaries.name_keys import IDEOGRAPHS, letters_of, readings

#: Words of a name are looked at in every order while there are so few.
_MOST_ORDERED = 4
#: From this length on a word may have one slip, and from the other on two.
_ONE_SLIP, _TWO_SLIPS = 3, 8
#: A word may go on after so many letters.
_LONG_BEGINNING = 4


class NameLikeness(StrEnum):
    """How two names compare."""

    SAME = "same"
    #: The words of one are all in the other, which has more of them.
    PART = "part"
    ALIKE = "alike"
    #: One word goes on where that of the other ends, and all others are the same.
    LONGER = "longer"
    OTHER = "other"
    #: One of the two has no name.
    UNKNOWN = "unknown"


def compare_names(one: Sequence[str], other: Sequence[str]) -> NameLikeness:
    """How two names compare, each given by its words."""
    if not one or not other:
        return NameLikeness.UNKNOWN
    first, second = sorted(one), sorted(other)
    if first == second or _is_turned(one, other):
        return NameLikeness.SAME
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and set(shorter) < set(longer):
        return NameLikeness.PART
    if _are_spelt_alike(shorter, longer) or _sound_alike(one, other):
        return NameLikeness.ALIKE
    return NameLikeness.LONGER if _goes_on(one, other) else NameLikeness.OTHER


def _is_turned(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words stand in another order, or are written together."""
    if letters_of(one) != letters_of(other):
        return False
    few, many = sorted((one, other), key=len)
    if len(many) > _MOST_ORDERED:
        return "".join(one) == "".join(other)
    joined = {"".join(words) for words in permutations(few)}
    return any("".join(words) in joined for words in permutations(many))


def _are_spelt_alike(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether every word of one name is in the other, but for a slip or an initial."""
    if len(shorter) == 1 < len(longer):
        return len(longer[0]) > 1 and _is_slip("".join(shorter), "".join(longer))
    left = list(longer)
    whole = 0
    for word in sorted(shorter, key=len, reverse=True):
        found = word if word in left else next((it for it in left if _is_slip(word, it)), None)
        if found is None:
            return False
        left.remove(found)
        whole += len(word) > 1 and len(found) > 1
    return whole > 0


def _goes_on(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether names differ by the end of one word, as Aisha Bello and Aishatu Bello do."""
    first, second = set(one) - set(other), set(other) - set(one)
    if len(one) != len(other) or len(one) == 1 or len(first) != 1 or len(second) != 1:
        return False
    short, long = sorted((*first, *second), key=len)
    return len(short) >= _LONG_BEGINNING and long.startswith(short)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by few letters that were mistaken, left out, added or turned."""
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]  # an initial
    longest = max(len(one), len(other))
    if IDEOGRAPHS.search(one):
        allowed = int(longest > 1)
    else:
        allowed = (longest >= _ONE_SLIP) + (longest >= _TWO_SLIPS)
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _sound_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether names in two scripts, or two spellings, have the same consonants in a reading."""
    pairs = zip(readings(tuple(one)), readings(tuple(other)), strict=True)
    return any(_have_the_same(first, second) for first, second in pairs)


def _have_the_same(first: Sequence[str], second: Sequence[str]) -> bool:
    if first == second:
        return bool(first) and len("".join(first)) > 1
    few, many = sorted((first, second), key=len)
    return len(few) > 1 and set(few) < set(many)
