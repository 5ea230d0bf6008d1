"""Where the numbers of a book are before they are handed out, from its movements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cva.vouchers.models import BookLocation, BookMovement, MoveKind, VoucherBook

#: From where to where each kind of movement goes.
WAYS = {
    MoveKind.RECEIVED: (BookLocation.PRINTER, BookLocation.STORE),
    MoveKind.TO_TEAM: (BookLocation.STORE, BookLocation.TEAM),
    MoveKind.BACK: (BookLocation.TEAM, BookLocation.STORE),
}


@dataclass(frozen=True, slots=True)
class LocatedRange:
    """Numbers next to each other that are in one place."""

    first: int
    last: int
    place: BookLocation

    def __len__(self) -> int:
        return self.last - self.first + 1


def runs_of(book: VoucherBook, movements: Iterable[BookMovement]) -> list[LocatedRange]:
    """The places of all numbers of a book, by number; ``movements`` in the order of their steps."""
    runs = [LocatedRange(book.first, book.last, BookLocation.PRINTER)]
    for movement in movements:
        _from, to = WAYS[MoveKind(movement.kind)]
        runs = _moved(runs, LocatedRange(movement.first, movement.last, to))
    return runs


def _moved(runs: Sequence[LocatedRange], new: LocatedRange) -> list[LocatedRange]:
    found = [new]
    for run in runs:
        if run.first < new.first:
            found.append(LocatedRange(run.first, min(run.last, new.first - 1), run.place))
        if run.last > new.last:
            found.append(LocatedRange(max(run.first, new.last + 1), run.last, run.place))
    return sorted(found, key=lambda run: run.first)


def place_of(runs: Sequence[LocatedRange], serial: int) -> BookLocation:
    """Where one number of the book is."""
    return next(run.place for run in runs if run.first <= serial <= run.last)


def elsewhere(
    runs: Sequence[LocatedRange], first: int, last: int, place: BookLocation
) -> LocatedRange | None:
    """The first run of these numbers that is not in a place, if any."""
    for run in runs:
        if run.place != place and run.first <= last and run.last >= first:
            return LocatedRange(max(run.first, first), min(run.last, last), run.place)
    return None


def counted(runs: Iterable[LocatedRange]) -> Counter[str]:
    """How many numbers are in each place."""
    found: Counter[str] = Counter()
    for run in runs:
        found[run.place] += len(run)
    return found
