"""What a template writes in each language: its headings, the words to choose from, its lines."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from cva.core.i18n import gettext as _
from cva.core.money import digits_of
from cva.sheets.cells.amount_cells import COMMA, POINT, THOUSANDS
from cva.sheets.cells.word_cells import WordReader
from cva.sheets.vocabulary.layouts import Layout, layout_of
from cva.sheets.vocabulary.word_lists import imports_folder

#: Is written behind the heading of a column that every row needs, on the same line; not read.
STAR = "\xa0*"
_MONEY = "amount"


@cache
def languages() -> tuple[str, ...]:
    """The languages that templates are written in; English first."""
    found = [path.stem for path in (imports_folder() / "headings").glob("*.toml")]
    written = [one for one in found if _data(one).get("template")]
    return tuple(sorted(written, key=lambda language: (language != "en", language)))


@cache
def _data(language: str) -> dict[str, Any]:
    path = imports_folder() / "headings" / f"{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def heading(language: str, layout: Layout, field: str, currency: str) -> str:
    """The heading of a column, such as "Amount (KES) *"."""
    data = _data(language)
    text = data["template"]["headings"].get(f"{layout.kind}.{field}") or data["headings"][field][0]
    if layout.types[field] == _MONEY:
        text = f"{text} ({currency})"
    return f"{text}{STAR}" if is_required(layout, field) else str(text)


def heading_in_list(language: str, layout: Layout, field: str, currency: str | None) -> str:
    """The heading of a column of a field list; without a currency there are pieces in it.

    None has a star: for a person who did not receive, no other cell is filled in.
    """
    own = _data(language)["template"]["headings"].get(f"field_list.{field}")
    if own is None and field != "planned_amount":
        return heading(language, layout, field, currency or "").removesuffix(STAR)
    text = own or _data(language)["headings"][field][0]
    return f"{text} ({currency})" if currency else str(text)


def signature_word(language: str) -> str:
    """What begins the block of signatures, so that reading ends there."""
    return _first_of_rows(language, "signature")


def is_required(layout: Layout, field: str) -> bool:
    """Whether every row needs this column; not so where another column would do as well."""
    return any(
        field in group and not (set(group) - {field}) & set(layout.template)
        for group in layout.required
    )


@cache
def offered(language: str, group: str) -> Mapping[str, str]:
    """The words to choose from, each with what it is read as."""
    words: list[str] = _data(language)["template"]["words"][group]
    reader = WordReader(group, words, frozenset({language}))
    return {word: str(reader.read(word).value) for word in words}


def total_word(language: str) -> str:
    """What begins the total row."""
    return _first_of_rows(language, "total")


def _first_of_rows(language: str, group: str) -> str:
    text: str = _data(language)["rows"][group][0]
    return text[:1].upper() + text[1:]


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from the right."""
    return bool(Locale.parse(language).text_direction == "rtl")


def decimal_mark(language: str, country: str, currency: str) -> str | None:
    """What "1.234" would mean to the person who fills in; None where the currency alone decides."""
    if digits_of(currency) in {0, THOUSANDS}:
        return None
    try:
        locale = Locale.parse(f"{language}_{country}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    return COMMA if get_decimal_symbol(locale, numbering_system="latn") == "," else POINT


def how_to_fill_in(kind: str) -> str:
    """What a row is about, and what not to touch."""
    rest = _("Rows you do not need stay blank. Columns with a star (*) must be filled in.")
    return f"{_(layout_of(kind).row)} {rest}"


def how_to_write() -> str:
    """How days and locked cells are to be taken."""
    return _("Write days as year-month-day, for example 2025-03-31. Grey cells are locked.")
