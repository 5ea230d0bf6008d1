"""Letters that were written in UTF-8 twice, so that é became Ã© and Имя became РРјСЏ.

A program that took UTF-8 for another encoding saved what it saw. It can be undone exactly, and is
where every letter beyond ASCII comes of it: no sheet of any language looks so by chance.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

#: What UTF-8 is taken for, and how many signs of it must be there to tell.
_TAKEN_FOR = {"cp1252": 2, "cp1251": 4, "mac_roman": 2, "cp1256": 4, "cp850": 2}
_RUN = re.compile(r"[^\x00-\x7f]+")


def mended(text: str) -> tuple[str, int]:
    """The text with its letters as they were, and how many places were mended."""
    first = _RUN.search(text)
    if first is None:
        return text, 0
    for encoding, least in _TAKEN_FOR.items():
        once = _reader_of(encoding)
        if once(first[0]) is None:
            continue
        runs = _RUN.findall(text)
        different = set(runs)
        letters = {run: once(run) for run in different}
        if sum(map(len, different)) >= least and None not in letters.values():
            return _RUN.sub(partial(_replaced, letters), text), len(runs)
    return text, 0


def _replaced(letters: Mapping[str, str | None], found: "re.Match[str]") -> str:
    return letters[found[0]] or ""


def _reader_of(encoding: str) -> Callable[[str], str | None]:
    def once(run: str) -> str | None:
        """The letters that a run of signs came of; None where it did not come of any."""
        try:
            return b"".join(_byte(sign, encoding) for sign in run).decode("utf-8")
        except UnicodeError:
            return None

    return once


def _byte(sign: str, encoding: str) -> bytes:
    """The byte of a sign; where the encoding has none for it, programs keep its number."""
    try:
        return sign.encode(encoding)
    except UnicodeEncodeError:
        return sign.encode("latin-1")
