"""How much memory the process that opens a file needs."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from cva.sheets.files.limits import MIB, Limits
from cva.sheets.files.refusal import RefusedError
from cva.sheets.files.sandbox import parser_of, prepared
from cva.sheets.vocabulary.encodings import in_unicode
from tests.sheets.hostile.case import Case

MOST_MIB = 512
PROJECT = Path(__file__).parents[3]
# A process tells the peak of its own memory; what its parent may ask for afterwards counts in
# the memory that the parent itself had when it started the process.
_PARSE = """
import sys
from importlib import import_module
parser = import_module("MODULE")
try:
    parser.work(parser.answer)
finally:
    with open("/proc/self/status") as status:
        sys.stderr.write(next(line for line in status if line.startswith("VmHWM")))
"""


def peak_mib(content: bytes, filename: str) -> float | None:
    """The peak of the parser's memory; None where the system stopped it at its limit."""
    try:
        content, form, _notes = prepared(content, filename, Limits(), in_unicode)
    except RefusedError:  # it goes into no process
        return 0.0
    order = json.dumps({"form": form, "limits": asdict(Limits())})
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PARSE.replace("MODULE", parser_of(form)), order],
        input=content,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
    )
    if done.returncode < 0:
        return None
    return int(done.stderr.split(b"VmHWM:")[1].split()[0]) / 1024


def is_small(case: Case) -> None:
    """See that the file takes little memory, or that the process is stopped before it does."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell a process's peak of memory")
    assert Limits().parse_memory_bytes <= MOST_MIB * MIB
    peak = peak_mib(case.make(), case.filename)
    assert peak is None or peak < MOST_MIB
