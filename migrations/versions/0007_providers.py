"""Providers, payment lists, payments, what became of them, and the float."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
SECRET = sa.LargeBinary()

#: What a row of payment results is found by, and what it says.
OF_RESULTS = ("reference_key", "transaction_key", "answer")


def upgrade() -> None:
    for name in OF_RESULTS:
        op.add_column("staged_row", sa.Column(name, sa.Text()))
    _lists()
    _payments()
    _events()
    _float()
    for table in ("list_sending", "payment", "payment_event", "float_move", "stated_balance"):
        make_append_only(op.get_bind(), table)


def _whose() -> sa.Column[int]:
    return sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False)


def _one(name: str, table: str, kind: sa.types.TypeEngine[int] | None = None) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, kind or sa.Integer(), key, nullable=False)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _random_id() -> sa.Column[int]:
    return sa.Column("id", WHOLE, primary_key=True)


def _lists() -> None:
    op.create_table(
        "provider",
        _whose(),
        _id(),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("tells_collection", FLAG, nullable=False),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "payment_list",
        _whose(),
        _id(),
        _one("provider_id", "provider"),
        _one("round_id", "distribution_round"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.UniqueConstraint("provider_id", "number"),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_list_round_id", "payment_list", ["round_id"])
    op.create_table(
        "payment_file",
        _whose(),
        sa.Column(
            "list_id",
            sa.Integer(),
            sa.ForeignKey("payment_list.id"),
            primary_key=True,
        ),
        sa.Column("content", SECRET, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "list_sending",
        _whose(),
        _id(),
        _one("list_id", "payment_list"),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reason", SECRET, nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.UniqueConstraint("list_id", "turn"),
        sqlite_strict=True,
    )


def _payments() -> None:
    op.create_table(
        "payment",
        _whose(),
        _random_id(),
        _one("list_id", "payment_list"),
        _one("provider_id", "provider"),
        _one("round_id", "distribution_round"),
        _one("beneficiary_id", "beneficiary", WHOLE),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("attempt", SMALL, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.UniqueConstraint("society_id", "reference_key"),
        sa.UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "attempt"),
        sa.CheckConstraint("amount_minor > 0", name="payment_positive"),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_list_id", "payment", ["list_id"])
    op.create_index("ix_payment_beneficiary_id", "payment", ["beneficiary_id"])
    op.create_table(
        "payment_status",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", WHOLE, primary_key=True),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_live", FLAG, nullable=False),
        sa.Column("told_on", DAY),
        sa.Column("reason", SECRET),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_status_list_id", "payment_status", ["list_id"])
    op.create_index(
        "payment_live_once",
        "payment_status",
        ["society_id", "round_id", "beneficiary_id", "instalment"],
        unique=True,
        sqlite_where=sa.text("is_live = 1"),
        postgresql_where=sa.text("is_live"),
    )


def _events() -> None:
    op.create_table(
        "payment_event",
        _whose(),
        _random_id(),
        _one("provider_id", "provider"),
        _one("payment_id", "payment", WHOLE),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE),
        sa.Column("reference", sa.Text()),
        sa.Column("transfer_id", WHOLE, sa.ForeignKey("transfer.id")),
        sa.Column("reverses_id", WHOLE, sa.ForeignKey("payment_event.id")),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer()),
        _one("entry_id", "entry", WHOLE),
        sa.UniqueConstraint("reverses_id"),
        sa.CheckConstraint("amount_minor > 0", name="payment_event_positive"),
        sqlite_strict=True,
    )
    op.create_index("payment_event_by_row", "payment_event", ["sheet_id", "row_number"])
    for column in ("payment_id", "entry_id"):
        op.create_index(f"ix_payment_event_{column}", "payment_event", [column])
    op.create_table(
        "answer_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("event_id", WHOLE, primary_key=True),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.UniqueConstraint("society_id", "payment_id", "what"),
        sqlite_strict=True,
    )
    op.create_table(
        "reference_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("event_id", WHOLE, primary_key=True),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.UniqueConstraint("society_id", "reference_key", "provider_id"),
        sqlite_strict=True,
    )


def _float() -> None:
    op.create_table(
        "float_move",
        _whose(),
        _random_id(),
        _one("provider_id", "provider"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moved_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("slip_key", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        _one("entry_id", "entry", WHOLE),
        sa.UniqueConstraint("society_id", "provider_id", "kind", "slip_key"),
        sa.CheckConstraint("amount_minor > 0", name="float_move_positive"),
        sqlite_strict=True,
    )
    op.create_index("ix_float_move_entry_id", "float_move", ["entry_id"])
    op.create_table(
        "stated_balance",
        _whose(),
        _id(),
        _one("provider_id", "provider"),
        sa.Column("stated_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minor", WHOLE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("stated_balance_by_day", "stated_balance", ["provider_id", "stated_on"])


def downgrade() -> None:
    for table in (
        "stated_balance",
        "float_move",
        "reference_key",
        "answer_key",
        "payment_event",
        "payment_status",
        "payment",
        "list_sending",
        "payment_file",
        "payment_list",
        "provider",
    ):
        op.drop_table(table)
    for name in reversed(OF_RESULTS):
        op.drop_column("staged_row", name)
