"""A fresh ledger on each database, for what is measured on both."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.databases import PostgresTemplate, SqliteTemplate
from tests.makers import AtWork, open_at, society_at_work
from tests.postgres import postgres_server

DATABASES = ("SQLite", "PostgreSQL")


@contextmanager
def fresh_society(database: str) -> Iterator[AtWork]:
    """A society at work in a ledger of its own."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if database == "SQLite":
            url = SqliteTemplate(home).copy_to(home / "cva-bench.db")
        else:
            template = PostgresTemplate(stack.enter_context(postgres_server()))
            stack.callback(template.close)
            url = stack.enter_context(template.copy())
        ledger = open_at(url, home)
        stack.callback(ledger.engine.dispose)
        yield society_at_work(ledger)
