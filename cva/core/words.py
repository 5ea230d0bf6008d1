"""Every text a user reads passes through here, so that it can be translated.

``_()`` is looked up at the moment of use, in the language of the reader, which a door sets
with ``reading_in``. English is the language of the source; catalogues live in
``cva/translations/<language>/LC_MESSAGES/cva.mo``.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

TRANSLATIONS = Path(__file__).parents[1] / "translations"

_language: ContextVar[str] = ContextVar("language", default="en")


@lru_cache(maxsize=32)
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("cva", str(TRANSLATIONS), [language], fallback=True)


def language() -> str:
    """The reader's language, such as ``"en"``."""
    return _language.get()


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Speak another language within this block."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural text that fits the count, in the reader's language."""
    return _catalogue(language()).ngettext(one, many, count)
