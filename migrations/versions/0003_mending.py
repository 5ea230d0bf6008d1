"""Cells mended in the ledger, headings that people explained, examples for questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SECRET = sa.LargeBinary()
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sheet_id", sa.Integer(), sa.ForeignKey("sheet.id"), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", SECRET, nullable=False),
        sa.Column("after", SECRET, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("amendment_by_sheet", "amendment", ["sheet_id", "id"])
    op.create_table(
        "known_headings",
        sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("columns", SECRET, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.UniqueConstraint("society_id", "key"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.add_column("sheet", sa.Column("ask_examples", SECRET))
    _append_only()


def downgrade() -> None:
    op.drop_column("sheet", "ask_examples")
    op.drop_table("known_headings")
    op.drop_table("amendment")


def _append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER amendment_no_{verb} BEFORE {verb.upper()} ON amendment "
                "BEGIN SELECT raise(ABORT, 'amendment is append-only'); END"
            )
        op.execute(
            "CREATE TRIGGER amendment_no_replace BEFORE INSERT ON amendment "
            "WHEN EXISTS (SELECT 1 FROM amendment WHERE id = NEW.id) "
            "BEGIN SELECT raise(ABORT, 'amendment is append-only'); END"
        )
        return
    for verb, events in (("update", "UPDATE OR TRUNCATE"), ("delete", "DELETE")):
        op.execute(
            f"CREATE TRIGGER amendment_no_{verb} BEFORE {events} ON amendment "
            "FOR EACH STATEMENT EXECUTE FUNCTION cva_refuse_change()"
        )
