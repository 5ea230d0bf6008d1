"""Every text a user reads passes through here, so that it can be translated.

``_()`` is looked up at the moment of use, in the language of the reader, which a door sets
with ``reading_in``. English is the language of the source; catalogues live in
``cva/translations/<language>/LC_MESSAGES/cva.po`` and are read as they are. To add a language
is to add its folder.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[1] / "translations"
SOURCE = "en"

#: The languages a reader can choose, as codes.
LANGUAGES = (SOURCE, *sorted(file.parts[-3] for file in TRANSLATIONS.glob("*/LC_MESSAGES/cva.po")))

#: First strong isolate and its end: what is between keeps its own direction.
_APART, _END_APART = "\u2068", "\u2069"

#: Where a language has no texts here, those who read it read this one.
_READ_TOO = {"be": "ru", "ky": "ru"}

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> catalogues.NullTranslations:
    """A language's texts; what it lacks is shown in English."""
    language = _READ_TOO.get(language, language)
    if language == SOURCE or language not in LANGUAGES:
        return catalogues.NullTranslations()
    compiled = BytesIO()
    with (TRANSLATIONS / language / "LC_MESSAGES" / "cva.po").open("rb") as source:
        write_mo(compiled, read_po(source, language))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def language() -> str:
    """The reader's language, such as ``"en"``."""
    return _language.get()


def name_of(code: str) -> str:
    """What a language calls itself."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def direction() -> str:
    """``"rtl"`` where the reader's language is written from the right, else ``"ltr"``."""
    return Locale.parse(language()).text_direction


def apart(text: str) -> str:
    """A value to put into a sentence: in a language from the right, it keeps its own direction.

    Without it ``L18 (Сумма)`` or ``2025-03-31`` would be shown in another order than typed.
    """
    return f"{_APART}{text}{_END_APART}" if text and direction() == "rtl" else text


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Speak another language within this block."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def N_(text: str) -> str:  # noqa: N802
    """Marks a text for translation that is kept as data; it is translated when it is shown."""
    return text


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural text that fits the count, in the reader's language."""
    return _catalogue(language()).ngettext(one, many, count)
