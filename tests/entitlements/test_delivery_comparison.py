"""The comparison, against a slow one that is obvious: any mix of missing, doubled, changed rows."""

from collections import Counter
from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from cva.entitlements.delivery_comparison import (
    ComparedLine,
    Delivery,
    Outcome,
    PlannedDelivery,
    compare,
    with_under_way,
)
from cva.entitlements.outcome_sums import answers_of, sums_of

PEOPLE = st.integers(1, 4)
UNITS = st.sampled_from(["RUB", "USD", None])
AMOUNTS = st.integers(1, 3)
PLANS = st.dictionaries(
    st.tuples(PEOPLE, st.integers(1, 3)), st.tuples(UNITS, AMOUNTS), max_size=9
).map(lambda found: [PlannedDelivery(*key, *value) for key, value in found.items()])


@st.composite
def told_rows(draw: st.DrawFn) -> list[Delivery]:
    """Rows as the ledger may hold them: an instalment that is kept is posted once."""
    rows: list[Delivery] = []
    posted: set[tuple[int, int]] = set()
    for at in range(draw(st.integers(0, 8))):
        person, received = draw(PEOPLE), draw(st.booleans())
        number = draw(st.none() | st.integers(1, 4))
        confirmed = number is not None and draw(st.booleans())
        back = draw(st.integers(0, 2)) if received and number is not None else 0
        amount = draw(st.integers(0 if back else 1, 3)) if received else 0
        if amount and confirmed and number is not None:
            if (person, number) in posted:
                continue
            posted.add((person, number))
        rows.append(Delivery(person, number, draw(UNITS), amount, received, confirmed, 1, at, back))
    return rows


def slow(planned: list[PlannedDelivery], told: list[Delivery]) -> list[tuple[object, ...]]:
    """Of a person's instalments and receipts: first equal numbers, then in order, then the rest."""
    found: list[tuple[object, ...]] = []
    for person in {one.person for one in planned} | {one.person for one in told}:
        plans = sorted(one for one in planned if one.person == person)
        own = [one for one in told if one.person == person]
        kept = sorted((one for one in own if one.is_received and one.amount), key=_turn)
        back = sorted((one for one in own if one.is_received and not one.amount), key=_turn)
        same = [(p, r) for p in plans for r in reversed(kept) if p.instalment == r.instalment]
        answer = dict(same)
        numbers = {one.instalment for one in plans}
        left = [one for one in kept if one not in answer.values()]
        for plan in plans:
            if left and plan not in answer:
                answer[plan] = left.pop(0)
        unpaid = [one for one in plans if one not in answer]
        absent = [one for one in own if not one.is_received]
        for one in [*back, *absent]:
            named = one.instalment if one.instalment in numbers else None
            target = [p for p in unpaid if named in {None, p.instalment}][:1]
            if target and target[0] not in answer:
                answer[target[0]] = one
        lines = [_key(plan, answer.get(plan)) for plan in plans]
        lines += [("twice" if plans else "not_on_list", None, receipt) for receipt in left]
        for one in back:
            if one not in answer.values():
                _account_for(one, lines)
        found += lines
    return found


def _turn(told: Delivery) -> tuple[bool, int]:
    return not told.is_confirmed, told.instalment or 0


def _account_for(back: Delivery, lines: list[tuple[object, ...]]) -> None:
    for at, (answer, plan, receipt) in enumerate(lines):
        if (
            isinstance(receipt, Delivery)
            and receipt.is_received
            and receipt.currency == back.currency
        ):
            whole = receipt._replace(returned=receipt.returned + back.returned)
            lines[at] = (answer, plan, whole)
            return
    lines.append(("not_received", None, back))


def _key(plan: PlannedDelivery, receipt: Delivery | None) -> tuple[object, ...]:
    if receipt is None:
        return "open", plan, None
    if not receipt.amount:
        return "not_received", plan, receipt
    if plan.currency != receipt.currency or receipt.amount < plan.amount:
        return "less", plan, receipt
    return "as_planned" if receipt.amount == plan.amount else "more", plan, receipt


#: Of somebody on no list: what came back is told of the first that they kept.
_KEPT = Delivery(1, 1, "RUB", 1, is_received=True, is_confirmed=False, sheet_id=1, row=0)
_CAME_BACK = [
    _KEPT,
    *(_KEPT._replace(instalment=None, row=row) for row in (1, 2)),
    _KEPT._replace(amount=0, row=3, returned=1),
]


@given(PLANS, told_rows())
@example([], _CAME_BACK)
def test_it_finds_what_the_slow_way_finds(
    planned: list[PlannedDelivery], told: list[Delivery]
) -> None:
    assert Counter(map(_plain, compare(planned, told))) == Counter(slow(planned, told))


def _plain(line: ComparedLine) -> tuple[object, ...]:
    return str(line.answer), line.planned, line.delivery


@given(PLANS, told_rows())
def test_every_unit_told_is_explained(planned: list[PlannedDelivery], told: list[Delivery]) -> None:
    lines = compare(planned, told)
    sums = sums_of(lines)
    assert all(one.ties for one in sums), sums
    for one in sums:
        assert one.told == sum(
            t.amount for t in told if t.is_received and t.currency == one.currency
        )
        assert one.planned == sum(p.amount for p in planned if p.currency == one.currency)
        assert one.returned == sum(t.returned for t in told if t.currency == one.currency)


@given(PLANS, told_rows())
def test_each_person_has_one_answer_and_each_row_one_line(
    planned: list[PlannedDelivery], told: list[Delivery]
) -> None:
    lines = compare(planned, told)
    receipts = [one for one in told if one.is_received]
    assert len(answers_of(lines)) == len(
        {one.person for one in planned} | {one.person for one in receipts}
    )
    assert sorted(line.planned for line in lines if line.planned) == sorted(planned)
    kept = [line.delivery.row for line in lines if line.delivery and line.delivery.is_kept]
    assert sorted(kept) == [one.row for one in receipts if one.is_kept]


@given(PLANS, told_rows())
def test_the_order_of_posted_rows_makes_no_difference(
    planned: list[PlannedDelivery], told: list[Delivery]
) -> None:
    posted = [one for one in told if one.is_confirmed and one.is_received]
    for order in list(permutations(posted))[:6]:
        mixed = compare(list(reversed(planned)), order)
        assert Counter(map(_plain, mixed)) == Counter(map(_plain, compare(planned, posted)))


def test_a_later_payment_overrides_that_somebody_was_absent() -> None:
    plan = PlannedDelivery(1, 1, "RUB", 5)
    absent = Delivery(1, 1, None, 0, is_received=False, is_confirmed=True, sheet_id=1, row=2)
    paid = Delivery(1, 1, "RUB", 5, is_received=True, is_confirmed=True, sheet_id=2, row=2)
    assert [one.answer for one in compare([plan], [absent])] == [Outcome.NOT_RECEIVED]
    assert [one.answer for one in compare([plan], [absent, paid])] == [Outcome.AS_PLANNED]


def came_back(paid: int, back: int, at: int = 1, instalment: int = 1) -> Delivery:
    told = Delivery(
        1, instalment, "RUB", paid, is_received=True, is_confirmed=True, sheet_id=at, row=2
    )
    return told._replace(amount=paid - back, returned=back)


def test_what_all_came_back_was_not_received() -> None:
    plan = PlannedDelivery(1, 1, "RUB", 5)
    (line,) = compare([plan], [came_back(5, 5)])
    assert line.answer == Outcome.NOT_RECEIVED
    (sums,) = sums_of([line])
    assert (sums.not_received, sums.told, sums.returned, sums.ties) == (5, 0, 5, True)


def test_what_came_back_in_part_leaves_less() -> None:
    (line,) = compare([PlannedDelivery(1, 1, "RUB", 5)], [came_back(5, 2)])
    assert line.answer == Outcome.LESS
    (sums,) = sums_of([line])
    assert (sums.shortfall, sums.told, sums.returned, sums.ties) == (2, 3, 2, True)


def test_paid_anew_after_all_came_back_is_as_planned() -> None:
    (line,) = compare([PlannedDelivery(1, 1, "RUB", 5)], [came_back(5, 5), came_back(5, 0, at=2)])
    assert (line.answer, line.delivery and line.delivery.returned) == (Outcome.AS_PLANNED, 5)


def test_twice_and_one_of_them_back_is_as_planned() -> None:
    told = [came_back(5, 0), came_back(5, 5, at=2, instalment=2)]
    (line,) = compare([PlannedDelivery(1, 1, "RUB", 5)], told)
    assert line.answer == Outcome.AS_PLANNED


def test_whose_money_all_came_back_and_was_on_no_list_is_not_received() -> None:
    (line,) = compare([], [came_back(5, 5)])
    assert (line.answer, line.planned) == (Outcome.NOT_RECEIVED, None)
    assert answers_of([line]) == {1: Outcome.NOT_RECEIVED}


def test_who_is_being_paid_anew_is_open_again() -> None:
    lines = compare([PlannedDelivery(1, 1, "RUB", 5)], [came_back(5, 5)])
    (line,) = with_under_way(lines, {1: {1}})
    assert line.answer == Outcome.OPEN
    (sums,) = sums_of([line])
    assert (sums.open, sums.returned, sums.ties) == (5, 5, True)
    assert list(with_under_way(lines, {1: {2}, 2: {1}})) == lines
    not_approved = compare(
        [PlannedDelivery(1, 1, "RUB", 5)], [came_back(5, 5)._replace(is_confirmed=False)]
    )
    assert list(with_under_way(not_approved, {1: {1}})) == not_approved


def test_a_failed_payment_is_told_apart_also_while_it_is_made_anew() -> None:
    plans = [PlannedDelivery(person, 1, "RUB", 5) for person in (1, 2, 3)]
    absent = Delivery(1, 1, None, 0, is_received=False, is_confirmed=True, sheet_id=1, row=2)
    failed = absent._replace(person=2, is_failed=True)
    lines = compare(plans, [absent, failed, came_back(5, 5)._replace(person=3)])
    (sums,) = sums_of(lines)
    assert (sums.not_received, sums.not_received_failed, sums.not_received_returned) == (15, 5, 5)
    assert (sums.people["not_received"], sums.people["not_received_failed"]) == (3, 1)
    (anew,) = sums_of(with_under_way(lines, {2: {1}, 3: {1}}))
    assert (anew.open, anew.open_failed, anew.open_returned, anew.not_received) == (10, 5, 5, 5)
    assert anew.ties
