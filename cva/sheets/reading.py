"""Reads a workbook by way of a child process that can only harm itself."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cva.sheets.book import Sheet, book_of
from cva.sheets.kinds_of_file import ENDINGS, ending_of
from cva.sheets.limits import Limits
from cva.sheets.refused import RefusedError
from cva.sheets.wire import Numbers, unpack

SOURCE = Path(__file__).parents[2]
#: What a child that ran out of memory ends with; its module is not loaded here.
OUT_OF_MEMORY = 12
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP")


def read_book(
    content: bytes, filename: str, limits: Limits, meanwhile: Callable[[], object] = bool
) -> list[Sheet]:
    """The sheets of a file.

    Args:
        content: The file.
        filename: Its name; only the ending counts.
        limits: How large it may be.
        meanwhile: Called once while the child works.

    Raises:
        RefusedError: The file as a whole cannot be taken.
    """
    ending = ending_of(filename)
    if ending == "xlsm":
        raise RefusedError("workbook-unsafe", {"reason": "macros", "part": ""})
    if ending not in ENDINGS:
        raise RefusedError("format-unknown", {"ending": ending[:20] or "?"})
    if len(content) > limits.max_file_bytes:
        details = {"limit": f"{limits.max_file_bytes:,}", "had": f"{len(content):,}"}
        raise RefusedError("workbook-too-large", {"reason": "file", **details})
    if not content:
        raise RefusedError("workbook-unreadable", {"reason": "is-empty"})
    header, columns = _told(_child(content, ending, limits, meanwhile))
    if "refused" in header:
        details = {str(key): str(value) for key, value in header["details"].items()}
        raise RefusedError(header["refused"], details, sheet=header["sheet"], cell=header["cell"])
    return book_of(header, columns)


def _told(message: bytes) -> tuple[dict[str, Any], list[Numbers]]:
    try:
        return unpack(message)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError("workbook-unreadable", {"reason": "damaged"}) from error


def _child(content: bytes, ending: str, limits: Limits, meanwhile: Callable[[], object]) -> bytes:
    order = json.dumps({"ending": ending, "limits": asdict(limits)})
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(  # noqa: S603 - our own module, the file goes in by standard input
        [sys.executable, "-P", "-m", "cva.sheets.parser", order],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        try:
            with ThreadPoolExecutor(1) as second:
                talk = second.submit(child.communicate, content, limits.parse_seconds)
                meanwhile()
                message, _ = talk.result()
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise _took_too_long(limits) from error
    if child.returncode:
        raise _died(child.returncode, limits)
    return message


def _took_too_long(limits: Limits) -> RefusedError:
    details = {"reason": "seconds", "limit": str(limits.parse_seconds), "had": "?"}
    return RefusedError("workbook-too-large", details)


def _died(status: int, limits: Limits) -> RefusedError:
    """A child that was killed ran out of something; one that gave up met damage."""
    if status < 0 or status == OUT_OF_MEMORY:
        mib = str(limits.parse_memory_bytes // (1024 * 1024))
        details = {"reason": "memory", "limit": mib, "had": "?"}
        return RefusedError("workbook-too-large", details)
    return RefusedError("workbook-unreadable", {"reason": "damaged"})
