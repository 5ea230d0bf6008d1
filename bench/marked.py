"""A workbook of 26,014 rows marked with 500 findings: in place, and by loading and saving it.

Run it as ``.venv/bin/python bench/marked.py [--rounds 3]``. The two take turns in one run; the
figures are medians. The second does what a marked file needs at least: it loads the workbook with
openpyxl, fills 500 cells, puts a note on each and saves.
"""

import argparse
import resource
import sys
import tempfile
import time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from sheet import HEADING_ROWS, ROWS, write_sheet

from cva.sheets.annotation.annotate import mark_file
from cva.sheets.files.limits import Limits
from cva.sheets.findings.finding import Finding

FINDINGS = 500
STEP = ROWS // FINDINGS
ROWS_MARKED = range(HEADING_ROWS + 1, HEADING_ROWS + 1 + STEP * FINDINGS, STEP)


def in_place(content: bytes) -> bytes:
    """As the ledger does it, child process and all."""
    findings = [
        Finding("error", "amount-unreadable", "Ведомость", f"L{row}", row, "amount", "Сумма", "x")
        for row in ROWS_MARKED
    ]
    digest = sha256(content).hexdigest()
    return mark_file(content, "sheet.xlsx", digest, findings, {}, Limits())


def by_loading(content: bytes) -> bytes:
    """As openpyxl offers it."""
    book = load_workbook(BytesIO(content))
    sheet = book["Ведомость"]
    for row in ROWS_MARKED:
        cell = sheet.cell(row, 12)
        cell.fill = PatternFill("solid", fgColor="FFFFC9C2")
        cell.comment = Comment("This is no amount.", "CVA ledger")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_sheet(path)
        content = path.read_bytes()
    ways = {"in place": in_place, "load and save": by_loading}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way(content)
            seconds[name].append(time.perf_counter() - start)
            if name == "in place":
                peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ours, theirs = median(seconds["in place"]), median(seconds["load and save"])
    print(f"{ROWS:,} rows, {FINDINGS} findings, {rounds} rounds")
    print(f"in place       {ours:6.2f} s, peak of its process {peak:.0f} MiB")
    print(f"load and save  {theirs:6.2f} s, {theirs / ours:.1f} times as long")
    return 0


if __name__ == "__main__":
    sys.exit(main())
