"""Answers held against payments: in any order and overlap each is paid once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.providers.outcome_rules import (
    AnswerEvent,
    Instructed,
    ProviderAnswer,
    Settled,
    settle,
    state_of,
)

DAY = date(2022, 11, 5)
STATUSES = ("available", "paid", "collected", "failed", "expired", "returned", "pending")


def told(answers: Sequence[ProviderAnswer], *, tells_collection: bool = False) -> list[Settled]:
    """What answers come to, one after the other."""
    events: list[AnswerEvent] = []
    found = []
    for row, answer in enumerate(answers):
        payment = Instructed("RUB", 5000, True, tells_collection, tuple(events))  # noqa: FBT003
        settled = settle(payment, answer)
        found.append(settled)
        if settled.fault or settled.is_known or settled.kind == "pending":
            continue
        where, by = (1, row), answer.transaction
        if settled.kind != "fee":
            kept = (settled.kind, answer.on, settled.minor)
            events.append(AnswerEvent(*kept, *where, settled.what, by))
        if settled.fee_minor:
            fee = ("fee", answer.on, settled.fee_minor)
            events.append(AnswerEvent(*fee, *where, settled.fee_what, by))
    return found


def answer(
    status: str,
    minor: int | None = None,
    fee_minor: int = 0,
    day: date = DAY,
    transaction: str | None = None,
) -> ProviderAnswer:
    currency = "RUB" if minor else None
    return ProviderAnswer(status, day, currency, minor, fee_minor, transaction=transaction)


answers = st.lists(
    st.builds(
        answer,
        st.sampled_from(STATUSES),
        st.sampled_from([None, 5000, 2000]),
        st.sampled_from([0, 25]),
        st.sampled_from([DAY, date(2022, 11, 6)]),
        st.sampled_from([None, "T1", "T2"]),
    ),
    max_size=12,
)


@given(listed=answers, tells_collection=st.booleans())
def test_whatever_is_told_a_payment_is_paid_once_and_never_returns_more(
    *, listed: list[ProviderAnswer], tells_collection: bool
) -> None:
    taken = [
        each
        for each in told(listed, tells_collection=tells_collection)
        if not each.fault and not each.is_known
    ]
    paid = [each.minor or 0 for each in taken if each.kind in {"paid", "collected"}]
    returned = sum(each.minor or 0 for each in taken if each.kind == "returned")
    assert len(paid) <= 1
    assert returned <= sum(paid)
    for kind in ("available", "failed", "expired"):
        assert sum(each.kind == kind for each in taken) <= 1


@given(listed=answers, tells_collection=st.booleans())
def test_told_again_it_says_nothing_new(
    *, listed: list[ProviderAnswer], tells_collection: bool
) -> None:
    """But for what was refused the first time, which is refused or told again."""
    twice = told([*listed, *listed], tells_collection=tells_collection)
    first, second = twice[: len(listed)], twice[len(listed) :]
    for before, after in zip(first, second, strict=True):
        if before.fault is None and before.kind not in {"pending", "fee"}:
            assert after.is_known or after.fault or after.kind != before.kind


@pytest.mark.parametrize(
    ("listed", "state", "is_live"),
    [
        ([], "instructed", True),
        (["pending"], "instructed", True),
        (["available"], "available", True),
        (["available", "expired"], "expired", False),
        (["failed"], "failed", False),
        (["paid"], "paid", True),
        (["paid", "returned"], "returned", False),
    ],
)
def test_where_a_payment_stands(listed: list[str], state: str, *, is_live: bool) -> None:
    events = [
        AnswerEvent(each.kind, DAY, each.minor, 1, row, each.what)
        for row, each in enumerate(told([answer(status) for status in listed]))
        if each.kind != "pending"
    ]
    assert state_of(events) == (state, is_live)


@pytest.mark.parametrize("before", [[], ["available"]])
@pytest.mark.parametrize("status", ["returned", "failed", "expired"])
def test_a_part_of_what_nobody_collected_frees_nothing(before: list[str], status: str) -> None:
    listed = [answer(each) for each in before]
    *_, part, whole = told(
        [*listed, answer(status, 2000), answer(status, 5000)], tells_collection=True
    )
    assert part.fault is not None
    assert part.fault.code == "part-returned"
    assert whole.fault is None
    (more,) = told([answer(status, 5001)])
    assert more.fault is not None
    assert more.fault.code == "returned-too-much"


def test_what_is_available_is_held_against_the_plan_at_once() -> None:
    excepted = replace(answer("paid", 4000), is_excepted=True)
    listed = [answer("available", 4000), excepted, answer("paid", 4000), answer("available", 5000)]
    *told_so, collected = told([*listed, answer("collected", 4000)], tells_collection=True)
    codes = [each.fault.code if each.fault else "" for each in told_so]
    assert codes == ["amount-differs", "", "", "answer-contradicts"]
    assert told_so[2].is_known
    assert (collected.kind, collected.minor, collected.fault) == ("collected", 4000, None)
    (_, other) = told([excepted, answer("collected", 5000)], tells_collection=True)
    assert other.fault is not None
    (_, unsaid) = told([excepted, answer("collected")], tells_collection=True)
    assert unsaid.minor == 4000


def test_what_was_available_above_the_plan_is_asked_about_when_it_is_collected() -> None:
    excepted = replace(answer("available", 6000), is_excepted=True)
    (_, above, planned) = told(
        [excepted, answer("collected", 6000), answer("collected", 5000)], tells_collection=True
    )
    assert above.fault is not None
    assert above.fault.code == "amount-differs"
    assert planned.fault is None


@given(listed=answers, tells_collection=st.booleans())
def test_of_one_transaction_a_fee_is_counted_once(
    *, listed: list[ProviderAnswer], tells_collection: bool
) -> None:
    """Whatever word stands beside it, in whatever parts it comes."""
    found = told([*listed, *listed], tells_collection=tells_collection)
    charged = [
        (each.transaction, settled.fee_minor)
        for each, settled in zip([*listed, *listed], found, strict=True)
        if settled.fee_minor and not settled.fault
    ]
    assert len(charged) == len(set(charged))


@pytest.mark.parametrize("tells_collection", [False, True])
def test_another_fee_is_of_another_transaction_or_another_amount(*, tells_collection: bool) -> None:
    same = [answer("paid", 5000, 10, transaction="T1"), answer("collected", 5000, 10)]
    other = [answer("returned", None, 10, transaction="T2"), answer("expired", None, 5)]
    found = told(
        [*same, answer("collected", 5000, 10, transaction=" t1"), other[0]],
        tells_collection=tells_collection,
    )
    assert [each.fee_minor for each in found if not each.fault] == [10, 0, 0, 10]
    found = told([answer("available", 5000, 10), other[1]], tells_collection=tells_collection)
    assert [each.fee_minor for each in found] == [10, 5]


@pytest.mark.parametrize("status", ["paid", "collected"])
def test_a_second_transaction_is_told_and_posted_as_an_exception_alone(status: str) -> None:
    first, again = (answer(status, 5000, 10, transaction=each) for each in ("T1", "T1-again"))
    tells = status == "collected"
    _, second, unnamed = told([first, again, answer(status, 5000)], tells_collection=tells)
    assert second.fault is not None
    assert (second.fault.code, second.fault.details["before"]) == ("paid-again", "T1")
    assert unnamed.is_known

    excepted = replace(again, is_excepted=True)
    back = answer("returned", 10000)
    _, second, told_so, known, whole = told(
        [first, excepted, again, first, back], tells_collection=tells
    )
    assert (second.kind, second.minor, second.fee_minor, second.fault) == (status, 5000, 10, None)
    assert (told_so.is_known, known.is_known) == (True, True)
    assert (whole.minor, whole.fault) == (10000, None)
