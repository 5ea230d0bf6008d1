"""Every text is said in every language, and no catalogue says anything else."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from cva.core.i18n import LANGUAGES, SOURCE, TRANSLATIONS
from tests.house.source import PROJECT

_PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


def _found() -> Iterator[str | tuple[str, ...]]:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    mappings: list[dict[str, Any]] = settings["tool"]["babel"]["mappings"]
    for folder in ("cva", "imports"):
        for _file, _line, text, _comments, _context in extract_from_dir(
            PROJECT / folder,
            [(each["pattern"], each["method"]) for each in mappings],
            {each["pattern"]: {"silent": each.get("silent", "true")} for each in mappings},
            {**DEFAULT_KEYWORDS, "N_": None},
        ):
            yield text


@cache
def texts() -> frozenset[str | tuple[str, ...]]:
    """What the source says: a text, or its singular and plural."""
    return frozenset(_found())


@cache
def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "cva.po").open("rb") as source:
        return read_po(source, language)


def said(language: str) -> dict[str | tuple[str, ...], Message]:
    return {text_of(each): each for each in catalogue(language) if each.id}


def text_of(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id or ())


def forms(message: Message) -> tuple[str, ...]:
    said_so = message.string or ""
    return (said_so,) if isinstance(said_so, str) else tuple(said_so)


def placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


@pytest.mark.slow
def test_the_extractor_sees_code_marks_plurals_templates_and_layouts() -> None:
    assert "Sign in first." in texts()
    assert '"{value}" is no amount. Write a number, for example 10000.00.' in texts()
    assert ("… and {count} more", "… and {count} more") in texts()
    assert "CVA ledger" in texts()
    assert "The amount, above zero." in texts()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    known = said(language)
    missing = [text for text in texts() if text not in known or not all(forms(known[text]))]
    assert missing == [], "docs/development.md says how to add a translation"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_catalogue_says_what_the_source_does_not(language: str) -> None:
    assert set(said(language)) - texts() == set()
    assert list(catalogue(language).obsolete) == []
    assert [each.id for each in catalogue(language) if each.id and each.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    """A form that is for one number only, such as the dual, may leave it to a word."""
    numbers = numbers_of_forms(language)
    wrong = []
    for text, message in said(language).items():
        needed = placeholders(text if isinstance(text, str) else text[-1])
        counts = numbers if message.pluralizable else [0]
        for form, count in zip(forms(message), counts, strict=True):
            names = placeholders(form)
            if names != needed and not (count == 1 and set(names) < set(needed)):
                wrong.append(form)
    assert wrong == []


def numbers_of_forms(language: str) -> list[int]:
    """How many numbers from 1 on each form is for."""
    ours = catalogue(language)
    counted = Counter(c2py(ours.plural_expr)(number) for number in range(1, 1_000))
    return [counted[form] or 1 for form in range(ours.num_plurals)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_are_those_of_the_language(language: str) -> None:
    """The formula parts numbers as Unicode's own data do, and every form is there."""
    ours, theirs = catalogue(language), Locale.parse(language).plural_form
    plural = c2py(ours.plural_expr)
    used = {(plural(number), theirs(number)) for number in range(1_000)}
    assert len(used) == len({form for form, _name in used}) == ours.num_plurals
    wrong = [
        text_of(message)
        for message in ours
        if message.pluralizable and len(forms(message)) != ours.num_plurals
    ]
    assert wrong == []
