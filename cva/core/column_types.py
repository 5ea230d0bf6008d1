"""Column types that mean the same on SQLite and PostgreSQL.

SQLite's STRICT tables know INTEGER, TEXT, BLOB and no more, which is what keeps a fraction out of
an amount; so each type says what it is on either side.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Integer,
    SmallInteger,
    Text,
)
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

#: Arguments of every table: SQLite checks the type of each value stored.
STRICT: Any = {"sqlite_strict": True}
#: Whole numbers of 64 bits: minor units, random ids.
LongInteger = BigInteger().with_variant(Integer(), "sqlite")
SmallInt = SmallInteger().with_variant(Integer(), "sqlite")
#: Text without a length of its own; limits are the gates' business.
Word = Text()


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


class Day(TypeDecorator[date]):
    """A calendar day; ISO text on SQLite, which sorts and compares as the days do."""

    impl = Date().with_variant(Text(), "sqlite")
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value.isoformat() if value is not None and _is_sqlite(dialect) else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Instant(TypeDecorator[datetime]):
    """A moment, aware, in UTC; ISO text with microseconds on SQLite."""

    impl = DateTime(timezone=True).with_variant(Text(), "sqlite")
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        value = value.astimezone(UTC)
        return value.isoformat(timespec="microseconds") if _is_sqlite(dialect) else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return value.astimezone(UTC) if value is not None else None


class Flag(TypeDecorator[bool]):
    """Yes or no; 1 or 0 on SQLite."""

    impl = Boolean().with_variant(Integer(), "sqlite")
    cache_ok = True

    @override
    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        return int(value) if value is not None and _is_sqlite(dialect) else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return bool(value) if value is not None else None


class Json(TypeDecorator[Any]):
    """A small JSON value, as text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
