"""Changing the key: every secret value is encrypted anew, and every look-up token made anew.

The ledger is served meanwhile. It can be broken off at any moment and begun again: what is under
the newest key already is left alone.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    type_coerce,
    update,
)
from sqlmodel import SQLModel

from cva.core import crypto, installation
from cva.core.append_only import APPEND_ONLY
from cva.core.crypto import KEY_NAME_BYTES, keys
from cva.core.db import reading, transaction
from cva.core.errors import RuleError, SettingError
from cva.core.i18n import gettext as _
from cva.core.lookup_keys import LookupKey, renew, societies_to_renew
from cva.core.secret_columns import Sealed, SecretBytes
from cva.core.tenancy import SYSTEM

#: So many rows are written at once; some hold whole files.
_ROWS_AT_ONCE = 200
#: A sheet that is checked is written with the key that was the newest when its check began.
OLDER_KEYS_KEPT = timedelta(hours=1)

#: Told how many rows are done, and how many there are.
Report = Callable[[int, int], None]


def rotate(engine: Engine, key_file: Path, report: Report) -> int:
    """Put everything under a new key; under the newest, where an older one is still in use.

    Args:
        engine: Of the owner of the tables.
        key_file: It keeps the older keys, until ``forget_older_keys``.
        report: Called after each part.

    Returns:
        How many values could not be read where they stand; they stay as they are.

    Raises:
        RuleError: An older key is still in the file, and nothing is under it.
        SettingError: Another command is changing the key file.
    """
    is_new = not keys().older
    if is_new:
        crypto.use(crypto.add_key(key_file), key_file)
        with transaction(engine, SYSTEM) as session:
            installation.settle_key(session, keys())
    done, total = 0, count_older(engine)
    if not total and not is_new:
        raise RuleError(
            _(
                "Everything is under the newest key already. To change the key again, first run: "
                "cva keys forget"
            ),
            code="key_in_use",
        )
    report(done, total)
    with reading(engine, SYSTEM) as session:
        societies = societies_to_renew(session)
    for society_id in societies:
        with transaction(engine, SYSTEM) as session, _overwriting(session.connection()):
            renew(session, society_id)
            session.flush()
        done += 1
        report(done, total)
    unreadable = 0
    for table in _tables():
        for rows, wrong in _rewrite(engine, table):
            done, unreadable = done + rows, unreadable + wrong
            report(done, max(done, total))
    _empty_log(engine)
    return unreadable


def forget_older_keys(engine: Engine, key_file: Path) -> None:
    """Delete the older keys from the key file.

    Raises:
        RuleError: A value is under one of them, or could still be written with one.
        SettingError: Another command is changing the key file.
    """
    if time.time() - key_file.stat().st_mtime < OLDER_KEYS_KEPT.total_seconds():
        raise RuleError(
            _(
                "The key was changed less than an hour ago: a sheet may still be on its way with "
                "the one before it. Try again later."
            ),
            code="key_in_use",
        )
    if left := count_older(engine):
        message = _("{count} rows are still under an older key. Run: cva keys rotate")
        raise RuleError(message.format(count=left), code="key_in_use")
    crypto.remove_older_keys(key_file)


def count_older(engine: Engine) -> int:
    """How many rows have a value that is not under the newest key."""
    with engine.connect() as connection:
        return sum(
            connection.execute(select(func.count()).where(_is_older(table))).scalar_one()
            for table in [*_tables(), _table_of(LookupKey)]
        )


def _tables() -> Iterator[Table]:
    """The tables with secret columns; look-up keys are renewed and not rewritten."""
    for table in SQLModel.metadata.sorted_tables:
        if _secrets_of(table) and table is not _table_of(LookupKey):
            yield table


def _table_of(table: type[SQLModel]) -> Table:
    found: Table = table.__table__  # type: ignore[attr-defined]
    return found


def _secrets_of(table: Table) -> Sequence[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, SecretBytes)]


def _is_older(table: Table) -> ColumnElement[bool]:
    """The condition that a row has a value under another than the newest key."""
    newest = keys().key_name
    return or_(
        *(
            and_(
                column.is_not(None),
                func.substr(type_coerce(column, LargeBinary), 1, KEY_NAME_BYTES) != newest,
            )
            for column in _secrets_of(table)
        )
    )


def _rewrite(engine: Engine, table: Table) -> Iterator[tuple[int, int]]:
    """Encrypt the values of a table anew; after each part its rows, and its unreadable values."""
    [row_id] = table.primary_key
    columns = _secrets_of(table)
    stored = [type_coerce(column, LargeBinary).label(column.name) for column in columns]
    change = update(table).where(row_id == bindparam("row"))
    change = change.values({column.name: bindparam(f"new_{column.name}") for column in columns})
    query = select(row_id, *stored).where(_is_older(table)).order_by(row_id).limit(_ROWS_AT_ONCE)
    last: int | None = None
    while True:
        after = query if last is None else query.where(row_id > last)
        with engine.begin() as connection, _overwriting(connection), _changeable(connection, table):
            rows = connection.execute(after.with_for_update()).all()
            renewed = [_renewed(columns, row) for row in rows]
            if rows:
                connection.execute(change, [values for values, _wrong in renewed])
        if not rows:
            return
        last = rows[-1][0]
        yield len(rows), sum(wrong for _values, wrong in renewed)


def _renewed(columns: Sequence[Column[Any]], row: Sequence[Any]) -> tuple[dict[str, Any], int]:
    """The values of a row under the newest key, and how many of them cannot be read."""
    row_id, *stored = row
    values: dict[str, Any] = {"row": row_id}
    wrong = 0
    for column, value in zip(columns, stored, strict=True):
        secret = column.type
        assert isinstance(secret, SecretBytes)  # noqa: S101 - for the reader of types
        try:
            values[f"new_{column.name}"] = value and secret.renewed(bytes(value), row_id)
        except SettingError:
            values[f"new_{column.name}"] = Sealed(value)
            wrong += 1
    return values, wrong


@contextmanager
def _overwriting(connection: Connection) -> Iterator[None]:
    """Leave nothing of the older values in the freed places of an SQLite file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        yield
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    else:
        yield


def _empty_log(engine: Engine) -> None:
    """Empty the write-ahead log of SQLite, which holds older values until it is written over."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


@contextmanager
def _changeable(connection: Connection, table: Table) -> Iterator[None]:
    """Let rows of an append-only table be written anew, in this transaction alone."""
    trigger = f"{table.name}_no_update"
    if table.name not in APPEND_ONLY:
        yield
    elif connection.dialect.name == "postgresql":
        connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER {trigger}"))
        yield
        connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER {trigger}"))
    else:
        query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        made = connection.execute(query, {"name": trigger}).scalar_one()
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        yield
        connection.exec_driver_sql(made)
