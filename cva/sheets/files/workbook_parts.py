"""Which part of an .xlsx holds which sheet, and whether all parts are there."""

import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from cva.sheets.files.refusal import damaged, unreadable
from cva.sheets.files.worksheet_patterns import Bytes

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
_NEEDED = ("/worksheet", "/sharedStrings", "/styles")
#: Tabs that hold the macros of old, or a form of theirs: no list is on them.
_OF_MACROS = ("/xlMacrosheet", "/xlIntlMacrosheet", "/dialogsheet")
_MACROS = "/vbaProject"


@dataclass(frozen=True, slots=True)
class BookParts:
    """What the workbook says of its parts.

    Attributes:
        sheets: The name and the bytes of every worksheet, in the order of the tabs.
        places: The name of the part of every worksheet, by the name of the tab.
        macro_tabs: The names of the tabs that hold macros, by the ids of their relations.
        has_macros: It names a part with macros, whatever that is called.
    """

    sheets: list[tuple[str, Bytes]]
    places: Mapping[str, str]
    macro_tabs: Mapping[str, str]
    has_macros: bool


def book_parts(parts: Mapping[str, Bytes], names: Collection[str]) -> BookParts:
    """What the workbook says of its parts.

    Raises:
        RefusedError: A part that the workbook names is missing or no XML, or two sheets have
            one name, so that it cannot be known which one is meant.
    """
    relations = _relations(parts)
    targets = _targets(parts, relations, {name.lower() for name in names})
    sheets: list[tuple[str, Bytes]] = []
    places: dict[str, str] = {}
    macro_tabs: dict[str, str] = {}
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
            sheets.append((name, parts[targets[key]]))
            places[name] = targets[key]
        elif key in relations and relations[key].get("Type", "").endswith(_OF_MACROS):
            macro_tabs[key] = name
    has_macros = any(each.get("Type", "").endswith(_MACROS) for each in relations.values())
    return BookParts(sheets, places, macro_tabs, has_macros)


def without_tabs(parts: Mapping[str, Bytes], keys: Collection[str]) -> bytes:
    """A workbook of these parts without some tabs, which the library that reads it does not know.

    Args:
        parts: The parts that were unpacked.
        keys: The ids of the relations of the tabs.
    """
    ids = b"|".join(re.escape(key.encode()) for key in keys)
    tab = rb"<(?:\w+:)?sheet\b[^>]*?:id=[\"'](?:" + ids + rb")[\"'][^>]*?(?:/>|></(?:\w+:)?sheet>)"
    return packed({**parts, WORKBOOK: re.sub(tab, b"", bytes(parts[WORKBOOK]))})


def packed(parts: Mapping[str, Bytes]) -> bytes:
    """A workbook of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, bytes(content))
    return target.getvalue()


def with_parts(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same package with some of its parts changed; itself where none is."""
    if not changed:
        return content
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
    ):
        for name in source.namelist():
            package.writestr(name, changed.get(name) or source.read(name))
    return target.getvalue()


def _relations(parts: Mapping[str, Bytes]) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for relation in _root(parts, RELATIONS):
        key = relation.get("Id", "")
        if key in found:
            raise damaged(RELATIONS)
        found[key] = relation
    return found


def _targets(
    parts: Mapping[str, Bytes], relations: Mapping[str, ET.Element], names: Collection[str]
) -> dict[str, str]:
    """The part of each worksheet by the id of its relation."""
    targets: dict[str, str] = {}
    for key, relation in relations.items():
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if not kind.endswith(_NEEDED):
            continue
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
