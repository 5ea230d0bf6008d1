"""What a sheet belongs to is loaded once for each step, however many functions it passes."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.makers import AtWork

TABLES = ("society", "programme", "distribution_round", "grant_share")
_READ = re.compile(r"\bFROM (\w+)")


@contextmanager
def _loaded(society: AtWork) -> Iterator[Counter[str]]:
    """How often each of these tables is read within this block."""
    found: Counter[str] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:  # noqa: ANN401
        if statement.startswith("SELECT"):
            found.update(table for table in _READ.findall(statement)[:1] if table in TABLES)

    event.listen(society.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(society.engine, "before_cursor_execute", note)


def test_each_step_loads_what_the_sheet_belongs_to_once(sqlite_society: AtWork) -> None:
    society = sqlite_society
    table = "number | name | day | amount | currency\nR-001 | Anna | 2022-11-05 | 5000 | RUB"
    received = society.send(table, round_code="2022-11")
    with _loaded(society) as staged:
        society.check(received.run_id)
    society.submit(received.sheet_id)
    with _loaded(society) as posted:
        society.approve(received.sheet_id)
    assert max(staged.values()) <= 2  # once before the file is read, once as its rows are staged
    assert max(posted.values()) == 1
