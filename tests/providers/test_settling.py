"""Answers held against payments: in any order and overlap each is paid once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.providers.settling import (
    Answer,
    Event,
    Instructed,
    Settled,
    settle,
    state_of,
)

DAY = date(2022, 11, 5)
STATUSES = ("available", "paid", "collected", "failed", "expired", "returned", "pending")


def told(answers: Sequence[Answer], *, tells_collection: bool = False) -> list[Settled]:
    """What answers come to, one after the other."""
    events: list[Event] = []
    found = []
    for row, answer in enumerate(answers):
        payment = Instructed("RUB", 5000, True, tells_collection, tuple(events))  # noqa: FBT003
        settled = settle(payment, answer)
        found.append(settled)
        if settled.fault or settled.is_known or settled.kind == "pending":
            continue
        if settled.kind != "fee":
            events.append(Event(settled.kind, answer.on, settled.minor, 1, row))
        if settled.fee_minor:
            events.append(Event(f"fee {settled.fee_for}", answer.on, settled.fee_minor, 1, row))
    return found


def answer(status: str, minor: int | None = None, fee_minor: int = 0, day: date = DAY) -> Answer:
    return Answer(status, day, "RUB" if minor else None, minor, fee_minor)


answers = st.lists(
    st.builds(
        answer,
        st.sampled_from(STATUSES),
        st.sampled_from([None, 5000, 2000]),
        st.sampled_from([0, 25]),
        st.sampled_from([DAY, date(2022, 11, 6)]),
    ),
    max_size=12,
)


@given(listed=answers, tells_collection=st.booleans())
def test_whatever_is_told_a_payment_is_paid_once_and_never_returns_more(
    *, listed: list[Answer], tells_collection: bool
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
def test_told_again_it_says_nothing_new(*, listed: list[Answer], tells_collection: bool) -> None:
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
        Event(each.kind, DAY, each.minor, 1, row)
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
