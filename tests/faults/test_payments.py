"""Result files and real processes: killed, at once, overlapping; each payment once."""

import os
from pathlib import Path
from random import Random

import pytest

from cva.providers.models import PaymentEvent
from cva.reports.control_totals import control_totals
from cva.staging.models import Sheet
from cva.transfers.models import Transfer
from tests.faults.conftest import Workers
from tests.faults.test_kill import is_sound
from tests.makers import AtWork, answered, workbook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL.")

KILLS = int(os.environ.get("CVA_TEST_KILLS", "5"))
PEOPLE = 6 * KILLS


@pytest.fixture
def references(society: AtWork) -> list[str]:
    """Our references of payments that were sent."""
    round_id = society.plan_round()
    rows = [["Registration number", "Full name"]]
    rows += [[f"R-{number}", f"Person No{number}"] for number in range(PEOPLE)]
    society.list_kept(workbook(rows))
    society.list_approved(round_id)
    return sorted(society.payments_sent(society.add_provider(), round_id).values())


def posted(society: AtWork, sheet_id: int) -> tuple[int, int]:
    """Transfers and events of a sheet."""
    transfers = [each for each in society.all_of(Transfer) if each.sheet_id == sheet_id]
    events = [each for each in society.all_of(PaymentEvent) if each.sheet_id == sheet_id]
    return len(transfers), len(events)


def assert_ties(society: AtWork) -> None:
    assert is_sound(society)
    assert society.see(lambda s: control_totals(s, society.society_id)).tie


def test_a_process_killed_while_it_posts_results_leaves_all_or_nothing(
    society: AtWork, workers: list[Workers], references: list[str], tmp_path: Path
) -> None:
    chance = Random(KILLS)  # noqa: S311
    each = PEOPLE // KILLS
    for turn in range(KILLS):
        part = references[turn * each : (turn + 1) * each]
        file = tmp_path / f"part-{turn}.xlsx"
        file.write_bytes(answered(part))
        said = workers[0].killed(str(file), "submitted", chance.uniform(0, 0.15))
        (sheet,) = [sheet for sheet in society.all_of(Sheet) if sheet.filename == file.name]
        sheet_id = sheet.id
        expected = (each, 2 * each) if sheet.state == "approved" else (0, 0)
        assert posted(society, sheet_id) == expected
        assert "approved" not in said or sheet.state == "approved"
        if sheet.state == "submitted":
            society.approve(sheet_id)
        assert posted(society, sheet_id) == (each, 2 * each)
    assert_ties(society)


def test_overlapping_parts_approved_at_once_pay_each_once(
    society: AtWork, workers: list[Workers], references: list[str]
) -> None:
    step = PEOPLE // 3
    for turn in range(3):
        part = references[turn * step : (turn + 1) * step]
        half = len(part) // 3
        sheets = [
            society.submitted(answered(part[: 2 * half])),
            society.submitted(answered(part[half:])),
        ]
        for worker, sheet_id in zip(workers, sheets, strict=True):
            worker.order("approve", str(sheet_id))
        ends = [worker.until("over")[2].split()[0] for worker in workers]
        assert ends == ["approved", "approved"]
        # What the first posted is not what the sender of the second submitted: it goes back.
        states = {society.state(sheet_id): sheet_id for sheet_id in sheets}
        assert set(states) == {"approved", "checked"}
        society.submit(states["checked"])
        society.approve(states["checked"])
        assert sum(posted(society, sheet_id)[0] for sheet_id in sheets) == len(part)
    assert len(society.all_of(Transfer)) == PEOPLE
    assert_ties(society)


def test_of_two_who_bring_the_same_file_one_wins_and_the_other_is_told_which_sheet(
    society: AtWork, workers: list[Workers], references: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "result.xlsx"
    file.write_bytes(answered(references))
    for each in workers:
        each.order("all", str(file))
    for each in workers:
        each.until("over")
    by_state = {sheet.state: sheet.id for sheet in society.all_of(Sheet) if not sheet.is_list}
    assert set(by_state) == {"approved", "refused"}
    told = society.told(by_state["refused"], "already-received")
    assert told["details"]["sheet_id"] == str(by_state["approved"])
    assert posted(society, by_state["approved"]) == (PEOPLE, 2 * PEOPLE)
    assert_ties(society)
