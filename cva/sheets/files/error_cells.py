"""Error values that are newer than the library that reads workbooks.

The library gives up a whole workbook for one ``#SPILL!`` in a cell that is not needed. Such cells
are found by their bytes anyway and reported one by one; for the library they become ``#N/A``.
"""

import re
from collections.abc import Mapping

from cva.sheets.files.workbook_parts import packed
from cva.sheets.files.worksheet_patterns import Bytes, patterns_of

_KNOWN = frozenset(
    {b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#GETTING_DATA"}
)
_NEW = re.compile(rb"#[A-Z_]{2,30}[!?]?")


def with_old_errors(parts: Mapping[str, Bytes]) -> bytes | None:
    """The workbook with its new errors as old ones; None where it has none."""
    changed = {
        name: _old(content) if name.lower().startswith("xl/worksheets/") else bytes(content)
        for name, content in parts.items()
    }
    if all(changed[name] == content for name, content in parts.items()):
        return None
    return packed(changed)


def _old(content: Bytes) -> bytes:
    def one(found: "re.Match[bytes]") -> bytes:
        cell, text = found[0], found[2]
        if text in _KNOWN or not _NEW.fullmatch(text):
            return cell
        at = cell.rindex(text)
        return cell[:at] + b"#N/A" + cell[at + len(text) :]

    return patterns_of(content).error.sub(one, bytes(content))
