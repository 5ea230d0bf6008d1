"""Where the numbers of a book are before they are handed out, from its movements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cva.vouchers.models import BookMovement, MoveKind, Place, VoucherBook

#: From where to where each kind of movement goes.
WAYS = {
    MoveKind.RECEIVED: (Place.PRINTER, Place.STORE),
    MoveKind.TO_TEAM: (Place.STORE, Place.TEAM),
    MoveKind.BACK: (Place.TEAM, Place.STORE),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers next to each other that are in one place."""

    first: int
    last: int
    place: Place

    def __len__(self) -> int:
        return self.last - self.first + 1


def runs_of(book: VoucherBook, movements: Iterable[BookMovement]) -> list[Run]:
    """The places of all numbers of a book, by number; ``movements`` in the order of their steps."""
    runs = [Run(book.first, book.last, Place.PRINTER)]
    for movement in movements:
        _from, to = WAYS[MoveKind(movement.kind)]
        runs = _moved(runs, Run(movement.first, movement.last, to))
    return runs


def _moved(runs: Sequence[Run], new: Run) -> list[Run]:
    found = [new]
    for run in runs:
        if run.first < new.first:
            found.append(Run(run.first, min(run.last, new.first - 1), run.place))
        if run.last > new.last:
            found.append(Run(max(run.first, new.last + 1), run.last, run.place))
    return sorted(found, key=lambda run: run.first)


def place_of(runs: Sequence[Run], serial: int) -> Place:
    """Where one number of the book is."""
    return next(run.place for run in runs if run.first <= serial <= run.last)


def elsewhere(runs: Sequence[Run], first: int, last: int, place: Place) -> Run | None:
    """The first run of these numbers that is not in a place, if any."""
    for run in runs:
        if run.place != place and run.first <= last and run.last >= first:
            return Run(max(run.first, first), min(run.last, last), run.place)
    return None


def counted(runs: Iterable[Run]) -> Counter[str]:
    """How many numbers are in each place."""
    found: Counter[str] = Counter()
    for run in runs:
        found[run.place] += len(run)
    return found
