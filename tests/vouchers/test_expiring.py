"""Vouchers that expired and were expensed at hand-over: what is left of them leaves the book."""

import pytest

from cva.core.errors import CvaError
from cva.programmes.models import VoucherExpense
from cva.vouchers.control_sheet import control
from tests.vouchers.shop import Shop

OUTSTANDING, ASSISTANCE, PAYABLES = "2200", "5010", "2300"


@pytest.fixture
def expired(shop: Shop) -> Shop:
    """Book ``X``, good until 2022-11-30: four handed out, one redeemed, one in part."""
    society = shop.society
    society.programme_id = society.add_programme("X-22", voucher_expense=VoucherExpense.HAND_OVER)
    shop.add_book("X", "X-1", "X-9", face="500", expires="2022-11-30")
    shop.hand_out("X-1", "X-2", "X-3", "X-4")
    shop.claim(("X-1", "2022-11-07", ""), ("X-2", "2022-11-07", "200"))
    return shop


def release(shop: Shop) -> None:
    shop.society.agreed("release_expired", book="X", on="2022-12-01")


def test_what_is_left_of_a_book_is_no_expense_any_more(expired: Shop) -> None:
    society = expired.society
    release(expired)
    assert expired.balances() == {ASSISTANCE: 70000, PAYABLES: -70000}
    (given,) = [
        line.handed_out
        for line in society.see(lambda s: control(s, society.society_id)).lines
        if line.book and line.book.code == "X"
    ]
    assert (given.parts["expired"].pieces, given.parts["expired"].minor) == (3, 130000)
    assert given.holds
    with pytest.raises(CvaError, match="Nothing that expired of book X"):
        society.ask("release_expired", book="X", on="2022-12-02")
    expired.assert_sound()


def test_what_was_taken_in_time_is_paid_when_it_is_claimed_late(expired: Shop) -> None:
    release(expired)
    claim = expired.claim(("X-2", "2022-11-29", ""), ("X-3", "2022-11-29", ""))
    assert expired.balances() == {ASSISTANCE: 150000, PAYABLES: -150000}
    expired.society.agreed("reverse_row", sheet=claim, row=2)
    assert expired.balances() == {ASSISTANCE: 120000, PAYABLES: -120000}
    expired.society.agreed("false_redemption", number="X-3", on="2022-12-05")
    assert expired.balances() == {ASSISTANCE: 70000, PAYABLES: -70000}
    expired.assert_sound()


def test_what_happens_to_one_later_is_not_booked_twice(expired: Shop) -> None:
    society = expired.society
    release(expired)
    before = expired.balances()
    society.agreed("lose_vouchers", first="X-3", on="2022-12-02")
    assert expired.balances() == before
    said = {"number": "X-3", "new_number": "Y-1", "witness": "Vera", "on": "2022-12-03"}
    expired.add_book("Y", "Y-1", "Y-9", face="500")
    society.agreed("replace_voucher", **said)
    assert expired.balances() == {ASSISTANCE: 120000, PAYABLES: -70000, OUTSTANDING: -50000}
    expired.assert_sound()


def test_a_hand_out_that_is_taken_back_after_it_expired_leaves_nothing(expired: Shop) -> None:
    society = expired.society
    sheet_id = expired.hand_out("X-5", day="2022-11-06")
    release(expired)
    before = expired.balances()
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert expired.balances() == before
    expired.assert_sound()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"book": "X", "on": "2022-11-30"}, "have not expired"),
        ({"book": "A", "on": "2023-01-01"}, "Nothing that expired of book A"),
        ({"book": "Q"}, "no book Q"),
    ],
)
def test_what_is_not_to_be_released_is_told(expired: Shop, said: dict[str, str], told: str) -> None:
    with pytest.raises(CvaError, match=told):
        expired.society.ask("release_expired", **said)
