"""A finding: what is wrong where, kept as data and put into words for each reader."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as attribute
from typing import Any

from cva.core.i18n import apart, language
from cva.core.i18n import gettext as _
from cva.sheets.findings.catalogue import (
    ANSWERS,
    CATALOGUE,
    CELL,
    ELSEWHERE,
    ERROR,
    NARROWER,
    WARNING,
)
from cva.sheets.findings.refusal_texts import REASONS
from cva.sheets.findings.voucher_steps import history_text
from cva.sheets.vocabulary.word_lists import vocabulary

LONGEST_VALUE_SHOWN = 200
#: How a day is written, where the column does not show another calendar.
EXAMPLE_DAY = "2025-03-31"

#: Details that hold fields of the layout.
_NAMES_OF_FIELDS = {"field", "fields"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should know about a sheet.

    Attributes:
        severity: ``error``, ``warning`` or ``info``.
        code: A code of the catalogue.
        sheet: The name of the sheet.
        cell: Such as L18; None where it is about the file.
        row: As Excel numbers it.
        field: The field of the layout.
        heading: The heading as typed.
        value: The cell as typed.
        details: What the message names beside these.
    """

    severity: str
    code: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    field: str | None = None
    heading: str | None = None
    value: str = ""
    details: Mapping[str, str] = attribute(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; ``finding_of`` reads it again."""
        return asdict(self)


def finding_of(stored: Mapping[str, Any]) -> Finding:
    """The finding that ``as_dict`` gave."""
    return Finding(**{**stored, "details": dict(stored.get("details") or {})})


def severity_of(code: str, *, required: bool = True) -> str:
    """How grave a code is, in a required field or in another."""
    level = CATALOGUE[code].level
    if level == CELL:
        return ERROR if required else WARNING
    return level


def title(code: str) -> str:
    """What a code is called, in the reader's language."""
    return _(CATALOGUE[code].title)


def message(finding: Finding) -> str:
    """The finding in the reader's language: where, what is wrong and what to write instead."""
    text = text_of(finding)
    where = place_of(finding)
    return _("{where}: {said}").format(where=where, said=text) if where else text


class _Details(dict[str, str]):
    """What is not known stays a question mark; a message never fails."""

    def __missing__(self, key: str) -> str:
        return "?"


def text_of(finding: Finding) -> str:
    """What is wrong and what to write instead, without the place."""
    shown = finding.value
    if len(shown) > LONGEST_VALUE_SHOWN:
        shown = f"{shown[:LONGEST_VALUE_SHOWN]}…"
    values = (
        {"field": finding.field or "", "heading": finding.heading or "", "example": EXAMPLE_DAY}
        | dict(finding.details)
        | {"value": " ".join(shown.split())}
    )
    for name in _NAMES_OF_FIELDS & values.keys():
        values[name] = re.sub(r"\w+", _usual_heading, values[name])
    known = _Details({name: apart(value) for name, value in values.items()})
    if (reason := values.get("reason")) in REASONS:
        known["reason"] = _(REASONS[reason]).format_map(known)
    if "history" in values:
        known["history"] = history_text(values["history"])
    if (before := values.get("before")) in ANSWERS:
        known["before"] = _(ANSWERS[before])
    template = CATALOGUE[finding.code].template
    if "sheet_id" in known or "first_row" in known:
        template = ELSEWHERE.get(finding.code, template)
    template = next((NARROWER[name] for name in NARROWER if name in known), template)
    text = _(template).format_map(known)
    if known.get("history"):
        history = _("What happened to it: {history}.").format(history=known["history"])
        text = f"{text} {history}"
    return text


def _usual_heading(name: re.Match[str]) -> str:
    """A field by the heading that its reader would write over it, which is understood again."""
    return vocabulary().heading_of(name[0], language())


def place_of(finding: Finding) -> str:
    """Where it is: the sheet, and the cell with its heading; nothing where it is about the file."""
    if not finding.sheet and not finding.cell:
        return ""
    if finding.cell is None:
        return _('Sheet "{sheet}"').format(sheet=apart(finding.sheet or ""))
    heading = " ".join((finding.heading or "").split())
    cell = apart(finding.cell)
    place = f"{cell} ({apart(heading)})" if heading else cell
    if not finding.sheet:
        return _("Cell {place}").format(place=place)
    return _('Sheet "{sheet}", cell {place}').format(sheet=apart(finding.sheet), place=place)
