"""The first tables, and the triggers that keep what is posted.

What is posted is never changed, every entry balances, numbers have no gap: triggers hold it. The
lines of an entry come first and the entry last: it is refused unless its lines sum to zero per
currency, and no line can join it afterwards. On PostgreSQL a line waits for the book's head, so
that it sees an entry another transaction has just sealed.

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

#: Tables whose rows are added, and never changed or deleted.
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
    "payment",
    "payment_event",
    "person_event",
    "stated_balance",
    "transfer",
    "transfer_event",
    "vendor_payment",
    "voucher",
    "voucher_event",
)


def upgrade() -> None:
    op.create_table(
        "answer_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sa.UniqueConstraint("society_id", "payment_id", "what"),
        sqlite_strict=True,
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.Text(), nullable=False),
        sa.Column("is_demo", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
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
        "payment_status",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_live", FLAG, nullable=False),
        sa.Column("reported_on", DAY, nullable=True),
        sa.Column("reason", SECRET, nullable=True),
        sa.PrimaryKeyConstraint("payment_id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_status_list_id"), "payment_status", ["list_id"], unique=False)
    op.create_index(
        "payment_live_once",
        "payment_status",
        ["society_id", "round_id", "beneficiary_id", "instalment"],
        unique=True,
        sqlite_where=sa.text("is_live = 1"),
        postgresql_where=sa.text("is_live"),
    )
    op.create_table(
        "reference_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sa.UniqueConstraint("society_id", "reference_key", "provider_id"),
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
        sa.Column("number_prefix", sa.Text(), nullable=False),
        sa.Column("numbered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "stored_response",
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
        "voucher_state",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("book_id", sa.Integer(), nullable=True),
        sa.Column("serial", WHOLE, nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("face_minor", WHOLE, nullable=True),
        sa.Column("redeemed_minor", WHOLE, nullable=False),
        sa.Column("redeemed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "redeemed_minor >= 0 AND (face_minor IS NULL OR redeemed_minor <= face_minor)",
            name="voucher_state_not_over",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "number_key"),
        sqlite_strict=True,
    )
    op.create_index(
        "voucher_state_by_book", "voucher_state", ["society_id", "book_id", "state"], unique=False
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
        "approval_request",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("details", SECRET, nullable=False),
        sa.Column("details_sha256", sa.Text(), nullable=False),
        sa.Column("reason", SECRET, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("answer", SECRET, nullable=True),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        "approval_request_by_state", "approval_request", ["society_id", "state", "id"], unique=False
    )
    op.create_index(
        "approval_request_open_once",
        "approval_request",
        ["society_id", "details_sha256"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
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
        sa.Column("identity", SECRET, nullable=False),
        sa.Column("phone_token", sa.Text(), nullable=True),
        sa.Column("id_number_token", sa.Text(), nullable=True),
        sa.Column("birth_token", WHOLE, nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_beneficiary_id_number_token"), "beneficiary", ["id_number_token"], unique=False
    )
    op.create_index(
        op.f("ix_beneficiary_merged_into_id"), "beneficiary", ["merged_into_id"], unique=False
    )
    op.create_index(
        op.f("ix_beneficiary_phone_token"), "beneficiary", ["phone_token"], unique=False
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
        "collector",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("record_id", WHOLE, nullable=False),
        sa.Column("collection", SECRET, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("record_id"),
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
        "funding_grant",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "job",
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
    op.create_index(op.f("ix_job_subject_id"), "job", ["subject_id"], unique=False)
    op.create_table(
        "known_headings",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("columns", SECRET, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "key"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "lookup_key",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", SECRET, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
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
        "password_link",
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("secret_sha256"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_password_link_user_id"), "password_link", ["user_id"], unique=False)
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
        sa.Column("needs_evidence", FLAG, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "provider",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("tells_collection", FLAG, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code"),
        sqlite_strict=True,
    )
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
        "vendor",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("name", SECRET, nullable=False),
        sa.Column("name_token", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code_key"),
        sa.UniqueConstraint("society_id", "name_token"),
        sqlite_strict=True,
    )
    op.create_table(
        "distribution_round",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("is_named", FLAG, nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("starts_on", DAY, nullable=True),
        sa.Column("ends_on", DAY, nullable=True),
        sa.Column("sites", sa.Text(), nullable=True),
        sa.Column("modality", sa.Text(), nullable=True),
        sa.Column("conditionality", sa.Text(), nullable=True),
        sa.Column("restriction", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("by_size", sa.Text(), nullable=True),
        sa.Column("instalments", sa.Integer(), nullable=True),
        sa.Column("voucher_kind", sa.Text(), nullable=True),
        sa.Column("list_drafts", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=True),
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
        "float_move",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moved_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("slip_key", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="float_move_positive"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "provider_id", "kind", "slip_key"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_float_move_entry_id"), "float_move", ["entry_id"], unique=False)
    op.create_table(
        "name_token",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("token", WHOLE, nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("token", "beneficiary_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_event",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("other_id", WHOLE, nullable=True),
        sa.Column("note", SECRET, nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_person_event_beneficiary_id"), "person_event", ["beneficiary_id"], unique=False
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
        "stated_balance",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("stated_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minor", WHOLE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Integer(), nullable=False),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        "stated_balance_by_day", "stated_balance", ["provider_id", "stated_on"], unique=False
    )
    op.create_table(
        "vendor_payment",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("invoice_key", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="vendor_payment_positive"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "vendor_id", "invoice_key"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_vendor_payment_entry_id"), "vendor_payment", ["entry_id"], unique=False
    )
    op.create_table(
        "voucher_book",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("prefix_key", sa.Text(), nullable=False),
        sa.Column("width", SMALL, nullable=False),
        sa.Column("first", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("goods", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("face_minor", WHOLE, nullable=True),
        sa.Column("expires_on", DAY, nullable=True),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("face_minor > 0", name="voucher_book_positive"),
        sa.CheckConstraint("first >= 0 AND last >= first", name="voucher_book_range"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("society_id", "code_key"),
        sa.UniqueConstraint("society_id", "prefix_key", "width", "first"),
        sqlite_strict=True,
    )
    op.create_table(
        "absence",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("reason", SECRET, nullable=True),
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
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sheet_id", "row_number"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_absence_beneficiary_id"), "absence", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_absence_round_id"), "absence", ["round_id"], unique=False)
    op.create_table(
        "book_movement",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("moved_on", DAY, nullable=False),
        sa.Column("team", SECRET, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= first", name="book_movement_range"),
        sa.ForeignKeyConstraint(
            ["book_id"],
            ["voucher_book.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("book_id", "step"),
        sqlite_strict=True,
    )
    op.create_table(
        "draft_row",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "number_key", "instalment"),
        sqlite_strict=True,
    )
    op.create_table(
        "entitlement",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("is_withdrawn", FLAG, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="entitlement_positive"),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["funding_grant.id"],
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
        sa.UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "version"),
        sqlite_strict=True,
    )
    op.create_index("entitlement_by_round", "entitlement", ["round_id", "version"], unique=False)
    op.create_index(
        op.f("ix_entitlement_beneficiary_id"), "entitlement", ["beneficiary_id"], unique=False
    )
    op.create_index(op.f("ix_entitlement_entry_id"), "entitlement", ["entry_id"], unique=False)
    op.create_index(op.f("ix_entitlement_sheet_id"), "entitlement", ["sheet_id"], unique=False)
    op.create_table(
        "grant_share",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["funding_grant.id"],
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
        sa.UniqueConstraint("round_id", "grant_id"),
        sqlite_strict=True,
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
        "list_version",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("name", SECRET, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", INSTANT, nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["approval_request.id"],
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
        sa.UniqueConstraint("round_id", "version"),
        sqlite_strict=True,
    )
    op.create_table(
        "payment_list",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
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
        sa.UniqueConstraint("provider_id", "number"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_list_round_id"), "payment_list", ["round_id"], unique=False)
    op.create_table(
        "round_list",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("answer", SECRET, nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "sheet",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("is_list", FLAG, nullable=False),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column("filename", SECRET, nullable=False),
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
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("ask_examples", SECRET, nullable=True),
        sa.Column("has_receipt", FLAG, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_totals", sa.Text(), nullable=True),
        sa.Column("receipt_declared", FLAG, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision_reason", SECRET, nullable=True),
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
    op.create_index("transfer_by_round", "transfer", ["round_id"], unique=False)
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
    op.create_index("voucher_by_round", "voucher", ["round_id"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", SECRET, nullable=False),
        sa.Column("after", SECRET, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("amendment_by_sheet", "amendment", ["sheet_id", "id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("filename", SECRET, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", SECRET, nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["distribution_round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "sha256"),
        sa.UniqueConstraint("sheet_id", "sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "list_sending",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reason", SECRET, nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["payment_list.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("list_id", "turn"),
        sqlite_strict=True,
    )
    op.create_table(
        "payment",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", WHOLE, nullable=False),
        sa.Column("instalment", SMALL, nullable=False),
        sa.Column("attempt", SMALL, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="payment_positive"),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"],
            ["beneficiary.id"],
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["payment_list.id"],
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
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
        sa.UniqueConstraint("society_id", "reference_key"),
        sa.UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "attempt"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_beneficiary_id"), "payment", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_payment_list_id"), "payment", ["list_id"], unique=False)
    op.create_table(
        "payment_file",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("content", SECRET, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["payment_list.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.PrimaryKeyConstraint("list_id"),
        sqlite_strict=True,
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
        sa.Column("finding", SECRET, nullable=False),
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
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("reference_key", sa.Text(), nullable=True),
        sa.Column("transaction_key", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("instalment", SMALL, nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("exception_reason", SECRET, nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["sheet.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("staged_row_by_sheet", "staged_row", ["sheet_id", "number"], unique=False)
    op.create_table(
        "transfer_event",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("transfer_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="transfer_event_positive"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_transfer_event_entry_id"), "transfer_event", ["entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_transfer_event_sheet_id"), "transfer_event", ["sheet_id"], unique=False
    )
    op.create_index(
        op.f("ix_transfer_event_transfer_id"), "transfer_event", ["transfer_id"], unique=False
    )
    op.create_index(
        "transfer_event_by_day", "transfer_event", ["society_id", "happened_on"], unique=False
    )
    op.create_table(
        "voucher_event",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", WHOLE, nullable=True),
        sa.Column("replacement_id", WHOLE, nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="voucher_event_positive"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replacement_id"],
            ["voucher.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["voucher_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"],
            ["voucher.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replacement_id"),
        sa.UniqueConstraint("society_id", "number_key", "nth"),
        sa.UniqueConstraint("undoes_id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_voucher_event_entry_id"), "voucher_event", ["entry_id"], unique=False)
    op.create_index(op.f("ix_voucher_event_sheet_id"), "voucher_event", ["sheet_id"], unique=False)
    op.create_index(
        op.f("ix_voucher_event_voucher_id"), "voucher_event", ["voucher_id"], unique=False
    )
    op.create_index(
        "voucher_event_by_vendor",
        "voucher_event",
        ["society_id", "vendor_id", "happened_on"],
        unique=False,
    )
    op.create_table(
        "payment_event",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", DAY, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("transfer_id", WHOLE, nullable=True),
        sa.Column("reverses_id", WHOLE, nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="payment_event_positive"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["payment_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["society_id"],
            ["society.id"],
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reverses_id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_event_entry_id"), "payment_event", ["entry_id"], unique=False)
    op.create_index(
        op.f("ix_payment_event_payment_id"), "payment_event", ["payment_id"], unique=False
    )
    op.create_index(
        "payment_event_by_row", "payment_event", ["sheet_id", "row_number"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("no_update", "no_delete", "no_replace"):
                op.execute(f"DROP TRIGGER {table}_{verb}")
        op.execute("DROP TRIGGER entry_must_balance")
        op.execute("DROP TRIGGER line_must_be_open")
    else:
        for name in ("cva_refuse_change", "cva_seal_entry", "cva_open_line"):
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_index("payment_event_by_row", table_name="payment_event")
    op.drop_index(op.f("ix_payment_event_payment_id"), table_name="payment_event")
    op.drop_index(op.f("ix_payment_event_entry_id"), table_name="payment_event")
    op.drop_table("payment_event")
    op.drop_index("voucher_event_by_vendor", table_name="voucher_event")
    op.drop_index(op.f("ix_voucher_event_voucher_id"), table_name="voucher_event")
    op.drop_index(op.f("ix_voucher_event_sheet_id"), table_name="voucher_event")
    op.drop_index(op.f("ix_voucher_event_entry_id"), table_name="voucher_event")
    op.drop_table("voucher_event")
    op.drop_index("transfer_event_by_day", table_name="transfer_event")
    op.drop_index(op.f("ix_transfer_event_transfer_id"), table_name="transfer_event")
    op.drop_index(op.f("ix_transfer_event_sheet_id"), table_name="transfer_event")
    op.drop_index(op.f("ix_transfer_event_entry_id"), table_name="transfer_event")
    op.drop_table("transfer_event")
    op.drop_index("staged_row_by_sheet", table_name="staged_row")
    op.drop_table("staged_row")
    op.drop_table("sheet_file")
    op.drop_index("row_finding_by_sheet", table_name="row_finding")
    op.drop_table("row_finding")
    op.drop_table("payment_file")
    op.drop_index(op.f("ix_payment_list_id"), table_name="payment")
    op.drop_index(op.f("ix_payment_beneficiary_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_table("list_sending")
    op.drop_table("evidence")
    op.drop_index("amendment_by_sheet", table_name="amendment")
    op.drop_table("amendment")
    op.drop_index("voucher_by_round", table_name="voucher")
    op.drop_index("voucher_by_person", table_name="voucher")
    op.drop_index("voucher_by_day", table_name="voucher")
    op.drop_index(op.f("ix_voucher_sheet_id"), table_name="voucher")
    op.drop_table("voucher")
    op.drop_index("transfer_by_round", table_name="transfer")
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
    op.drop_table("round_list")
    op.drop_index(op.f("ix_payment_list_round_id"), table_name="payment_list")
    op.drop_table("payment_list")
    op.drop_table("list_version")
    op.drop_index(op.f("ix_line_entry_id"), table_name="line")
    op.drop_index(op.f("ix_line_account"), table_name="line")
    op.drop_table("line")
    op.drop_table("grant_share")
    op.drop_index(op.f("ix_entitlement_sheet_id"), table_name="entitlement")
    op.drop_index(op.f("ix_entitlement_entry_id"), table_name="entitlement")
    op.drop_index(op.f("ix_entitlement_beneficiary_id"), table_name="entitlement")
    op.drop_index("entitlement_by_round", table_name="entitlement")
    op.drop_table("entitlement")
    op.drop_table("draft_row")
    op.drop_table("book_movement")
    op.drop_index(op.f("ix_absence_round_id"), table_name="absence")
    op.drop_index(op.f("ix_absence_beneficiary_id"), table_name="absence")
    op.drop_table("absence")
    op.drop_table("voucher_book")
    op.drop_index(op.f("ix_vendor_payment_entry_id"), table_name="vendor_payment")
    op.drop_table("vendor_payment")
    op.drop_index("stated_balance_by_day", table_name="stated_balance")
    op.drop_table("stated_balance")
    op.drop_index(op.f("ix_registration_beneficiary_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_person_event_beneficiary_id"), table_name="person_event")
    op.drop_table("person_event")
    op.drop_table("name_token")
    op.drop_index(op.f("ix_float_move_entry_id"), table_name="float_move")
    op.drop_table("float_move")
    op.drop_index(op.f("ix_distribution_round_programme_id"), table_name="distribution_round")
    op.drop_table("distribution_round")
    op.drop_table("vendor")
    op.drop_index(op.f("ix_sign_in_user_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_table("provider")
    op.drop_table("programme")
    op.drop_index(op.f("ix_membership_user_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_password_link_user_id"), table_name="password_link")
    op.drop_table("password_link")
    op.drop_table("lookup_key")
    op.drop_table("known_headings")
    op.drop_index(op.f("ix_job_subject_id"), table_name="job")
    op.drop_table("job")
    op.drop_table("funding_grant")
    op.drop_index(op.f("ix_entry_sheet_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_effective_on"), table_name="entry")
    op.drop_table("entry")
    op.drop_table("collector")
    op.drop_table("book")
    op.drop_index(op.f("ix_beneficiary_sheet_id"), table_name="beneficiary")
    op.drop_index(op.f("ix_beneficiary_phone_token"), table_name="beneficiary")
    op.drop_index(op.f("ix_beneficiary_merged_into_id"), table_name="beneficiary")
    op.drop_index(op.f("ix_beneficiary_id_number_token"), table_name="beneficiary")
    op.drop_table("beneficiary")
    op.drop_index("audit_by_society", table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_index(
        "approval_request_open_once",
        table_name="approval_request",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index("approval_request_by_state", table_name="approval_request")
    op.drop_table("approval_request")
    op.drop_index(op.f("ix_api_token_user_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_index("voucher_state_by_book", table_name="voucher_state")
    op.drop_table("voucher_state")
    op.drop_table("voucher_key")
    op.drop_table("user_account")
    op.drop_table("stored_response")
    op.drop_table("society")
    op.drop_index(op.f("ix_sign_in_try_who"), table_name="sign_in_try")
    op.drop_table("sign_in_try")
    op.drop_table("reference_key")
    op.drop_index(
        "payment_live_once",
        table_name="payment_status",
        sqlite_where=sa.text("is_live = 1"),
        postgresql_where=sa.text("is_live"),
    )
    op.drop_index(op.f("ix_payment_status_list_id"), table_name="payment_status")
    op.drop_table("payment_status")
    op.drop_table("payment_key")
    op.drop_table("installation")
    op.drop_table("answer_key")


def _protect_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER line_must_be_open BEFORE INSERT ON line "
        "WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) "
        "BEGIN SELECT raise(ABORT, 'entry is sealed'); END"
    )
    op.execute(
        """
        CREATE TRIGGER entry_must_balance BEFORE INSERT ON entry BEGIN
          SELECT raise(ABORT, 'entry does not balance') WHERE EXISTS (
            SELECT 1 FROM line WHERE entry_id = NEW.id
            GROUP BY currency HAVING sum(amount_minor) <> 0);
          SELECT raise(ABORT, 'line of another society') WHERE EXISTS (
            SELECT 1 FROM line WHERE entry_id = NEW.id AND society_id <> NEW.society_id);
          SELECT raise(ABORT, 'entry number has a gap') WHERE NEW.number <> 1 + coalesce(
            (SELECT max(number) FROM entry WHERE society_id = NEW.society_id), 0);
          SELECT raise(ABORT, 'entry does not follow the last one') WHERE EXISTS (
            SELECT 1 FROM entry WHERE society_id = NEW.society_id AND number = NEW.number - 1
            AND (hash <> NEW.previous_hash OR posted_at > NEW.posted_at));
          SELECT raise(ABORT, 'entry is append-only') WHERE EXISTS (
            SELECT 1 FROM entry WHERE society_id = NEW.society_id AND key = NEW.key);
        END
        """
    )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION cva_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION cva_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION cva_refuse_change()"
        )
    op.execute(
        """
        CREATE FUNCTION cva_open_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          PERFORM 1 FROM book WHERE society_id = NEW.society_id FOR UPDATE;
          IF EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) THEN
            RAISE EXCEPTION 'entry is sealed';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER line_must_be_open BEFORE INSERT ON line "
        "FOR EACH ROW EXECUTE FUNCTION cva_open_line()"
    )
    op.execute(
        """
        CREATE FUNCTION cva_seal_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE last entry%ROWTYPE;
        BEGIN
          PERFORM 1 FROM book WHERE society_id = NEW.society_id FOR UPDATE;
          IF EXISTS (SELECT 1 FROM line WHERE entry_id = NEW.id
                     GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
            RAISE EXCEPTION 'entry does not balance';
          END IF;
          IF EXISTS (SELECT 1 FROM line
                     WHERE entry_id = NEW.id AND society_id <> NEW.society_id) THEN
            RAISE EXCEPTION 'line of another society';
          END IF;
          SELECT * INTO last FROM entry WHERE society_id = NEW.society_id
            ORDER BY number DESC LIMIT 1;
          IF NEW.number <> coalesce(last.number, 0) + 1 THEN
            RAISE EXCEPTION 'entry number has a gap';
          END IF;
          IF last.number IS NOT NULL
             AND (last.hash <> NEW.previous_hash OR last.posted_at > NEW.posted_at) THEN
            RAISE EXCEPTION 'entry does not follow the last one';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER entry_must_balance BEFORE INSERT ON entry "
        "FOR EACH ROW EXECUTE FUNCTION cva_seal_entry()"
    )
