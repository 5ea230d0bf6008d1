"""Every hostile file through the reader: how long the answer takes, how much memory the process.

    python bench/hostile.py [--all]

Prints the slowest and the largest, or all; ends with status 1 where one is not refused as it
must be, takes more than two seconds or more than 512 MiB.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sheets.hostile import containers, markup, other_formats, structure, test_text_files
from tests.sheets.hostile.case import Case
from tests.sheets.hostile.measuring import MOST_MIB, peak_mib
from tests.sheets_made import checked

MOST_SECONDS = 2.0
SHOWN = 6


def main() -> None:
    """Try all and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--all", action="store_true")
    shown = None if asked.parse_args().all else SHOWN
    texts = test_text_files.CASES | markup.CASES
    cases = containers.CASES | structure.CASES | texts | other_formats.CASES
    found = [(name, *_tried(case)) for name, case in cases.items()]
    stopped = [name for name, _, peak, _ in found if peak is None]
    print(f"{len(found)} hostile files; stopped at the limit of memory: {stopped or 'none'}")
    print("slowest, in seconds:")
    for name, seconds, _, _ in sorted(found, key=lambda one: -one[1])[:shown]:
        print(f"  {seconds:6.2f}  {name}")
    print("largest, in MiB:")
    for name, _, peak, _ in sorted(found, key=lambda one: -_mib(one[2]))[:shown]:
        print(f"  {_mib(peak):6.0f}  {name}")
    wrong = [
        name
        for name, seconds, peak, refused in found
        if not refused or seconds > MOST_SECONDS or (peak or 0) > MOST_MIB
    ]
    print("out of bounds:", wrong or "none")
    sys.exit(1 if wrong else 0)


def _mib(peak: float | None) -> float:
    return MOST_MIB if peak is None else peak


def _tried(case: Case) -> tuple[float, float | None, bool]:
    content = case.make()
    start = time.perf_counter()
    found = checked(content, case.filename)
    seconds = time.perf_counter() - start
    refused = bool(found.findings) and found.findings[0].code == case.code
    return seconds, peak_mib(content, case.filename), refused


if __name__ == "__main__":
    main()
