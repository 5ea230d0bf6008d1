"""Who did not receive in a round, as the sheet of its hand-out says."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0009"
down_revision = "0008"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("distribution_round.id"), nullable=False),
        sa.Column("beneficiary_id", WHOLE, sa.ForeignKey("beneficiary.id"), nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("reason", sa.LargeBinary()),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.UniqueConstraint("sheet_id", "row_number"),
        sqlite_strict=True,
    )
    for column in ("round_id", "beneficiary_id"):
        op.create_index(f"ix_absence_{column}", "absence", [column])
    make_append_only(op.get_bind(), "absence")
    op.create_index("voucher_by_round", "voucher", ["round_id"])
    op.create_index("transfer_by_round", "transfer", ["round_id"])


def downgrade() -> None:
    op.drop_index("transfer_by_round", "transfer")
    op.drop_index("voucher_by_round", "voucher")
    op.drop_table("absence")
