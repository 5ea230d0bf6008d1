"""Which people of a list a text outside it names: by number, by name, by name and initial."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise, takewhile

from cva.sheets.checking.table import NAMES, Table
from cva.sheets.vocabulary.text_forms import fold, folded_words, plain_digits
from cva.sheets.vocabulary.word_lists import vocabulary

#: Numbers that are those of one person or thing.
_NUMBERS = ("registration_no", "household_id", "id_number", "voucher_number")
#: A number without letters is as likely a year, a page or a sum where it is shorter.
_SHORTEST_DIGITS = 5
_SHORTEST_NAME = 3
_MOST_PARTS = 3
_PARTS = re.compile(r"[^\W_]+")
_SIGNS_ONLY = re.compile(r"[^\W_]+(?:[-–—/_.№#]+[^\W_]+)*")
_BLANKS_TOO = re.compile(r"[^\W_]+(?:[-–—/_.№# ]+[^\W_]+)*")
_APART = re.compile(r"[^\w\n]|_")


class NamedRows:
    """Finds the rows that texts outside a list name; what they are is looked up once for all.

    Args:
        table: The rows.
        texts: All texts in which people may be named.
    """

    def __init__(self, table: Table, texts: Iterable[str]) -> None:
        self._table = table
        self._words = frozenset(word for text in texts for word in _words(text))

    def rows_in(self, text: str, *, is_about_somebody: bool = False) -> frozenset[int]:
        """The data rows, counted from 0, whose person a text names.

        Args:
            text: A line.
            is_about_somebody: It speaks of a receipt, so that one word of a name will do, and a
                running number behind a word such as No.
        """
        found = {
            *self._numbered(text, is_apart=is_about_somebody),
            *self._called(_words(text), fewest=1 if is_about_somebody else 2),
        }
        if is_about_somebody:
            found |= {*self._in_order(text)}
        return frozenset(found)

    def _numbered(self, text: str, *, is_apart: bool) -> Iterator[int]:
        for key in _keys_in(text, is_apart=is_apart):
            for name, numbers in self._numbers.items():
                if f"\n{key}\n" in numbers:
                    yield from self._rows_with(name, key)

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        """By field all its numbers without signs, one a line."""
        fields = (self._table.fields[name] for name in _NUMBERS if name in self._table.fields)
        return {one.name: f"\n{_plain(chr(10).join(one.texts))}\n" for one in fields}

    def _rows_with(self, name: str, key: str) -> list[int]:
        column = self._table.fields[name]
        return column.rows_with(at for at in column.used if _plain(column.texts[at]) == key)

    def _in_order(self, text: str) -> Iterator[int]:
        """The rows whose running numbers stand behind a word for one: No. 3, line 3."""
        words = _words(text)
        named = {two for one, two in pairwise(words) if one in vocabulary().receipt["numbered"]}
        known = self._table.known
        for at in known.running_numbers[:1] if named else ():
            for row, number in enumerate(self._table.numbers):
                if known.sheet.text(number, at).strip(" .)") in named:
                    yield row

    def _called(self, words: Sequence[str], fewest: int) -> Iterator[int]:
        own = self._known_words.intersection(words)
        if not own:
            return
        for row, name in self._names:
            if not own.isdisjoint(name) and _is_called(words, name, fewest):
                yield row

    @cached_property
    def _known_words(self) -> frozenset[str]:
        """The words of the texts that are part of somebody's name."""
        columns = [self._table.fields[name] for name in NAMES if name in self._table.fields]
        every = frozenset[str]().union(*(folded_words(column.texts) for column in columns))
        return frozenset(one for one in self._words & every if len(one) >= _SHORTEST_NAME)

    @cached_property
    def _names(self) -> Sequence[tuple[int, Sequence[str]]]:
        """The rows whose name has one of these words, each with all words of its name."""
        found: dict[int, list[str]] = {}
        for field in (self._table.fields[name] for name in NAMES if name in self._table.fields):
            words = {at: _words(field.texts[at]) for at in field.used}
            for row, at in enumerate(field.index):
                found.setdefault(row, []).extend(words[at])
        return [(row, one) for row, one in found.items() if not self._known_words.isdisjoint(one)]


def _is_called(words: Sequence[str], name: Sequence[str], fewest: int) -> bool:
    """Whether a text has two words of a name side by side, of which one may be an initial."""
    if fewest == 1 or len(name) == 1:
        return fewest == 1 and any(len(one) > _SHORTEST_NAME and one in words for one in name)
    return any(
        len(word) >= _SHORTEST_NAME
        and word in name
        and not _beside(words, at).isdisjoint(_others(name, word))
        for at, word in enumerate(words)
    )


def _beside(words: Sequence[str], at: int) -> set[str]:
    """The words before and behind one, and all initials there: N.B. B. V. Kim."""
    found = {*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]}
    for some in (words[:at][::-1], words[at + 1 :]):
        found |= {*takewhile(_is_initial, some)}
    return found


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _others(name: Sequence[str], word: str) -> set[str]:
    """The other words of a name, and their initials."""
    others = list(name)
    others.remove(word)
    return {*others, *(one[0] for one in others)}


def _words(text: str) -> Sequence[str]:
    return [part for part in fold(text).replace("-", " ").replace("'", " ").split() if part]


def _plain(number: str) -> str:
    """Numbers without the signs and blanks in them."""
    return _APART.sub("", plain_digits(number)).upper()


def _keys_in(text: str, *, is_apart: bool) -> Iterator[str]:
    """What may be a number in a text, with signs in it or, where that may be, with blanks."""
    plain = plain_digits(text).upper()
    parts = (_BLANKS_TOO if is_apart else _SIGNS_ONLY).findall(plain)
    for words in map(_PARTS.findall, parts):
        for start in range(len(words)):
            for end in range(start + 1, min(start + 1 + _MOST_PARTS, len(words) + 1)):
                key = "".join(words[start:end])
                if any(map(str.isdigit, key)) and not (
                    key.isdecimal() and len(key) < _SHORTEST_DIGITS
                ):
                    yield key
