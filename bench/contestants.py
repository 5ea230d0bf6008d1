"""Who runs: the ledger on both databases, django-import-export in two modes, and the floor.

    python bench/contestants.py NAME SHEET [DATABASE_URL]

Each runs alone in a process of its own and prints one JSON line: seconds and peak memory.
"""

import json
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sheet import HEADING_ROWS


def ledger(sheet: Path, url: str | None) -> dict[str, float]:
    """From file to posted: check, stage, submit, approve, by the product's own services."""
    from cva.core.db import transaction  # noqa: PLC0415 - each contestant loads its own
    from cva.core.ledger import open_ledger  # noqa: PLC0415
    from cva.core.permissions import Role  # noqa: PLC0415
    from cva.core.settings import Settings  # noqa: PLC0415
    from cva.core.tenancy import SYSTEM  # noqa: PLC0415
    from cva.intake import approval as deciding  # noqa: PLC0415
    from cva.intake import receiving, sheet_submission  # noqa: PLC0415
    from cva.intake.checking import check_run  # noqa: PLC0415
    from cva.programmes import service as programmes  # noqa: PLC0415
    from cva.sheets.files.limits import Limits  # noqa: PLC0415
    from cva.societies import service as societies  # noqa: PLC0415

    home = Path(tempfile.mkdtemp())
    url = url or f"sqlite:///{home / 'cva.db'}"
    engine = open_ledger(Settings(home, url, url, home / "cva.key")).engine
    password = "correct horse battery staple"  # noqa: S105 - of nobody
    with transaction(engine, SYSTEM) as session:
        society = societies.add_society(
            session, "RRC", "Russian Red Cross", country="RU", currency="RUB", time_zone=None
        )
        society_id = society.id
        programme = programmes.add_programme(session, society_id, "CASH", "Cash", currency="RUB")
        people = [
            societies.add_member(session, society_id, f"{role}@a.example", role, password)
            for role in (Role.FIELD, Role.FINANCE)
        ]
        field, finance = (societies.actor_for(session, person) for person in people)
    start = time.perf_counter()
    new = receiving.NewSheet(programme.id, sheet.name, sheet.read_bytes())
    with transaction(engine, field) as session:
        received = receiving.receive(session, new)
    check_run(engine, received.run_id, Limits())
    staged = time.perf_counter()
    with transaction(engine, field) as session:
        sheet_submission.submit(
            session, received.sheet_id, sheet_submission.Submission(handed_out=True)
        )
    with transaction(engine, finance) as session:
        rows = deciding.approve(session, received.sheet_id).posted_rows
    done = time.perf_counter()
    return {"rows": rows, "check_s": staged - start, "post_s": done - staged, "s": done - start}


def peer(sheet: Path, *, in_bulk: bool) -> dict[str, float]:
    """django-import-export: reads the plain table and imports it; checks types, nothing more."""
    import peer  # noqa: PLC0415

    return peer.import_sheet(sheet, in_bulk=in_bulk)


def floor(sheet: Path) -> dict[str, float]:
    """What no importer can be faster than: calamine reads, two raw inserts into SQLite."""
    from python_calamine import load_workbook  # noqa: PLC0415

    start = time.perf_counter()
    table = load_workbook(sheet).get_sheet_by_index(0).to_python(skip_empty_area=False)
    rows = [row for row in table[HEADING_ROWS:] if str(row[1]).startswith("RRC-")]
    folder = Path(tempfile.mkdtemp())
    base = sqlite3.connect(folder / "floor.db")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i)")
    base.execute("CREATE TABLE transfer (id INTEGER PRIMARY KEY, person, paid_on, minor)")
    people = [(number, *map(str, row[1:10])) for number, row in enumerate(rows)]
    paid = [(n, n, str(row[10]), int(row[11]) * 100) for n, row in enumerate(rows)]
    base.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", people)
    base.executemany("INSERT INTO transfer VALUES (?, ?, ?, ?)", paid)
    base.commit()
    return {"rows": len(rows), "s": time.perf_counter() - start}


CONTESTANTS: dict[str, Callable[[Path, str | None], dict[str, float]]] = {
    "ledger-sqlite": lambda sheet, _url: ledger(sheet, None),
    "ledger-postgresql": ledger,
    "peer": lambda sheet, _url: peer(sheet, in_bulk=False),
    "peer-bulk": lambda sheet, _url: peer(sheet, in_bulk=True),
    "floor": lambda sheet, _url: floor(sheet),
}


class Peak(threading.Thread):
    """Watches the memory of this process and its children together (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mib = 0.0

    def run(self) -> None:
        """Look fifty times a second."""
        while True:
            self.mib = max(self.mib, sum(map(resident_mib, family())))
            time.sleep(0.02)


def family() -> list[str]:
    """This process and its children, as the system names them."""
    children = [
        child
        for file in Path("/proc/self/task").glob("*/children")
        for child in file.read_text().split()
    ]
    return ["self", *children]


def resident_mib(process: str) -> float:
    """The memory that a process holds now."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Run one contestant and print what it took."""
    name, sheet = sys.argv[1], Path(sys.argv[2])
    peak = Peak()
    peak.start()
    found = CONTESTANTS[name](sheet, sys.argv[3] if len(sys.argv) > 3 else None)  # noqa: PLR2004
    print(json.dumps(found | {"peak_mib": round(peak.mib)}))


if __name__ == "__main__":
    main()
