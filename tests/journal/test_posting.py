"""Posting: balanced per currency, numbered without a gap, each after the one before."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest
import time_machine
from sqlmodel import Session, select

from cva.core.db import rehearsal, transaction
from cva.core.errors import ConflictError, RuleError
from cva.core.identifiers import new_id
from cva.core.tenancy import SYSTEM
from cva.journal import entry_posting
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.chain import walk
from cva.journal.entry_posting import NewEntry, NewLine
from cva.journal.models import Book, Entry, Line
from cva.journal.service import Balance
from tests.makers import AtWork, at_once

DAY = date(2022, 11, 5)


def entry(society: AtWork, key: str, *lines: tuple[Account, str, int]) -> NewEntry:
    return NewEntry(
        entry_id=new_id(),
        society_id=society.society_id,
        effective_on=DAY,
        kind="cash_transfers",
        key=key,
        sheet_id=1,
        sent_by=1,
        rows=0,
        rows_sha256="",
        lines=[NewLine(*line) for line in lines],
    )


def paid(society: AtWork, key: str, minor: int = 500) -> NewEntry:
    return entry(
        society,
        key,
        (Account.CASH_ASSISTANCE, "RUB", minor),
        (Account.CASH_IN_CUSTODY, "RUB", -minor),
    )


def to_post(society: AtWork, *entries: NewEntry) -> Callable[[], None]:
    return lambda: society.do(lambda session: entry_posting.post(session, entries))


def faults(society: AtWork) -> list[str]:
    return society.see(
        lambda session: [
            fault for link in walk(session, society.society_id) for fault in link.faults
        ]
    )


def test_an_entry_is_numbered_hashed_and_dated(society: AtWork) -> None:
    to_post(society, paid(society, "a"), paid(society, "b"))()
    to_post(society, paid(society, "c"))()
    entries = sorted(society.all_of(Entry), key=lambda each: each.number)
    assert [each.number for each in entries] == [1, 2, 3]
    assert [each.previous_hash for each in entries] == ["", entries[0].hash, entries[1].hash]
    assert faults(society) == []
    assert society.see(lambda session: journal.head(session, society.society_id)) == (
        3,
        entries[2].hash,
    )


def test_an_entry_that_does_not_balance_is_refused(society: AtWork) -> None:
    wrong = entry(
        society, "a", (Account.CASH_ASSISTANCE, "RUB", 500), (Account.CASH_IN_CUSTODY, "RUB", -499)
    )
    with pytest.raises(RuleError):
        to_post(society, wrong)()
    assert society.all_of(Entry) + society.all_of(Line) == []


def test_an_entry_balances_in_each_currency_by_itself(society: AtWork) -> None:
    mixed = entry(
        society, "a", (Account.CASH_ASSISTANCE, "USD", 500), (Account.CASH_IN_CUSTODY, "RUB", -500)
    )
    with pytest.raises(RuleError):
        to_post(society, mixed)()
    two = entry(
        society,
        "b",
        (Account.CASH_ASSISTANCE, "USD", 500),
        (Account.CASH_IN_CUSTODY, "USD", -500),
        (Account.CASH_ASSISTANCE, "RUB", 70000),
        (Account.CASH_IN_CUSTODY, "RUB", -70000),
    )
    to_post(society, two)()
    assert society.see(lambda session: journal.balances(session, society.society_id)) == [
        Balance("1010", "RUB", 0, 70000),
        Balance("1010", "USD", 0, 500),
        Balance("5000", "RUB", 70000, 0),
        Balance("5000", "USD", 500, 0),
    ]


def test_an_entry_may_move_no_money(society: AtWork) -> None:
    to_post(society, entry(society, "a"))()
    assert faults(society) == []


def test_the_same_key_is_posted_once(society: AtWork) -> None:
    to_post(society, paid(society, "a"))()
    with pytest.raises(ConflictError, match="entry 1"):
        to_post(society, paid(society, "b"), paid(society, "a"))()
    assert [each.key for each in society.all_of(Entry)] == ["a"]


def test_a_clock_set_back_does_not_date_an_entry_before_the_last(society: AtWork) -> None:
    with time_machine.travel(datetime(2022, 11, 5, 12, tzinfo=UTC), tick=False):
        to_post(society, paid(society, "a"))()
    with time_machine.travel(datetime(2022, 11, 4, 12, tzinfo=UTC), tick=False):
        to_post(society, paid(society, "b"))()
    dated = {each.key: each.posted_at for each in society.all_of(Entry)}
    assert dated["a"] == dated["b"] == datetime(2022, 11, 5, 12, tzinfo=UTC)
    assert faults(society) == []


def test_balances_may_be_asked_for_a_time(society: AtWork) -> None:
    to_post(society, paid(society, "a"))()

    def found(first: date | None, last: date | None) -> list[Balance]:
        return society.see(
            lambda session: journal.balances(session, society.society_id, first, last)
        )

    assert len(found(DAY, DAY)) == len(found(None, None)) == 2
    assert found(date(2022, 11, 6), None) == found(None, date(2022, 11, 4)) == []


def test_numbers_have_no_gap_though_some_postings_are_taken_back(society: AtWork) -> None:
    def poster(who: int) -> int:
        for turn in range(10):
            is_taken_back = (who + turn) % 3 == 0
            begin = rehearsal if is_taken_back else transaction
            with begin(society.engine, SYSTEM) as session:
                entry_posting.post(session, [paid(society, f"{who}:{turn}")])
        return sum((who + turn) % 3 != 0 for turn in range(10))

    ends = at_once(*(partial(poster, who) for who in range(4)))
    assert [end for end in ends if isinstance(end, Exception)] == []
    posted = sum(end for end in ends if isinstance(end, int))
    numbers = sorted(each.number for each in society.all_of(Entry))
    assert numbers == list(range(1, posted + 1))
    assert 0 < posted < 40
    assert faults(society) == []


def test_two_who_post_first_share_one_book(society: AtWork) -> None:
    ends = at_once(*(to_post(society, paid(society, key)) for key in "abcd"))
    assert ends == [None] * 4
    assert len(society.all_of(Book)) == 1
    assert sorted(each.number for each in society.all_of(Entry)) == [1, 2, 3, 4]


def test_each_society_has_a_book_of_its_own(two_societies: tuple[AtWork, AtWork]) -> None:
    for society in two_societies:
        to_post(society, paid(society, "a"))()

    def numbers(session: Session) -> list[int]:
        return list(session.exec(select(Entry.number)).all())

    assert two_societies[0].see(numbers) == [1, 1]
