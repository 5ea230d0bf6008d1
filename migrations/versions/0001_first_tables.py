"""The first tables.

Rules: one thought per migration; a released one is never edited; it runs on SQLite and PostgreSQL;
it locks no large table for long; nothing posted is rewritten; downgrade undoes upgrade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
SECRET = sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.Text(), nullable=False),
        sa.Column("is_demo", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "kept_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column("status", SMALL, nullable=False),
        sa.Column("answer", SECRET, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "key"),
        sqlite_strict=True,
    )
    op.create_table(
        "payment_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", WHOLE, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("day_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("transfer_id"),
        sa.UniqueConstraint("society_id", "day_key"),
        sa.UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment"),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_in_try_who"), "sign_in_try", ["who"], unique=False)
    op.create_table(
        "society",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
        sqlite_strict=True,
    )
    op.create_table(
        "voucher_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("voucher_id"),
        sa.UniqueConstraint("society_id", "number_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_sha256"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_api_token_user_id"), "api_token", ["user_id"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("audit_by_society", "audit_event", ["society_id", "id"], unique=False)
    op.create_table(
        "beneficiary",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("date_of_birth", DAY, nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("age_on", DAY, nullable=True),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("phone", SECRET, nullable=True),
        sa.Column("phone_digest", sa.Text(), nullable=True),
        sa.Column("id_type", sa.Text(), nullable=True),
        sa.Column("id_number", SECRET, nullable=True),
        sa.Column("id_number_digest", sa.Text(), nullable=True),
        sa.Column("account", SECRET, nullable=True),
        sa.Column("address", SECRET, nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_beneficiary_id_number_digest"), "beneficiary", ["id_number_digest"], unique=False
    )
    op.create_index(
        op.f("ix_beneficiary_phone_digest"), "beneficiary", ["phone_digest"], unique=False
    )
    op.create_index(op.f("ix_beneficiary_sheet_id"), "beneficiary", ["sheet_id"], unique=False)
    op.create_table(
        "book",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.Column("last_posted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "entry",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_on", DAY, nullable=False),
        sa.Column("posted_at", INSTANT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rows_sha256", sa.Text(), nullable=False),
        sa.Column("reversal_of", WHOLE, nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reversal_of"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reversal_of"),
        sa.UniqueConstraint("society_id", "key"),
        sa.UniqueConstraint("society_id", "number"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_entry_effective_on"), "entry", ["effective_on"], unique=False)
    op.create_index(op.f("ix_entry_sheet_id"), "entry", ["sheet_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "user_id", "role"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"], unique=False)
    op.create_table(
        "programme",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=True),
        sa.Column("grant_id", WHOLE, nullable=True),
        sa.Column("budget_minor", WHOLE, nullable=True),
        sa.Column("starts_on", DAY, nullable=True),
        sa.Column("ends_on", DAY, nullable=True),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("unknown_people", sa.Text(), nullable=False),
        sa.Column("funding_control", sa.Text(), nullable=False),
        sa.Column("voucher_expense", sa.Text(), nullable=False),
        sa.Column("repeat_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("heartbeat_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_run_subject_id"), "run", ["subject_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("secret_sha256"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"], unique=False)
    op.create_table(
        "distribution_round",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("is_named", FLAG, nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "code"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_distribution_round_programme_id"),
        "distribution_round",
        ["programme_id"],
        unique=False,
    )
    op.create_table(
        "registration",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "number_key"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_registration_beneficiary_id"), "registration", ["beneficiary_id"], unique=False
    )
    op.create_table(
        "line",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", WHOLE, nullable=True),
        sa.Column("bank_account_id", WHOLE, nullable=True),
        sa.Column("custodian_id", WHOLE, nullable=True),
        sa.Column("provider_id", WHOLE, nullable=True),
        sa.Column("vendor_id", WHOLE, nullable=True),
        sa.Column("donor_id", WHOLE, nullable=True),
        sa.Column("voucher_book_id", WHOLE, nullable=True),
        sa.Column("incident_id", WHOLE, nullable=True),
        sa.CheckConstraint("amount_minor <> 0", name="line_not_zero"),
        sa.CheckConstraint("length(currency) = 3", name="line_currency"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_line_account"), "line", ["account"], unique=False)
    op.create_index(op.f("ix_line_entry_id"), "line", ["entry_id"], unique=False)
    op.create_table(
        "sheet",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("is_list", FLAG, nullable=False),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("sheet_name", sa.Text(), nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("has_receipt", FLAG, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("receipt_declared", FLAG, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("sheet_by_state", "sheet", ["society_id", "state"], unique=False)
    op.create_index(
        "sheet_standing_once",
        "sheet",
        ["society_id", "is_list", "content_sha256"],
        unique=True,
        sqlite_where=sa.text("state IN ('checked', 'submitted', 'kept', 'approved')"),
        postgresql_where=sa.text("state IN ('checked', 'submitted', 'kept', 'approved')"),
    )
    op.create_table(
        "transfer",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("paid_on", DAY, nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="transfer_positive"),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_transfer_sheet_id"), "transfer", ["sheet_id"], unique=False)
    op.create_index(
        "transfer_by_day",
        "transfer",
        ["society_id", "paid_on", "beneficiary_id", "exception"],
        unique=False,
    )
    op.create_index(
        "transfer_by_person", "transfer", ["society_id", "beneficiary_id", "paid_on"], unique=False
    )
    op.create_table(
        "voucher",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("issued_on", DAY, nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_voucher_sheet_id"), "voucher", ["sheet_id"], unique=False)
    op.create_index(
        "voucher_by_day",
        "voucher",
        ["society_id", "issued_on", "beneficiary_id", "exception"],
        unique=False,
    )
    op.create_index(
        "voucher_by_person", "voucher", ["society_id", "beneficiary_id", "issued_on"], unique=False
    )
    op.create_table(
        "row_finding",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("is_ledger", FLAG, nullable=False),
        sa.Column("told", SECRET, nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("row_finding_by_sheet", "row_finding", ["sheet_id", "number"], unique=False)
    op.create_table(
        "sheet_file",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("content", SECRET, nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("sheet_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "staged_row",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("record", SECRET, nullable=False),
        sa.Column("registration_key", sa.Text(), nullable=True),
        sa.Column("voucher_key", sa.Text(), nullable=True),
        sa.Column("day", DAY, nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("exception_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("staged_row_by_sheet", "staged_row", ["sheet_id", "number"], unique=False)


def downgrade() -> None:
    op.drop_index("staged_row_by_sheet", table_name="staged_row")
    op.drop_table("staged_row")
    op.drop_table("sheet_file")
    op.drop_index("row_finding_by_sheet", table_name="row_finding")
    op.drop_table("row_finding")
    op.drop_index("voucher_by_person", table_name="voucher")
    op.drop_index("voucher_by_day", table_name="voucher")
    op.drop_index(op.f("ix_voucher_sheet_id"), table_name="voucher")
    op.drop_table("voucher")
    op.drop_index("transfer_by_person", table_name="transfer")
    op.drop_index("transfer_by_day", table_name="transfer")
    op.drop_index(op.f("ix_transfer_sheet_id"), table_name="transfer")
    op.drop_table("transfer")
    op.drop_index(
        "sheet_standing_once",
        table_name="sheet",
        sqlite_where=sa.text("state IN ('checked', 'submitted', 'kept', 'approved')"),
        postgresql_where=sa.text("state IN ('checked', 'submitted', 'kept', 'approved')"),
    )
    op.drop_index("sheet_by_state", table_name="sheet")
    op.drop_table("sheet")
    op.drop_index(op.f("ix_line_entry_id"), table_name="line")
    op.drop_index(op.f("ix_line_account"), table_name="line")
    op.drop_table("line")
    op.drop_index(op.f("ix_registration_beneficiary_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_distribution_round_programme_id"), table_name="distribution_round")
    op.drop_table("distribution_round")
    op.drop_index(op.f("ix_sign_in_user_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_run_subject_id"), table_name="run")
    op.drop_table("run")
    op.drop_table("programme")
    op.drop_index(op.f("ix_membership_user_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_entry_sheet_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_effective_on"), table_name="entry")
    op.drop_table("entry")
    op.drop_table("book")
    op.drop_index(op.f("ix_beneficiary_sheet_id"), table_name="beneficiary")
    op.drop_index(op.f("ix_beneficiary_phone_digest"), table_name="beneficiary")
    op.drop_index(op.f("ix_beneficiary_id_number_digest"), table_name="beneficiary")
    op.drop_table("beneficiary")
    op.drop_index("audit_by_society", table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_index(op.f("ix_api_token_user_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_table("voucher_key")
    op.drop_table("user_account")
    op.drop_table("society")
    op.drop_index(op.f("ix_sign_in_try_who"), table_name="sign_in_try")
    op.drop_table("sign_in_try")
    op.drop_table("payment_key")
    op.drop_table("kept_answer")
    op.drop_table("installation")
