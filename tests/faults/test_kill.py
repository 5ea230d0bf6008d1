"""kill -9 at any moment between upload and approval: all of the rows or none, and on to the end."""

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from sqlmodel import func, select

from cva.core.runs import latest
from cva.intake.models import Sheet, StagedRow
from cva.reports.proof import prove
from cva.societies import service as societies
from cva.transfers.models import Transfer
from tests.faults import steps
from tests.house.source import PROJECT
from tests.makers import AtWork, many_paid, settings_of

ROWS = 400
KILLS = int(os.environ.get("CVA_TEST_KILLS", "20"))
#: After which word a process is killed, and how much later at most.
MOMENTS = (("open", 0.05), ("received", 0.6), ("checked", 0.05), ("submitted", 0.35))


def start(society: AtWork, task: str, name: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, steps.__file__, task, society.code, name],
        env={**os.environ, **settings_of(society), "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
    )


def killed(process: "subprocess.Popen[bytes]", word: str, seconds: float) -> list[str]:
    """Wait for a word and some time, then kill; what the process had said."""
    assert process.stdout is not None
    said = b""
    with process:
        while word.encode() not in said:
            part = process.stdout.readline()
            assert part, said
            said += part
        time.sleep(seconds)
        process.kill()
        said += process.stdout.read()
    return said.decode().split("\n")


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
        society.check(run.id or 0)
    if society.state(sheet_id) == "checked":
        society.submit(sheet_id)
    if society.state(sheet_id) == "submitted":
        society.approve(sheet_id)


def is_sound(society: AtWork) -> bool:
    return society.see(
        lambda session: prove(session, societies.get_society(session, society.society_id)).is_sound
    )


def test_a_killed_process_leaves_all_of_the_rows_or_none(society: AtWork, tmp_path: Path) -> None:
    chance = Random(KILLS)  # noqa: S311
    seen = set()
    for turn in range(KILLS):
        file = tmp_path / f"sheet-{turn}.xlsx"
        file.write_bytes(many_paid(ROWS, first=turn * ROWS + 1))
        word, most = MOMENTS[turn % len(MOMENTS)]
        said = killed(start(society, "all", str(file)), word, chance.uniform(0, most))
        found = [each for each in society.all_of(Sheet) if each.filename == file.name]
        assert len(found) == 1 or (found == [] and "received" not in " ".join(said))
        if not found:
            found = [society.sheet(society.send(file.read_bytes(), filename=file.name).sheet_id)]
        sheet_id = found[0].id or 0
        staged, posted = counted(society, sheet_id)
        state = society.state(sheet_id)
        seen.add(state)
        assert staged == (0 if state == "received" else ROWS)
        assert posted == (ROWS if state == "approved" else 0)
        assert "approved" not in said or state == "approved"
        finish(society, sheet_id)
        assert counted(society, sheet_id) == (ROWS, ROWS)
    assert is_sound(society)
    assert len(seen) >= 3, "The kills came too much at the same moment to say anything."


def test_of_two_processes_that_approve_one_wins_and_the_other_is_told(society: AtWork) -> None:
    for turn in range(3):
        sheet_id = society.submitted(many_paid(50, first=turn * 50 + 1))
        both = [start(society, "approve", str(sheet_id)) for _ in range(2)]
        said = [process.communicate()[0].decode().splitlines()[1] for process in both]
        assert sorted(word.split()[0] for word in said) == ["approved", "told"]
        assert counted(society, sheet_id) == (50, 50)
    assert is_sound(society)


@pytest.mark.parametrize("turn", range(2))
def test_a_file_that_was_received_is_never_lost(society: AtWork, tmp_path: Path, turn: int) -> None:
    file = tmp_path / "kept.xlsx"
    content = many_paid(ROWS, first=turn * ROWS + 1)
    file.write_bytes(content)
    said = killed(start(society, "all", str(file)), "received", 0)
    assert any(word.startswith("received") for word in said)
    (kept,) = society.all_of(Sheet)
    assert kept.size_bytes == len(content)
    finish(society, kept.id or 0)
    assert counted(society, kept.id or 0) == (ROWS, ROWS)
