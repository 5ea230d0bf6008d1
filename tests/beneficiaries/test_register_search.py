"""People of the register found by keyed tokens, on both databases."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlmodel import select

from cva.beneficiaries.matching.facts import LikenessDoubt, Rule, facts_of
from cva.beneficiaries.matching.register_search import MOST_SHARING, Match, match_rows
from cva.beneficiaries.models import Beneficiary, NameToken
from cva.beneficiaries.service import NewPerson, register
from cva.core.db import transaction
from cva.core.tenancy import SYSTEM
from tests.makers import AtWork

PETR = {"full_name": "Иванов Пётр Ильич", "id_number": "AN 1234567", "settlement": "Ак-Суу"}
ANNA = {"full_name": "Orlova Anna", "phone": "+996700123456", "settlement": "Тюп"}


def _registered(society: AtWork, *people: Mapping[str, str]) -> dict[str, int]:
    """Register people under the numbers R-1, R-2 ...; return their ids by comparable number."""
    new = [
        NewPerson(f"R-{at}", at, values, date(2026, 11, 1)) for at, values in enumerate(people, 1)
    ]
    with transaction(society.engine, SYSTEM) as session:
        return register(session, society.society_id, 1, new)


def _matched(society: AtWork, *rows: Mapping[str, str]) -> list[Match]:
    facts = [facts_of(row) for row in rows]
    with transaction(society.engine, SYSTEM) as session:
        return match_rows(session, society.society_id, facts)


def test_rows_find_their_records(society: AtWork) -> None:
    ids = _registered(society, PETR, ANNA)
    petr, anna = ids["r-1"], ids["r-2"]
    found = _matched(
        society,
        {"full_name": "Иванов Петр", "id_number": "an1234567"},
        {"full_name": "Anna Orlova", "phone": "+996700123456"},
        {"full_name": "Anna Orlova"},
        {"full_name": "Иваонв Пётр Ильич", "settlement": "ак суу"},
        {"full_name": "Орлова Анна", "settlement": "Тюп"},
        {"full_name": "Nobody Known", "phone": "+996700123456"},
    )
    assert [(one.person_id, one.rule, one.doubts) for one in found] == [
        (petr, Rule.DOCUMENT, None),
        (anna, Rule.PHONE, None),
        (None, None, {anna: LikenessDoubt.NAME}),
        (None, None, {petr: LikenessDoubt.SPELLING}),
        (None, None, {anna: LikenessDoubt.SPELLING}),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("known", "rows"),
    [
        ("سميرة حسن الزبون", ["Samira Hassan Al-Zboun", "Samira Hasan Alzboun"]),
        ("Khaled Yousef Al-Amoush", ["Khalid Yusuf Alamush", "خالد يوسف العموش"]),
        ("Жумабаева Гүлнара", ["Джумабаева Гульнара", "Jumabaeva Gulnara", "Djumabaeva Gulnara"]),
        ("عبد الرحمن قاسم", ["Abdulrahman Qasim", "Kasem Abdel Rahman"]),
    ],
)
def test_a_name_in_another_spelling_or_script_is_asked_about(
    society: AtWork, known: str, rows: list[str]
) -> None:
    record = _registered(society, {"full_name": known, "settlement": "بلعما"})["r-1"]
    asked = {record: LikenessDoubt.SPELLING}
    bare = [{"full_name": name} for name in rows]
    placed = [{"full_name": name, "settlement": "Balama"} for name in rows]
    assert [found.doubts for found in _matched(society, *bare, *placed)] == [asked] * len(rows) * 2


def test_a_longer_word_of_a_name_in_the_same_village_is_asked_about(society: AtWork) -> None:
    record = _registered(society, {"full_name": "Aishatu Bello", "settlement": "Dasin"})["r-1"]
    rows = [{"full_name": "Bello Aisha", "settlement": place} for place in ("DASIN", "Loko")]
    found = _matched(society, *rows)
    assert [one.doubts for one in found] == [{record: LikenessDoubt.SPELLING}, None]


def test_a_record_that_was_merged_stands_for_the_other(society: AtWork) -> None:
    ids = _registered(society, PETR, ANNA)
    with transaction(society.engine, SYSTEM) as session:
        merged = session.exec(select(Beneficiary).where(Beneficiary.id == ids["r-2"])).one()
        merged.merged_into_id = ids["r-1"]
    [found] = _matched(society, ANNA)
    assert found.person_id == ids["r-1"]


def test_a_namesake_of_another_society_is_not_found(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    _registered(there, PETR, ANNA)
    assert [one.doubts for one in _matched(here, PETR, ANNA)] == [None, None]
    with transaction(here.engine, SYSTEM) as session:
        before = set(session.exec(select(NameToken.token)))
    _registered(here, PETR, ANNA)
    with transaction(here.engine, SYSTEM) as session:
        tokens = list(session.exec(select(NameToken.token)))
    assert len(tokens) == 2 * len(before) == len(set(tokens))


def test_parts_that_very_many_share_are_passed_over(society: AtWork) -> None:
    names = [{"full_name": f"Anna Ivanova K{letter}rl"} for letter in "abcdefghijklmnopqrstuv"]
    assert len(names) > MOST_SHARING
    ids = _registered(society, *names, {"full_name": "Anna Petrova"})
    alike, exact = _matched(
        society, {"full_name": "Anna Ivanova"}, {"full_name": "Ivanova Karl Anna"}
    )
    assert alike.doubts is None
    assert exact.doubts == {ids["r-1"]: LikenessDoubt.NAME}
