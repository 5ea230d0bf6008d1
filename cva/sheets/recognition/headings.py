"""From a heading to the fields it may mean."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

from cva.sheets.vocabulary.currencies import Reader, without_article
from cva.sheets.vocabulary.scales import without_person, without_scale
from cva.sheets.vocabulary.text_forms import fold, without_note_mark
from cva.sheets.vocabulary.word_lists import answers, hashtag, vocabulary, word

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_TAG = re.compile(r"\s*#\s*[a-z][\w]*(\s*\+\s*[\w]+)*\s*", re.IGNORECASE)
_INSIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
#: The name of a question in a form, with the groups that it is in: form.person.name.
_OF_A_FORM = re.compile(r"[a-z_][\w@]*(?:[/.:-]+[\w@]+)+")
#: Where one word ends and the next begins in a name of a program.
_JOINT = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[#№]|[^\s.#№'’-]+")
#: What "of" and "the" are in every language.
_OF = "of"
SHORTEST_ANSWER = 2
_JOINING = frozenset({"в", "in", "en", "به", "ب", "у", "de", "the", "of"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """Which fields a heading may mean, and in which languages."""

    fields: frozenset[str]
    languages: frozenset[str]


_READER = Reader(languages=frozenset({"en", "ru", "fa", "ar"}))
_NOTHING = Meaning(frozenset(), frozenset())
_RECEIVED = Meaning(frozenset({"status"}), frozenset())
_AMOUNT = Meaning(frozenset({"amount"}), frozenset())
_SIGNATURE = Meaning(frozenset({"signature"}), frozenset())
_FIELDS = {"receipt": "status", "sex": "sex"}


@lru_cache(maxsize=10_000)
def meaning(heading: str) -> Meaning:
    """What a heading means, also with a unit that it counts in, "per person" or a note's mark."""
    found = _meaning(heading)
    if not found.fields and (plain := without_note_mark(heading)) != heading:
        return meaning(plain)
    for plain in (without_scale(heading), without_person(heading)):
        if not found.fields and plain != heading:
            again = _meaning(plain)
            found = again if again.fields & {"amount", "fee"} else found
    return found


def _meaning(heading: str) -> Meaning:
    """What a heading means; several fields where it is ambiguous, none where it is unknown.

    The whole text is tried first, then the words that a program has joined (``fullName``), then
    the answers that it offers, then the text without brackets, then what is before a comma, then
    without the name of a currency at its end, then each suffix of a path such as
    ``identity/Sex`` or ``form.person.sex``, then with its words as they are usual.
    """
    if found := _known(heading) or _known(words_apart(heading)) or _offered(heading):
        return found
    for text in (_BRACKETS.sub("", heading), re.split("[,،]", heading)[0]):
        aside = heading.removeprefix(text)
        if is_of_another(aside):
            continue  # "Amount (previous round)" is not what was handed out
        found = _known(text) or (_of_path(text) if aside else None)
        is_total = fold(text) in vocabulary().rows["total"]
        if not found and not is_total and unit_of(aside.strip(" ()[],،")):
            found = _known(f"{text} amount")  # "Cash (USD)", "Cash, USD"
        if found:
            # "Paid (USD)" is over sums, not over marks.
            has_unit = any(unit_of(inside) for inside in _INSIDE.findall(heading))
            return _AMOUNT if found.fields == _RECEIVED.fields and has_unit else found
    if found := _without_unit(heading):
        return found
    if found := _of_path(heading):
        return found
    if says_received(heading):
        return _RECEIVED
    return _usual_headings().get(_in_usual_words(fold(heading)), _NOTHING)


def words_apart(name: str) -> str:
    """The words of a name such as ``phoneNumber`` or ``IDNumber``."""
    return _JOINT.sub(" ", name)


def guess(heading: str) -> str | None:
    """The field that a part of an unknown heading means, for a person to confirm.

    The last words are tried before the first ones, many before few: "Mobile of recipient, phone
    number" may be a phone.
    """
    words = fold(words_apart(heading)).replace("/", " ").replace(".", " ").split()
    runs = ((size, start) for size in range(len(words) - 1, 0, -1) for start in (-size, 0))
    for size, start in runs:
        found = _known(" ".join(words[start:] if start else words[:size]))
        if found and len(found.fields) == 1:
            field = next(iter(found.fields))
            return None if field == "row_no" else field
    return None


def _offered(heading: str) -> Meaning | None:
    """Received or sex, where a heading names the answers: "Yes/No", "Received (yes/no)"."""
    outside = _BRACKETS.sub("", heading)
    for group in ("receipt", "sex"):
        words = answers(group)
        parts = [word(part) for part in outside.split("/")]
        if len(parts) > 1 and all(part in words and len(part) >= SHORTEST_ANSWER for part in parts):
            return Meaning(frozenset({_FIELDS[group]}), frozenset())
    for inside in _INSIDE.findall(heading):
        parts = [word(part) for part in inside.split("/")]
        if len(parts) > 1 and all(part in answers("receipt") for part in parts):
            return _RECEIVED if says_received(outside) else None
    return None


def says_received(heading: str) -> bool:
    """Whether a heading is a word such as "Received", which may be over marks of that."""
    return any(one.meanings.get(word(heading)) == "yes" for one in vocabulary().words["receipt"])


def is_of_another(aside: str) -> bool:
    """Whether what stands beside a heading says that another payment is meant, or a plan."""
    beginnings = tuple(vocabulary().receipt["another_beginnings"])
    return any(one.startswith(beginnings) for one in fold(aside).split())


def speaks_of_paying(heading: str) -> bool:
    """Whether a word of a heading is such as "paid" and "disbursed", which sums may stand under."""
    beginnings = tuple(vocabulary().receipt["paid_beginnings"])
    return any(one.startswith(beginnings) for one in fold(heading).split())


def _of_path(heading: str) -> Meaning | None:
    """The meaning of the last steps of a path; a running number is no step of one."""
    steps = re.split(r"[/.:-]+", heading) if _OF_A_FORM.fullmatch(heading) else heading.split("/")
    known = [found for step in steps if (found := _known(step))]
    if any(found.fields == {"signature"} for found in known):
        return _in_all_languages(_SIGNATURE, known)
    for start in range(1, len(steps)):
        found = _known("/".join(steps[start:])) or _known(" ".join(steps[start:]))
        if found and "row_no" not in found.fields:
            return _in_all_languages(found, known)
    return None


def _in_all_languages(found: Meaning, known: Iterable[Meaning]) -> Meaning:
    """A heading that says the same in two languages, "Сумма / Amount", is in both."""
    spoken = (one.languages for one in known if one.fields & found.fields)
    return Meaning(found.fields, found.languages.union(*spoken))


def _known(text: str) -> Meaning | None:
    fields = vocabulary().headings.get(fold(text))
    if not fields:
        return None
    return Meaning(frozenset(fields), frozenset().union(*fields.values()))


def _in_usual_words(plain: str) -> str:
    same = vocabulary().same
    words = (same.get(one, one) for one in _WORD.findall(plain))
    return " ".join(one for one in words if one != _OF)


@cache
def _usual_headings() -> Mapping[str, Meaning]:
    """The headings of several words in their usual ones, where no two fields are headed so."""
    found: dict[str, Meaning] = {}
    for heading in vocabulary().headings:
        own, text = _known(heading), _in_usual_words(heading)
        if own and " " in text:
            other = found.setdefault(text, own)
            found[text] = own if other.fields == own.fields else _NOTHING
    return found


def _without_unit(heading: str) -> Meaning | None:
    words = fold(heading).split()
    for size in (1, 2, 3):
        if len(words) <= size or not unit_of(" ".join(words[-size:])):
            continue
        rest = words[:-size]
        if rest[-1] in _JOINING:
            rest = rest[:-1]
        found = _known(" ".join(rest))
        if found and found.fields & {"amount", "fee"}:
            return found
    return None


def unit_of(text: str) -> bool:
    """Whether a text is nothing but the name of a currency."""
    name = without_article(fold(text))
    return name in vocabulary().currencies or _READER.unit(name) is not None


def is_day_of_receipt(heading: str) -> bool:
    """Whether a date is headed as the day of receipt; a day of distribution is planned before."""
    beginnings = tuple(vocabulary().receipt["received_beginnings"])
    return any(part.startswith(beginnings) for part in word(heading).split())


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
    """What is the same for the same set of headings, in whatever order they are."""
    return sha256("\n".join(sorted(names_of(headings))).encode()).hexdigest()
