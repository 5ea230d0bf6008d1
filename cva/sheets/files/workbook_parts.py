"""Which part of an .xlsx holds which sheet, and whether all parts are there."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree as ET

from cva.sheets.files.refusal import damaged, unreadable, unsafe
from cva.sheets.files.worksheet_patterns import Bytes

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
_NEEDED = ("/worksheet", "/sharedStrings", "/styles")
_MACROS = re.compile(rb"macroEnabled|vbaProject|macrosheet|xlMacrosheet", re.IGNORECASE)


def sheet_parts(parts: Mapping[str, Bytes], names: Collection[str]) -> Iterator[tuple[str, Bytes]]:
    """The name and the bytes of every worksheet, in the order of the tabs.

    Raises:
        RefusedError: A part that the workbook names is missing or no XML, or two sheets have
            one name, so that it cannot be known which one is meant.
    """
    _look_for_macros(parts)
    targets = _targets(parts, {name.lower() for name in names})
    seen: set[str] = set()
    for element in _root(parts, WORKBOOK).iter():
        if not element.tag.endswith("}sheet"):
            continue
        key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        name = element.get("name", "")
        if name.casefold() in seen:
            raise unreadable("sheet-twice", name)
        seen.add(name.casefold())
        if key in targets:
            yield name, parts[targets[key]]


def _look_for_macros(parts: Mapping[str, Bytes]) -> None:
    """Macros under the name of something else are recognised by their kind."""
    for name in (TYPES, RELATIONS):
        if _MACROS.search(parts.get(name, b"")):
            raise unsafe("macros", name)


def _targets(parts: Mapping[str, Bytes], names: Collection[str]) -> dict[str, str]:
    """The part of each worksheet by the id of its relation."""
    targets: dict[str, str] = {}
    seen: set[str] = set()
    for relation in _root(parts, RELATIONS):
        kind, key = relation.get("Type", ""), relation.get("Id", "")
        if key in seen:
            raise damaged(RELATIONS)
        seen.add(key)
        if not kind.endswith(_NEEDED):
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        path = posixpath.normpath(path)
        if path.lower() not in names:
            raise unreadable("missing-part", path)
        if kind.endswith("/worksheet"):
            if path not in parts:
                raise unreadable("missing-part", path)
            targets[key] = path
    return targets


def _root(parts: Mapping[str, Bytes], name: str) -> ET.Element:
    if name not in parts:
        raise unreadable("missing-part", name)
    try:
        return ET.fromstring(parts[name])  # noqa: S314 - DOCTYPE and entities were refused before
    except ET.ParseError as error:
        raise damaged(name) from error


def broken_part(parts: Mapping[str, Bytes]) -> str:
    """The first part that is no XML; empty where all are."""
    for name, content in parts.items():
        try:
            ET.fromstring(content)  # noqa: S314 - DOCTYPE and entities were refused before
        except ET.ParseError:
            return name
    return ""
