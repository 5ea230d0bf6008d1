"""What a field list says of itself beside what every template says (``marks``).

``field_list``: the number of its round. ``list_version``: the version of the list it was made of.
``row:12``: what was written into row 12, as JSON. ``list_digest``: a digest over all of these with
a key, so that a change of them is found.
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LIST, VERSION, DIGEST, ROW = "field_list", "list_version", "list_digest", "row:"
#: Covered by the digest; other marks are added when the file is given back.
_SEALED = frozenset({LIST, VERSION, "template", "society", "programme", "round", "currency"})


class FieldListEntry(NamedTuple):
    """What was written into one row.

    Attributes:
        row: As Excel numbers it.
        amount: In minor units of ``currency``, or pieces where that is None.
        version: Of the list that the person's instalment came with.
        household_size: As a text; blank where it is not known, as ``site`` is.
    """

    row: int
    number: str
    instalment: int
    currency: str | None
    amount: int
    version: int
    name: str
    household_size: str
    site: str = ""


def marks_of(entries: Iterable[FieldListEntry]) -> dict[str, str]:
    """The marks of these rows."""
    return {
        f"{ROW}{entry.row}": json.dumps(entry[1:], ensure_ascii=False, separators=(",", ":"))
        for entry in entries
    }


def entries_in(marks: Mapping[str, str]) -> list[FieldListEntry]:
    """The rows that the marks describe, from above; what is no such mark is passed over."""
    found = []
    for name, text in marks.items():
        at = name.removeprefix(ROW)
        if name.startswith(ROW) and at.isdecimal():
            entry = _entry(int(at), text)
            found += [entry] if entry else []
    return sorted(found)


def _entry(row: int, text: str) -> FieldListEntry | None:
    try:
        number, instalment, currency, amount, version, *texts = json.loads(text)
        name, size, site = map(str, texts)
        return FieldListEntry(
            row, str(number), int(instalment), currency, int(amount), int(version), name, size, site
        )
    except (ValueError, TypeError):
        return None


def sealed(marks: Mapping[str, str]) -> str:
    """The one text the digest is made over."""
    kept = {name: value for name, value in marks.items() if name in _SEALED or name.startswith(ROW)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
