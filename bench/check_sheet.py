"""How long a check takes, beside the least that any check of rows can be, and how it grows.

    python bench/check_sheet.py [--rounds 3]

Side by side in turns, each in a process of its own: our check of a year's sheet, and
python-calamine reading it with one marshmallow load for each row, which is no more than types.
Then the check alone for sheets of more and more rows. Medians; memory of the process and of the
child that opens the file.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from contestants import family, resident_mib
from sheet import HEADING_ROWS, ROWS, write_sheet

SIZES = (1_000, 10_000, ROWS, 99_990)
HEADINGS = slice(0, 13)


def ours(sheet: Path) -> dict[str, float]:
    """Our check, and the time that recognising took in it."""
    from cva.sheets.checking.check import Choices, Limits, check  # noqa: PLC0415 - each loads its own
    from cva.sheets.recognition.opened_workbook import open_book  # noqa: PLC0415
    from cva.sheets.recognition.recognise import recognise  # noqa: PLC0415

    content, choices = sheet.read_bytes(), Choices(today=date(2023, 1, 31))
    start = time.perf_counter()
    found = check(content, sheet.name, choices, Limits())
    seconds = time.perf_counter() - start
    assert not found.refused
    book = open_book(content, sheet.name, Limits()).sheets
    again = time.perf_counter()
    recognise(book, choices)
    return {"rows": len(found.rows), "s": seconds, "recognise_s": time.perf_counter() - again}


def floor(sheet: Path) -> dict[str, float]:
    """python-calamine reads, marshmallow loads row by row."""
    from marshmallow import Schema, fields  # noqa: PLC0415
    from python_calamine import load_workbook  # noqa: PLC0415

    class Row(Schema):
        row_no = fields.Integer(required=True)
        registration_no = fields.String(required=True)
        family_name = fields.String()
        first_name = fields.String()
        patronymic = fields.String()
        sex = fields.String()
        date_of_birth = fields.Date()
        household_size = fields.Integer()
        id_number = fields.String()
        region = fields.String()
        distribution_date = fields.Date(required=True)
        amount = fields.Decimal(required=True, places=2)
        signature = fields.String()

    start = time.perf_counter()
    table = load_workbook(sheet).get_sheet_by_index(0).to_python(skip_empty_area=False)
    schema, names = Row(), tuple(Row().fields)
    loaded = []
    for cells in table[HEADING_ROWS:]:
        if str(cells[1]).startswith("RRC-"):
            row = dict(zip(names, cells[HEADINGS], strict=True))
            for name in ("date_of_birth", "distribution_date"):
                row[name] = str(row[name])
            loaded.append(schema.load(row))
    return {"rows": len(loaded), "s": time.perf_counter() - start}


class Watch(threading.Thread):
    """The most memory that this process and its largest child held (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.process_mib = self.child_mib = 0.0

    def run(self) -> None:
        """Look a hundred times a second."""
        while True:
            mine, *children = map(resident_mib, family())
            self.process_mib = max(self.process_mib, mine)
            self.child_mib = max(self.child_mib, *children, 0.0)
            time.sleep(0.01)


def _run(name: str, sheet: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, "--file", str(sheet)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _one(name: str, sheet: Path) -> None:
    watch = Watch()
    watch.start()
    found = {"ours": ours, "floor": floor}[name](sheet)
    print(json.dumps(found | {"process_mib": watch.process_mib, "child_mib": watch.child_mib}))


def _median(runs: list[dict[str, float]], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def main() -> None:
    """Run the rounds and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--one")
    asked.add_argument("--file", type=Path)
    options = asked.parse_args()
    if options.one:
        _one(options.one, options.file)
        return
    folder = Path(tempfile.mkdtemp())
    sheets = {rows: folder / f"{rows}.xlsx" for rows in SIZES}
    for rows, sheet in sheets.items():
        write_sheet(sheet, rows)
    pairs = [
        (_run("ours", sheets[ROWS]), _run("floor", sheets[ROWS])) for _ in range(options.rounds)
    ]
    check = _median([one for one, _ in pairs], "s")
    least = _median([one for _, one in pairs], "s")
    print(f"check of {ROWS:,} rows {check:.2f} s, calamine and marshmallow {least:.2f} s:", end=" ")
    print(f"{statistics.median(one['s'] / other['s'] for one, other in pairs):.2f} times")
    print(f"{'rows':>10}{'check s':>10}{'recognise ms':>14}{'process MiB':>13}{'child MiB':>11}")
    for rows, sheet in sheets.items():
        runs = [_run("ours", sheet) for _ in range(options.rounds)]
        print(
            f"{rows:>10,}{_median(runs, 's'):>10.2f}{_median(runs, 'recognise_s') * 1000:>14.1f}"
            f"{_median(runs, 'process_mib'):>13.0f}{_median(runs, 'child_mib'):>11.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
