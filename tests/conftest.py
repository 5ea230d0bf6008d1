"""What every test may ask for: a fresh ledger on each database, and a clean environment."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL

from cva.core.ledger import Ledger
from cva.societies import passwords
from tests.compiled import keep_compiled
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.furnished import Furnished
from tests.makers import WEAK_HASHER, AtWork, open_at, society_at_work
from tests.postgres import postgres_server
from tests.reading_here import allow_reading_here
from tests.selection import DATABASES, select

# CI tries the same invented input each time, so that red means that something changed. No test
# is about time. CVA_TEST_EXAMPLES says how often each property is tried.
_TRIES = int(os.environ.get("CVA_TEST_EXAMPLES", "100"))
_QUICK_TRIES = 20
settings.register_profile("here", deadline=None, max_examples=_TRIES)
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=_TRIES)
settings.register_profile("quick", deadline=None, max_examples=min(_TRIES, _QUICK_TRIES))
settings.load_profile("ci" if os.environ.get("CI") else "here")

keep_compiled()
allow_reading_here()

#: Whoever asks for one of these finds a society in the ledger.
SOCIETIES = {"society", "sqlite_society"}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("ledger")
    group.addoption(
        "--all",
        action="store_true",
        dest="all_databases",
        help="run the tests of pages, interface and commands on both databases, each test, "
        "where otherwise each runs on one of the two",
    )
    group.addoption(
        "--quick",
        action="store_true",
        help="SQLite alone, and nothing that takes long: no browser, no faults, no demo",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("quick"):
        settings.load_profile("quick")


@pytest.hookimpl(trylast=True)  # after -k and -m
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    select(config, items)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own ledger out of the tests."""
    for name in list(os.environ):
        if name.startswith("CVA_") and not name.startswith("CVA_TEST_"):
            monkeypatch.delenv(name)


def _wants_full_hashes(request: pytest.FixtureRequest) -> bool:
    marked = request.node.get_closest_marker("full_hashes") is not None
    return marked and not request.config.getoption("quick")


@pytest.fixture(autouse=True)
def weak_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at the least cost argon2id has, except where the test is about them.

    The product has no such switch: an eighth of a second for each sign-in is what it is for.
    """
    passwords._nobody.cache_clear()  # noqa: SLF001
    if not _wants_full_hashes(request):
        monkeypatch.setattr(passwords, "_hasher", WEAK_HASHER)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[URL]:
    """The address of the server that this worker starts, or that is named."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server_url: URL) -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(postgres_server_url)
    yield template
    template.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """What puts a society into a template."""
    return Furnished(tmp_path_factory.mktemp("furnished"))


@pytest.fixture(scope="session")
def furnished_sqlite(
    tmp_path_factory: pytest.TempPathFactory, furnished: Furnished
) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"), furnished.fill)


@pytest.fixture(scope="session")
def furnished_postgres(
    postgres_server_url: URL, furnished: Furnished
) -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(postgres_server_url, furnished.fill)
    yield template
    template.close()


@pytest.fixture
def is_furnished(request: pytest.FixtureRequest) -> bool:
    """Whether the test's fresh ledger has a society in it from the beginning."""
    asks = not SOCIETIES.isdisjoint(request.fixturenames)
    return asks and not _wants_full_hashes(request)


@pytest.fixture
def sqlite_url(
    request: pytest.FixtureRequest, furnished: Furnished, tmp_path: Path, *, is_furnished: bool
) -> str:
    """A fresh ledger in a file."""
    name = "furnished_sqlite" if is_furnished else "sqlite_template"
    template: SqliteTemplate = request.getfixturevalue(name)
    if is_furnished:
        furnished.lend_key(tmp_path)
    return template.copy_to(tmp_path / "cva.db")


@pytest.fixture
def postgres_url(
    request: pytest.FixtureRequest, furnished: Furnished, tmp_path: Path, *, is_furnished: bool
) -> Iterator[str]:
    """A fresh ledger on PostgreSQL."""
    name = "furnished_postgres" if is_furnished else "postgres_template"
    template: PostgresTemplate = request.getfixturevalue(name)
    if is_furnished:
        furnished.lend_key(tmp_path)
    with template.copy() as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh ledger; the test runs once on each database, a test of a door on one of them."""
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
def society(ledger: Ledger, furnished: Furnished, *, is_furnished: bool) -> AtWork:
    """A society at work, once on each database."""
    return furnished.society(ledger) if is_furnished else society_at_work(ledger)


@pytest.fixture
def sqlite_society(sqlite_ledger: Ledger, furnished: Furnished, *, is_furnished: bool) -> AtWork:
    """A society at work in a file."""
    return furnished.society(sqlite_ledger) if is_furnished else society_at_work(sqlite_ledger)


@pytest.fixture
def two_societies(ledger: Ledger, society: AtWork) -> tuple[AtWork, AtWork]:
    """Two societies in one ledger, once on each database."""
    return society, society_at_work(ledger, "BRC")


@pytest.fixture(scope="module", params=DATABASES)
def kept_ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """An open ledger for all tests of a module, which leave it as it is; on each database."""
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
        yield opened


@pytest.fixture(scope="module")
def kept_society(kept_ledger: Ledger) -> AtWork:
    """A society at work for all tests of a module, which leave it as it is; on each database."""
    return society_at_work(kept_ledger)
