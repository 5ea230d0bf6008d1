"""A look into the package of a workbook before anything parses it.

An .xlsx, .xlsb or .ods file is a zip archive of parts. Every part is unpacked once, piece by
piece, so that sizes are counted and not believed. Nothing is written anywhere.
"""

import re
from collections.abc import Iterator

from cva.sheets.files.archive import DEFLATED, STORED, Archive, ArchiveMember
from cva.sheets.files.file_types import holds_file
from cva.sheets.files.limits import MIB, Limits
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unsafe

MAX_PARTS = 1000
#: What people write packs to a tenth; only a bomb packs to less than a hundredth.
MAX_RATIO = 100
ANY_RATIO_BYTES = 32 * MIB

_MACROS = re.compile(
    r"(^|/)(vbaProject[^/]*\.bin|vbaData\.xml|xlm[^/]*|macrosheets/.*|dialogsheets/.*|Basic/.*|Scripts/.*)$",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(^|/)(externalLinks/.*|embeddings/.*|activeX/.*|ctrlProps/.*|connections\.(xml|bin)"
    r"|queryTables/.*|customUI/.*|webextensions/.*|Object \d+/.*)$",
    re.IGNORECASE,
)
_XML = (".xml", ".rels", ".vml", ".rdf")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml[^>]*?encoding=[\"']([^\"']+))?")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODINGS = (b"UTF-8", b"US-ASCII", b"ASCII")
_ODD_NAME = re.compile(r"[\\:\x00-\x1f\x7f]|(?:^|/)\.{0,2}(?:/|$)(?!$)")


class Package:
    """The parts of a workbook, unpacked and counted.

    Attributes:
        names: All part names.
        has_macros: There are macros in it. They are counted like any part, and never looked at.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        self._archive = Archive(content, MAX_PARTS)
        self.names = frozenset(member.name for member in self._archive.members)
        self.has_macros = any(map(_MACROS.search, self.names))
        self._look_at_names()

    def _look_at_names(self) -> None:
        seen: set[str] = set()
        for member in self._archive.members:
            name = member.name
            if name.lower() in seen:
                raise unsafe("part-twice", name)
            seen.add(name.lower())
            if _ODD_NAME.search(name):
                raise unsafe("part-name", name)
            if _OUTSIDE.search(name):
                raise unsafe("outside-content", name)
            if member.is_secret:
                raise RefusedError("workbook-encrypted")
            if member.method not in {STORED, DEFLATED}:
                raise unsafe("packing", name)

    def unpack(self, wanted: re.Pattern[str]) -> dict[str, bytearray]:
        """Unpack everything, keep the parts whose names match.

        Raises:
            RefusedError: Too large, damaged, or with something in it that no sheet needs.
        """
        self._bound(sum(member.size for member in self._archive.members))
        for member in self._archive.members:
            most = max(ANY_RATIO_BYTES, member.packed * MAX_RATIO)
            if member.size > most:
                raise too_large("unpacked", most, member.size)
        kept: dict[str, bytearray] = {}
        for member in self._archive.members:
            room = kept[member.name] = bytearray()
            keeps = bool(wanted.fullmatch(member.name))
            for piece in self._pieces(member):
                if keeps:
                    room += piece
            if not keeps:
                del kept[member.name]
        return kept

    def _bound(self, unpacked: int) -> None:
        if unpacked > self._limits.max_unpacked_bytes:
            raise too_large("unpacked", self._limits.max_unpacked_bytes, unpacked)

    def _pieces(self, member: ArchiveMember) -> Iterator[bytes]:
        is_xml = member.name.lower().endswith(_XML)
        tail = b""
        for piece in self._archive.pieces(member):
            self._unpacked += len(piece)
            self._bound(self._unpacked)
            if is_xml:
                _look_at_xml(member.name, tail, piece)
            elif not tail and holds_file(piece) and not _MACROS.search(member.name):
                raise unsafe("outside-content", member.name)
            tail = piece[-16:]
            yield piece


def _look_at_xml(name: str, tail: bytes, piece: bytes) -> None:
    if b"\0" in piece:
        raise unsafe("odd-encoding", name)
    if not tail:
        prolog = _PROLOG.match(piece)
        if prolog is None and piece.strip():
            raise damaged(name)
        if prolog and prolog[1] and prolog[1].upper() not in _ENCODINGS:
            raise unsafe("odd-encoding", name)
    for text in (tail + piece[:16], piece):
        if b"<!" in text and _DECLARATION.search(text):
            raise unsafe("entities", name)
