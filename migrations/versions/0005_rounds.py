"""Rounds that are planned, the grants that carry them, and the lists that are approved."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0005"
down_revision = "0004"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
SECRET = sa.LargeBinary()

PLAN = (
    ("starts_on", DAY),
    ("ends_on", DAY),
    ("sites", sa.Text()),
    ("modality", sa.Text()),
    ("conditionality", sa.Text()),
    ("restriction", sa.Text()),
    ("rule", sa.Text()),
    ("currency", sa.Text()),
    ("amount_minor", WHOLE),
    ("by_size", sa.Text()),
    ("instalments", sa.Integer()),
    ("voucher_kind", sa.Text()),
    ("made_by", sa.Integer()),
    ("made_at", INSTANT),
)


def upgrade() -> None:
    for name, type_ in PLAN:
        op.add_column("distribution_round", sa.Column(name, type_))
    op.add_column(
        "programme", sa.Column("needs_evidence", FLAG, nullable=False, server_default=sa.false())
    )
    _grants()
    _lists()
    _entitlements()


def _whose() -> sa.Column[int]:
    return sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False)


def _round() -> sa.Column[int]:
    key = sa.ForeignKey("distribution_round.id")
    return sa.Column("round_id", sa.Integer(), key, nullable=False)


def _grants() -> None:
    op.create_table(
        "funding_grant",
        _whose(),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "grant_share",
        _whose(),
        sa.Column("id", sa.Integer(), primary_key=True),
        _round(),
        sa.Column("grant_id", sa.Integer(), sa.ForeignKey("funding_grant.id"), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "grant_id"),
        sqlite_strict=True,
    )


def _lists() -> None:
    op.create_table(
        "round_list",
        _whose(),
        sa.Column("id", sa.Integer(), primary_key=True),
        _round(),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("submitted_by", sa.Integer()),
        sa.Column("submitted_at", INSTANT),
        sa.Column("approved_by", sa.Integer()),
        sa.Column("approved_at", INSTANT),
        sa.Column("answer", SECRET),
        sa.UniqueConstraint("round_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "draft_row",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, primary_key=True),
        _round(),
        sa.Column("beneficiary_id", WHOLE),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("site", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("amount_minor", WHOLE),
        sa.Column("quantity", sa.Integer()),
        sa.Column("household_size", sa.Integer()),
        sa.Column("grant_id", sa.Integer()),
        sa.Column("fault", sa.Text()),
        sa.Column("sheet_id", sa.Integer()),
        sa.Column("row_number", sa.Integer()),
        sa.UniqueConstraint("round_id", "number_key", "instalment"),
        sqlite_strict=True,
    )


def _entitlements() -> None:
    op.create_table(
        "entitlement",
        _whose(),
        sa.Column("id", WHOLE, primary_key=True),
        _round(),
        sa.Column("beneficiary_id", WHOLE, sa.ForeignKey("beneficiary.id"), nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("amount_minor", WHOLE),
        sa.Column("quantity", sa.Integer()),
        sa.Column("household_size", sa.Integer()),
        sa.Column("grant_id", sa.Integer(), sa.ForeignKey("funding_grant.id")),
        sa.Column("is_withdrawn", FLAG, nullable=False),
        sa.Column("sheet_id", sa.Integer()),
        sa.Column("row_number", sa.Integer()),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="entitlement_positive"),
        sa.UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "version"),
        sqlite_strict=True,
    )
    op.create_index("entitlement_by_round", "entitlement", ["round_id", "version"])
    for column in ("beneficiary_id", "sheet_id", "entry_id"):
        op.create_index(f"ix_entitlement_{column}", "entitlement", [column])
    op.create_table(
        "list_version",
        _whose(),
        sa.Column("id", WHOLE, primary_key=True),
        _round(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", SECRET, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", INSTANT, nullable=False),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.UniqueConstraint("round_id", "version"),
        sqlite_strict=True,
    )
    for table in ("entitlement", "list_version"):
        make_append_only(op.get_bind(), table)


def downgrade() -> None:
    for table in ("list_version", "entitlement", "draft_row", "round_list", "grant_share"):
        op.drop_table(table)
    op.drop_table("funding_grant")
    op.drop_column("programme", "needs_evidence")
    for name, _type in reversed(PLAN):
        op.drop_column("distribution_round", name)
