"""Sheets drawn from a grammar of layouts, whose truth is known: how each of them ends.

    python bench/drawn_sheets.py [--sheets 20000] [--seed 1] [--processes 2]

Every sheet is checked, what is asked is answered as its sender would, and what is ready in the
end is held against the truth. Ends with status 1 where a row is ready that nobody was paid, or
where fewer than 70 % of the sheets that leave nothing open are read without a question.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.reading_here import allow_reading_here, files_read_here
from tests.sheets.drawn.judging import OUTCOMES, RIGHT, WRONG, judge
from tests.sheets.drawn.sheets import draw_sheet

LEAST_RIGHT = 0.7
BATCH = 100
#: So many sheets that went wrong are shown.
SHOWN = 10
WIDTH = 34


class Ended(NamedTuple):
    """How one sheet ended."""

    seed: int
    outcome: str
    features: Mapping[str, str]
    doubts: int
    questions: int
    why: str


def ended(seed: int) -> Ended:
    """Draw the sheet of a seed and check it."""
    drawn = draw_sheet(Random(seed))  # noqa: S311
    with files_read_here():
        found = judge(drawn)
    return Ended(
        seed, found.kind, drawn.features, len(drawn.doubts), len(found.subjects), found.why
    )


def _table(title: str, counts: Mapping[str, Counter[str]]) -> None:
    print(f"\n{title:<{WIDTH}}{'sheets':>8}" + "".join(f"{name:>9}" for name in OUTCOMES))
    for name, found in counts.items():
        cells = "".join(f"{found[outcome]:>9}" for outcome in OUTCOMES)
        print(f"{name:<{WIDTH}}{found.total():>8}{cells}")


def _by(results: Iterable[Ended], dimension: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for one in results:
        found.setdefault(one.features[dimension], Counter())[one.outcome] += 1
    return dict(sorted(found.items(), key=lambda each: -each[1].total()))


def _report(results: list[Ended]) -> bool:
    """Print all tables; whether the sheets ended as they must."""
    clear = [one for one in results if not one.doubts]
    groups = {"all": results, "nothing left open": clear}
    groups["one thing left open"] = [one for one in results if one.doubts == 1]
    groups["two things left open"] = [one for one in results if one.doubts > 1]
    _table("sheets", {name: Counter(one.outcome for one in some) for name, some in groups.items()})
    for dimension in results[0].features:
        _table(dimension, _by(results, dimension))
    asked = Counter(one.questions for one in results)
    shares = ", ".join(f"{count}: {asked[count]:,}" for count in sorted(asked))
    print(f"\nsheets by the number of things they asked about: {shares}")
    right = sum(one.outcome == RIGHT for one in clear) / max(len(clear), 1)
    print(f"read right without a question where nothing is left open: {right:.1%}")
    wrong = [one for one in results if one.outcome == WRONG]
    for one in wrong[:SHOWN]:
        print(f"WRONG: seed {one.seed}: {one.why}; {dict(one.features)}")
    return not wrong and right >= LEAST_RIGHT


def main() -> None:
    """Draw, check and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sheets", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2)
    options = asked.parse_args()
    first = options.seed * 10_000_000
    start = time.perf_counter()
    with Pool(options.processes, initializer=allow_reading_here) as pool:
        seeds = range(first, first + options.sheets)
        results = list(pool.imap_unordered(ended, seeds, chunksize=BATCH))
    seconds = time.perf_counter() - start
    print(f"{len(results):,} sheets of seed {options.seed} in {seconds:.0f} s", end="")
    print(f" in {options.processes} processes")
    sys.exit(0 if _report(results) else 1)


if __name__ == "__main__":
    main()
