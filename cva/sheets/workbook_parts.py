"""Which part of an .xlsx holds which sheet."""

import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from cva.sheets.refused import RefusedError

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet_parts(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every worksheet, in the order of the tabs.

    Raises:
        RefusedError: A part that the workbook names is missing or no XML.
    """
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _root(parts, RELATIONS)
        if relation.get("Type", "").endswith("/worksheet")
    }
    for element in _root(parts, WORKBOOK).iter():
        if not element.tag.endswith("}sheet"):
            continue
        key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        if key not in targets:
            continue
        target = targets[key]
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        path = posixpath.normpath(path)
        if path not in parts:
            raise RefusedError("workbook-unreadable", {"reason": "missing-part", "part": path})
        yield element.get("name", ""), parts[path]


def _root(parts: dict[str, bytes], name: str) -> ET.Element:
    try:
        return ET.fromstring(parts[name])  # noqa: S314 - DOCTYPE and entities were refused before
    except (KeyError, ET.ParseError) as error:
        details = {"reason": "missing-part", "part": name}
        raise RefusedError("workbook-unreadable", details) from error
