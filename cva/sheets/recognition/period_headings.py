"""Which headings are those of months or rounds, and which columns beside them belong to each."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cva.sheets.recognition.candidates import Candidate
from cva.sheets.recognition.heading_rows import Head, text_over
from cva.sheets.recognition.headings import meaning
from cva.sheets.recognition.open_fields import columns_of_numbers
from cva.sheets.vocabulary.month_names import months_in
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

_FEWEST = 2
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NUMERIC_MONTH = re.compile(r"(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})")
#: A true date, of which most formats show no more than the month.
_FIRST_OF_MONTH = re.compile(r"(\d{4}-\d\d)-01(?:[ T]00:00:00)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ORDINAL = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th|er|re|e|[-]?(?:й|я|е|ая|ый|ой))?)")
#: The day of a round behind its name: Second round 5/11/2026.
_WRITTEN_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"(?:19|20|13|14)\d\d|\d\d")
#: Earlier ones are those of the Jalali calendar.
_FIRST_YEAR = 1600
_COUNT = re.compile(r"[\d.]+")


class Period(NamedTuple):
    """A month or a round with a column of its own.

    Attributes:
        head: The heading of its sums.
        text: What it is called.
        words: The folded words that name it.
        beside: By what they have in common in all periods, its other columns: who signed for it,
            when, with which remark.
    """

    head: Head
    text: str
    words: Sequence[str]
    beside: dict[str, Head]

    def is_named_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        words = fold(text).replace("/", " ").split()
        if months := _months_of(self.words):
            return bool(months & months_in(words))
        return _without(words, self.words) is not None

    @property
    def day(self) -> str:
        """The day that its heading is, as ISO text; empty where it is a month or a round."""
        return self.text if _DAY.fullmatch(self.text) else ""


class Periods(NamedTuple):
    """Columns of months or rounds.

    Attributes:
        each: From the left.
        unit: What all of the headings have in brackets, such as ``(USD)``.
    """

    each: Sequence[Period]
    unit: str

    @property
    def heads(self) -> Sequence[Head]:
        """The headings of their sums."""
        return [one.head for one in self.each]


def periods_of(candidate: Candidate) -> Periods | None:
    """The columns of sums whose headings are months or rounds; None where there are not several."""
    texts = {head.column: _whole_heading(candidate, head) for head in candidate.heading_row.heads}
    found = {
        head.column: words
        for head in candidate.heading_row.heads
        if (words := _period_in(texts[head.column]))
    }
    heads = [head for head in candidate.heading_row.heads if head.column in found]
    numbers = columns_of_numbers([*found], candidate.sheet, candidate.heading_row)
    units = {unit_of(texts[at]) for at in found}
    if len(heads) < _FEWEST or numbers != [*found] or len(units) > 1:
        return None
    names = {head.column: [*found[head.column]] for head in heads}
    each = [Period(head, texts[head.column], names[head.column], {}) for head in heads]
    others = [head for head in candidate.heading_row.heads if head.column not in found]
    return Periods(_with_named(_with_repeated(each, candidate), others, texts), units.pop())


def _whole_heading(candidate: Candidate, head: Head) -> str:
    """A heading, below the month that is merged over it and its neighbours."""
    over = _as_month(text_over(candidate.sheet, head.row - 1, head.column))
    own = _as_month(head.text)
    return f"{over} {own}" if over and _period_in(over) and over != own else own


def _as_month(heading: str) -> str:
    found = _FIRST_OF_MONTH.fullmatch(heading)
    return found[1] if found else heading


def _months_of(words: Sequence[str]) -> frozenset[int]:
    """The months that words name, by names or as 2025-10, 10.2025 and, in the Jalali, 1404-07."""
    numeric = [word for word in words if _NUMERIC_MONTH.fullmatch(word)]
    pairs = [sorted(map(int, re.split("[-/.]", word))) for word in numeric]
    numbers = {-month if year < _FIRST_YEAR else month for month, year in pairs}
    return frozenset(numbers) or months_in(words)


def unit_of(heading: str) -> str:
    """What stands in brackets in a heading and is no month, such as a currency."""
    inside = [text for text in _BRACKETED.findall(heading) if not _period_in(text)]
    return " ".join(f"({text})" for text in inside)


def is_plain_total(heading: str) -> bool:
    """Whether a heading is nothing but a word for a total, and brackets: Total (USD)."""
    return fold(_BRACKETED.sub(" ", heading)).strip() in vocabulary().rows["total"]


def _with_repeated(each: Sequence[Period], candidate: Candidate) -> list[Period]:
    """The periods with the columns that come again around each of them under the same headings."""
    heads = candidate.heading_row.heads
    places = [heads.index(one.head) for one in each]
    steps = {later - earlier for earlier, later in pairwise(places)}
    step = steps.pop()
    if steps or step == 1:
        return [*each]
    blocks = [
        [heads[at - before : at] + heads[at + 1 : at - before + step] for at in places]
        for before in range(min(step, places[0] + 1))
    ]
    found = next(filter(_are_alike, blocks), None) or next(filter(_begin_alike, blocks), None)
    if found is None:
        return [*each]
    names = {_plain(head) for head in found[0]}
    return [
        one._replace(beside={name: head for head in block if (name := _plain(head)) in names})
        for one, block in zip(each, found, strict=True)
    ]


def _are_alike(blocks: Sequence[Sequence[Head]]) -> bool:
    """Whether the columns around all periods have the same headings."""
    first, *others = ([*map(_plain, block)] for block in blocks)
    return all(one == first for one in others)


def _begin_alike(blocks: Sequence[Sequence[Head]]) -> bool:
    """Whether they have but for the last period, which may lack some of its columns."""
    *whole, last = blocks
    known = {*map(_plain, whole[0])}
    return _are_alike(whole) and (len(whole) > 1 or bool(known & {*map(_plain, last)}))


def _plain(head: Head) -> str:
    return _COUNT.sub("", fold(head.text)).strip()


def _with_named(
    each: Sequence[Period], others: Sequence[Head], texts: dict[int, str]
) -> list[Period]:
    """The periods with the columns whose headings name them: Signature September."""
    found = []
    for one in each:
        beside = dict(one.beside)
        for head in others:
            rest = _without(_words_of(texts[head.column]), one.words)
            if rest and meaning(name := " ".join(rest)).fields:
                beside.setdefault(name, head)
        found.append(one._replace(beside=beside))
    return found


def _without(words: Sequence[str], named: Sequence[str]) -> list[str] | None:
    """The words around those that name a period; None where they do not stand there."""
    for at in range(len(words) - len(named) + 1):
        if list(words[at : at + len(named)]) == list(named):
            return [*words[:at], *words[at + len(named) :]]
    return None


def _words_of(heading: str) -> list[str]:
    words = fold(_BRACKETED.sub(" ", heading)).split()
    return [word for word in words if word not in vocabulary().rows["joining"]]


def _period_in(heading: str) -> Sequence[str]:
    """The words of a heading that name a month or a numbered round, if it is one of sums."""
    plain = fold(_BRACKETED.sub(" ", heading))
    if _NUMERIC_MONTH.fullmatch(plain) or _DAY.fullmatch(plain):
        return [plain]
    return next(filter(None, map(_named, _without_amount(plain.split()))), ())


def _without_amount(words: list[str]) -> Iterator[list[str]]:
    """The words, and those without a heading for the amount before or behind them."""
    yield words
    for size in range(1, len(words)):
        if "amount" in vocabulary().headings.get(" ".join(words[:size]), {}):
            yield words[size:]
        if "amount" in vocabulary().headings.get(" ".join(words[-size:]), {}):
            yield words[:-size]


def _counted_in(words: Sequence[str]) -> Sequence[str]:
    """Those of some words that count: 2, 2nd, second."""
    ordinals = vocabulary().rows["ordinal"]
    return [word for word in words if _ORDINAL.fullmatch(word) or word in ordinals]


def _named(words: Sequence[str]) -> Sequence[str]:
    """The words that name a period, without small words, if there is nothing else."""
    known = vocabulary().rows["period"]
    rest = [word for word in words if word not in vocabulary().rows["joining"]]
    months = [word for word in rest if not _YEAR.fullmatch(word)]
    if len(months_in([" ".join(months)])) == 1:
        return rest
    rest = (
        [word for word in rest if not _WRITTEN_DAY.fullmatch(word)] if _counted_in(rest) else rest
    )
    counted = _counted_in(rest)
    is_round = len(rest) == _FEWEST and len(counted) == 1 and any(word in known for word in rest)
    return rest if is_round else ()
