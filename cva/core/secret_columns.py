"""Columns encrypted at rest, each value bound to its table, its column and its row.

A value that somebody moved to another row, such as the telephone that money is sent to, cannot be
read there. A row is named by its primary key, which is drawn or taken before the row is written;
whoever selects a secret column gets the number of its row beside it, without a word of their own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Table,
    event,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapper, attributes, object_session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel, col
from typing_extensions import override

from cva.core.crypto import KEY_NAME_BYTES, keys
from cva.core.errors import SettingError
from cva.core.tenancy import TenantOwned

#: Rows that are read at once when all are looked at; some hold whole files.
_READ_AT_ONCE = 100


class Sealed(bytes):
    """A value that is encrypted already, by ``SecretBytes.sealed``."""


@dataclass(frozen=True, slots=True, eq=False)
class InRow:
    """A value, or None, and the row that it is about to be written to."""

    plain: object
    row_id: int


class _WithRow(FunctionElement[bytes]):
    """The number of a row and a colon before one of its values."""

    inherit_cache = True


@compiles(_WithRow, "postgresql")
def _with_row_on_postgresql(element: _WithRow, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    row, value = (compiler.process(each, **options) for each in element.clauses)
    return f"(({row})::text || ':')::bytea || {value}"


@compiles(_WithRow)
def _with_row(element: _WithRow, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    row, value = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST({row} || ':' || {value} AS BLOB)"


class SecretBytes(TypeDecorator[bytes]):
    """Bytes encrypted at rest; ``place`` (``table.column``) is bound into the cipher."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def to_bytes(self, value: Any) -> bytes:  # noqa: ANN401
        """The plain bytes of a value."""
        return bytes(value)

    def from_bytes(self, plain: bytes) -> Any:  # noqa: ANN401
        """The value of plain bytes."""
        return plain

    def sealed(self, value: Any, row_id: int) -> Sealed:  # noqa: ANN401
        """The value as it is stored in a row."""
        return Sealed(keys().encrypt(self._place(b"%d" % row_id), self.to_bytes(value)))

    def opened(self, stored: bytes, row: bytes) -> bytes:
        """The plain bytes of a value as it is stored in a row, whose number is in ASCII.

        Raises:
            SettingError: It is not as it was written there.
        """
        return keys(stored[:KEY_NAME_BYTES]).decrypt(self._place(row), stored)

    def renewed(self, stored: bytes, row_id: int) -> Sealed:
        """A value as it is stored in a row, encrypted anew.

        Raises:
            SettingError: It is not as it was written there.
        """
        row = b"%d" % row_id
        return Sealed(keys().encrypt(self._place(row), self.opened(stored, row)))

    def _place(self, row: bytes) -> bytes:
        return b"%s %s" % (self.place.encode(), row)

    @override
    def column_expression(self, column: Any) -> Any:
        [row_id] = column.table.primary_key
        return type_coerce(_WithRow(row_id, column), self)

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, InRow):
            return None if value.plain is None else self.sealed(value.plain, value.row_id)
        raise TypeError(f"A value of {self.place} is written with the number of its row.")

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        row, _colon, stored = bytes(value).partition(b":")
        return self.from_bytes(self.opened(stored, row))


class SecretText(SecretBytes):
    """Text encrypted at rest."""

    cache_ok = True

    @override
    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    @override
    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class SecretJson(SecretBytes):
    """A JSON value encrypted at rest."""

    cache_ok = True

    @override
    def to_bytes(self, value: Any) -> bytes:
        return _encode(value).encode()

    @override
    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


def wrong_values(
    session: Session, table: type[TenantOwned], society_id: int
) -> Iterator[tuple[str, int]]:
    """Values of a society that cannot be read where they stand, as ``table.column`` and row."""
    columns: Table = table.__table__  # type: ignore[attr-defined]
    for column in columns.columns:
        secret = column.type
        if not isinstance(secret, SecretBytes):
            continue
        [row_id] = columns.primary_key
        query = (
            select(row_id, type_coerce(column, LargeBinary))
            .where(col(table.society_id) == society_id, column.is_not(None))
            .order_by(row_id)
        )
        with session.execute(query, execution_options={"yield_per": _READ_AT_ONCE}) as stored:
            for row, value in stored:
                try:
                    secret.opened(bytes(value), b"%d" % row)
                except SettingError:
                    yield secret.place, row


def is_readable(session: Session, table: type[TenantOwned], society_id: int) -> ColumnElement[bool]:
    """The condition that every secret of a row of a society can be read where it stands."""
    columns: Table = table.__table__  # type: ignore[attr-defined]
    [row_id] = columns.primary_key
    return row_id.not_in({row for _place, row in wrong_values(session, table, society_id)})


def in_row(table: type[SQLModel], row_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for columns of one row that exists, the secret ones with its number."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return {
        name: InRow(value, row_id) if isinstance(columns[name].type, SecretBytes) else value
        for name, value in values.items()
    }


def sealed_column(column: Column[Any], values: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    """The values of a secret column as they are stored, each in its row."""
    secret = column.type
    assert isinstance(secret, SecretBytes)  # noqa: S101 - for the reader of types
    return [
        value if value is None or isinstance(value, Sealed) else secret.sealed(value, row)
        for value, row in zip(values, rows, strict=True)
    ]


@cache
def _secrets_of(mapper: Mapper[Any]) -> Sequence[str]:
    """The attributes of a table whose columns are secret."""
    return [
        each.key for each in mapper.column_attrs if isinstance(each.columns[0].type, SecretBytes)
    ]


@event.listens_for(SQLModel, "before_insert", propagate=True)
def _before_insert(mapper: Mapper[Any], connection: Connection, record: SQLModel) -> None:
    if secrets := _secrets_of(mapper):
        _bind(record, secrets, _row_of(mapper, connection, record))


@event.listens_for(SQLModel, "before_update", propagate=True)
def _before_update(mapper: Mapper[Any], connection: Connection, record: SQLModel) -> None:
    secrets = [
        name for name in _secrets_of(mapper) if attributes.get_history(record, name).has_changes()
    ]
    if secrets:
        _bind(record, secrets, _row_of(mapper, connection, record))


@event.listens_for(SQLModel, "after_insert", propagate=True)
@event.listens_for(SQLModel, "after_update", propagate=True)
def _after(mapper: Mapper[Any], _connection: Connection, record: SQLModel) -> None:
    for name in _secrets_of(mapper):
        value = record.__dict__.get(name)
        if isinstance(value, InRow):
            record.__dict__[name] = value.plain


def _bind(record: SQLModel, secrets: Sequence[str], row_id: int) -> None:
    """Say beside each secret in which row it will stand."""
    for name in secrets:
        value = record.__dict__.get(name)
        if not isinstance(value, InRow | Sealed):
            record.__dict__[name] = InRow(value, row_id)


def _row_of(mapper: Mapper[Any], connection: Connection, record: SQLModel) -> int:
    """The number of a record; where the database counts them, the next one is taken now."""
    [column] = cast("list[Column[Any]]", mapper.primary_key)
    name = mapper.get_property_by_column(column).key
    if record.__dict__.get(name) is None:
        session = object_session(record)
        [number] = next_numbers(connection, column, 1, session.info if session else {})
        setattr(record, name, number)
    return int(record.__dict__[name])


def next_numbers(
    connection: Connection, column: Column[Any], count: int, taken: dict[str, Any]
) -> Sequence[int]:
    """The next numbers of rows that the database counts, taken before they are written.

    Args:
        connection: In the transaction that writes them; on SQLite nobody else writes meanwhile.
        column: The primary key.
        count: How many.
        taken: Where it is remembered which were taken and are not written yet.
    """
    table = str(column.table)
    if connection.dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence(table, column.name))
        each = select(sequence).select_from(func.generate_series(1, count).alias())
        return connection.scalars(each).all()
    last = connection.scalar(select(func.max(column))) or 0
    if column.table.dialect_options["sqlite"]["autoincrement"]:
        given = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = max(last, connection.scalar(given, {"table": table}) or 0)
    last = max(taken.get(table, 0), last)
    taken[table] = last + count
    return range(last + 1, last + count + 1)
