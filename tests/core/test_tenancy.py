"""Scope: over every table that belongs to societies, nobody sees or touches another's rows."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, text
from sqlalchemy import delete as delete_rows
from sqlalchemy import select as select_columns
from sqlalchemy import update as update_rows
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, func, select

from cva.beneficiaries.models import Beneficiary
from cva.core import crypto
from cva.core.column_types import Day, Flag, Instant, Json
from cva.core.db import insert_columns, insert_rows, reading, rehearsal, transaction
from cva.core.errors import ForbiddenError, NotFoundError, RuleError, TenancyError
from cva.core.ledger import Ledger
from cva.core.permissions import Permission
from cva.core.secret_columns import SecretBytes, SecretText
from cva.core.tenancy import SYSTEM, Actor, AppendOnly, TenantOwned, get_record
from cva.programmes.models import Programme
from cva.societies.models import Society
from cva.tables import TABLES
from tests.databases import SqliteTemplate
from tests.makers import TWO_PAID, AtWork, answered, open_at, society_at_work
from tests.vouchers.shop import redeemed_and_paid

OWNED = [table for table in TABLES if issubclass(table, TenantOwned)]
CHANGEABLE = [table for table in OWNED if not issubclass(table, AppendOnly)]
POSTED = [table for table in OWNED if issubclass(table, AppendOnly)]

VOUCHERS = """
number | name        | day        | voucher | type
R-001  | Anna Orlova | 2022-11-05 | V-10    | clothes
R-002  | Boris Lebed | wrong      | V-11    | clothes
"""

BY_PROXY = "number | name | day | amount | Received by\nR-009 | Dora Klein | 2022-01-05 | 7 | Ivan"
LIST = "number | name\nR-001 | Anna Orlova"
ABSENT = """
number | day        | amount | currency | received
R-001  | 2022-11-05 | 6000   | RUB      | no
"""

over_every_table = pytest.mark.parametrize("table", OWNED, ids=lambda table: table.__name__)


@pytest.fixture(scope="module")
def both_kept(kept_ledger: Ledger) -> tuple[AtWork, AtWork]:
    """Two societies, each with a row in every table, that no test changes."""
    pair = society_at_work(kept_ledger), society_at_work(kept_ledger, "BRC")
    for each in pair:
        paid = each.approved(TWO_PAID, settled={"column:B": "full_name"})  # remembers the headings
        vouchers = each.checked(VOUCHERS)
        each.amend(vouchers, C2="2022-11-06")
        each.submit(vouchers)
        each.approve(vouchers)
        each.agreed("reverse_row", sheet=paid, row=2)
        approved = each.plan_round("2022-11", grants=[(each.add_grant("G-1"), 10_000)])
        each.list_kept(LIST)
        each.list_approved(approved)
        each.list_drafted(each.plan_round("2022-12"), approved)
        provider = each.add_provider()
        references = each.payments_sent(provider, approved)
        each.approved(answered(list(references.values())))
        each.float_advanced(provider, "5000")
        each.balance_stated(provider, "2022-11-30", "0")
        each.approved(ABSENT, round_code="2022-11")
        each.scanned(paid)
        each.approved(BY_PROXY)
        each.agreed("merge_people", keep="R-001", drop="R-009")
        redeemed_and_paid(each)
    return pair


@pytest.fixture
def both(both_kept: tuple[AtWork, AtWork]) -> tuple[AtWork, AtWork]:
    """The two, with the key of their ledger in use whatever other tests opened meanwhile."""
    crypto.use(crypto.read_key_file(both_kept[0].ledger.settings.key_file))
    return both_kept


@pytest.fixture(scope="module")
def actor_of() -> Callable[[AtWork], Actor]:
    """Somebody who holds every right, in one society."""
    return lambda society: Actor(1, {society.society_id: frozenset(Permission)})


def test_an_alias_joined_to_its_table_is_narrowed_too(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    def strangers(table: Any) -> list[Any]:  # noqa: ANN401
        other = aliased(table)
        is_strange = other.society_id != table.society_id
        found = select(table.society_id).where(select(other.society_id).where(is_strange).exists())
        return [
            select(table.society_id).join(other, is_strange),
            select(other.society_id).join(table, is_strange),
            found,
        ]

    for society in both:
        with reading(society.engine, actor_of(society)) as session:
            for query in (query for table in OWNED for query in strangers(table)):
                assert session.execute(query).first() is None, query


def key_of(table: type[SQLModel]) -> list[Any]:
    return [getattr(table, column.name) for column in described(table).primary_key.columns]


def described(table: type[SQLModel]) -> Table:
    found = table.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found


def count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def row_for(table: type[SQLModel], society_id: int) -> dict[str, Any]:
    """A row with something in each column, for a society."""
    values: dict[type, Any] = {
        Day: date(2022, 11, 5),
        Instant: datetime(2022, 11, 5, tzinfo=UTC),
        Flag: False,
        Json: {},
        SecretText: "x",
        SecretBytes: b"x",
    }
    return {
        column.name: values.get(type(column.type), 1) for column in described(table).columns
    } | {"society_id": society_id}


def test_each_has_rows_to_hide(both: tuple[AtWork, AtWork]) -> None:
    """Else the tests below would find nothing because there is nothing."""
    one, other = both
    for table in OWNED:
        for society in (one, other):
            query = select(func.count()).select_from(table)
            query = query.where(table.society_id == society.society_id)
            assert one.see(lambda session, query=query: session.exec(query).one()), table  # type: ignore[misc]


def test_a_query_sees_the_rows_of_the_actors_society_alone(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    one, _other = both
    with reading(one.engine, actor_of(one)) as session:
        for table in OWNED:
            found = set(session.exec(select(table.society_id)).all())
            assert found == {one.society_id}, table
            assert count(session, table) > 0
        assert [each.id for each in session.exec(select(Society)).all()] == [one.society_id]


def test_a_foreign_record_is_not_there_when_asked_for_by_its_id(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    one, other = both
    ids = {
        table: one.see(
            lambda session, table=table: session.execute(  # type: ignore[misc]
                select_columns(*key_of(table)).where(table.society_id == other.society_id)
            ).first()
        )
        for table in OWNED
    }
    with reading(one.engine, actor_of(one)) as session:
        assert [table for table, found in ids.items() if session.get(table, tuple(found))] == []
        assert session.get(Society, other.society_id) is None
    with reading(one.engine, actor_of(other)) as session:
        assert [table for table, found in ids.items() if not session.get(table, tuple(found))] == []


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**40])
@pytest.mark.parametrize("table", [Programme, Beneficiary])
def test_no_record_has_a_number_that_no_database_takes(
    both: tuple[AtWork, AtWork], table: type[TenantOwned], number: int
) -> None:
    one, _other = both
    with reading(one.engine, SYSTEM) as session, pytest.raises(NotFoundError):
        get_record(session, table, number)


def test_a_bulk_change_reaches_the_actors_rows_alone(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    one, other = both
    for table in CHANGEABLE:
        before = one.see(lambda session, table=table: _of(session, table, other))  # type: ignore[misc]
        with rehearsal(one.engine, actor_of(one)) as session:
            values = {"society_id": table.society_id}
            changed = session.execute(update_rows(table).values(values))
            mine = _of(session, table, one)
            assert changed.rowcount == mine > 0  # type: ignore[attr-defined]
        assert before > 0
        assert one.see(lambda session, table=table: _of(session, table, other)) == before  # type: ignore[misc]


def _of(session: Session, table: type[TenantOwned], society: AtWork) -> int:
    query = select(func.count()).select_from(table)
    return session.exec(query.where(table.society_id == society.society_id)).one()


def test_a_bulk_delete_is_narrowed_to_the_actors_rows(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    """Seen in the statement: rows that others point to could not be deleted at all."""
    one, _other = both
    sent: list[str] = []

    def note(*passed: Any) -> None:  # noqa: ANN401
        sent.append(passed[2])

    event.listen(one.engine, "before_cursor_execute", note)
    for table in CHANGEABLE:
        with rehearsal(one.engine, actor_of(one)) as session:
            session.execute(delete_rows(table).where(key_of(table)[0] == -1))
        assert "society_id IN (" in sent[-1], table
    event.remove(one.engine, "before_cursor_execute", note)


def test_what_was_posted_is_neither_changed_nor_deleted(
    both: tuple[AtWork, AtWork], actor_of: Callable[[AtWork], Actor]
) -> None:
    one, _other = both
    for table in POSTED:
        for actor in (actor_of(one), SYSTEM):
            with rehearsal(one.engine, actor) as session, pytest.raises(RuleError):
                session.execute(update_rows(table).values(society_id=one.society_id))
            with rehearsal(one.engine, actor) as session, pytest.raises(RuleError):
                session.execute(delete_rows(table))
            with rehearsal(one.engine, actor) as session:
                found = session.exec(select(table)).first()
                session.delete(found)
                with pytest.raises(RuleError):
                    session.flush()


def flushed(session: Session, record: SQLModel) -> None:
    session.add(record)
    session.flush()


@over_every_table
@pytest.mark.parametrize("way", ["rows", "columns", "record", "bulk"])
def test_a_row_for_another_society_is_refused(
    two_on_sqlite: tuple[AtWork, AtWork],
    actor_of: Callable[[AtWork], Actor],
    table: type[SQLModel],
    way: str,
) -> None:
    one, other = two_on_sqlite
    row = row_for(table, other.society_id)
    own = row | {"society_id": one.society_id}
    ways: dict[str, Callable[[Session], object]] = {
        "rows": lambda session: insert_rows(session, table, [own, row]),
        "columns": lambda session: insert_columns(session, table, row),
        "record": lambda session: flushed(session, table(**row)),
        "bulk": lambda session: session.execute(insert(table), [own, row]),
    }
    with rehearsal(one.engine, actor_of(one)) as session, pytest.raises(TenancyError):
        ways[way](session)


@pytest.fixture(scope="module")
def two_on_sqlite(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate
) -> Iterator[tuple[AtWork, AtWork]]:
    """Two societies that no test changes."""
    folder = tmp_path_factory.mktemp("scope")
    opened = open_at(sqlite_template.copy_to(folder / "cva.db"), folder)
    yield society_at_work(opened), society_at_work(opened, "BRC")
    opened.engine.dispose()


@over_every_table
def test_a_row_for_no_society_is_refused(
    two_on_sqlite: tuple[AtWork, AtWork],
    actor_of: Callable[[AtWork], Actor],
    table: type[SQLModel],
) -> None:
    one, _other = two_on_sqlite
    row = row_for(table, one.society_id)
    row.pop("society_id")
    with rehearsal(one.engine, actor_of(one)) as session, pytest.raises(TenancyError):
        insert_rows(session, table, [row])


def test_a_session_without_an_actor_is_refused(sqlite_ledger: Ledger) -> None:
    with transaction(sqlite_ledger.engine, SYSTEM) as session:
        session.info.pop("actor")
        with pytest.raises(TenancyError):
            insert_rows(session, Society, [{"id": 1}])


@pytest.mark.parametrize("actor", [SYSTEM, Actor(1, {1: frozenset(Permission)})])
def test_a_statement_as_text_is_refused(sqlite_ledger: Ledger, actor: Actor) -> None:
    with reading(sqlite_ledger.engine, actor) as session, pytest.raises(TenancyError):
        session.execute(text("SELECT * FROM beneficiary"))


def test_a_table_past_its_mapper_is_refused(sqlite_society: AtWork) -> None:
    for table in OWNED:
        with (
            reading(sqlite_society.engine, sqlite_society.people["field"]) as session,
            pytest.raises(TenancyError),
        ):
            session.execute(described(table).select())


def test_a_foreign_society_is_not_there_and_a_missing_right_is_said() -> None:
    actor = Actor(1, {7: frozenset({Permission.SEE_FIGURES})})
    actor.require(Permission.SEE_FIGURES, 7)
    with pytest.raises(ForbiddenError):
        actor.require(Permission.SEND_SHEETS, 7)
    with pytest.raises(NotFoundError):
        actor.require(Permission.SEE_FIGURES, 8)


def test_every_table_with_a_society_is_owned_by_it() -> None:
    with_society = {table for table in TABLES if "society_id" in described(table).columns}
    assert with_society == set(OWNED)
