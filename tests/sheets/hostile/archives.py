"""Zip archives written byte by byte, so that each field of their headers may lie."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

STORED, DEFLATED = 0, 8
WITHOUT_PASSWORD = 0
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")


@dataclass(frozen=True)
class Member:
    """One part of an archive; what is None is told truly.

    Attributes:
        packed: The content as it is packed.
        size: What both headers say of its size unpacked.
        central_size: What the directory alone says of it.
        local_name: What the part calls itself; the directory says ``name``.
        at: Where the directory says that it begins.
    """

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = WITHOUT_PASSWORD
    central_size: int | None = None
    local_name: str | None = None
    at: int | None = None


def member(name: str, content: bytes, method: int = DEFLATED) -> Member:
    packed = _deflated(content) if method == DEFLATED else content
    return Member(name, packed, len(content), zlib.crc32(content), method)


def repeated(name: str, before: bytes, block: bytes, times: int, after: bytes) -> Member:
    """A large part that is packed as fast as a small one."""
    packed, crc, size = _repeated(before, block, times, after)
    return Member(name, packed, size, crc)


@lru_cache(maxsize=8)
def _repeated(before: bytes, block: bytes, times: int, after: bytes) -> tuple[bytes, int, int]:
    flush = zlib.Z_FULL_FLUSH
    pieces = []
    for content in (before, block):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        pieces.append(packer.compress(content) + packer.flush(flush))
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    packed = pieces[0] + pieces[1] * times + _deflated(after)
    return packed, zlib.crc32(after, crc), len(before) + len(block) * times + len(after)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def archive(members: Iterable[Member], *, after: bytes = b"", comment: bytes = b"") -> bytes:
    """The whole archive.

    Args:
        members: Its parts, in their order.
        after: Bytes between the last part and the directory.
        comment: The comment at its end.
    """
    body, directory, count = bytearray(), bytearray(), 0
    for one in members:
        at = len(body) if one.at is None else one.at
        body += _local(one)
        directory += _central(one, at)
        count += 1
    body += after
    start, end = len(body), (len(directory), len(body), len(comment))
    counts = min(count, 0xFFFF)
    return bytes(
        body[:start] + directory + _END.pack(b"PK\x05\x06", 0, 0, counts, counts, *end) + comment
    )


def _local(one: Member) -> bytes:
    name = (one.local_name or one.name).encode()
    sizes = (one.crc, len(one.packed), one.size, len(name), 0)
    return (
        _LOCAL.pack(b"PK\x03\x04", 20, one.flags, one.method, 0, 0x21, *sizes) + name + one.packed
    )


def _central(one: Member, at: int) -> bytes:
    name = one.name.encode()
    size = one.size if one.central_size is None else one.central_size
    sizes = (one.crc, len(one.packed), size, len(name), 0, 0, 0, 0, 0, at)
    return _CENTRAL.pack(b"PK\x01\x02", 20, 20, one.flags, one.method, 0, 0x21, *sizes) + name
