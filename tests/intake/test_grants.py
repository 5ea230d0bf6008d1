"""Several grants carry one round: by share, or each person by one of them; to the unit."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.core.errors import RuleError
from cva.journal.models import Line
from cva.kinds.sheet_entries import split
from cva.programmes.models import Grant
from tests.makers import AtWork

THREE = """
number | name        | day        | amount | currency
R-001  | Anna Orlova | 2022-11-05 | 100    | RUB
R-002  | Boris Lebed | 2022-11-05 | 100    | RUB
R-003  | Dora Klein  | 2022-11-05 | 100    | RUB
"""


def spent_by_grant(society: AtWork) -> Counter[str]:
    """Minor units on cash assistance by the code of the grant."""
    codes: dict[int | None, str] = {grant.id: grant.code for grant in society.all_of(Grant)}
    spent: Counter[str] = Counter()
    for line in society.all_of(Line):
        if line.account == "5000":
            spent[codes.get(line.grant_id, "")] += line.amount_minor
    return spent


def test_a_round_is_carried_by_shares(society: AtWork) -> None:
    shares = [(society.add_grant("G-1"), 6_667), (society.add_grant("G-2"), 3_333)]
    round_id = society.plan_round(grants=shares)
    society.list_kept(THREE)
    society.list_approved(round_id)
    sheet_id = society.approved(THREE, round_code="2022-11")
    assert spent_by_grant(society) == {"G-1": 20001, "G-2": 9999}

    society.agreed("reverse_row", sheet=sheet_id, row=3)
    assert spent_by_grant(society) == {"G-1": 13334, "G-2": 6666}
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert spent_by_grant(society) == {"G-1": 0, "G-2": 0}


def test_the_grants_of_a_round_stay_once_something_is_posted(society: AtWork) -> None:
    """Otherwise a reversal would take from grants what was never booked on them."""
    society.approved(THREE, round_code="2022-11")
    shares = [(society.add_grant("G-1"), 6_000), (society.add_grant("G-2"), 4_000)]
    with pytest.raises(RuleError) as refused:
        society.plan_round(grants=shares)
    assert refused.value.code == "grants_posted"
    assert society.plan_round()  # without grants, as it was posted


def test_a_person_is_carried_by_one_grant(society: AtWork) -> None:
    shares = [(society.add_grant("G-1"), 5_000), (society.add_grant("G-2"), 5_000)]
    round_id = society.plan_round(grants=shares)
    society.list_kept("number | name | Grant\nR-001 | Anna Orlova | G-2\nR-002 | Boris Lebed |")
    society.list_approved(round_id)
    two = "\n".join(THREE.splitlines()[:-1])
    society.approved(two, round_code="2022-11")
    assert spent_by_grant(society) == {"G-1": 5000, "G-2": 15000}


def test_who_is_off_the_list_is_reversed_to_the_grant_that_carried_them(society: AtWork) -> None:
    shares = [(society.add_grant("G-1"), 5_000), (society.add_grant("G-2"), 5_000)]
    round_id = society.plan_round(grants=shares)
    society.list_kept("number | name | Grant\nR-001 | Anna Orlova | G-1\nR-002 | Boris Lebed |")
    society.list_approved(round_id)
    two = "\n".join(THREE.splitlines()[:-1])
    sheet_id = society.approved(two, round_code="2022-11")
    request_id = society.ask("amend_list", round=round_id, name="Off", changes="R-001/1 = off")
    society.confirm(request_id, by="manager")
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert spent_by_grant(society) == {"G-1": 0, "G-2": 0}


SHARES = st.lists(st.integers(1, 1000), min_size=1, max_size=6).map(
    lambda weights: [
        (place, 10_000 * weight // sum(weights)) for place, weight in enumerate(weights)
    ]
)


@given(minor=st.integers(0, 10**18), shares=SHARES, first=st.integers(0, 2**63))
def test_nothing_is_lost_in_splitting(
    minor: int, shares: list[tuple[int, int]], first: int
) -> None:
    rest = 10_000 - sum(share for _grant, share in shares)
    whole = [(shares[0][0], shares[0][1] + rest), *shares[1:]]
    parts = dict(split(minor, whole, first))
    assert sum(parts.values()) == minor
    for grant, share_bp in whole:
        assert abs(parts.get(grant, 0) - minor * share_bp / 10_000) <= max(
            len(whole), minor * 1e-15
        )


@pytest.mark.parametrize(
    ("first", "parts"),
    [(0, [34, 33, 33]), (1, [33, 34, 33]), (2, [33, 33, 34]), (3, [34, 33, 33])],
)
def test_the_unit_left_over_goes_to_the_share_it_begins_with(first: int, parts: list[int]) -> None:
    thirds = [(1, 3333), (2, 3333), (3, 3334)]
    assert [minor for _grant, minor in split(100, thirds, first)] == parts


def test_several_units_left_over_go_to_one_share_each() -> None:
    quarters = [(1, 2500), (2, 2500), (3, 2500), (4, 2500)]
    assert [minor for _grant, minor in split(7, quarters, 2)] == [2, 1, 2, 2]
