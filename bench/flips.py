"""Every single-bit flip and every truncation of a small workbook.

    python bench/flips.py [--processes 2]

Each must be refused or read the same, sheet by sheet and cell by cell. The reader is called
directly, without its process. Ends with status 1 where a damaged file reads as something else.
"""

import argparse
import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sheets.hostile.damage import flipped, read
from tests.sheets_made import cash, paid

GOOD = cash(*[paid(f"A-{number}") for number in range(3)])
WHOLE = read(GOOD)


def _verdict(content: bytes) -> str:
    found = read(content)
    if found is None:
        return "refused"
    return "reads the same" if found == WHOLE else "READS DIFFERENTLY"


def of_flip(bit: int) -> tuple[str, str]:
    """What comes of the file with this bit flipped."""
    return f"bit {bit}", _verdict(flipped(GOOD, bit))


def of_cut(length: int) -> tuple[str, str]:
    """What comes of the file cut to this length."""
    return f"cut to {length}", _verdict(GOOD[:length])


def main() -> None:
    """Try all and print how many came out how."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--processes", type=int, default=2)
    options = asked.parse_args()
    assert WHOLE is not None
    wrong = 0
    with Pool(options.processes) as pool:
        for what, try_one, count in (
            ("flips", of_flip, len(GOOD) * 8),
            ("truncations", of_cut, len(GOOD)),
        ):
            start = time.perf_counter()
            counts: Counter[str] = Counter()
            for name, verdict in pool.imap_unordered(try_one, range(count), 64):
                counts[verdict] += 1
                if verdict.isupper():
                    print(name, verdict)
            wrong += sum(number for verdict, number in counts.items() if verdict.isupper())
            told = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
            print(f"{count:,} {what}: {told} ({time.perf_counter() - start:.0f} s)", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
