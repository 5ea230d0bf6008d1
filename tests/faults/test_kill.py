"""kill -9 at any moment between upload and approval: all of the rows or none, and on to the end."""

import os
from pathlib import Path
from random import Random

import pytest
from sqlmodel import func, select

from cva.core.jobs import latest
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.staging.models import Sheet, StagedRow
from cva.transfers.models import Transfer
from tests.faults.conftest import Workers
from tests.makers import AtWork, many_paid

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL.")

ROWS = 250
KILLS = int(os.environ.get("CVA_TEST_KILLS", "12"))
#: After which word a process is killed, and how much later at most.
MOMENTS = (("open", 0.05), ("received", 0.6), ("checked", 0.05), ("submitted", 0.35))


def counted(society: AtWork, sheet_id: int) -> tuple[int, int]:
    """Rows staged and rows posted."""

    def count(table: type[StagedRow] | type[Transfer]) -> int:
        query = select(func.count()).select_from(table).where(table.sheet_id == sheet_id)
        return society.see(lambda session: session.exec(query).one())

    return count(StagedRow), count(Transfer)


def finish(society: AtWork, sheet_id: int) -> None:
    """Go on from wherever the sheet is."""
    if society.state(sheet_id) == "received":
        run = society.see(lambda session: latest(session, sheet_id))
        assert run is not None
        society.check(run.id)
    if society.state(sheet_id) == "checked":
        society.submit(sheet_id)
    if society.state(sheet_id) == "submitted":
        society.approve(sheet_id)


def is_sound(society: AtWork) -> bool:
    return society.see(
        lambda session: prove(session, societies.get_society(session, society.society_id)).is_sound
    )


def look_through(society: AtWork) -> None:
    """What PostgreSQL does by itself a minute later: without it, it takes every table for empty."""
    with society.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def test_a_killed_process_leaves_all_of_the_rows_or_none(
    society: AtWork, workers: list[Workers], tmp_path: Path
) -> None:
    chance = Random(KILLS)  # noqa: S311
    seen = set()
    for turn in range(KILLS):
        file = tmp_path / f"sheet-{turn}.xlsx"
        file.write_bytes(many_paid(ROWS, first=turn * ROWS + 1))
        word, most = MOMENTS[turn % len(MOMENTS)]
        said = workers[0].killed(str(file), word, chance.uniform(0, most))
        found = [each for each in society.all_of(Sheet) if each.filename == file.name]
        assert len(found) == 1 or (found == [] and "received" not in " ".join(said))
        if not found:
            found = [society.sheet(society.send(file.read_bytes(), filename=file.name).sheet_id)]
        sheet_id = found[0].id
        staged, posted = counted(society, sheet_id)
        state = society.state(sheet_id)
        seen.add(state)
        assert staged == (0 if state == "received" else ROWS)
        assert posted == (ROWS if state == "approved" else 0)
        assert "approved" not in said or state == "approved"
        finish(society, sheet_id)
        assert counted(society, sheet_id) == (ROWS, ROWS)
        look_through(society)
    assert is_sound(society)
    assert len(seen) >= 3, "The kills came too much at the same moment to say anything."


def test_of_two_processes_that_approve_one_wins_and_the_other_is_told(
    society: AtWork, workers: list[Workers]
) -> None:
    for turn in range(5):
        sheet_id = society.submitted(many_paid(50, first=turn * 50 + 1))
        for each in workers:
            each.order("approve", str(sheet_id))
        ends = sorted(each.until("over")[2].split()[0] for each in workers)
        assert ends == ["approved", "told"]
        assert counted(society, sheet_id) == (50, 50)
    assert is_sound(society)


def test_a_file_that_was_received_is_never_lost(
    society: AtWork, workers: list[Workers], tmp_path: Path
) -> None:
    file = tmp_path / "kept.xlsx"
    content = many_paid(ROWS)
    file.write_bytes(content)
    workers[0].killed(str(file), "received", 0)
    (kept,) = society.all_of(Sheet)
    assert kept.size_bytes == len(content)
    finish(society, kept.id)
    assert counted(society, kept.id) == (ROWS, ROWS)
