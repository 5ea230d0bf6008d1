"""Processes of ``cva serve`` that begin at once: this one has imported the product and forks them.

A process of its own that imports it anew, as ``tests/serving.py`` starts it, needs seconds, which
a test of pages would wait for each time. The tests of faults do start it so. Each order is a line
of JSON: the arguments of ``cva``, its settings, and the file for its output. The answer is its
number.
"""

import json
import os
import signal
import sys

from argon2 import PasswordHasher

from cva.__main__ import main as cva
from cva.societies import passwords


def main() -> None:
    """Fork a process for each order."""
    # Those who sign in to these servers are invented: their passwords need not cost anything.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # noqa: SLF001
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that end
    for line in sys.stdin:
        process = os.fork()
        if not process:
            serve(**json.loads(line))
        os.write(1, f"{process}\n".encode())


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
        cva(arguments, prog_name="cva", standalone_mode=True)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
