"""The comparison, against a slow one that is obvious: any mix of missing, doubled, changed rows."""

from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from cva.entitlements.answers import Answer, Line, Planned, Told, compare
from cva.entitlements.sums import answers_of, sums_of

PEOPLE = st.integers(1, 4)
UNITS = st.sampled_from(["RUB", "USD", None])
AMOUNTS = st.integers(1, 3)
PLANS = st.dictionaries(
    st.tuples(PEOPLE, st.integers(1, 3)), st.tuples(UNITS, AMOUNTS), max_size=9
).map(lambda found: [Planned(*key, *value) for key, value in found.items()])


@st.composite
def told_rows(draw: st.DrawFn) -> list[Told]:
    """Rows as the ledger may hold them: an instalment is posted once for each person."""
    rows: list[Told] = []
    posted: set[tuple[int, int]] = set()
    for at in range(draw(st.integers(0, 8))):
        person, received = draw(PEOPLE), draw(st.booleans())
        number = draw(st.none() | st.integers(1, 4))
        if received and number is not None:
            if (person, number) in posted:
                continue
            posted.add((person, number))
        unit, amount = draw(UNITS), draw(AMOUNTS) if received else 0
        rows.append(Told(person, number, unit, amount, received, number is not None, 1, at))
    return rows


def slow(planned: list[Planned], told: list[Told]) -> Counter[tuple[object, ...]]:
    """Of a person's instalments and receipts: first equal numbers, then in order, then the rest."""
    found: Counter[tuple[object, ...]] = Counter()
    for person in {one.person for one in planned} | {one.person for one in told}:
        plans = sorted(one for one in planned if one.person == person)
        posted = sorted(
            (one for one in told if one.person == person and one.is_received and one.is_confirmed),
            key=lambda one: one.instalment or 0,
        )
        pending = [
            one for one in told if one.person == person and one.is_received and not one.is_confirmed
        ]
        absent = [one for one in told if one.person == person and not one.is_received]
        for plan, receipt in [(p, r) for p in plans for r in posted]:
            if plan.instalment == receipt.instalment:
                found[_key(plan, receipt)] += 1
        taken = {one.instalment for one in posted}
        left_plans = [one for one in plans if one.instalment not in taken]
        numbers = {one.instalment for one in plans}
        left = [one for one in posted if one.instalment not in numbers] + pending
        while left_plans and left:
            found[_key(left_plans.pop(0), left.pop(0))] += 1
        for receipt in left:
            found["twice" if plans else "not_on_list", None, receipt] += 1
        for at, plan in enumerate(left_plans):
            names = [
                one
                for one in absent
                if one.instalment == plan.instalment
                or (at == 0 and (one.instalment is None or one.instalment not in numbers))
            ]
            found["not_received" if names else "open", plan, names[0] if names else None] += 1
    return found


def _key(plan: Planned, receipt: Told) -> tuple[object, ...]:
    if plan.currency != receipt.currency or receipt.amount < plan.amount:
        return "less", plan, receipt
    return "as_planned" if receipt.amount == plan.amount else "more", plan, receipt


@given(PLANS, told_rows())
def test_it_finds_what_the_slow_way_finds(planned: list[Planned], told: list[Told]) -> None:
    assert Counter(map(_plain, compare(planned, told))) == slow(planned, told)


def _plain(line: Line) -> tuple[object, ...]:
    return str(line.answer), line.planned, line.told


@given(PLANS, told_rows())
def test_every_unit_told_is_explained(planned: list[Planned], told: list[Told]) -> None:
    lines = compare(planned, told)
    sums = sums_of(lines)
    assert all(one.ties for one in sums), sums
    for one in sums:
        assert one.told == sum(
            t.amount for t in told if t.is_received and t.currency == one.currency
        )
        assert one.planned == sum(p.amount for p in planned if p.currency == one.currency)


@given(PLANS, told_rows())
def test_each_person_has_one_answer_and_each_row_one_line(
    planned: list[Planned], told: list[Told]
) -> None:
    lines = compare(planned, told)
    receipts = [one for one in told if one.is_received]
    assert len(answers_of(lines)) == len(
        {one.person for one in planned} | {one.person for one in receipts}
    )
    assert sorted(line.planned for line in lines if line.planned) == sorted(planned)
    kept = [line.told for line in lines if line.told and line.told.is_received]
    assert Counter(kept) == Counter(receipts)


@given(PLANS, told_rows())
def test_the_order_of_posted_rows_makes_no_difference(
    planned: list[Planned], told: list[Told]
) -> None:
    posted = [one for one in told if one.is_confirmed and one.is_received]
    for order in list(permutations(posted))[:6]:
        mixed = compare(list(reversed(planned)), order)
        assert Counter(map(_plain, mixed)) == Counter(map(_plain, compare(planned, posted)))


def test_a_later_payment_overrides_that_somebody_was_absent() -> None:
    plan = Planned(1, 1, "RUB", 5)
    absent = Told(1, 1, None, 0, is_received=False, is_confirmed=True, sheet_id=1, row=2)
    paid = Told(1, 1, "RUB", 5, is_received=True, is_confirmed=True, sheet_id=2, row=2)
    assert [one.answer for one in compare([plan], [absent])] == [Answer.NOT_RECEIVED]
    assert [one.answer for one in compare([plan], [absent, paid])] == [Answer.AS_PLANNED]
