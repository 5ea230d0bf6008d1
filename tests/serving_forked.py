"""Processes of ``cva serve`` that begin at once: this one has imported the product and forks them.

A process of its own that imports it anew, as ``tests/serving.py`` starts it, needs seconds, which
a test of pages would wait for each time. The tests of faults do start it so. Each order is a line
of JSON: the arguments of ``cva``, its settings, and the file for its output. The answer is its
number.

What a server does at its first requests only, this process has done too, over a ledger of its own
that is gone afterwards: read routes and templates, and compile the queries of pages.
"""

import json
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from argon2 import PasswordHasher

from cva import __main__ as product
from cva.core.permissions import Role
from cva.societies import passwords
from tests.applications import app_over
from tests.compiled import keep_compiled
from tests.society import open_test_ledger
from tests.web.conftest import House, open_house
from tests.workbooks import cash_sheet

#: Where Linux lists the threads of this process.
_THREADS = Path("/proc/self/task")
_WAYS = re.compile(r'href="(/[^"#]*)"')


def main() -> None:
    """Fork a process for each order."""
    # Those who sign in to these servers are invented: their passwords need not cost anything.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # noqa: SLF001
    keep_compiled()
    product.create_app = app_over  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that end
    for line in sys.stdin:
        process = os.fork()
        if not process:
            serve(**json.loads(line))
        os.write(1, f"{process}\n".encode())


def warm_up(home: Path) -> None:
    """Have each page asked for that is there before anything is posted, and a sheet posted.

    Not the chart of a month: what draws it starts threads, and a fork would be without them.
    """
    ledger = open_test_ledger(home, f"sqlite:///{home / 'cva.db'}")
    house = open_house(ledger)
    for name in house.app.jinja_env.list_templates(["html"]):
        house.app.jinja_env.get_template(name)
    sheet_id = house.sheet(cash_sheet(6, faults=2))
    for role in Role:
        _look_around(house, role, f"/sheets/{sheet_id}")
    house.approved(cash_sheet(2))
    ledger.engine.dispose()
    if _THREADS.is_dir() and len(list(_THREADS.iterdir())) > 1:
        raise RuntimeError("The warm-up has started a thread: a fork would be without it.")


def _look_around(house: House, role: Role, *more: str) -> None:
    client = house.visitor(role).client
    for way in (*more, *sorted(set(_WAYS.findall(client.get("/").text)))):
        client.get(way, buffered=True)


def serve(arguments: list[str], settings: dict[str, str], log: str) -> None:
    """Be the server, to the end of this process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(output, standard)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(settings)
    sys.argv = ["cva", *arguments]
    status = 1
    try:
        product.main(arguments, prog_name="cva", standalone_mode=True)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
