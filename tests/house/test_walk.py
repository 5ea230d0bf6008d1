"""How many modules one clean sheet passes on its way from sending to the figures of its month."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

from cva.core.clock import today
from cva.core.dates import Month
from cva.intake.checking import check_run
from cva.reports.monthly import figures
from cva.sheets.files.limits import Limits
from tests.house.source import PROJECT
from tests.makers import TWO_PAID, AtWork

#: More modules than these, and nobody can hold the way in their head.
MOST_MODULES = 80


@contextmanager
def _modules_entered() -> Iterator[set[str]]:
    """The modules of the product in which a function runs within this block."""
    entered: set[str] = set()
    root = f"{PROJECT / 'cva'}/"

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(root):
            entered.add(str(Path(frame.f_code.co_filename).relative_to(PROJECT)))

    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(None)


def test_a_clean_sheet_passes_few_modules(sqlite_society: AtWork) -> None:
    day = today("UTC") - timedelta(days=1)
    with _modules_entered() as entered:
        received = sqlite_society.send(TWO_PAID.replace("2022-11-05", str(day)))
        # As the product does: the file is opened by a process of its own.
        check_run(sqlite_society.engine, received.run_id, Limits())
        sqlite_society.submit(received.sheet_id)
        sqlite_society.approve(received.sheet_id)
        month = sqlite_society.see(
            lambda session: figures(session, sqlite_society.society_id, Month.of(day))
        )
    assert sqlite_society.state(received.sheet_id) == "approved"
    assert month.people == 2
    assert len(entered) <= MOST_MODULES, "\n".join(sorted(entered))
