"""Proof: whatever is changed behind the ledger's back is found, and the first entry named."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, select, text
from sqlalchemy import delete as delete_rows
from sqlalchemy import update as update_rows

from cva.beneficiaries.models import Beneficiary
from cva.core import append_only
from cva.core.append_only import APPEND_ONLY
from cva.core.db import rehearsal
from cva.core.secret_columns import in_row
from cva.core.tenancy import SYSTEM
from cva.programmes.models import VoucherExpense
from cva.reports.control_totals import ControlTotals, control_totals
from cva.reports.verification import Proof, prove
from cva.societies import service as societies
from cva.tables import METADATA
from tests.makers import AtWork

CASH = """
number | name        | day        | amount | currency | region | household
R-001  | Anna Orlova | 2022-11-05 | 50     | RUB      | North  | 3
R-002  | Boris Lebed | 2022-11-06 | 70     | RUB      | South  | 4
"""
FOOD = """
number | name        | day        | voucher | type | amount | currency
R-001  | Anna Orlova | 2022-11-07 | V-1     | food | 300    | RUB
"""
PEOPLE = "number | name\nR-009 | Dora Klein"

#: Entries 1 and 2 are cash, 3 a voucher, 4 people, 5 cash again.
BEHIND = ("entry", "line", "transfer", "voucher")


@pytest.fixture(scope="module")
def booked(kept_society: AtWork) -> AtWork:
    """A society with five entries, whose walls are down; tests take back what they change."""
    society = kept_society
    food = society.add_programme("FOOD", voucher_expense=VoucherExpense.HAND_OVER)
    society.approved(CASH)
    society.approved(FOOD, programme_id=food)
    society.approved(PEOPLE)
    society.approved(CASH.replace("2022-11", "2023-11"))
    assert proof_of(society).is_sound
    return society


def proof_of(society: AtWork) -> Proof:
    return society.see(
        lambda session: prove(session, societies.get_society(session, society.society_id))
    )


def totals_of(society: AtWork) -> ControlTotals:
    return society.see(lambda session: control_totals(session, society.society_id))


class Tampering:
    """Changes made without the walls, as somebody with the file or the owner's password could."""

    def __init__(self, society: AtWork) -> None:
        self._engine = create_engine(society.engine.url)

    def change(self, act: Callable[[Connection], object]) -> None:
        """Drop the walls, act, and put the walls up again as they were."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                act(connection)
            else:
                made = connection.execute(
                    text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                ).all()
                for name, _sql in made:
                    connection.execute(text(f"DROP TRIGGER {name}"))
                act(connection)
                for _name, sql in made:
                    connection.exec_driver_sql(sql)
        self._engine.dispose()


@pytest.fixture(scope="module")
def snapshot(booked: AtWork) -> Callable[[], None]:
    """Puts every row back as it was before the tests."""
    tampering = Tampering(booked)
    tables = [METADATA.tables[name] for name in (*BEHIND, "beneficiary", "book", "payment_key")]
    with booked.engine.connect() as connection:
        kept = {
            table: [row._asdict() for row in connection.execute(select(table))] for table in tables
        }
    people = METADATA.tables["beneficiary"]
    kept[people] = [in_row(Beneficiary, row["id"], row) for row in kept[people]]

    def put_back(connection: Connection) -> None:
        for table in reversed(tables):
            connection.execute(delete_rows(table))
        for table in tables:
            connection.execute(table.insert(), kept[table])

    return lambda: tampering.change(put_back)


@pytest.fixture
def tampering(booked: AtWork, snapshot: Callable[[], None]) -> Iterator[Tampering]:
    yield Tampering(booked)
    snapshot()
    assert proof_of(booked).is_sound


def other(value: object) -> object:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime):
        return value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    if isinstance(value, date):
        return value.replace(day=value.day % 28 + 1)
    if isinstance(value, int):
        return value + 1000
    return 1 if value is None else f"{value}x"


def without(table: Table, column: str, value: object) -> object:
    """Another value that the column can hold; nothing becomes something."""
    made = other(value)
    is_text = table.columns[column].type.python_type is str
    if value is None and is_text:
        return "x"
    return "USD" if column == "currency" else made


def columns() -> list[tuple[str, str]]:
    return [
        (name, column)
        for name in BEHIND
        for column in METADATA.tables[name].columns.keys()  # noqa: SIM118
    ]


def entry_of(society: AtWork, table: str, row: dict[str, Any]) -> int:
    """The number of the entry a row stands in or behind."""
    entries = METADATA.tables["entry"]
    entry_id = row["id"] if table == "entry" else row["entry_id"]
    with society.engine.connect() as connection:
        return int(
            connection.execute(
                select(entries.c.number).where(entries.c.id == entry_id)
            ).scalar_one()
        )


@pytest.mark.parametrize(("name", "column"), columns())
def test_a_change_of_any_column_is_found(
    booked: AtWork, tampering: Tampering, name: str, column: str
) -> None:
    table = METADATA.tables[name]
    with booked.engine.connect() as connection:
        rows = [row._asdict() for row in connection.execute(select(table).order_by(table.c.id))]
    row = rows[-1]
    number = entry_of(booked, name, row)
    changed = without(table, column, row[column])
    tampering.change(
        lambda connection: connection.execute(
            update_rows(table).where(table.c.id == row["id"]).values({column: changed})
        )
    )
    fault = proof_of(booked).fault
    assert fault is not None, f"{name}.{column} may be changed unseen"
    if column in {"society_id", "number"} and name == "entry":
        assert fault.entry is None or fault.entry >= number
    else:
        assert fault.entry is not None
        assert fault.entry <= number


@pytest.mark.parametrize("name", BEHIND)
def test_a_row_that_is_taken_away_is_found(booked: AtWork, tampering: Tampering, name: str) -> None:
    table = METADATA.tables[name]
    with booked.engine.connect() as connection:
        row = connection.execute(select(table).order_by(table.c.id)).first()
    assert row is not None
    number = entry_of(booked, name, row._asdict())
    tampering.change(
        lambda connection: connection.execute(delete_rows(table).where(table.c.id == row.id))
    )
    fault = proof_of(booked).fault
    assert fault is not None
    assert fault.entry in {number, number + 1, None}


def test_a_person_exchanged_for_another_is_found(booked: AtWork, tampering: Tampering) -> None:
    people = METADATA.tables["beneficiary"]
    with booked.engine.connect() as connection:
        first = min(connection.execute(select(people.c.id)).scalars())

    def exchange(connection: Connection) -> None:
        """With the key too, so that what is encrypted can be read in its new row."""
        other = in_row(Beneficiary, first ^ 1, {"id": first ^ 1, "identity": {}})
        connection.execute(update_rows(people).where(people.c.sheet_id == 3).values(other))

    tampering.change(exchange)
    fault = proof_of(booked).fault
    assert fault is not None
    assert fault.entry == 4


def test_the_last_entries_taken_away_are_missed(booked: AtWork, tampering: Tampering) -> None:
    def cut(connection: Connection) -> None:
        entries, lines = METADATA.tables["entry"], METADATA.tables["line"]
        ids = [
            row.id for row in connection.execute(select(entries.c.id).where(entries.c.number >= 5))
        ]
        for name in ("transfer", "line"):
            table = METADATA.tables[name]
            connection.execute(delete_rows(table).where(table.c.entry_id.in_(ids)))
        connection.execute(delete_rows(lines).where(lines.c.entry_id.in_(ids)))
        connection.execute(delete_rows(entries).where(entries.c.id.in_(ids)))

    tampering.change(cut)
    fault = proof_of(booked).fault
    assert fault is not None
    assert (fault.entry, fault.message) == (None, "The last entries are missing.")


def test_the_first_wrong_entry_is_named(booked: AtWork, tampering: Tampering) -> None:
    lines = METADATA.tables["line"]
    tampering.change(
        lambda connection: connection.execute(
            update_rows(lines).values(amount_minor=lines.c.amount_minor * 2)
        )
    )
    fault = proof_of(booked).fault
    assert fault is not None
    assert fault.entry == 1


def test_a_key_against_paying_twice_that_is_gone_is_found(
    booked: AtWork, tampering: Tampering
) -> None:
    keys = METADATA.tables["payment_key"]
    tampering.change(lambda connection: connection.execute(delete_rows(keys)))
    fault = proof_of(booked).fault
    assert fault is not None
    assert "paying twice" in fault.message


def test_control_totals_tie_and_do_not_after_tampering(
    booked: AtWork, tampering: Tampering
) -> None:
    assert totals_of(booked).tie
    assert [(tie.currency, tie.booked_minor) for tie in totals_of(booked).ties] == [("RUB", 24000)]
    transfers = METADATA.tables["transfer"]
    tampering.change(
        lambda connection: connection.execute(update_rows(transfers).values(amount_minor=1))
    )
    assert not totals_of(booked).tie


def test_a_wall_that_is_gone_is_found(booked: AtWork) -> None:
    dialect = booked.engine.dialect.name
    for name in sorted(append_only.TRIGGERS[dialect]):
        tables = sorted(APPEND_ONLY, key=len, reverse=True)
        table = next((each for each in tables if name.startswith(f"{each}_")), "")
        on_table = "" if dialect == "sqlite" else f" ON {table}"
        with rehearsal(booked.engine, SYSTEM) as session:
            session.connection().execute(text(f"DROP TRIGGER {name}{on_table}"))
            society = societies.get_society(session, booked.society_id)
            fault = prove(session, society).fault
        assert fault is not None
        assert name in fault.message


def test_a_proof_counts_what_it_proved(booked: AtWork) -> None:
    proof = proof_of(booked)
    assert (proof.entries, proof.rows) == (6, 6)
    assert len(proof.head) == 64
