"""A year's sheet from file to posted, beside what a user would pick instead.

    python bench/import_sheet.py [--rounds 3] [--file SHEET] [--peer-python PYTHON]

Takes turns: ledger on SQLite, ledger on PostgreSQL, django-import-export as it is, in bulk, and
the floor; then prints medians and ratios. Each runs in a process of its own. The peer needs
``bench/requirements.lock`` in an environment of its own (see ``bench/README.md``).
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from sheet import write_sheet

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.postgres import postgres_server  # noqa: E402 - the project's own folder

OURS = ("ledger-sqlite", "ledger-postgresql", "floor")
PEERS = ("peer", "peer-bulk")


def main() -> None:
    """Run the rounds and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--file", type=Path)
    asked.add_argument("--peer-python", default=str(HERE / ".venv" / "bin" / "python"))
    options = asked.parse_args()
    sheet = options.file or Path(tempfile.mkdtemp()) / "year.xlsx"
    if options.file is None:
        write_sheet(sheet)
    runs: dict[str, list[dict[str, float]]] = {}
    with postgres_server() as server:
        for number in range(options.rounds):
            base = server.set(database=_new_database(server, number))
            url = base.render_as_string(hide_password=False)
            for name in (*OURS, *PEERS):
                python = options.peer_python if name in PEERS else sys.executable
                runs.setdefault(name, []).append(_run(python, name, sheet, url))
                print(number + 1, name, runs[name][-1], flush=True)
    _tell(runs)


def _new_database(server: object, number: int) -> str:
    import psycopg  # noqa: PLC0415

    from tests.postgres import plain  # noqa: PLC0415

    name = f"bench_{number}"
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    return name


def _run(python: str, name: str, sheet: Path, url: str) -> dict[str, float]:
    done = subprocess.run(
        [python, str(HERE / "contestants.py"), name, str(sheet), url],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _tell(runs: dict[str, list[dict[str, float]]]) -> None:
    medians = {name: statistics.median(run["s"] for run in each) for name, each in runs.items()}
    print(f"{'':<20}{'median s':>10}{'peak MiB':>10}{'x peer':>9}{'x bulk':>9}{'x floor':>9}")
    for name, median in medians.items():
        peak = max(run["peak_mib"] for run in runs[name])
        ratios = (
            medians["peer"] / median,
            medians["peer-bulk"] / median,
            median / medians["floor"],
        )
        print(f"{name:<20}{median:>10.2f}{peak:>10.0f}" + "".join(f"{r:>9.2f}" for r in ratios))


if __name__ == "__main__":
    main()
