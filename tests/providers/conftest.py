"""A round whose list is approved, to be paid by a provider."""

import pytest

from tests.makers import AtWork

LIST = """
number | name
R-001  | Anna Orlova
R-002  | Boris Lebed
R-003  | Dora Klein
"""


@pytest.fixture
def listed(society: AtWork) -> int:
    """A round with an approved list of three people, 5,000.00 for each."""
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id
