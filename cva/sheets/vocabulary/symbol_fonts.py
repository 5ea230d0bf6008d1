"""Letters that are shown as boxes and ticks by fonts of signs."""

from collections.abc import Mapping

#: By font, in small letters, the sign that is seen instead of a letter.
SIGNS: Mapping[str, Mapping[str, str]] = {
    "wingdings": {
        **dict.fromkeys("ü", "✓"),
        **dict.fromkeys("û", "✗"),
        **dict.fromkeys("þ", "☑"),
        **dict.fromkeys("ýx", "☒"),
        **dict.fromkeys("o¨qr", "☐"),
    },
    "wingdings 2": {
        **dict.fromkeys("P", "✓"),
        **dict.fromkeys("OÎÏ", "✗"),
        **dict.fromkeys("R", "☑"),
        **dict.fromkeys("QTSV", "☒"),
        **dict.fromkeys("£", "☐"),
    },
    "webdings": {**dict.fromkeys("a", "✓"), **dict.fromkeys("r", "✗"), **dict.fromkeys("cg", "☐")},
}
#: Where Office keeps the signs of such a font, 0xF000 above their letters.
_PRIVATE = 0xF000


def sign_of(text: str, font: str) -> str | None:
    """What is seen of a text in a font; None where it is not known."""
    return SIGNS.get(font.casefold(), {}).get(_plain(text.strip()))


def may_be_signs(texts: frozenset[str]) -> bool:
    """Whether the texts of a column are boxes and ticks if their font, which is not seen, has them.

    One letter alone may be anything; two letters of one font are seldom anything else.
    """
    plain = frozenset(map(_plain, texts))
    if plain != texts:
        return True
    return len(plain) > 1 and any(plain <= letters.keys() for letters in SIGNS.values())


def _plain(text: str) -> str:
    at = ord(text) if len(text) == 1 else 0
    return chr(at - _PRIVATE) if _PRIVATE <= at <= _PRIVATE + 0xFF else text
