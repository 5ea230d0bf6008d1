"""How numbers on cards and vouchers are compared."""

import re
import secrets
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")


def comparable(number: str) -> str:
    """A registration or voucher number as it is compared: case, width and blanks do not count.

    The number itself is stored as written. Dashes and leading zeros do count.
    """
    if number.isascii() and number.isprintable():
        return number.replace(" ", "").casefold()
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", number)).casefold()
    return _BLANKS.sub("", folded)


def new_ids(count: int) -> list[int]:
    """So many random 63-bit ids, ascending, so that a bulk insert fills the index in order."""
    return sorted(secrets.randbits(63) for _ in range(count))


def new_id() -> int:
    """One random 63-bit id."""
    return secrets.randbits(63)
