import tomllib
from pathlib import Path
from typing import Any

import pytest

from cva.core.money import MINOR_DIGITS
from cva.sheets.recognition.card_numbers import OF_CARDS, OF_TOKENS
from cva.sheets.recognition.headings import meaning, tagged
from cva.sheets.vocabulary.layouts import kind_names, kind_of, layout_of
from cva.sheets.vocabulary.word_lists import imports_folder, vocabulary

LANGUAGES = sorted((imports_folder() / "headings").glob("*.toml"))
TYPES = {"identifier", "name", "text", "date", "amount", "currency", "phone", "whole_number",
         "approval", "ignored", "words:sex", "words:modality", "words:delivery_mechanism",
         "words:receipt", "words:payment_status", "words:mark_kind"}  # fmt: skip

#: Texts that mean two fields in two places; they are settled by the other columns or asked.
AMBIGUOUS = {"cash received", "استلم", "name", "no", "number", "code", "id", "code ménage",
             "county", "estado", "locality", "шаар",
             "المنطقه", "کد خانوار", "کود الاسره",
             "beneficiary", "recipient", "head of household", "head of family", "nome",
             "document", "documento", "документ", "дакумент", "id document", "identity document",
             "document d'identité", "pièce d'identité", "документ удостоверяющий личность",
             "الهویه", "وثیقه التعریف", "اثبات الشخصیه"}  # fmt: skip


def fields() -> set[str]:
    return {name for kind in kind_names() for name in layout_of(kind).types}


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_language_speaks_of_fields_that_exist(path: Path) -> None:
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    assert data["language"] == path.stem
    named = {name for names in data.get("ambiguous", {}).values() for name in names}
    assert set(data["headings"]) | named <= fields()
    assert set(data.get("currency", {})) <= {*MINOR_DIGITS, "IRT"}


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_every_heading_is_found_again(path: Path) -> None:
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for name, texts in data["headings"].items():
        for text in texts:
            found = tagged(text) if path.stem == "hxl" else meaning(text).fields
            assert found == name or name in (found or "")


def test_no_heading_is_ambiguous_by_accident() -> None:
    several = {text: set(names) for text, names in vocabulary().headings.items() if len(names) > 1}
    found = {
        text for text, names in several.items() if not names >= OF_CARDS and names != OF_TOKENS
    }
    assert found == AMBIGUOUS


@pytest.mark.parametrize("kind", kind_names())
def test_a_layout_requires_fields_that_it_has(kind: str) -> None:
    layout = layout_of(kind)
    assert {name for group in layout.required for name in group} <= set(layout.types)
    assert set(layout.types.values()) <= TYPES
    assert all(layout.helps.values())


@pytest.mark.parametrize("kind", kind_names())
def test_a_kind_is_known_by_its_fields(kind: str) -> None:
    assert kind_of(frozenset(layout_of(kind).types)) in kind_names()
    first = frozenset(group[0] for group in layout_of(kind).required)
    assert kind_of(first) == kind


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Registration\nnumber *", "registration_no"),
        ("РЕГ.№", "registration_no"),
        ("Сумма, руб.", "amount"),
        ("Amount (USD)", "amount"),
        ("Сумма в рублях", "amount"),
        ("مبلغ به تومان", "amount"),
        ("مبلغ‌ (ريال)", "amount"),
        ("identity/Registration number", "registration_no"),
        ("Дата рождения (ДД.ММ.ГГГГ):", "date_of_birth"),
        ("  Учетный  номер ", "registration_no"),
        ("رقم الهاتف\u200f", "phone"),
        ("household_size", "household_size"),
    ],
)
def test_spellings_of_a_heading_are_one(heading: str, field: str) -> None:
    assert meaning(heading).fields == {field}


@pytest.mark.parametrize("heading", ["", "alpha", "needs/food", "2025", "###"])
def test_what_is_no_heading_means_nothing(heading: str) -> None:
    assert not meaning(heading).fields
