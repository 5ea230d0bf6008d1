"""A zip archive, read so strictly that no other program can read something else in it.

Programs differ in which of two headers they believe, where they look for the directory and what
they do with bytes that belong to no part. So here every header must say what the directory
says, and parts and directory must fill the file from its first byte to its last.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cva.sheets.files.limits import MIB
from cva.sheets.files.refusal import damaged, too_large

STORED = 0
DEFLATED = 8
PIECE_BYTES = MIB
_FEED_BYTES = 64 * 1024

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_IN_64 = 0xFFFFFFFF
_COUNT_IN_64 = 0xFFFF
_SECRET = 0x1
_SIZES_FOLLOW = 0x8
_UTF_8 = 0x800
_EXTRA_64 = 0x0001
#: Gives a part a second name, which some programs prefer.
_EXTRA_NAME = 0x7075


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One part as the directory describes it.

    Attributes:
        at: Where its own header begins.
        method: How it is packed.
        packed: How many bytes it takes in the archive.
        size: How many bytes it says it has unpacked.
    """

    name: str
    at: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int

    @property
    def is_secret(self) -> bool:
        """Whether a password protects it."""
        return bool(self.flags & _SECRET)


class Archive:
    """The parts of an archive.

    Attributes:
        members: All of them, as the directory lists them.
    """

    def __init__(self, content: bytes, max_members: int) -> None:
        self._content = memoryview(content)
        try:
            start, size, count = self._directory()
            self.members = list(islice(self._entries(start, start + size), max_members + 1))
            if len(self.members) > max_members:
                raise too_large("parts", max_members, max(count, len(self.members)))
            if len(self.members) != count:
                raise damaged()
            self._begins = dict(self._laid_out(start))
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise damaged() from error

    def _directory(self) -> tuple[int, int, int]:
        """Where the directory begins, its size and how many parts it lists."""
        here, last = self._content, len(self._content) - _END.size
        sign, disk, first, _, count, size, start, comment = _END.unpack_from(here, max(last, 0))
        if sign != b"PK\x05\x06" or disk or first or comment:
            raise damaged()
        if _IN_64 in {size, start} or count == _COUNT_IN_64:
            last -= _LOCATOR.size + _END_64.size
            found = _END_64.unpack_from(here, max(last, 0))
            if found[0] != b"PK\x06\x06":
                raise damaged()
            count, size, start = found[7:]
        elif bytes(here[last - _LOCATOR.size :][:4]) == b"PK\x06\x07":
            last -= _LOCATOR.size + _END_64.size
        if start + size != last:
            raise damaged()
        return start, size, count

    def _entries(self, at: int, end: int) -> Iterator[ArchiveMember]:
        while at < end:
            sign, _, _, flags, method, _, _, crc, *rest = _ENTRY.unpack_from(self._content, at)
            packed, size, name, extra, comment, disk, _, _, start = rest
            at += _ENTRY.size
            raw = bytes(self._content[at : at + name])
            extras = dict(self._extras(at + name, extra))
            if sign != b"PK\x01\x02" or disk or _EXTRA_NAME in extras:
                raise damaged()
            big = extras.get(_EXTRA_64, b"")
            size, big = _widened(size, big)
            packed, big = _widened(packed, big)
            start, big = _widened(start, big)
            title = raw.decode("utf-8" if flags & _UTF_8 else "cp437")
            yield ArchiveMember(title, start, flags, method, crc, packed, size)
            at += name + extra + comment

    def _extras(self, at: int, length: int) -> Iterator[tuple[int, bytes]]:
        end = at + length
        while at + 4 <= end:
            kind, size = struct.unpack_from("<2H", self._content, at)
            yield kind, bytes(self._content[at + 4 : at + 4 + size])
            at += 4 + size

    def _laid_out(self, directory: int) -> Iterator[tuple[ArchiveMember, int]]:
        """Where each part's content begins; they fill the room before the directory."""
        end = 0
        for member in sorted(self.members, key=lambda one: one.at):
            if member.at != end:
                raise damaged(member.name)
            start, follows = self._header(member)
            end = start + member.packed
            if end > directory:
                raise damaged(member.name)
            if follows:
                end += self._trailer(member, end)
            yield member, start
        if end != directory:
            raise damaged()

    def _header(self, member: ArchiveMember) -> tuple[int, bool]:
        """Where the content begins and whether its sizes follow it."""
        sign, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack_from(
            self._content, member.at
        )
        at = member.at + _LOCAL.size
        encoding = "utf-8" if member.flags & _UTF_8 else "cp437"
        title = bytes(self._content[at : at + name]).decode(encoding)
        big = dict(self._extras(at + name, extra)).get(_EXTRA_64, b"")
        size, big = _widened(size, big)
        packed, big = _widened(packed, big)
        stated, follows = (crc, packed, size), bool(flags & _SIZES_FOLLOW)
        agrees = stated == (member.crc, member.packed, member.size) or (follows and not any(stated))
        same = (sign, title, method) == (b"PK\x03\x04", member.name, member.method)
        if not (same and agrees and (flags ^ member.flags) & _SECRET == 0):
            raise damaged(member.name)
        return at + name + extra, follows

    def _trailer(self, member: ArchiveMember, at: int) -> int:
        """The length of what follows a part whose sizes were not known before."""
        listed = (member.crc, member.packed, member.size)
        for form in ("<4s3I", "<4sI2Q", "<0s3I", "<0sI2Q"):
            sign, *sizes = struct.unpack_from(form, self._content, at)
            if sign in {b"PK\x07\x08", b""} and tuple(sizes) == listed:
                return struct.calcsize(form)
        raise damaged(member.name)

    def pieces(self, member: ArchiveMember) -> Iterator[bytes]:
        """The content of a part, unpacked piece by piece.

        Raises:
            RefusedError: It is not what its header says.
        """
        start = self._begins[member]
        packed = self._content[start : start + member.packed]
        unpacked, crc = 0, 0
        try:
            for piece in _stored(packed) if member.method == STORED else _inflated(packed):
                unpacked += len(piece)
                if unpacked > member.size:
                    raise damaged(member.name)
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error as error:
            raise damaged(member.name) from error
        if (unpacked, crc) != (member.size, member.crc):
            raise damaged(member.name)


def _widened(number: int, big: bytes) -> tuple[int, bytes]:
    """A size, or the one that is written elsewhere, and what is left there."""
    if number != _IN_64:
        return number, big
    (wide,) = struct.unpack_from("<Q", big)
    return int(wide), big[8:]


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), PIECE_BYTES):
        yield bytes(packed[at : at + PIECE_BYTES])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _FEED_BYTES):
        rest: bytes | memoryview = packed[at : at + _FEED_BYTES]
        while rest:
            if unpacker.eof:
                raise zlib.error("there is more than one part here")
            if piece := unpacker.decompress(rest, PIECE_BYTES):
                yield piece
            rest = unpacker.unconsumed_tail
        if unpacker.unused_data:
            raise zlib.error("there is more than one part here")
    while piece := unpacker.decompress(unpacker.unconsumed_tail, PIECE_BYTES):
        yield piece
    if not unpacker.eof:
        raise zlib.error("it is cut short")
