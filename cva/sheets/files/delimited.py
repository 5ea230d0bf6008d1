"""Text files of columns: which encoding, which delimiter."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

from cva.sheets.files.limits import Limits
from cva.sheets.files.refusal import damaged, too_large, unreadable

DELIMITERS = ";\t,|"
SAMPLE_LINES = 50
SAMPLE_CHARS = 500_000
#: UTF-16 without a mark has at least one zero byte in so many: its delimiters and line ends.
BYTES_FOR_A_ZERO = 40
#: Our own text files put an apostrophe before what a spreadsheet would run.
_NEUTRAL = re.compile("'[=+\\-@\t\r\uff1d]")
MAX_CELL_CHARS = 32_767
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_EIGHT_BIT = ("cp1251", "cp1256", "cp1252", "mac_roman")


def decode(content: bytes) -> str:
    """The text of the file, its encoding found.

    UTF-8 is recognised by itself. Among the eight-bit encodings the one wins in which the
    letters beyond ASCII make up words of one alphabet.

    Raises:
        RefusedError: It is no text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if wide := _wide(content):
        return _decoded(content, wide)
    if b"\0" in content:
        raise unreadable("no-text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(content)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged() from error


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of delimiters and line ends is zero."""
    if b"\0" not in content or len(content) % 2:
        return None
    even, odd = content[::2].count(0), content[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * BYTES_FOR_A_ZERO < len(content):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(content: bytes) -> str:
    best, best_score = "", float("-inf")
    for encoding in _EIGHT_BIT:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _likeness(text[:200_000], encoding)
        if score > best_score:
            best, best_score = text, score
    if not best:
        raise unreadable("no-text")
    return best


_ALPHABET = {
    "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіўєї"),
    "cp1256": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگک"),
    "cp1252": frozenset("áàâäãåçéèêëíìîïñóòôöõúùûüÿœæß¿¡ºª°€’"),
    "mac_roman": frozenset("áàâäãåçéèêëíìîïñóòôöõúùûüÿœæß¿¡ºª°’"),
}


def _likeness(text: str, encoding: str) -> float:
    """The share of signs beyond ASCII that this alphabet uses; what mixes alphabets counts off."""
    beyond = Counter(sign for sign in text if sign > "\x7f")
    total = sum(beyond.values())
    if not total:
        return 0
    letters = _ALPHABET[encoding]
    known = sum(n for sign, n in beyond.items() if sign.lower() in letters or sign in "№«»–—")
    jumps = sum(
        1 for one, two in pairwise(text) if two > "\x7f" and one.islower() and two.isupper()
    )
    lone = sum(
        1
        for one, two in pairwise(text)
        if one > "\x7f" and two > "\x7f" and encoding in {"cp1252", "mac_roman"}
    )
    mixed = sum(
        1
        for one, two in pairwise(text)
        if (one > "\x7f") != (two > "\x7f")
        and one.isalpha()
        and two.isalpha()
        and encoding in {"cp1251", "cp1256"}
    )
    return (known - 2 * jumps - lone - mixed) / total


def delimiter_of(text: str) -> str:
    """The sign that cuts the most of the first lines into the same number of cells."""
    lines = [line for line in text[:SAMPLE_CHARS].splitlines()[:SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        if not counts:
            continue
        cells, often = max(counts.items(), key=lambda item: (item[1] * item[0], item[0]))
        if cells * often > best_score:
            best, best_score = sign, cells * often
    return best


def rows_of(content: bytes, limits: Limits) -> Iterator[list[str]]:
    """All rows of the file, blank ones too, so that numbers are those of the file's lines.

    Raises:
        RefusedError: No text, too many rows or columns, or a quote that never ends.
    """
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(MAX_CELL_CHARS)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        for number, row in enumerate(reader):
            if number >= limits.max_rows:
                raise too_large("rows", limits.max_rows, text.count("\n") + 1)
            if len(row) > limits.max_columns:
                raise too_large("columns", limits.max_columns, len(row))
            yield [cell[1:] if _NEUTRAL.match(cell) else cell for cell in row]
    except csv.Error as error:
        if "field larger" in str(error) and text.count('"') % 2 == 0:
            raise too_large("line", MAX_CELL_CHARS, reader.line_num) from error
        raise unreadable("quotes", str(reader.line_num)) from error
