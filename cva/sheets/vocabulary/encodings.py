"""The encoding of a text file: what it says of itself, else what makes words of its letters.

A short sheet has too few letters for statistics. What decides are words that sheets are known to
hold, such as their headings, and after them which letters stand side by side in such words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cva.sheets.files.parsed_workbook import FileNote
from cva.sheets.files.refusal import damaged, unreadable
from cva.sheets.vocabulary.double_encoding import mended
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Encodings of eight bits, the commonest first, and what people call them.
EIGHT_BIT = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp1256": "Windows-1256",
    "mac_roman": "Mac Roman",
    "mac_cyrillic": "Mac Cyrillic",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "cp866": "CP866",
    "cp850": "CP850",
    "cp1254": "Windows-1254",
    "cp1250": "Windows-1250",
    "iso8859_6": "ISO 8859-6",
    "cp720": "CP720",
}
#: UTF-16 without a mark has at least one zero byte in so many: its delimiters and line ends.
BYTES_FOR_A_ZERO = 40
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_LOOKED_AT_BYTES = 4096
_LINES = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_SAMPLE_LINES = 400
_SAMPLE_CHARS = 50_000
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f](?:[^\x00-\x7f]|[^\W\d_]|['-](?=[^\W\d_]))*")
#: Signs beyond ASCII that stand before a word and behind it.
_BEFORE, _BEHIND = "«“„‘’¿¡№°•·–—\xa0", "»”“’…–—\xa0°%ªº·،؛؟"
#: The sign for a number, whole or without what stands before its point: Nº, N.º, N°, №.
_NUMBER_SIGNS = frozenset({"nº", "º", "n°", "№"})
#: What stands among Arabic letters only: marks of vowels, a stretched line, the mark between parts.
_AMONG_ARABIC = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200c")
#: Letters that no language of the trade's sheets has, only wrong readings.
_RARE = frozenset("þðÞÐƒ¸ˆ˜")
#: Letters of Turkish, of which no words are known here.
_TURKISH = frozenset("ığşİĞŞ")
#: Encodings that are taken where another does not do as well.
_RARELY = {"cp1254": 0.1, "cp1250": 0.2, "cp850": 0.1}
_KNOWN, _LIKELY, _ODD = 3.0, 0.5, -1.0
#: The best reading makes words of most letters, and the next is that much worse.
_LEAST, _APART = 0.3, 0.05


def in_unicode(content: bytes) -> tuple[bytes, list[FileNote]]:
    """A text in UTF-8, and what is said of its encoding where that had to be found.

    Raises:
        RefusedError: It is no text, or one whose encoding cannot be told.
    """
    text, notes = _decoded(content)
    text, count = mended(text)
    if count:
        notes.append(FileNote("letters-mended", {"count": str(count)}))
    return text.encode("utf-8", "surrogatepass"), notes


def _decoded(content: bytes) -> tuple[str, list[FileNote]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), []
    if wide := _wide(content):
        return _strictly(content, wide), []
    if b"\0" in content:
        raise unreadable("no-text")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        encoding = _declared(content) or _likeliest(content)
    name = EIGHT_BIT.get(encoding, encoding)
    return content.decode(encoding), [FileNote("encoding-found", {"encoding": name})]


def _strictly(content: bytes, encoding: str) -> str:
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


def _declared(content: bytes) -> str | None:
    """What a web page or a file of XML says of itself; Latin 1 is Windows-1252 there."""
    found = _DECLARED.search(content[:_LOOKED_AT_BYTES])
    name = ((found[1] or found[2]) if found else b"").decode("ascii", "ignore").lower()
    encoding = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name)
    try:
        content.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return encoding


def _likeliest(content: bytes) -> str:
    """The encoding of eight bits in which the letters make up words."""
    sample = b"\n".join(
        line[0] for line, _at in zip(_LINES.finditer(content), range(_SAMPLE_LINES), strict=False)
    )[:_SAMPLE_CHARS]
    found = []
    for encoding in EIGHT_BIT:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = sample.decode(encoding)
        found.append((likeness(text) - _RARELY.get(encoding, 0), encoding, text))
    found.sort(key=lambda each: -each[0])
    if not found or found[0][0] < _LEAST:
        raise unreadable("encoding-unknown")
    best, encoding, text = found[0]
    if any(best - score < _APART for score, _encoding, other in found[1:] if other != text):
        raise unreadable("encoding-unclear")
    return encoding


def likeness(text: str) -> float:
    """How much of what is not ASCII makes up words: 3 where all words are known, -1 for noise."""
    words = set(_WORD.findall(text))
    return sum(map(_points, words)) / max(sum(map(_beyond, words)), 1)


def _beyond(word: str) -> int:
    """How many signs are not ASCII."""
    return sum(sign > "\x7f" for sign in word)


def _points(word: str) -> float:
    if word.lower() in _NUMBER_SIGNS:
        return _KNOWN
    core = word.lstrip(_BEFORE).rstrip(_BEHIND)
    if not core or core.isascii():
        return 0.0
    if not _may_be_word(core):
        return _ODD * _beyond(word)
    folded = fold(core)
    if folded in _words():
        return _KNOWN * _beyond(core)
    pairs = [pair for pair in _pairs_of(folded) if not pair.isascii()]
    known = sum(not _TURKISH.isdisjoint(pair) or pair in _pairs() for pair in pairs)
    share = known / max(len(pairs), 1)
    return (_LIKELY + (1 - _LIKELY) * share) * _beyond(core)


def _may_be_word(core: str) -> bool:
    letters = core.replace("'", "").replace("-", "")
    if not all(sign.isalpha() or sign in _AMONG_ARABIC for sign in letters):
        return False
    if _RARE.intersection(letters) or len({_script(sign) for sign in letters}) > 1:
        return False
    return core.isupper() or not any(map(_turns_large, core, core[1:]))


def _turns_large(one: str, two: str) -> bool:
    """Whether a capital letter stands within a word, and not both are of the English alphabet."""
    return two.isupper() and one.isalpha() and not (one + two).isascii()


def _script(letter: str) -> str:
    if letter in _AMONG_ARABIC:
        return "other"
    return "latin" if letter < "\u0370" else "cyrillic" if letter < "\u0530" else "other"


@cache
def _words() -> frozenset[str]:
    """All words beyond ASCII that a sheet is known to hold, folded."""
    return frozenset(word for text in _known_texts() for word in text.split() if not word.isascii())


@cache
def _pairs() -> frozenset[str]:
    """Which letters stand side by side in such words, and at their ends."""
    return frozenset(pair for word in _words() for pair in _pairs_of(word) if not pair.isascii())


def _pairs_of(word: str) -> Sequence[str]:
    return [one + two for one, two in zip(f" {word}", f"{word} ", strict=True)]


def _known_texts() -> Iterator[str]:
    known = vocabulary()
    yield from known.headings
    yield from known.currencies
    for group, texts in known.rows.items():
        if group != "ordinal":  # so short that a word of another alphabet may be read as one
            yield from texts
    for sets in known.words.values():
        for each in sets:
            yield from each.meanings
