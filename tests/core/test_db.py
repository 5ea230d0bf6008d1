"""Transactions, columns, kept answers, runs: what each database does alike."""

import contextlib
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from cva.beneficiaries.models import Beneficiary
from cva.core import jobs as runs
from cva.core.db import insert_rows, reading, rehearsal, transaction
from cva.core.errors import ConflictError
from cva.core.idempotency import RepeatableCall, call_of, store_response, stored_response
from cva.core.identifiers import new_ids
from cva.core.jobs import Job, JobState
from cva.core.tenancy import SYSTEM
from cva.intake.checking import queue_for
from cva.journal.models import Line
from cva.societies.models import Society
from tests.makers import TWO_PAID, AtWork

NOW = datetime(2022, 11, 5, 9, tzinfo=UTC)


class HalfDoneError(Exception):
    """What stops a transaction of a test."""


def rename(session: Session, name: str) -> None:
    session.exec(select(Society)).one().name = name


def names(society: AtWork) -> list[str]:
    return [each.name for each in society.all_of(Society)]


def test_a_transaction_that_fails_changes_nothing(society: AtWork) -> None:
    def fail(session: Session) -> None:
        rename(session, "Half done")
        session.flush()
        raise HalfDoneError

    with pytest.raises(HalfDoneError):
        society.do(fail)
    assert names(society) == ["ARC Red Crescent"]
    society.do(lambda session: rename(session, "Done"))
    assert names(society) == ["Done"]


def test_reading_cannot_write(society: AtWork) -> None:
    def write(session: Session) -> None:
        rename(session, "By a reader")
        session.flush()

    with contextlib.suppress(DBAPIError):
        society.see(write)
    assert names(society) == ["ARC Red Crescent"]


def test_a_rehearsal_is_taken_back(society: AtWork) -> None:
    with rehearsal(society.engine, SYSTEM) as session:
        rename(session, "Only tried")
        session.flush()
    assert names(society) == ["ARC Red Crescent"]


def test_a_reader_sees_one_unchanging_ledger(society: AtWork) -> None:
    with reading(society.engine, SYSTEM) as session:
        before = session.exec(select(Society.name)).one()
        society.do(lambda writing: rename(writing, "Changed meanwhile"))
        assert session.exec(select(Society.name)).one() == before
    assert names(society) == ["Changed meanwhile"]


@pytest.mark.parametrize("minor", [100.5, "100.5", "ten", None])
def test_an_amount_is_a_whole_number_or_nothing(society: AtWork, minor: object) -> None:
    row: dict[str, Any] = {
        "society_id": society.society_id,
        "id": 1,
        "entry_id": 1,
        "account": "5000",
        "currency": "RUB",
        "amount_minor": minor,
    }
    with pytest.raises((DBAPIError, TypeError)), transaction(society.engine, SYSTEM) as session:
        insert_rows(session, Line, [row])
    assert society.all_of(Line) == []


def test_an_error_never_repeats_what_was_written(society: AtWork) -> None:
    person: dict[str, Any] = {
        "id": 1,
        "identity": {},
        "region": "Xanthippe Zzyzxov",
        "made_at": None,
    }
    ways: list[Callable[[Session], object]] = [
        lambda session: insert_rows(session, Beneficiary, [person | {"society_id": 1}]),
        lambda session: session.add(Beneficiary(**person, society_id=1)),
        lambda session: session.connection().execute(
            text("INSERT INTO user_account (email) VALUES ('Xanthippe Zzyzxov')")
        ),
    ]
    for way in ways:
        with pytest.raises(IntegrityError) as told:
            society.do(way)
        shown = "".join(traceback.format_exception(told.value)).partition("SQL: INSERT")[0]
        assert "Xanthippe" not in shown
        assert "null" in shown.casefold()


def test_ids_say_nothing_and_come_in_order() -> None:
    ids = new_ids(1000)
    assert ids == sorted(set(ids))
    assert 0 < min(ids) <= max(ids) < 2**63


class TestKeptAnswers:
    """The same call under the same key gets the same answer."""

    CALL = call_of(1, "key", b"POST /sheets", b"body")

    def earlier(self, society: AtWork, call: RepeatableCall) -> object:
        kept = society.see(lambda session: stored_response(session, call))
        return kept.answer if kept else None

    def test_an_answer_is_kept_for_whoever_asked(self, society: AtWork) -> None:
        assert self.earlier(society, self.CALL) is None
        society.do(lambda session: store_response(session, self.CALL, 202, {"id": 7}))
        assert self.earlier(society, self.CALL) == {"id": 7}
        other = call_of(2, "key", b"POST /sheets", b"body")
        assert self.earlier(society, other) is None

    @pytest.mark.parametrize("parts", [(b"POST /sheets", b"other"), (b"POST /sheetsbody",), ()])
    def test_another_call_under_the_same_key_is_refused(
        self, society: AtWork, parts: tuple[bytes, ...]
    ) -> None:
        society.do(lambda session: store_response(session, self.CALL, 202, {"id": 7}))
        with pytest.raises(ConflictError):
            self.earlier(society, call_of(1, "key", *parts))


class TestRuns:
    """A run that gives no sign of life is found; one that does, or is done, is left alone."""

    def test_only_the_silent_are_found(self, society: AtWork) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            silent, alive, done, failed = (
                society.send(TWO_PAID.replace("R-0", f"R-{turn}")).run_id for turn in range(4)
            )
            clock.shift(runs.STALE_AFTER)
            society.do(lambda session: runs.beat(session, alive, 1, 2))
            society.do(lambda session: runs.finish(session, done, JobState.DONE))
            society.do(lambda session: runs.finish(session, failed, JobState.FAILED))
            assert society.see(runs.unfinished) == [silent]
            clock.shift(timedelta(seconds=1) + runs.STALE_AFTER)
            assert society.see(runs.unfinished) == [silent, alive]

    def test_progress_is_read_from_the_row(self, society: AtWork) -> None:
        run_id = society.send(TWO_PAID).run_id
        society.do(lambda session: runs.beat(session, run_id, 10, 26014))
        (run,) = society.all_of(Job)
        assert (run.state, run.rows_done, run.rows_total) == ("running", 10, 26014)


def test_a_queued_run_is_done_in_the_background(society: AtWork) -> None:
    received = society.send(TWO_PAID)
    queue = queue_for(society.ledger)
    queue.start()
    try:
        society.wait_until(received.sheet_id, "checked")
    finally:
        queue.stop()
