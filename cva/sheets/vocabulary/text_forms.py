"""How texts are made alike before they are compared, and clean before they are kept."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = str.maketrans(
    "يىئكةۀأإآٱؤё", "یییکههااااوе", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
)
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "،": " "}
    | dict.fromkeys('*()[]{}:;,?!؟«»"“”', " ")
)
_DOTS = re.compile(r"\.+(?=\s|$)|(?<=\D)\.(?=\D)")
_SLASHES = re.compile(r"\s*([/\\])\s*")
#: Joiners inside a Persian or Indic word are spelling; all other format signs are noise.
_JOINERS = "\u200c\u200d"
_BLANKS = re.compile(r"\s+")
_ORDINARY = re.compile(r"[\x20-\x7e\u00c0-\u02af\u0400-\u04ff№]*")
_DIGITS = {
    ord(sign): str(unicodedata.digit(sign))
    for start in (0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x1040, 0x17E0, 0xFF10)
    for sign in map(chr, range(start, start + 10))
}


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
_TURNS = re.compile("[\u202d\u202e]")


def is_turned(text: str) -> bool:
    """Whether it is shown in another order than it is written in, digits too."""
    return not text.isascii() and _TURNS.search(text) is not None


#: Signs of the mark of a note, as they stand behind a number.
_NOTE_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⁱⁿ⁺⁽⁾₍₎ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_NOTE_MARK = re.compile(rf"\d\s?[{_NOTE_SIGNS}]")


def has_note_mark(text: str) -> bool:
    """Whether a raised or lowered sign stands behind a number, like the mark of a note."""
    return _NOTE_MARK.search(text) is not None


def without_note_mark(text: str) -> str:
    """A heading without the mark of a note behind its words."""
    return text if text.isascii() else text.rstrip(f"{_NOTE_SIGNS} ")


def ascii_digits(text: str) -> str:
    """The text with the digits of any script as 0 to 9."""
    return text if text.isascii() else text.translate(_DIGITS)


def plain_digits(text: str) -> str:
    """The text without invisible signs, with the digits of any script as 0 to 9."""
    return ascii_digits(_INVISIBLE.sub("", text))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """One form for all spellings of a heading or a word.

    Case, brackets, colons, commas, stars, dots after words, line breaks, invisible marks and
    the variants of Arabic and Persian letters make no difference; "№" stays what it is.
    """
    plain = "№".join(unicodedata.normalize("NFKC", part) for part in text.split("№"))
    plain = _unmarked(plain).casefold().translate(_LETTERS).translate(_SIGNS)
    plain = _SLASHES.sub(r"\1", _DOTS.sub(" ", plain))
    if not plain.lstrip().startswith("_"):
        plain = plain.replace("_", " ")
    return _BLANKS.sub(" ", plain).strip()


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of many texts, folded in one go; signs other than dots are left on them."""
    text = " ".join(texts).casefold().replace(".", " ")
    if text.isascii():
        return frozenset(text.split())
    text = unicodedata.normalize("NFKC", text)
    for letter, other in _LETTERS.items():  # faster than to translate each sign of it
        text = text.replace(chr(letter), chr(other) if isinstance(other, int) else "")
    return frozenset(text.split())


def _unmarked(text: str, kept: str = "") -> str:
    if _ORDINARY.fullmatch(text):
        return text
    return "".join(
        sign
        for sign in text
        if sign in kept
        or unicodedata.category(sign) not in {"Cf", "Cc", "Cs", "Co", "Cn"}
        or sign in "\t\n\r"
    )


def name(text: str) -> str:
    """A name or remark to keep: composed, blanks folded, else as typed."""
    if _ORDINARY.fullmatch(text) and "  " not in text:
        return unicodedata.normalize("NFC", text.strip())
    clean = _unmarked(unicodedata.normalize("NFC", text), _JOINERS)
    return _BLANKS.sub(" ", clean).strip(" \u200c\u200d")


def identifier(text: str) -> str:
    """A number of a person, voucher or payment: no invisible marks, ASCII digits."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _BLANKS.sub(" ", ascii_digits(_unmarked(unicodedata.normalize("NFC", text)))).strip()
