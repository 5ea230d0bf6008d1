"""Walls: what is posted is never changed, every entry balances, numbers have no gap.

The lines of an entry come first and the entry last: it is refused unless its lines sum to zero per
currency, and no line can join it afterwards. On PostgreSQL a line waits for the book's head, so
that it sees an entry another transaction has just sealed.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("audit_event", "entry", "line", "transfer", "voucher")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for verb in ("no_update", "no_delete", "no_replace"):
                op.execute(f"DROP TRIGGER {table}_{verb}")
        op.execute("DROP TRIGGER entry_must_balance")
        op.execute("DROP TRIGGER line_must_be_open")
        return
    for name in ("cva_refuse_change", "cva_seal_entry", "cva_open_line"):
        op.execute(f"DROP FUNCTION {name}() CASCADE")


def _on_sqlite() -> None:
    for table in TABLES:
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


def _on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION cva_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
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
