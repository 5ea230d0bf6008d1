"""The parts of an .xlsx, held open to add to; what is not touched stays byte for byte."""

import posixpath
import zipfile
from io import BytesIO
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its class no public name

WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)


class OddWorkbookError(Exception):
    """The workbook is built in a way that nothing can be added to without risk."""


def parsed(part: bytes) -> Element:
    """The root of a part; external entities are not looked up."""
    return etree.fromstring(part, _PARSER)


def written(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class PackageParts:
    """The parts of one workbook by name."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as package:
            self._parts = {info.filename: package.read(info) for info in package.infolist()}
        if CONTENT_TYPES not in self._parts or WORKBOOK not in self._parts:
            raise OddWorkbookError

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def get(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            return self._parts[name]
        except KeyError:
            raise OddWorkbookError from None

    def take(self, name: str) -> bytes:
        """The bytes of a large part, which is put back when it is changed: never held twice."""
        content = self.get(name)
        self._parts[name] = b""
        return content

    def root(self, name: str) -> Element:
        """The root of an XML part."""
        return parsed(self.get(name))

    def put(self, name: str, content: bytes | Element) -> None:
        """Write a part, new or not."""
        self._parts[name] = content if isinstance(content, bytes) else written(content)

    def drop(self, name: str) -> None:
        """Take a part out, with its content type."""
        self._parts.pop(name, None)
        self._parts.pop(_relations_of(name), None)
        types = self.root(CONTENT_TYPES)
        for override in [each for each in types if each.get("PartName") == f"/{name}"]:
            types.remove(override)
        self.put(CONTENT_TYPES, types)

    def drop_macros(self) -> None:
        """Take macros out, which a workbook that ends in .xlsx may not have; tabs of them stay."""
        for key, part in self.related(WORKBOOK, "vbaProject").items():
            self.drop(part)
            self.unrelate(WORKBOOK, key)
        types = self.root(CONTENT_TYPES)
        for override in types:
            if "macroEnabled" in (override.get("ContentType") or "") and override.get("PartName"):
                override.set("ContentType", f"{KIND}sheet.main+xml")
        self.put(CONTENT_TYPES, types)

    def new_name(self, pattern: str) -> str:
        """A name that no part has, from a pattern such as ``xl/comments{}.xml``."""
        number = 1
        while pattern.format(number) in self._parts:
            number += 1
        return pattern.format(number)

    def declare(self, name: str, kind: str) -> None:
        """Say what kind of part a new one is, such as ``worksheet``."""
        types = self.root(CONTENT_TYPES)
        override = etree.SubElement(types, f"{{{PACKAGE}/content-types}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", f"{KIND}{kind}+xml")
        self.put(CONTENT_TYPES, types)

    def declare_drawings(self) -> None:
        """Say what parts that end in ``.vml`` are."""
        types = self.root(CONTENT_TYPES)
        if any((each.get("Extension") or "").lower() == "vml" for each in types):
            return
        default = etree.Element(f"{{{PACKAGE}/content-types}}Default")
        default.set("Extension", "vml")
        default.set("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        types.insert(0, default)
        self.put(CONTENT_TYPES, types)

    def related(self, name: str, kind: str) -> dict[str, str]:
        """The parts of a kind that a part refers to, by the id of the reference."""
        relations = _relations_of(name)
        if relations not in self._parts:
            return {}
        return {
            relation.get("Id", ""): _resolved(name, relation.get("Target", ""))
            for relation in self.root(relations)
            if relation.get("Type", "").endswith(f"/{kind}")
            and relation.get("TargetMode") != "External"
        }

    def relate(self, name: str, kind: str, target: str) -> str:
        """Refer from a part to another; give back the id of the reference."""
        relations = _relations_of(name)
        namespace = f"{PACKAGE}/relationships"
        if relations in self._parts:
            root = self.root(relations)
        else:
            root = etree.fromstring(f'<Relationships xmlns="{namespace}"/>'.encode())
        taken = {relation.get("Id") for relation in root}
        key = next(f"rIdCva{at}" for at in range(1, 10_000) if f"rIdCva{at}" not in taken)
        relation = etree.SubElement(root, f"{{{namespace}}}Relationship")
        relation.set("Id", key)
        relation.set("Type", f"{RELATIONS}/{kind}")
        relation.set("Target", f"/{target}")
        self.put(relations, root)
        return key

    def unrelate(self, name: str, key: str) -> None:
        """Take a reference out."""
        root = self.root(_relations_of(name))
        for relation in [each for each in root if each.get("Id") == key]:
            root.remove(relation)
        self.put(_relations_of(name), root)

    def packed(self) -> bytes:
        """The whole workbook."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
            for name, content in self._parts.items():
                package.writestr(name, content)
        return target.getvalue()


def _relations_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _resolved(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
