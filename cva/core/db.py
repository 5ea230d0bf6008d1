"""The engine, and the one place where a transaction begins and ends."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar, cast

from sqlalchemy import Column, Connection, Dialect, Engine, Select, Table, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, SQLModel, col

from cva.core.audit import Act, record
from cva.core.errors import CvaError, TenancyError
from cva.core.secret_columns import SecretBytes, next_numbers, sealed_column
from cva.core.tenancy import Actor, actor_of, narrow, refuse_strangers

Key = TypeVar("Key", int, str)
#: How long a writer waits for another one before it gives up.
BUSY_SECONDS = 30

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
)


def engine_for(url: str) -> Engine:
    """An engine with the settings the ledger relies on.

    On SQLite: write-ahead log and full sync (nothing acknowledged is lost in a power cut), foreign
    keys, triggers that fire on REPLACE too, and transactions that we begin ourselves. On both: an
    error never repeats the values of a statement, which may be personal.
    """
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "handle_error", _forget_values)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _forget_values(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row in the detail of its errors; keep only what went wrong."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            error.args = (_without_values(context.original_exception),)


def _without_values(error: BaseException) -> str:
    diagnosis = getattr(error, "diag", None)
    return (diagnosis.message_primary if diagnosis else None) or type(error).__name__


def _session(engine: Engine, actor: Actor) -> Session:
    """A session whose records can still be read when it is over."""
    return Session(engine, info={"actor": actor}, expire_on_commit=False)


@contextmanager
def transaction(engine: Engine, actor: Actor) -> Iterator[Session]:
    """A unit of work for one actor: committed whole, or not at all."""
    with (
        _missing_rights_recorded(engine, actor),
        _session(engine, actor) as session,
        session.begin(),
    ):
        narrow(session)
        yield session


@contextmanager
def _missing_rights_recorded(engine: Engine, actor: Actor) -> Iterator[None]:
    """Leave in the trail what somebody tried without the right to, in a transaction of its own."""
    try:
        yield
    except CvaError as error:
        if error.denied is not None:
            society_id, right = error.denied
            record_missing_right(engine, Actor(actor.user_id, {society_id: frozenset()}), right)
        raise


def record_missing_right(engine: Engine, actor: Actor, right: str) -> None:
    """Add to the trail of an actor's societies that a right was missing there."""
    for society_id in actor.societies:
        with suppress(IntegrityError), _session(engine, actor) as session, session.begin():
            record(session, Act.RIGHT_MISSING, society_id=society_id, subject_id=0, right=right)


@contextmanager
def reading(engine: Engine, actor: Actor) -> Iterator[Session]:
    """One unchanging view of the ledger for one actor; nothing can be written."""
    options: dict[str, Any] = {"reads_only": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        _missing_rights_recorded(engine, actor),
        _session(engine.execution_options(**options), actor) as session,
    ):
        narrow(session)
        try:
            yield session
        finally:
            session.expunge_all()
            session.rollback()


def is_reading(session: Session) -> bool:
    """Whether nothing can be written in a session."""
    options = session.get_bind().get_execution_options()
    return bool(options.get("reads_only"))


@contextmanager
def rehearsal(engine: Engine, actor: Actor) -> Iterator[Session]:
    """A transaction that is always rolled back: to see what would happen."""
    with _session(engine, actor) as session:
        narrow(session)
        try:
            yield session
        finally:
            session.rollback()


#: So many keys one statement may name.
_MOST_KEYS = 10_000


def batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Keys in parts that one statement may name; each key once, in order."""
    listed = sorted(set(keys))
    for start in range(0, len(listed), _MOST_KEYS):
        yield listed[start : start + _MOST_KEYS]


def rows_among(
    session: Session,
    query: Select[*tuple[Any, ...]],
    column: Any,  # noqa: ANN401
    keys: Iterable[Key],
) -> Iterator[Any]:
    """The rows of a query whose column has one of some keys, however many they are."""
    for part in batches(keys):
        yield from session.execute(query.where(col(column).in_(part)))


#: Rows of a table, for example to insert: values by column, the same columns in each.
TableRows = list[dict[str, Any]]


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows at once; every row names the same columns."""
    if rows:
        insert_columns(session, table, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(
    session: Session, table: type[SQLModel], values: Mapping[str, list[Any] | object]
) -> None:
    """Insert many rows at once, given column by column; what is no list is the same in each row.

    The values go to the driver as they are (``executemany`` on SQLite, ``COPY`` on PostgreSQL):
    the mapper's own bulk insert takes five times as long. What the session checks of every other
    statement is checked here: each row belongs to a society of the actor.
    """
    rows = max((len(given) for given in values.values() if isinstance(given, list)), default=1)
    if not rows:
        return
    refuse_strangers(actor_of(session), table, values.get("society_id"))
    session.flush()
    connection = session.connection()
    values = _numbered(session, table, values, rows)
    columns = [table.__table__.columns[name] for name in values]  # type: ignore[attr-defined]
    stored = [
        _as_stored(column, given, rows, connection.dialect)
        for column, given in zip(columns, _sealed(columns, values, rows), strict=True)
    ]
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(columns[0].table.name)} ({', '.join(quote(c.name) for c in columns)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, target, columns, stored)
        return
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {target} VALUES ({places})"  # noqa: S608 - names of our own tables
    connection.exec_driver_sql(statement, list(zip(*stored, strict=True)))


def _numbered(
    session: Session, table: type[SQLModel], values: Mapping[str, list[Any] | object], rows: int
) -> Mapping[str, list[Any] | object]:
    """The values with numbers of their rows, where secrets are bound to them."""
    named: Table = table.__table__  # type: ignore[attr-defined]
    if not any(isinstance(column.type, SecretBytes) for column in named.columns):
        return values
    [row_id] = named.primary_key
    if row_id.name in values:
        return values
    return {
        **values,
        row_id.name: [*next_numbers(session.connection(), row_id, rows, session.info)],
    }


def _sealed(
    columns: Sequence[Column[Any]], values: Mapping[str, list[Any] | object], rows: int
) -> Iterator[list[Any] | object]:
    """The values by column, with those of secret columns sealed in their rows."""
    for column in columns:
        given = values[column.name]
        if given is None or not isinstance(column.type, SecretBytes):
            yield given
            continue
        [row_id] = column.table.primary_key
        listed = given if isinstance(given, list) else [given] * rows
        yield sealed_column(column, listed, cast("list[int]", values[row_id.name]))


def _as_stored(
    column: Column[Any], given: list[Any] | object, rows: int, dialect: Dialect
) -> list[Any]:
    """The values of a column as its type writes them."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if not isinstance(given, list):
        return [process(given) if process else given] * rows
    if process is None or given.count(None) == rows:
        return given
    return [process(value) for value in given]


#: PostgreSQL's own names of the types that are copied.
_POSTGRES_NAMES = {
    "BIGINT": "int8",
    "BOOLEAN": "bool",
    "BYTEA": "bytea",
    "DATE": "date",
    "INTEGER": "int4",
    "SMALLINT": "int2",
    "TEXT": "text",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


def _copy(
    connection: Connection,
    target: str,
    columns: Sequence[Column[Any]],
    values: Sequence[list[Any]],
) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise TenancyError("The connection is gone.")
    types = [_POSTGRES_NAMES[column.type.compile(connection.dialect)] for column in columns]
    statement = f"COPY {target} FROM STDIN (FORMAT BINARY)"
    base = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in zip(*values, strict=True):
                copy.write_row(row)
    except base as error:
        reduced = type(error)(_without_values(error))
        raise DBAPIError.instance(statement, None, reduced, base, hide_parameters=True) from None


@contextmanager
def in_bulk() -> Iterator[None]:
    """Keep Python from looking for circular garbage meanwhile.

    Rows make none, and a tenth of the time went into looking.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
