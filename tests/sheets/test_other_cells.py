import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.sheets.cells.other_cells import read_count, read_identifier, read_name, read_phone
from cva.sheets.cells.word_cells import WordReader
from cva.sheets.files.parsed_workbook import Value
from cva.sheets.findings.finding import Finding, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  X-006\u00a0", "X-006"),
        ("\u200bX-006\u200f", "X-006"),
        ("007", "007"),
        (7.0, "7"),
        (123456789012345.0, "123456789012345"),
        ("۱۲۳", "123"),
        ("1E5", "1E5"),
        ("", None),
    ],
)
def test_an_identifier_stays_text(value: Value, text: str | None) -> None:
    found = read_identifier(value)
    assert (found.value, found.problem) == (text, None)


@pytest.mark.parametrize(
    "value",
    ["2.54708E+11", "2,54708E+11", 2.54708e11 + 0.5, 1.23456789012345e17, float("nan"),
     dt.date(2025, 1, 2)],
)  # fmt: skip
def test_a_number_that_excel_damaged_is_told(value: Value) -> None:
    assert read_identifier(value).problem == "number-damaged"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (dt.date(2025, 1, 2), "a date or a time"),
        (12.5, "no whole number"),
        ("2E+11", "long number"),
    ],
)
def test_what_excel_made_of_a_number_is_said_as_it_is(value: Value, said: str) -> None:
    found = read_identifier(value)
    told = Finding("error", found.problem or "", value=str(value), details=dict(found.details))
    assert said in text_of(told)


def test_a_long_identifier_is_refused() -> None:
    assert read_identifier("9" * 101).problem == "text-too-long"


def test_names_are_composed_and_their_blanks_folded() -> None:
    assert read_name("  Ковале\u0308ва \n Юлия ").value == "Ковалёва Юлия"
    assert read_name("\u200fزهرا\u200c محمدی").value == "زهرا\u200c محمدی"


@pytest.mark.parametrize(("value", "number"), [(3.0, 3), ("٤", 4), ("12", 12), (0, 0)])
def test_whole_numbers_are_read(value: Value, number: int) -> None:
    assert read_count(value).value == number


@pytest.mark.parametrize("value", ["3.5", 3.5, "many", -1, True, float("nan"), "9" * 40, "²"])
def test_what_is_no_whole_number_is_told(value: Value) -> None:
    assert read_count(value).problem == "value-unknown"


@pytest.mark.parametrize(
    ("value", "country", "phone"),
    [
        ("+20 100 000 0001", None, "+201000000001"),
        ("0020 100 000 0001", None, "+201000000001"),
        ("٠١٠٠٠٠٠٠٠٠١", "EG", "+201000000001"),
        (79161234567.0, "RU", "+79161234567"),
        ("01000000001", None, None),
    ],
)
def test_phones_are_kept_as_they_are_dialled(
    value: Value, country: str | None, phone: str | None
) -> None:
    found = read_phone(value, country)
    assert (found.value, found.problem) == (phone, None)


def test_a_number_that_nobody_can_dial_is_told() -> None:
    assert read_phone("+20 1", None).problem == "value-unknown"
    assert read_phone("2.01E+11", "EG").problem == "number-damaged"


def words(*column: str, group: str = "sex", languages: str = "en", heading: str = "") -> list[str]:
    reader = WordReader(group, column, frozenset(languages.split()), heading)
    return [str(reader.read(text).value or reader.read(text).problem) for text in column]


def test_m_is_male_beside_f_and_a_woman_beside_h() -> None:
    assert words("m", "f") == ["male", "female"]
    assert words("m", "h", languages="es") == ["female", "male"]
    assert words("F", "H", languages="fr") == ["female", "male"]


def test_a_lone_m_is_settled_by_the_heading_or_not_at_all() -> None:
    assert words("m", heading="Sexo (H/M)", languages="es") == ["female"]
    assert words("m", languages="es") == ["value-unknown"]
    assert words("m", languages="en") == ["male"]


def test_words_of_many_languages_are_read() -> None:
    assert words("Ж ", "муж.", "أنثى", "аял", "زن") == [
        "female", "male", "female", "female", "female",
    ]  # fmt: skip


def test_receipts_are_marked_in_many_ways() -> None:
    marks = ("yes", "НЕТ", "неявка", "✓", "غائب", "Paid", "rejected", "?")
    assert words(*marks, group="receipt", languages="en ru") == [
        "yes", "no", "no", "yes", "no", "yes", "no", "value-unknown",
    ]  # fmt: skip


@given(st.text(max_size=20))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    read_identifier(text)
    read_name(text)
    read_count(text)
    read_phone(text, "EG")
    words(text, group="receipt")
