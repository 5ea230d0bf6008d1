"""How Alembic runs here: always over a connection it is handed, in the caller's transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text

from cva.core import column_types, secret_columns
from cva.tables import METADATA

#: How a column type is written in a migration: plain types that never change with the code.
NAMES: dict[type, str] = {
    column_types.Day: "DAY",
    column_types.Instant: "INSTANT",
    column_types.Flag: "FLAG",
    column_types.Json: "sa.Text()",
    secret_columns.SecretBytes: "SECRET",
    secret_columns.SecretText: "SECRET",
    secret_columns.SecretJson: "SECRET",
}


def render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain names that the template defines."""
    if kind != "type":
        return False
    if item is column_types.LongInteger:
        return "WHOLE"
    if item is column_types.SmallInt:
        return "SMALL"
    return NAMES.get(type(item), False)


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the tables that the queue keeps for itself."""
    return kind != "table" or not (name or "").startswith("huey_")


connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(7267)"))
context.configure(
    connection=connection,
    target_metadata=METADATA,
    compare_type=True,
    compare_server_default=True,
    render_item=render,
    include_name=ours,
    transactional_ddl=True,
)
context.run_migrations()
