"""What every test may ask for: a fresh ledger on each database, and a clean environment."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from cva.core.ledger import Ledger
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.makers import AtWork, open_at, society_at_work
from tests.postgres import postgres_server

# CI tries the same invented input each time, so that red means that something changed. No test
# is about time. CVA_TEST_EXAMPLES says how often each property is tried.
_TRIES = int(os.environ.get("CVA_TEST_EXAMPLES", "100"))
settings.register_profile("here", deadline=None, max_examples=_TRIES)
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=_TRIES)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own ledger out of the tests."""
    for name in list(os.environ):
        if name.startswith("CVA_") and not name.startswith("CVA_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    with postgres_server() as server:
        template = PostgresTemplate(server)
        yield template
        template.close()


@pytest.fixture
def sqlite_url(sqlite_template: SqliteTemplate, tmp_path: Path) -> str:
    """A fresh ledger in a file."""
    return sqlite_template.copy_to(tmp_path / "cva.db")


@pytest.fixture
def postgres_url(postgres_template: PostgresTemplate) -> Iterator[str]:
    """A fresh ledger on PostgreSQL."""
    with postgres_template.copy() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh ledger; the test runs once on each database."""
    fixtures = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}
    return str(request.getfixturevalue(fixtures[request.param]))


@pytest.fixture
def ledger(database_url: str, tmp_path: Path) -> Iterator[Ledger]:
    """An open ledger, once on each database."""
    opened = open_at(database_url, tmp_path)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_ledger(sqlite_url: str, tmp_path: Path) -> Iterator[Ledger]:
    """An open ledger in a file: for what no database has a part in."""
    opened = open_at(sqlite_url, tmp_path)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def society(ledger: Ledger) -> AtWork:
    """A society at work, once on each database."""
    return society_at_work(ledger)


@pytest.fixture
def sqlite_society(sqlite_ledger: Ledger) -> AtWork:
    """A society at work in a file."""
    return society_at_work(sqlite_ledger)


@pytest.fixture
def two_societies(ledger: Ledger) -> tuple[AtWork, AtWork]:
    """Two societies in one ledger, once on each database."""
    return society_at_work(ledger), society_at_work(ledger, "BRC")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept_society(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AtWork]:
    """A society at work for all tests of a module, which leave it as it is; on each database."""
    home = tmp_path_factory.mktemp("kept")
    with ExitStack() as stack:
        if request.param == "sqlite":
            template: SqliteTemplate = request.getfixturevalue("sqlite_template")
            url = template.copy_to(home / "cva.db")
        else:
            postgres: PostgresTemplate = request.getfixturevalue("postgres_template")
            url = stack.enter_context(postgres.copy())
        opened = open_at(url, home)
        stack.callback(opened.engine.dispose)
        yield society_at_work(opened)
