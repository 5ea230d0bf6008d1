"""Reads a workbook by way of a child process that can only harm itself."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from cva.sheets.files.file_types import ENDINGS, ending_of
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedSheet, book_of
from cva.sheets.files.refusal import RefusedError
from cva.sheets.files.sandbox import ask_child
from cva.sheets.files.transport import Numbers, unpack


def read_book(
    content: bytes, filename: str, limits: Limits, meanwhile: Callable[[], object] = bool
) -> list[ParsedSheet]:
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
    order = json.dumps({"ending": ending, "limits": asdict(limits)})
    message = ask_child("cva.sheets.files.parser", content, limits, order, meanwhile=meanwhile)
    header, columns = _told(message)
    if "refused" in header:
        details = {str(key): str(value) for key, value in header["details"].items()}
        raise RefusedError(header["refused"], details, sheet=header["sheet"], cell=header["cell"])
    return book_of(header, columns)


def _told(message: bytes) -> tuple[dict[str, Any], list[Numbers]]:
    try:
        return unpack(message)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError("workbook-unreadable", {"reason": "damaged"}) from error
