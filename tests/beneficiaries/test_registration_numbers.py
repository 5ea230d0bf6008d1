"""Numbers that the ledger gives to people."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cva.beneficiaries.registration_numbers import draw_numbers, is_mistyped, number_with
from cva.core.db import transaction
from cva.core.errors import InputError
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


@given(some.integers(1, 9_999_999), some.integers(0, 30), some.integers(1, 9))
def test_one_digit_that_is_mistyped_is_found(count: int, at: int, step: int) -> None:
    number = number_with("KRCS", count)
    assert not is_mistyped(number.casefold(), "KRCS")
    place = 5 + at % (len(number) - 5)
    wrong = str((int(number[place]) + step) % 10)
    assert is_mistyped(f"{number[:place]}{wrong}{number[place + 1 :]}".casefold(), "KRCS")


@given(some.integers(1, 9_999_999), some.integers(0, 30))
def test_two_digits_that_are_turned_are_found(count: int, at: int) -> None:
    number = number_with("KRCS", count)
    place = 5 + at % (len(number) - 6)
    turned = f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
    assert is_mistyped(turned.casefold(), "KRCS") == (turned != number)


@pytest.mark.parametrize("number", ["rrc-17", "r-00000183", "rrc-abc", "rrc00000183"])
def test_a_number_of_another_shape_is_not_judged(number: str) -> None:
    assert not is_mistyped(number, "RRC")


def test_a_society_chooses_what_its_numbers_begin_with(society: AtWork) -> None:
    with transaction(society.engine, SYSTEM) as session:
        add = partial(societies.add_society, session, country="KG", currency="KGS", time_zone=None)
        assert add("KR", "One", number_prefix="kr7").number_prefix == "KR7"
        assert add("K-Р.2", "Two").number_prefix == "K2"
        with pytest.raises(InputError):
            add("X", "Three", number_prefix="a-b")
