"""Books of voucher numbers, what happens to a voucher later, vendors and what they are paid."""

import sqlalchemy as sa
from alembic import op

from cva.core.append_only import make_append_only

revision = "0006"
down_revision = "0005"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
SECRET = sa.LargeBinary()


def upgrade() -> None:
    op.add_column("staged_row", sa.Column("vendor_id", sa.Integer()))
    _vendors_and_books()
    _events()
    _states()
    for table in ("book_movement", "voucher_event", "vendor_payment"):
        make_append_only(op.get_bind(), table)


def _society() -> sa.Column:
    return sa.Column("society_id", sa.Integer(), sa.ForeignKey("society.id"), nullable=False)


def _vendors_and_books() -> None:
    op.create_table(
        "vendor",
        _society(),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("name", SECRET, nullable=False),
        sa.Column("name_digest", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.UniqueConstraint("society_id", "code_key"),
        sa.UniqueConstraint("society_id", "name_digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "voucher_book",
        _society(),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("programme_id", sa.Integer(), sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("prefix_key", sa.Text(), nullable=False),
        sa.Column("width", SMALL, nullable=False),
        sa.Column("first", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("face_minor", WHOLE),
        sa.Column("expires_on", DAY),
        sa.Column("vendor_id", sa.Integer(), sa.ForeignKey("vendor.id")),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.UniqueConstraint("society_id", "code_key"),
        sa.UniqueConstraint("society_id", "prefix_key", "width", "first"),
        sa.CheckConstraint("first >= 0 AND last >= first", name="voucher_book_range"),
        sa.CheckConstraint("face_minor > 0", name="voucher_book_positive"),
        sqlite_strict=True,
    )
    op.create_table(
        "book_movement",
        _society(),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("book_id", sa.Integer(), sa.ForeignKey("voucher_book.id"), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("moved_on", DAY, nullable=False),
        sa.Column("team", SECRET),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.UniqueConstraint("book_id", "step"),
        sa.CheckConstraint("last >= first", name="book_movement_range"),
        sqlite_strict=True,
    )


def _events() -> None:
    op.create_table(
        "voucher_event",
        _society(),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("voucher_id", WHOLE, sa.ForeignKey("voucher.id")),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text()),
        sa.Column("amount_minor", WHOLE),
        sa.Column("vendor_id", sa.Integer(), sa.ForeignKey("vendor.id")),
        sa.Column("undoes_id", WHOLE, sa.ForeignKey("voucher_event.id"), unique=True),
        sa.Column("replacement_id", WHOLE, sa.ForeignKey("voucher.id"), unique=True),
        sa.Column("sheet_id", sa.Integer()),
        sa.Column("row_number", sa.Integer()),
        sa.Column("proposal_id", sa.Integer()),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.UniqueConstraint("society_id", "number_key", "nth"),
        sa.CheckConstraint("amount_minor > 0", name="voucher_event_positive"),
        sqlite_strict=True,
    )
    by_vendor = ["society_id", "vendor_id", "happened_on"]
    op.create_index("voucher_event_by_vendor", "voucher_event", by_vendor)
    for column in ("voucher_id", "sheet_id", "entry_id"):
        op.create_index(f"ix_voucher_event_{column}", "voucher_event", [column])
    op.create_table(
        "vendor_payment",
        _society(),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("vendor_id", sa.Integer(), sa.ForeignKey("vendor.id"), nullable=False),
        sa.Column("programme_id", sa.Integer(), sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("paid_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("invoice_key", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, sa.ForeignKey("entry.id"), nullable=False),
        sa.UniqueConstraint("society_id", "vendor_id", "invoice_key"),
        sa.CheckConstraint("amount_minor > 0", name="vendor_payment_positive"),
        sqlite_strict=True,
    )
    op.create_index("ix_vendor_payment_entry_id", "vendor_payment", ["entry_id"])


def _states() -> None:
    op.create_table(
        "voucher_state",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", WHOLE),
        sa.Column("book_id", sa.Integer()),
        sa.Column("serial", WHOLE),
        sa.Column("place", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text()),
        sa.Column("face_minor", WHOLE),
        sa.Column("redeemed_minor", WHOLE, nullable=False),
        sa.Column("redeemed", sa.Integer(), nullable=False),
        sa.UniqueConstraint("society_id", "number_key"),
        sa.CheckConstraint(
            "redeemed_minor >= 0 AND (face_minor IS NULL OR redeemed_minor <= face_minor)",
            name="voucher_state_not_over",
        ),
        sqlite_strict=True,
    )
    op.create_index("voucher_state_by_book", "voucher_state", ["society_id", "book_id", "state"])
    op.execute(
        "INSERT INTO voucher_state (society_id, id, number_key, programme_id, voucher_id, state, "
        "currency, face_minor, redeemed_minor, redeemed) "
        "SELECT k.society_id, k.voucher_id, k.number_key, v.programme_id, k.voucher_id, 'out', "
        "v.currency, v.amount_minor, 0, 0 FROM voucher_key k JOIN voucher v ON v.id = k.voucher_id"
    )


def downgrade() -> None:
    for table in (
        "voucher_state",
        "vendor_payment",
        "voucher_event",
        "book_movement",
        "voucher_book",
        "vendor",
    ):
        op.drop_table(table)
    op.drop_column("staged_row", "vendor_id")
