"""Whether a line outside a list says that some of its people, or a part of the money, is left."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from cva.sheets.cells.amount_cells import bare_number, parse
from cva.sheets.checking.table import Table
from cva.sheets.recognition.sorted_rows import TotalRow
from cva.sheets.vocabulary.harmless_texts import has_doubt, without_days_and_telephones
from cva.sheets.vocabulary.legends import without_emblems
from cva.sheets.vocabulary.month_names import is_month
from cva.sheets.vocabulary.refusals import may_refuse
from cva.sheets.vocabulary.text_forms import fold, plain_digits
from cva.sheets.vocabulary.unpaid_titles import title_may_deny
from cva.sheets.vocabulary.word_lists import vocabulary

_TIMES = re.compile(r"\b\d{1,2}:\d{2}\b")
#: Words, numbers with their groups and decimals, and signs that say something between them.
_TOKENS = re.compile(
    r"[^\W\d_][\w'’ʼ-]*|\d{1,3}(?:[ ',.\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[%٪/№#]"
)
_PERCENT = frozenset("%٪")
_ALL_PERCENT = Decimal(100)
#: So many words may stand between a word for paid and its number.
_BETWEEN = 4
_LONGEST_OF = 2
_SHORTEST_BEGINNING = 5
#: So many words may stand between a day and its month; what may be a year, in two calendars.
_NEAR, _CUT_MONTH = 2, 3
_YEARS = frozenset({*range(1395, 1420), *range(2015, 2040)})


class ListFigures:
    """What a line may say of a list that agrees with it.

    Attributes:
        rows: How many rows it has.
        received: How many of them were received, as far as their own cells tell.
    """

    def __init__(self, table: Table, totals: Sequence[TotalRow]) -> None:
        self._table, self._totals = table, totals
        self.rows = len(table.numbers)
        self.received = self.rows - len(table.not_received)

    @cached_property
    def sums(self) -> frozenset[Decimal]:
        """Numbers of rows and members, sums of lists and blocks of them, and single amounts."""
        found = {Decimal(self.rows), Decimal(self.received)}
        if "amount" in self._table.fields:
            found |= self._sums_of("amount")
        if "household_size" in self._table.fields:
            found.add(self._sum_of(self._numbers("household_size")))
        return frozenset(found)

    @property
    def least(self) -> Decimal | None:
        """The smallest amount."""
        amounts = self._numbers("amount") if "amount" in self._table.fields else ()
        return min((one for one in amounts if one), default=None)

    def _sums_of(self, name: str) -> set[Decimal]:
        amounts, table = self._numbers(name), self._table
        none = Decimal(0)
        left = [none if at in table.not_received else one for at, one in enumerate(amounts)]
        starts = [bisect_left(table.numbers, part.first) for part in table.known.sheet.parts[1:]]
        ends = [total.above for total in self._totals]
        places = sorted({0, *starts, *ends, len(amounts)})
        blocks = [*pairwise(places), *((0, end) for end in places)]
        sums = {self._sum_of(some[one:end]) for some in (amounts, left) for one, end in blocks}
        return sums | {one for one in set(amounts) if one}

    def _numbers(self, name: str) -> list[Decimal]:
        """The plain numbers of a column; 0 where there is none."""
        column = self._table.fields[name]
        found = {at: bare_number(column.value(at)) or Decimal(0) for at in column.used}
        return list(map(found.__getitem__, column.index))

    @staticmethod
    def _sum_of(numbers: Sequence[Decimal]) -> Decimal:
        return sum(numbers, start=Decimal(0))


class _Token(NamedTuple):
    word: str
    numbers: frozenset[Decimal]


def counts_out_of(text: str) -> bool:
    """Whether a text counts some of others, such as 3 of 4."""
    return any(_counts(_tokens(text)))


def counts_people(line: str, figures: ListFigures) -> bool:
    """Whether a line counts some people of others, such as 3 of 4, and not those of the list."""
    return _counts_others(_tokens(line), figures)


def names_part(line: str, figures: ListFigures) -> bool:
    """Whether a line counts people, a share or a sum of what was paid that is not all of it.

    What agrees with the list says nothing against it: 4 of 4, its total, the amount of each.
    """
    tokens = _tokens(line)
    if any(_counts(tokens)):
        return _counts_others(tokens, figures)
    is_paid = any(_is_of_paying(token.word) for token in tokens)
    if _has_share(tokens) and (is_paid or has_doubt(line)):
        return True
    return is_paid and any(one.isdisjoint(figures.sums) for one in _paid(tokens))


def states_another_total(line: str, figures: ListFigures) -> bool:
    """Whether the one number in a line of totals may be a sum, and is none of the list."""
    tokens = _tokens(line)
    found = [token.numbers for token in tokens if token.numbers]
    if (
        any(_is_of_people(token.word) for token in tokens)
        or len(found) != 1
        or not found[0].isdisjoint(figures.sums)
    ):
        return False
    return figures.least is not None and max(found[0]) >= figures.least


def _counts_others(tokens: Sequence[_Token], figures: ListFigures) -> bool:
    is_paid = any(_is_of_paying(token.word) for token in tokens)
    return any(
        (is_paid or of_all == figures.rows)
        and (of_all != figures.rows or some not in {figures.rows, figures.received})
        for some, of_all in _counts(tokens)
    )


def speaks_against_some(line: str) -> bool:
    """Whether a line below a list or between its rows has a word that speaks against somebody."""
    if title_may_deny(line) or _doubts(without_emblems(line)):
        return True
    return may_refuse(line) and any(_is_of_people(token.word) for token in _tokens(line))


def _doubts(line: str) -> bool:
    """Whether it has a word of doubt other than that behind a sum in words: two thousand only."""
    if any(map(str.isdigit, line)):
        return has_doubt(line)
    return has_doubt(line.rstrip(" ./-").rpartition(" ")[0])


def _tokens(line: str) -> Sequence[_Token]:
    line = without_emblems(line)
    plain = _TIMES.sub(" ", without_days_and_telephones(plain_digits(line)))
    return [_Token(fold(text) or text, _numbers(text)) for text in _TOKENS.findall(plain)]


def _numbers(text: str) -> frozenset[Decimal]:
    """All that a number may mean: 1.500 is 1500 or 1.5."""
    found = parse(text) if text[0].isdigit() else None
    if found is None:
        return frozenset()
    read = (found.number, found.as_decimal, found.as_grouped)
    return frozenset(abs(one) for one in read if one is not None)


def _counts(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Pairs such as 3 of 4, but those of pages and of rounds."""
    for at, token in enumerate(tokens):
        if not _is_count(token) or (at and _is_numbering(tokens[at - 1].word)):
            continue
        for end in range(at + 2, min(at + 2 + _LONGEST_OF, len(tokens))):
            between = " ".join(one.word for one in tokens[at + 1 : end])
            if _is_count(tokens[end]) and between in _out_of():
                yield int(min(token.numbers)), int(min(tokens[end].numbers))


def _is_count(token: _Token) -> bool:
    return len(token.numbers) == 1 and token.word.isdecimal()


def _has_share(tokens: Sequence[_Token]) -> bool:
    pairs = zip(tokens, [*tokens[1:], _Token("", frozenset())], strict=True)
    for one, two in pairs:
        if one.numbers and two.word in _PERCENT and _ALL_PERCENT not in one.numbers:
            return True
        if one.word.startswith(_shares()):
            return True
    return False


def _paid(tokens: Sequence[_Token]) -> Iterator[frozenset[Decimal]]:
    """The numbers near a word for paid that are none of a page, a paper, a round or a day."""
    paying = [at for at, token in enumerate(tokens) if _is_of_paying(token.word)]
    for at, token in enumerate(tokens):
        is_near = any(abs(at - each) <= _BETWEEN for each in paying)
        is_near = is_near and not any(one.word in _PERCENT for one in tokens[at + 1 : at + 2])
        if not token.numbers or not is_near or _is_of_day(tokens, at):
            continue
        if at == 0 or not _is_numbering(tokens[at - 1].word):
            yield token.numbers


def _is_of_day(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a number is that of a day beside its month, or a year."""
    near = [one.word for one in tokens[max(at - _NEAR, 0) : at + _NEAR + 1]]
    if any(_is_month(one) for one in near):
        return True
    is_year = tokens[at].word.isdecimal() and int(tokens[at].word) in _YEARS
    return is_year and vocabulary().currencies.keys().isdisjoint(near)


@cache
def _is_month(word: str) -> bool:
    """Whether it is the name of a month, also one with another ending: ноябры."""
    return is_month(word) or (not word.isascii() and is_month(word[:_CUT_MONTH]))


@cache
def _is_of_paying(token: str) -> bool:
    words = vocabulary().receipt
    beginnings = (*words["paid_beginnings"], *words["came_beginnings"])
    return token.startswith(beginnings) and not token.startswith(tuple(words["acts"]))


@cache
def _is_of_people(word: str) -> bool:
    """Whether what is counted may be people: households, recipients."""
    beginnings = tuple(vocabulary().receipt["list_of"])
    return word in vocabulary().rows["counted"] or word.startswith(beginnings)


@cache
def _is_numbering(word: str) -> bool:
    """Whether a number behind a word is that of a page, a paper or a round."""
    before = vocabulary().rows["page"] | vocabulary().rows["period"]
    long = tuple(one for one in before if len(one) >= _SHORTEST_BEGINNING)
    known = before | vocabulary().receipt["numbered"]
    return word in known or word.startswith(("#", *long))


@cache
def _out_of() -> frozenset[str]:
    return frozenset({*vocabulary().rows["out_of"], "/"})


@cache
def _shares() -> tuple[str, ...]:
    return tuple(vocabulary().receipt["share_beginnings"])
