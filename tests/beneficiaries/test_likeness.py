"""When two records are the same person, may be, or are two: by document, telephone and name."""

import pytest

from cva.beneficiaries.matching.facts import Facts, LikenessDoubt, Rule, facts_of, liken
from cva.beneficiaries.matching.register_search import decide

KNOWN = {
    "full_name": "Иванов Пётр Ильич",
    "id_number": "AN 1234567",
    "phone": "+996700123456",
    "date_of_birth": "1980-05-17",
    "sex": "male",
    "settlement": "Ак-Суу",
}


def _row(**changed: str | None) -> Facts:
    return facts_of({key: value for key, value in (KNOWN | changed).items() if value})


def _only(*names: str, **changed: str) -> Facts:
    return facts_of({name: KNOWN[name] for name in names} | changed)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (_row(), Rule.DOCUMENT),
        (_row(id_number="AN-1234567", phone="+996555000000"), Rule.DOCUMENT),
        (_row(full_name="Иванов Петр"), Rule.DOCUMENT),
        (_only("id_number"), Rule.DOCUMENT),
        (_row(id_number=None), Rule.PHONE),
        (_row(id_number=None, phone=None), Rule.BIRTH_OR_HOUSEHOLD),
        (_row(full_name="Сидорова Анна"), LikenessDoubt.DOCUMENT),
        (_row(date_of_birth="1991-01-02"), LikenessDoubt.DOCUMENT),
        (_row(id_number="AN1234568"), LikenessDoubt.DETAILS),
        (_row(id_number="XX7654321"), LikenessDoubt.DETAILS),
        (_row(id_number=None, sex="female"), LikenessDoubt.DETAILS),
        (_row(id_number=None, full_name="Иваонв Пётр Ильич"), LikenessDoubt.SPELLING),
        (_only("full_name", settlement="Ак-Суу"), LikenessDoubt.NAME),
        (_only("full_name"), LikenessDoubt.NAME),
        (_only("phone"), LikenessDoubt.PHONE),
        (_only("full_name", date_of_birth="1980-05-11"), LikenessDoubt.NAME),
        (_only("settlement", full_name="Ivanov Petr Ilich"), LikenessDoubt.SPELLING),
        (_only(full_name="Ivanov Petr Ilich", phone="+996555000000"), LikenessDoubt.SPELLING),
        (_only("full_name", settlement="Тюп"), None),
        (_only("full_name", date_of_birth="1999-12-31"), None),
        (_only("phone", full_name="Сидорова Анна"), None),
        (_row(id_number=None, phone=None, full_name="Сидорова Анна"), None),
    ],
)
def test_how_a_row_compares_with_a_record(row: Facts, found: Rule | LikenessDoubt | None) -> None:
    assert liken(row, _row()) == liken(_row(), row) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Ак-Суу", LikenessDoubt.NAME),
        ("с. Ак Суу", LikenessDoubt.NAME),
        ("Ак-Су", LikenessDoubt.NAME),
        ("Ak-Suu", LikenessDoubt.NAME),
        ("آق سو", LikenessDoubt.NAME),
        ("", LikenessDoubt.NAME),
        ("Тюп", None),
        ("Каракол", None),
    ],
)
def test_a_village_in_another_spelling_or_alphabet_is_no_other_one(
    place: str, found: LikenessDoubt | None
) -> None:
    record = _only("full_name", "settlement")
    row = _only("full_name", settlement=place)
    assert liken(row, record) == liken(record, row) == found


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"settlement": "Dasin"}, LikenessDoubt.SPELLING),
        ({"settlement": "Loko"}, None),
        ({}, None),
        ({"phone": "+2348031234504"}, LikenessDoubt.SPELLING),
        ({"id_number": "AN 7654321"}, LikenessDoubt.DOCUMENT),
    ],
)
def test_a_longer_word_in_a_name_is_asked_about_where_more_is_the_same(
    record: dict[str, str], found: LikenessDoubt | None
) -> None:
    known = {"phone": "+2348031234504", "id_number": "AN7654321", "settlement": "Dasin"}
    row = {name: known[name] for name in {*record, "settlement"}}
    one, other = (
        facts_of(row | {"full_name": "Aisha Bello"}),
        facts_of(record | {"full_name": "Aishatu Bello"}),
    )
    assert liken(one, other) == liken(other, one) == found


def test_members_of_one_household_are_known_by_its_number_and_their_name() -> None:
    home = {"household_id": "H-17", "settlement": "Тюп"}
    one = facts_of(home | {"full_name": "Иванов Пётр"})
    assert liken(one, facts_of(home | {"full_name": "Иванов Пётр"})) == Rule.BIRTH_OR_HOUSEHOLD
    assert liken(one, facts_of(home | {"full_name": "Сидорова Анна"})) is None
    elsewhere = facts_of(home | {"full_name": "Иванов Пётр", "settlement": "Ак-Суу"})
    assert liken(one, elsewhere) is None


def test_a_surer_rule_goes_before_the_others() -> None:
    by_phone = _only("full_name", "phone")
    assert decide(_row(), [(7, by_phone), (8, _row(phone=None))]).person_id == 8


def test_two_records_by_one_rule_are_a_question() -> None:
    found = decide(_row(), [(7, _row(phone=None)), (8, _row())])
    assert found.person_id is None
    assert found.doubts == {7: LikenessDoubt.DETAILS, 8: LikenessDoubt.DETAILS}


def test_the_document_of_somebody_else_is_asked_about_although_the_telephone_fits() -> None:
    record = _only("id_number", full_name="Сидорова Анна")
    found = decide(_row(), [(7, record), (8, _only("full_name", "phone"))])
    assert found.person_id is None
    assert found.doubts == {7: LikenessDoubt.DOCUMENT, 8: LikenessDoubt.DETAILS}


def test_two_numbers_of_one_person_are_one_person() -> None:
    assert decide(_row(), [(7, _row(phone=None)), (7, _row())]).person_id == 7
