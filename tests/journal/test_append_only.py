"""The last wall: what SQL may not do to a posted book, whoever sends it, on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from cva.core.append_only import APPEND_ONLY
from cva.core.db import engine_for
from cva.core.migrate import upgrade
from cva.journal.models import Entry, Line
from cva.tables import METADATA
from tests.makers import TWO_PAID, AtWork, answered, open_at, society_at_work
from tests.postgres import plain
from tests.vouchers.shop import redeemed_and_paid

LIST = "number | name\nR-001 | Anna Orlova"
ABSENT = """
number | day        | amount | currency | received
R-001  | 2022-11-05 | 6000   | RUB      | no
"""
VOUCHER = "number | name | day | voucher | type\nR-001 | Anna Orlova | 2022-11-06 | V-1 | clothes"


@pytest.fixture(scope="module")
def posted(kept_society: AtWork) -> AtWork:
    """A society with a posted sheet of cash, and a mended one of vouchers; no test changes it."""
    paid = kept_society.approved(TWO_PAID)
    kept_society.agreed("reverse_row", sheet=paid, row=2)
    listed = kept_society.plan_round()
    kept_society.list_kept(LIST)
    kept_society.list_approved(listed)
    provider = kept_society.add_provider()
    references = kept_society.payments_sent(provider, listed)
    kept_society.approved(answered(list(references.values())))
    kept_society.float_advanced(provider, "5000")
    kept_society.balance_stated(provider, "2022-11-30", "0")
    kept_society.approved(ABSENT, round_code="2022-11")
    kept_society.scanned(paid)
    kept_society.approved(
        "number | name | day | amount | currency\nR-9 | Al | 2022-01-05 | 7 | RUB"
    )
    kept_society.agreed("merge_people", keep="R-002", drop="R-9")
    mended = kept_society.checked(VOUCHER)
    kept_society.amend(mended, B2="Anna O. Orlova")
    kept_society.submit(mended)
    kept_society.approve(mended)
    redeemed_and_paid(kept_society)
    return kept_society


def book(society: AtWork) -> list[Any]:
    """Everything that is append-only, as it is."""
    with society.engine.connect() as connection:
        return [
            sorted(connection.execute(text(f"SELECT * FROM {table}")).all(), key=repr)  # noqa: S608
            for table in APPEND_ONLY
        ]


def refused(at: AtWork, *statements: str, **values: object) -> None:
    """Send statements in one transaction, past everything we wrote; they must not hold."""
    before = book(at)

    def run() -> None:
        with at.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)

    with pytest.raises(DBAPIError):
        run()
    assert book(at) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_posted_is_updated(posted: AtWork, table: str) -> None:
    for column in METADATA.tables[table].columns.keys():  # noqa: SIM118
        refused(posted, f"UPDATE {table} SET {column} = {column}")  # noqa: S608


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_posted_is_deleted(posted: AtWork, table: str) -> None:
    refused(posted, f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_posted_is_replaced(posted: AtWork, table: str) -> None:
    if posted.engine.dialect.name == "sqlite":
        columns = ", ".join(METADATA.tables[table].columns.keys())
        for pragma in ("ON", "OFF"):
            refused(
                posted,
                f"PRAGMA recursive_triggers = {pragma}",
                f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table}",  # noqa: S608
            )
    else:
        refused(
            posted,
            f"INSERT INTO {table} SELECT * FROM {table} "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET society_id = excluded.society_id",
        )


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_posted_is_truncated(posted: AtWork, table: str) -> None:
    """SQLite has no TRUNCATE, and refuses the word."""
    refused(posted, f"TRUNCATE {table} CASCADE")


NOT_ALLOWED = r"permission denied|must be owner"
LINE = (
    "INSERT INTO line (society_id, id, entry_id, account, currency, amount_minor) "
    "VALUES (:society, :line, :entry, '5000', :currency, :minor)"
)
HEADER = (
    "INSERT INTO entry (society_id, id, number, effective_on, posted_at, kind, key, sheet_id, "
    "sent_by, approved_by, rows, rows_sha256, previous_hash, hash) VALUES (:society, :entry, "
    ":number, :day, :posted_at, 'cash_transfers', :key, 1, 1, 2, 0, '', :previous_hash, :hash)"
)


class Attack:
    """An entry written by hand, right in everything but what a test gets wrong."""

    def __init__(self, society: AtWork) -> None:
        self.society = society
        self.last = max(society.all_of(Entry), key=lambda each: each.number)
        self.is_sqlite = society.engine.dialect.name == "sqlite"
        posted_at = datetime(2099, 1, 1, tzinfo=UTC)
        self.right: dict[str, Any] = {
            "society": society.society_id,
            "entry": 4711,
            "number": self.last.number + 1,
            "day": "2022-11-07" if self.is_sqlite else date(2022, 11, 7),
            "posted_at": posted_at.isoformat() if self.is_sqlite else posted_at,
            "key": "by hand",
            "previous_hash": self.last.hash,
            "hash": "f" * 64,
            "currency": "RUB",
        }

    def write(self, connection: Connection, *amounts: int, **wrong: object) -> None:
        values = self.right | wrong
        for place, minor in enumerate(amounts):
            connection.execute(text(LINE), values | {"line": 800 + place, "minor": minor})
        connection.execute(text(HEADER), values)

    def fails(self, *amounts: int, **wrong: object) -> None:
        before = book(self.society)
        with pytest.raises(DBAPIError), self.society.engine.begin() as connection:
            self.write(connection, *amounts, **wrong)
        assert book(self.society) == before


@pytest.fixture
def attack(posted: AtWork) -> Attack:
    return Attack(posted)


def test_an_entry_by_hand_that_is_right_in_everything_is_let_in(society: AtWork) -> None:
    """So what is refused below is refused for what is wrong in it."""
    society.approved(TWO_PAID)
    attack = Attack(society)
    with attack.society.engine.begin() as connection:
        attack.write(connection, 100, -100)
    assert len(society.all_of(Entry)) == 2


@pytest.mark.parametrize(
    ("amounts", "wrong"),
    [
        ((100, -99), {}),
        ((100,), {}),
        ((0, 100, -100), {}),
        ((100, -100), {"currency": "ROUBLE"}),
        ((100, -100), {"number": 99}),
        ((100, -100), {"number": 2}),
        ((100, -100), {"number": 0}),
        ((100, -100), {"previous_hash": "0" * 64}),
        ((100, -100), {"previous_hash": ""}),
        ((100, -100), {"entry": None}),
    ],
    ids=str,
)
def test_an_entry_with_one_thing_wrong_is_refused(
    attack: Attack, amounts: tuple[int, ...], wrong: dict[str, object]
) -> None:
    attack.fails(*amounts, **wrong)


def test_an_entry_dated_before_the_last_is_refused(attack: Attack) -> None:
    early = datetime(2001, 1, 1, tzinfo=UTC)
    attack.fails(100, -100, posted_at=early.isoformat() if attack.is_sqlite else early)


def test_a_key_is_posted_once(attack: Attack) -> None:
    attack.fails(100, -100, key=attack.last.key)


def test_lines_without_an_entry_do_not_stay(posted: AtWork) -> None:
    refused(
        posted,
        LINE,
        society=posted.society_id,
        line=1,
        entry=4711,
        currency="RUB",
        minor=5,
    )


def test_no_line_joins_an_entry_afterwards(posted: AtWork) -> None:
    sealed = posted.all_of(Line)[0].entry_id
    for minor in (5, -5):
        refused(
            posted,
            LINE,
            society=posted.society_id,
            line=1,
            entry=sealed,
            currency="RUB",
            minor=minor,
        )


def test_a_line_of_another_society_is_refused(two_societies: tuple[AtWork, AtWork]) -> None:
    one, other = two_societies
    one.approved(TWO_PAID)
    attack = Attack(one)
    before = book(one)
    foreign = attack.right | {"society": other.society_id, "line": 1, "minor": 5}

    def run() -> None:
        with one.engine.begin() as connection:
            connection.execute(text(LINE), foreign)
            attack.write(connection, -5)

    with pytest.raises(DBAPIError):
        run()
    assert book(one) == before


def test_no_line_slips_in_beside_an_entry_that_is_not_committed_yet(
    postgres_url: str, tmp_path: Path
) -> None:
    """A second transaction does not see the entry, and has to wait until it does."""
    ledger = open_at(postgres_url, tmp_path)
    society = society_at_work(ledger)
    society.approved(TWO_PAID)
    attack = Attack(society)
    with ledger.engine.connect() as first, ledger.engine.connect() as second:
        attack.write(first, 100, -100)
        second.execute(text("SET LOCAL lock_timeout = '300ms'"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            second.execute(text(LINE), attack.right | {"line": 900, "minor": 999})
        second.rollback()
        first.commit()
        with pytest.raises(DBAPIError, match="sealed"):
            second.execute(text(LINE), attack.right | {"line": 900, "minor": 999})
    ledger.engine.dispose()


@pytest.fixture
def as_application(postgres_url: str, tmp_path: Path) -> Iterator[tuple[AtWork, Engine]]:
    """A society in a ledger that works as a role of its own, and the engine of the owner."""
    url = make_url(postgres_url)
    role = f"app_{url.database}"
    owner = engine_for(postgres_url)
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}" LOGIN')
    upgrade(owner, application_role=role)
    own = url.set(username=role).render_as_string(hide_password=False)
    ledger = open_at(own, tmp_path, CVA_MIGRATION_URL=postgres_url)
    yield society_at_work(ledger), owner
    ledger.engine.dispose()
    with owner.begin() as connection:
        connection.execute(text(f'DROP OWNED BY "{role}"'))
        connection.execute(text(f'DROP ROLE "{role}"'))
    owner.dispose()


def test_a_sheet_goes_all_the_way_as_the_application_role(
    as_application: tuple[AtWork, Engine],
) -> None:
    society, _owner = as_application
    sheet_id = society.approved(TWO_PAID)
    assert society.state(sheet_id) == "approved"
    assert society.approved(VOUCHER) > sheet_id


def test_the_application_role_may_only_add(as_application: tuple[AtWork, Engine]) -> None:
    society, _owner = as_application
    society.approved(TWO_PAID)
    society.approved(VOUCHER)
    redeemed_and_paid(society)
    attacks: list[Callable[[str], str]] = [
        "UPDATE {} SET society_id = society_id".format,
        "DELETE FROM {}".format,
        "TRUNCATE {} CASCADE".format,
        "ALTER TABLE {} DISABLE TRIGGER ALL".format,
        "DROP TABLE {} CASCADE".format,
        "DROP TRIGGER {0}_no_delete ON {0}".format,
        "ALTER TABLE {} ADD COLUMN note text".format,
    ]
    for table, attack in product(APPEND_ONLY, attacks):
        with (
            pytest.raises(DBAPIError, match=NOT_ALLOWED),
            society.engine.begin() as connection,
        ):
            connection.execute(text(attack(table)))


def test_the_application_role_cannot_change_the_walls(
    as_application: tuple[AtWork, Engine],
) -> None:
    society, _owner = as_application
    for attack in (
        "CREATE OR REPLACE FUNCTION cva_open_line() RETURNS trigger LANGUAGE sql AS ''",
        "DROP FUNCTION cva_seal_entry() CASCADE",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0000'",
    ):
        with (
            pytest.raises(DBAPIError, match=NOT_ALLOWED),
            society.engine.begin() as connection,
        ):
            connection.execute(text(attack))
