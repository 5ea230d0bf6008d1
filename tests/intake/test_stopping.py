"""A check that is stopped while it is under way."""

from collections.abc import Callable
from typing import Any

import pytest

from cva.core import jobs
from cva.intake import checking
from cva.sheets.checking.check import check
from tests.makers import TWO_PAID, AtWork


def test_a_sheet_that_waits_for_its_check_can_be_taken_back(society: AtWork) -> None:
    received = society.send(TWO_PAID)
    society.withdraw(received.sheet_id)
    society.check(received.run_id)
    assert society.state(received.sheet_id) == "withdrawn"
    assert society.rows(received.sheet_id) == {}
    assert society.state(society.checked(TWO_PAID)) == "checked"


def test_whoever_checks_stops_at_the_next_beat(
    society: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = society.send(TWO_PAID)
    said: list[str] = []

    def slow(*given: Any) -> Any:  # noqa: ANN401
        tell: Callable[[int, int], None] = given[-1]
        tell(1, 1)
        society.withdraw(received.sheet_id)
        said.append("went on")
        tell(1, 1)
        said.append("came to the end")
        return check(*given)

    monkeypatch.setattr(checking, "check", slow)
    society.check(received.run_id)
    assert said == ["went on"]
    run = society.see(lambda session: jobs.latest(session, received.sheet_id))
    assert run is not None
    assert run.state == jobs.JobState.CANCELLED
    assert society.rows(received.sheet_id) == {}
