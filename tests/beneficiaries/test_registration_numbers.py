"""Numbers that the ledger gives to people."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cva.beneficiaries.registration_numbers import draw_numbers, is_like_given, number_with
from cva.core.db import transaction
from cva.core.errors import InputError
from cva.core.identifiers import comparable
from cva.core.tenancy import SYSTEM
from cva.societies import service as societies
from tests.makers import AtWork


def _drawn(society: AtWork, count: int) -> list[str]:
    with transaction(society.engine, SYSTEM) as session:
        return draw_numbers(session, society.society_id, count)


def test_numbers_follow_each_other_and_are_given_once(society: AtWork) -> None:
    first, second = _drawn(society, 2), _drawn(society, 1)
    assert [number[:-2] for number in first + second] == [
        "ARC-000001",
        "ARC-000002",
        "ARC-000003",
    ]


def test_a_number_that_a_sheet_of_its_own_gave_is_passed_over(society: AtWork) -> None:
    taken = number_with("ARC", 2)
    society.approved(f"number | name\n{taken.lower()} | Anna Orlova")
    assert _drawn(society, 2) == [number_with("ARC", 1), number_with("ARC", 3)]


def _is_given(number: str) -> bool:
    """Whether a number is the one that the ledger gives for its count."""
    return number_with("KRCS", int(number[5:-2])) == number


@given(some.integers(1, 9_999_999), some.integers(0, 30), some.integers(1, 9))
def test_one_digit_that_is_mistyped_makes_nobodys_number(count: int, at: int, step: int) -> None:
    number = number_with("KRCS", count)
    assert _is_given(number)
    place = 5 + at % (len(number) - 5)
    wrong = str((int(number[place]) + step) % 10)
    assert not _is_given(f"{number[:place]}{wrong}{number[place + 1 :]}")


@given(some.integers(1, 9_999_999), some.integers(0, 30))
def test_two_digits_that_are_turned_make_nobodys_number(count: int, at: int) -> None:
    number = number_with("KRCS", count)
    place = 5 + at % (len(number) - 6)
    turned = f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
    assert _is_given(turned) == (turned == number)


@pytest.mark.parametrize(
    "number", ["RRC-00000183", "rrc00000183", "RRC – 00000183", "RRС-00000183", "(RRC-00000183)*"]
)
def test_a_number_is_like_one_that_the_ledger_gives(number: str) -> None:
    assert is_like_given(comparable(number), "RRC")


@pytest.mark.parametrize(
    "number", ["RRC-17", "R-00000183", "RRC-abc", "RRC-22-027015", "RRC-00098"]
)
def test_a_number_of_another_form_is_its_own(number: str) -> None:
    assert not is_like_given(comparable(number), "RRC")


def test_a_number_like_those_of_the_ledger_that_nobody_has_is_an_error(society: AtWork) -> None:
    given_number = _drawn(society, 3)[0]
    table = "number | name\n{} | Anna Orlova\nR-1 | Boris Lebed"
    sent = society.checked(table.format(given_number.replace("-", " ")))
    assert society.findings(sent) == [(2, "number-not-given")]


def test_a_society_chooses_what_its_numbers_begin_with(society: AtWork) -> None:
    with transaction(society.engine, SYSTEM) as session:
        add = partial(societies.add_society, session, country="KG", currency="KGS", time_zone=None)
        assert add("KR", "One", number_prefix="kr7").number_prefix == "KR7"
        assert add("K-Р.2", "Two").number_prefix == "K2"
        with pytest.raises(InputError):
            add("X", "Three", number_prefix="a-b")
