"""Databases for tests: migrated once for each worker, then copied for each test."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL

from cva.core.db import engine_for
from cva.core.migrate import upgrade
from tests.postgres import plain

#: From this version on, PostgreSQL has a locale that is the same on every system.
BUILTIN_LOCALE_SINCE = 170000
#: From this version on, it copies a database through its log unless told to copy the files, which
#: is several times as fast for one as small as ours; before, it copied the files in any case.
FILE_COPY_SINCE = 150000

_COPY = SQL("CREATE DATABASE {} TEMPLATE {}")
_COPY_FILES = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
_MAKE = SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
_MAKE_BUILTIN = SQL(
    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
)


def migrate(url: str) -> None:
    """Bring a database to the newest revision and let go of it."""
    engine = engine_for(url)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


class SqliteTemplate:
    """A migrated file; a test gets a copy of it."""

    def __init__(self, folder: Path, fill: Callable[[str], None] = migrate) -> None:
        self._file = folder / "template.db"
        fill(f"sqlite:///{self._file}")
        if leftover := list(folder.glob("template.db-*")):
            raise AssertionError(f"The migration left a connection open: {leftover}")

    def copy_to(self, file: Path) -> str:
        """Put a fresh ledger there; gives its URL."""
        shutil.copyfile(self._file, file)
        return f"sqlite:///{file}"


class PostgresTemplate:
    """A migrated database; a test gets a copy of it under a name of its own.

    The names are random, as a server named by the environment may be shared between workers.
    """

    def __init__(self, server: URL, fill: Callable[[str], None] = migrate) -> None:
        self._server = server
        self._name = _random_name()
        with psycopg.connect(plain(server)) as connection:
            self._version = connection.info.server_version
        self._make()
        fill(self._url(self._name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The URL of a fresh ledger, which is dropped at the end, connections or not."""
        name = _random_name()
        copy = _COPY_FILES if self._version >= FILE_COPY_SINCE else _COPY
        self._run(copy.format(Identifier(name), Identifier(self._name)))
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Leave the server as it was."""
        self._drop(self._name)

    def _make(self) -> None:
        """An empty database that knows the letters of every script, on any server."""
        builtin = self._version >= BUILTIN_LOCALE_SINCE
        self._run((_MAKE_BUILTIN if builtin else _MAKE).format(Identifier(self._name)))

    def _drop(self, name: str) -> None:
        self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _run(self, command: Composed) -> None:
        with psycopg.connect(plain(self._server), autocommit=True) as connection:
            connection.execute(command)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


def _random_name() -> str:
    return f"cva_test_{uuid.uuid4().hex}"
