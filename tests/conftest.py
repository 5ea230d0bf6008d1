"""What every test may ask for: a fresh ledger on each database, and a clean environment."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresTemplate, SqliteTemplate
from tests.postgres import postgres_server


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
