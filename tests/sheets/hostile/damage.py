"""What comes of a file after one bit of it has flipped or its end was cut off."""

from dataclasses import replace

from cva.sheets.files.limits import MIB, Limits
from cva.sheets.files.parser import answer
from cva.sheets.files.transport import unpack

#: So that a flipped size makes nobody wait.
LIMITS = replace(Limits(), max_unpacked_bytes=MIB)


def flipped(content: bytes, bit: int) -> bytes:
    damaged = bytearray(content)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def read(content: bytes) -> tuple[object, ...] | None:
    """All sheets with all their cells; None where the file is refused."""
    header, columns = unpack(answer(content, "xlsx", LIMITS))
    return None if "refused" in header else (header, columns)
