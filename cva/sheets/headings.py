"""From a heading to the fields it may mean."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cva.sheets.currencies import Reader
from cva.sheets.texts import fold
from cva.sheets.vocabulary import hashtag, vocabulary

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_TAG = re.compile(r"\s*#\s*[a-z][\w]*(\s*\+\s*[\w]+)*\s*", re.IGNORECASE)
_JOINING = frozenset({"в", "in", "en", "به", "ب", "у", "de", "the", "of"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """Which fields a heading may mean, and in which languages."""

    fields: frozenset[str]
    languages: frozenset[str]


_NOTHING = Meaning(frozenset(), frozenset())


@lru_cache(maxsize=10_000)
def meaning(heading: str) -> Meaning:
    """What a heading means; several fields where it is ambiguous, none where it is unknown.

    The whole text is tried first, then without brackets, then what stands before a comma, then
    without the name of a currency at its end, then each suffix of a path such as
    ``identity/Sex``.
    """
    for text in (heading, _BRACKETS.sub("", heading), re.split("[,،]", heading)[0]):
        if found := _known(text):
            return found
    if found := _without_unit(heading):
        return found
    steps = heading.split("/")
    for start in range(1, len(steps)):
        if found := _known("/".join(steps[start:])):
            return found
    return _NOTHING


def _known(text: str) -> Meaning | None:
    fields = vocabulary().headings.get(fold(text))
    if not fields:
        return None
    return Meaning(frozenset(fields), frozenset().union(*fields.values()))


def _without_unit(heading: str) -> Meaning | None:
    words = fold(heading).split()
    reader = Reader(languages=frozenset({"en", "ru", "fa", "ar"}))
    for size in (1, 2, 3):
        if len(words) <= size or not reader.unit(" ".join(words[-size:])):
            continue
        rest = words[:-size]
        if rest[-1] in _JOINING:
            rest = rest[:-1]
        found = _known(" ".join(rest))
        if found and found.fields & {"amount", "fee"}:
            return found
    return None


def is_tag(text: str) -> bool:
    """Whether the text is an HXL hashtag."""
    return _TAG.fullmatch(text) is not None


def tagged(tag: str) -> str | None:
    """The field of an HXL tag; attributes that are not known are dropped one by one."""
    if not is_tag(tag):
        return None
    steps = "".join(tag.lower().split()).split("+")
    while len(steps) > 1:
        if found := vocabulary().hashtags.get(hashtag("+".join(steps))):
            return found
        steps.pop()
    return vocabulary().hashtags.get(steps[0])


def is_choice(heading: str, all_headings: frozenset[str]) -> bool:
    """Whether it is one answer of a question that has a column of its own (0 or 1)."""
    question, _, answer = heading.rpartition("/")
    return bool(question and answer) and question in all_headings


def names_of(headings: Iterable[str]) -> list[str]:
    """A name for each heading, the same however it is typed; the second of two alike says so."""
    seen: Counter[str] = Counter()
    names = []
    for heading in headings:
        name = fold(heading)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return names


def key_of(headings: Iterable[str]) -> str:
    """What is the same for the same set of headings, in whatever order they stand."""
    return sha256("\n".join(sorted(names_of(headings))).encode()).hexdigest()
