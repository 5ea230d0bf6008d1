"""Findings and questions in the language of the sender."""

import re
from collections.abc import Iterator

import pytest

from cva.core.i18n import LANGUAGES, SOURCE, direction, reading_in
from cva.sheets.findings.catalogue import CATALOGUE, ELSEWHERE
from cva.sheets.findings.finding import Finding, message, title
from cva.sheets.findings.refusal_texts import REASONS
from cva.sheets.vocabulary.questions import Question

ISOLATES = "\u2068\u2069"
L18 = Finding(
    "error",
    "amount-unreadable",
    sheet="Ведомость",
    cell="L18",
    row=18,
    heading="Сумма, руб.",
    value="десять тысяч",
)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    code = str(request.param)
    with reading_in(code):
        yield code


def plainly(text: str) -> str:
    return text.translate({ord(sign): None for sign in ISOLATES})


def in_english(finding: Finding) -> str:
    with reading_in(SOURCE):
        return message(finding)


def test_the_message_in_english_stays_as_it_is() -> None:
    assert message(L18) == (
        'Sheet "Ведомость", cell L18 (Сумма, руб.): "десять тысяч" is no amount. '
        "Write a number, for example 10000.00."
    )


def test_the_message_in_russian() -> None:
    with reading_in("ru"):
        assert message(L18) == (
            "Лист «Ведомость», ячейка L18 (Сумма, руб.): «десять тысяч» — это не сумма. "
            "Напишите число, например 10000.00."
        )


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_is_said_in_every_language(language: str, code: str) -> None:
    names = re.findall(r"\{(\w+)\}", CATALOGUE[code].template)
    values = {name: f"<{name}>" for name in names}
    finding = Finding("error", code, sheet="S", cell="B2", value="<value>", details=values)
    said = message(finding)
    assert "{" not in said
    assert [value for value in values.values() if value not in plainly(said)] == []
    assert title(code)
    if language != SOURCE:
        assert said != in_english(finding)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("code", ELSEWHERE)
def test_a_row_of_another_sheet_is_named(code: str) -> None:
    details = {"sheet_id": "17", "first_row": "17", "other_row": "4", "day": "2025-03-04"}
    said = plainly(message(Finding("error", code, value="A-4", details=details)))
    assert "17" in said
    assert "4" in said
    assert "{" not in said


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_in_every_language(language: str, reason: str) -> None:
    details = {
        "reason": reason,
        "part": "<part>",
        "limit": "<limit>",
        "had": "<had>",
        "words": "<words>",
    }
    finding = Finding("error", "workbook-unreadable", details=details)
    said = message(finding)
    assert "{" not in said
    named = re.findall(r"\{(\w+)\}", REASONS[reason])
    assert [name for name in named if f"<{name}>" not in said] == []
    if language != SOURCE:
        assert said != in_english(finding)


@pytest.mark.parametrize("choice", ["sheet", "currency", "date_order", "decimal_mark", "column:C"])
def test_every_question_is_asked_in_every_language(language: str, choice: str) -> None:
    question = Question(choice, (), heading="Сумма")
    said = question.message
    assert "{" not in said
    with reading_in(SOURCE):
        assert (said == question.message) == (language == SOURCE)


@pytest.mark.usefixtures("language")
def test_what_was_typed_keeps_its_own_direction() -> None:
    said = message(L18)
    assert ("\u2068L18\u2069" in said) == (direction() == "rtl")
    assert ("\u2068десять тысяч\u2069" in said) == (direction() == "rtl")
    assert said.count("\u2068") == said.count("\u2069")


def test_a_column_is_called_as_the_reader_would_head_it(language: str) -> None:
    names = {"en": "Distribution date", "ru": "Дата выдачи", "fr": "Date de distribution"}
    names |= {"es": "Fecha de distribución", "ar": "تاريخ التوزيع", "fa": "تاریخ توزیع"}
    details = {"fields": "registration_no/full_name; distribution_date"}
    said = message(Finding("error", "column-missing", details=details))
    assert names[language] in said
    assert "_" not in said
