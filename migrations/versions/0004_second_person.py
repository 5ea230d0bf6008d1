"""What takes two people, and what happens to a transfer once it is recorded."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
SECRET = sa.LargeBinary()
OPEN_ONLY = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("details", SECRET, nullable=False),
        sa.Column("details_sha256", sa.Text(), nullable=False),
        sa.Column("reason", SECRET, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", INSTANT),
        sa.Column("answer", SECRET),
        sqlite_strict=True,
    )
    op.create_index(
        "proposal_open_once",
        "proposal",
        ["society_id", "details_sha256"],
        unique=True,
        sqlite_where=OPEN_ONLY,
        postgresql_where=OPEN_ONLY,
    )
    op.create_index("proposal_by_state", "proposal", ["society_id", "state", "id"])
    op.create_table(
        "transfer_event",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("transfer_id", WHOLE, sa.ForeignKey("transfer.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("sheet_id", sa.Integer()),
        sa.Column("row_number", sa.Integer()),
        sa.Column("proposal_id", sa.Integer()),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="transfer_event_positive"),
        sqlite_strict=True,
    )
    op.create_index("transfer_event_by_day", "transfer_event", ["society_id", "happened_on"])
    for column in ("transfer_id", "sheet_id", "entry_id"):
        op.create_index(f"ix_transfer_event_{column}", "transfer_event", [column])
    make_append_only(op.get_bind(), "transfer_event")


def downgrade() -> None:
    op.drop_table("transfer_event")
    op.drop_table("proposal")
