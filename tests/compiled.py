"""What SQLAlchemy compiled for one test's engine serves the next one of its kind.

A fresh engine for each test would compile every statement anew, which took a third of the time of
a test with a database. A server keeps its engine, and so what it compiled, for weeks.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from typing_extensions import override

_compiled: dict[Any, Any] = {}


class _OneOfAKind:
    """Equal to every other of its class: what was compiled is kept by the dialect it is for."""

    @override
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    @override
    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Have a new engine look among what others compiled."""
        engine.update_execution_options(compiled_cache=_compiled)


class Sqlite(_OneOfAKind, SQLiteDialect_pysqlite):
    """The dialect of a file."""

    supports_statement_cache = True


class Postgres(_OneOfAKind, PGDialect_psycopg):
    """The dialect of a server; there is one server in a run."""

    supports_statement_cache = True


def keep_compiled() -> None:
    """Let every engine from now on keep what it compiles for the next."""
    for name, dialect in (("sqlite", Sqlite), ("postgresql.psycopg", Postgres)):
        registry.register(name, __name__, dialect.__name__)
