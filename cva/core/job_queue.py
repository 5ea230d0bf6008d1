"""The queue of long work: it carries ids of runs, and the runs themselves are the truth.

huey keeps it: in a small SQLite file of its own and a thread of the serving process, or in
PostgreSQL where the ledger is kept there. huey delivers at most once, so a run whose process died
is queued again by ``sweep``.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from huey import PostgresHuey, SqliteHuey
from huey.consumer import Consumer
from sqlalchemy.engine import make_url
from typing_extensions import override

from cva.core.settings import Settings

log = logging.getLogger(__name__)

_SWEEP_SECONDS = 60


class JobQueue:
    """Hands run ids to ``work``, in the background.

    Args:
        settings: Say where the queue is kept.
        work: Does the run with this id; doing it twice does it once.
        stale: Finds the runs that are not worked on any more.
    """

    def __init__(
        self,
        settings: Settings,
        work: Callable[[int], None],
        stale: Callable[[], Iterable[int]],
    ) -> None:
        self._huey = _huey(settings)
        self._stale = stale
        self._task = self._huey.task(name="run")(_logged(work))
        self._consumer: _Consumer | None = None
        self._stopped = threading.Event()

    def add(self, run_id: int) -> None:
        """Queue a run."""
        self._task(run_id)

    def sweep(self) -> None:
        """Queue again what is not worked on."""
        for run_id in self._stale():
            self.add(run_id)

    def start(self) -> None:
        """Begin to work in threads of this process."""
        self._consumer = _Consumer(
            self._huey, workers=1, worker_type="thread", periodic=False, max_delay=0.5
        )
        self._consumer.start()
        threading.Thread(target=self._sweep_now_and_then, daemon=True, name="cva-sweep").start()

    def stop(self) -> None:
        """Finish the run at hand and stop."""
        self._stopped.set()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)

    def _sweep_now_and_then(self) -> None:
        while not self._stopped.wait(_SWEEP_SECONDS):
            self.sweep()


class _Consumer(Consumer):  # type: ignore[misc]
    """A consumer in a thread: signals belong to the process that serves."""

    @override
    def _set_signal_handlers(self) -> None:
        pass


def _logged(work: Callable[[int], None]) -> Callable[[int], None]:
    def run(run_id: int) -> None:
        try:
            work(run_id)
        except Exception:
            log.exception("Run %s stopped.", run_id)

    return run


def make_tables(settings: Settings) -> None:
    """Make the queue's tables in PostgreSQL as the owner of all tables, where they are missing."""
    if not settings.is_sqlite:
        _in_postgres(settings.migration_url).storage.close()


def _huey(settings: Settings) -> Any:  # noqa: ANN401
    if settings.is_sqlite:
        return SqliteHuey("cva", filename=str(settings.home / "queue.db"), results=False)
    return _in_postgres(settings.database_url)


def _in_postgres(database_url: str) -> Any:  # noqa: ANN401
    url = make_url(database_url).set(drivername="postgresql")
    dsn = url.render_as_string(hide_password=False)
    queue = PostgresHuey("cva", dsn=dsn, results=False, create_tables=False)
    # Its own CREATE IF NOT EXISTS needs the right to create even where there is nothing to do,
    # and the application's role may have no such right.
    found = queue.storage.sql(f"SELECT to_regclass('{queue.storage.table_task}')", results=True)
    if found == [(None,)]:
        queue.storage.initialize_schema()
    return queue
