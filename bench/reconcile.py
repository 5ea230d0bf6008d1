"""A list of 100,000 people reconciled with 100,000 rows that came back, on both databases.

    python bench/reconcile.py [--people 100000]

Each reconciliation runs in a process of its own: once while all is told by sheets that nobody
approved yet, once when all is posted. Every tenth person was given less, every hundredth nothing.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.makers import AtWork, open_at, society_at_work, workbook  # noqa: E402
from tests.postgres import plain, postgres_server  # noqa: E402

PART = 50_000


def main() -> None:
    """Make the round on each database and print what reconciling it takes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--measure", nargs=2, metavar=("URL", "HOME"))
    options = asked.parse_args()
    if options.measure:
        _measure(options.measure[0], Path(options.measure[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _try("SQLite", f"sqlite:///{home / 'cva.db'}", home, options.people)
    with postgres_server() as server, tempfile.TemporaryDirectory() as folder:
        import psycopg  # noqa: PLC0415

        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench TEMPLATE template0 ENCODING 'UTF8'")
        url = server.set(database="bench").render_as_string(hide_password=False)
        _try("PostgreSQL", url, Path(folder), options.people)


def _try(name: str, url: str, home: Path, people: int) -> None:
    society = society_at_work(open_at(url, home))
    parts = [range(first, min(first + PART, people)) for first in range(0, people, PART)]
    round_id = society.plan_round()
    for part in parts:
        society.submitted(_listed(part), round_code="2022-11", is_list=True)
    society.list_approved(round_id)
    sheets = [society.checked(_paid(part), round_code="2022-11") for part in parts]
    _tell(name, "told", url, home)
    for sheet in sheets:
        society.submit(sheet)
        society.approve(sheet)
    _tell(name, "posted", url, home)
    _close(society)


def _close(society: AtWork) -> None:
    society.engine.dispose()


def _listed(part: range) -> bytes:
    rows = [[f"R-{at}", f"Person No{at}"] for at in part]
    return workbook([["Registration number", "Full name"], *rows])


def _paid(part: range) -> bytes:
    heads = ["Registration number", "Distribution date", "Amount", "Currency", "Received (Y/N)"]
    rows = [
        [f"R-{at}", "2022-11-05", 3000 if at % 10 == 0 else 5000, "RUB", _got(at)] for at in part
    ]
    return workbook([heads, *rows])


def _got(at: int) -> str:
    return "no" if at % 100 == 1 else "yes"


def _tell(name: str, state: str, url: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, __file__, "--measure", url, str(home)],
        check=True,
        capture_output=True,
        text=True,
    )
    print(f"{name:<12}{state:<8}{done.stdout.strip()}", flush=True)


def _measure(url: str, home: Path) -> None:
    from cva.core.db import reading  # noqa: PLC0415
    from cva.core.tenancy import SYSTEM  # noqa: PLC0415
    from cva.rounds.reconciliation import reconcile  # noqa: PLC0415

    ledger = open_at(url, home)
    before = _peak_mib()
    start, busy = time.perf_counter(), time.process_time()
    with reading(ledger.engine, SYSTEM) as session:
        found = reconcile(session, 1)
    took, busy = time.perf_counter() - start, time.process_time() - busy
    assert found.ties
    people = ", ".join(f"{number:,} {answer}" for answer, number in sorted(found.people.items()))
    print(f"{took:.1f} s ({busy:.1f} of this processor), {_peak_mib() - before:.0f} MiB: {people}")


def _peak_mib() -> float:
    """Of this program alone; what ``getrusage`` says begins with the peak of its parent."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
