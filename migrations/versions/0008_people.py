"""What happens to a person's record, who collected for whom, and scans of signed lists."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0008"
down_revision = "0007"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
SECRET = sa.LargeBinary()


def upgrade() -> None:
    op.add_column("beneficiary", sa.Column("merged_into_id", WHOLE))
    op.create_index("ix_beneficiary_merged_into_id", "beneficiary", ["merged_into_id"])
    op.create_table(
        "person_event",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("beneficiary_id", WHOLE, sa.ForeignKey("beneficiary.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("other_id", WHOLE, sa.ForeignKey("beneficiary.id")),
        sa.Column("note", SECRET, nullable=False),
        sa.Column("proposal_id", sa.Integer()),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_person_event_beneficiary_id", "person_event", ["beneficiary_id"])
    op.create_table(
        "collector",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("record_id", WHOLE, primary_key=True),
        sa.Column("told", SECRET, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sheet_id", sa.Integer(), sa.ForeignKey("sheet.id")),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("distribution_round.id")),
        sa.Column("filename", SECRET, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", SECRET, nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.UniqueConstraint("sheet_id", "sha256"),
        sa.UniqueConstraint("round_id", "sha256"),
        sqlite_strict=True,
    )
    for table in ("person_event", "evidence"):
        make_append_only(op.get_bind(), table)


def downgrade() -> None:
    for table in ("evidence", "collector", "person_event"):
        op.drop_table(table)
    op.drop_index("ix_beneficiary_merged_into_id", "beneficiary")
    op.drop_column("beneficiary", "merged_into_id")
