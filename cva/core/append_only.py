"""The triggers that keep posted records from being changed; they are checked at start."""

from sqlalchemy import Connection, text

APPEND_ONLY = (
    "absence",
    "amendment",
    "audit_event",
    "book_movement",
    "entitlement",
    "entry",
    "evidence",
    "float_move",
    "line",
    "list_sending",
    "list_version",
    "person_event",
    "payment",
    "payment_event",
    "stated_balance",
    "transfer",
    "transfer_event",
    "vendor_payment",
    "voucher",
    "voucher_event",
)

_COMMON = {"entry_must_balance", "line_must_be_open"} | {
    f"{table}_{verb}" for table in APPEND_ONLY for verb in ("no_update", "no_delete")
}
#: Every trigger there must be. PostgreSQL has no REPLACE that could slip past its primary keys.
TRIGGERS = {
    "postgresql": frozenset(_COMMON),
    "sqlite": frozenset(_COMMON | {f"{table}_no_replace" for table in APPEND_ONLY}),
}

_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def missing_triggers(connection: Connection) -> list[str]:
    """Names of the triggers that are missing or switched off."""
    dialect = connection.dialect.name
    found = set(connection.execute(text(_NAMES[dialect])).scalars())
    return sorted(TRIGGERS[dialect] - found)


def weak_settings(connection: Connection) -> list[str]:
    """SQLite settings the ledger relies on that are not in force."""
    if connection.dialect.name != "sqlite":
        return []
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    return [
        name
        for name, value in wanted.items()
        if connection.execute(text(f"PRAGMA {name}")).scalar_one() != value
    ]
