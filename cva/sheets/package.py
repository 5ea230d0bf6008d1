"""A look into the package of a workbook before anything parses it.

An .xlsx, .xlsb or .ods file is a zip archive of parts. Every part is unpacked once, piece by
piece, so that sizes are counted and not believed. Nothing is written anywhere.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from cva.sheets.limits import MIB, Limits
from cva.sheets.refused import RefusedError

MAX_PARTS = 1000
MAX_SMALL_PART_BYTES = 32 * MIB
PIECE_BYTES = MIB

_MACROS = re.compile(
    r"(^|/)(vbaProject[^/]*\.bin|xlm[^/]*|macrosheets/.*|dialogsheets/.*|Basic/.*|Scripts/.*)$",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(^|/)(externalLinks/.*|embeddings/.*|activeX/.*|ctrlProps/.*|connections\.(xml|bin)"
    r"|queryTables/.*|customUI/.*|webextensions/.*|Object \d+/.*)$",
    re.IGNORECASE,
)
_XML = (".xml", ".rels", ".vml", ".rdf")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml[^>]*?encoding=[\"']([^\"']+))?")
_ENCODINGS = (b"UTF-8", b"US-ASCII", b"ASCII")
_UNSEALED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _unsafe(why: str, part: str = "") -> RefusedError:
    return RefusedError("workbook-unsafe", {"reason": why, "part": part[:200]})


def _damaged(part: str = "") -> RefusedError:
    reason = "damaged-part" if part else "damaged"
    return RefusedError("workbook-unreadable", {"reason": reason, "part": part[:200]})


def too_large(what: str, limit: int, had: int) -> RefusedError:
    """A refusal that names the limit and what the file had."""
    return RefusedError(
        "workbook-too-large", {"reason": what, "limit": f"{limit:,}", "had": f"{had:,}"}
    )


class Package:
    """The parts of a workbook, unpacked and counted.

    Attributes:
        names: All part names.
        parts: The content of the parts asked for.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            self._members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _damaged() from error
        self.names = frozenset(member.filename for member in self._members)
        self._look_at_names()

    def _look_at_names(self) -> None:
        if len(self._members) > MAX_PARTS:
            raise too_large("parts", MAX_PARTS, len(self._members))
        seen: set[str] = set()
        for member in self._members:
            name = member.filename
            if name.lower() in seen:
                raise _unsafe("part-twice", name)
            seen.add(name.lower())
            if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
                raise _unsafe("part-name", name)
            if _MACROS.search(name):
                raise _unsafe("macros", name)
            if _OUTSIDE.search(name):
                raise _unsafe("outside-content", name)
            if member.flag_bits & 0x1:
                raise RefusedError("workbook-encrypted")
            if member.compress_type not in _UNSEALED:
                raise _unsafe("packing", name)

    def unpack(self, wanted: re.Pattern[str]) -> dict[str, bytes]:
        """Unpack everything, keep the parts whose names match.

        Raises:
            RefusedError: Too large, damaged, or with something in it that no sheet needs.
        """
        declared = sum(member.file_size for member in self._members)
        if declared > self._limits.max_unpacked_bytes:
            raise too_large("unpacked", self._limits.max_unpacked_bytes, declared)
        kept: dict[str, bytes] = {}
        for member in self._members:
            pieces = [piece for piece in self._pieces(member) if wanted.fullmatch(member.filename)]
            if wanted.fullmatch(member.filename):
                kept[member.filename] = b"".join(pieces)
        return kept

    def _pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        is_xml = member.filename.lower().endswith(_XML)
        tail = b""
        try:
            with self._archive.open(member) as part:
                while piece := part.read(PIECE_BYTES):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.max_unpacked_bytes:
                        limit = self._limits.max_unpacked_bytes
                        raise too_large("unpacked", limit, self._unpacked)
                    if is_xml:
                        _look_at_xml(member.filename, tail, piece)
                        tail = piece[-16:]
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise _damaged(member.filename) from error


def _look_at_xml(name: str, tail: bytes, piece: bytes) -> None:
    if b"\0" in piece:
        raise _unsafe("odd-encoding", name)
    if not tail:
        prolog = _PROLOG.match(piece)
        if prolog is None and piece.strip():
            raise _damaged(name)
        if prolog and prolog[1] and prolog[1].upper() not in _ENCODINGS:
            raise _unsafe("odd-encoding", name)
    for text in (tail + piece[:16], piece):
        if b"<!" in text and _declares(text):
            raise _unsafe("entities", name)


def _declares(text: bytes) -> bool:
    return re.search(rb"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE) is not None
