"""Which rows of one sheet are about one person, and which may be."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

from cva.beneficiaries.matching.facts import Facts, LikenessDoubt, Rule, liken
from cva.beneficiaries.name_keys import letters_of

#: Where more rows share a fact, each is compared with the first of them and the one before.
_MOST_COMPARED = 30


class SheetGroups:
    """The rows of a sheet, those of one person together.

    Attributes:
        doubts: Pairs of rows, counted from 0, that may be one person, each with the reason.
    """

    def __init__(self, rows: Sequence[Facts]) -> None:
        self._first = list(range(len(rows)))
        self.doubts: dict[tuple[int, int], LikenessDoubt] = {}
        for one, other in sorted(set(_pairs(rows))):
            found = liken(rows[one], rows[other])
            if isinstance(found, Rule):
                self.join(one, other)
            elif found is not None and not _are_two(rows[one], rows[other], found):
                self.doubts[one, other] = found

    def first_of(self, row: int) -> int:
        """The first row of the person of a row."""
        while self._first[row] != row:
            self._first[row] = self._first[self._first[row]]
            row = self._first[row]
        return row

    def join(self, one: int, other: int) -> None:
        """Take two rows for one person."""
        first, second = sorted((self.first_of(one), self.first_of(other)))
        self._first[second] = first


def _are_two(one: Facts, other: Facts, doubt: LikenessDoubt) -> bool:
    """Whether rows with the same name name two people, as each has facts of its own."""
    is_of_names = doubt in {LikenessDoubt.NAME, LikenessDoubt.SPELLING}
    has_own_phone = bool(one.phone) and bool(other.phone) and one.phone != other.phone
    has_own_document = bool(one.document) and bool(other.document)
    return is_of_names and (has_own_phone or has_own_document)


def _pairs(rows: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Pairs of rows with the same document, telephone, or name."""
    yield from _sharing(rows, lambda row: row.document)
    yield from _sharing(rows, lambda row: letters_of(row.name))
    yield from _sharing(rows, lambda row: row.phone)


def _sharing(
    rows: Sequence[Facts], fact: Callable[[Facts], str | None]
) -> Iterator[tuple[int, int]]:
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if shared := fact(row):
            found.setdefault(shared, []).append(at)
    for here in found.values():
        if len(here) <= _MOST_COMPARED:
            yield from combinations(here, 2)
        else:
            yield from pairwise(here)
            yield from ((here[0], other) for other in here[2:])
