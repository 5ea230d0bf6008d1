"""Runs one of our modules in a process that can only harm itself."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2]
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP")


def environment() -> dict[str, str]:
    """What such a process may know: where programs are, and no setting or key."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PYTHONPATH": str(SOURCE),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start ``python -m module`` with pipes to it."""
    return subprocess.Popen(  # noqa: S603 - our own modules, files go in by standard input
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
