"""Values at rest are bound to table, column and row: moved anywhere else, nobody reads them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from cva.beneficiaries.models import Beneficiary, PersonEvent
from cva.core import clock
from cva.core.db import insert_rows
from cva.core.errors import SettingError
from cva.core.identifiers import new_ids
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.staging.models import Amendment, KnownHeadings, Sheet
from tests.makers import TWO_PAID, AtWork, society_at_work

PHONES = ["+996700000001", "+996700000002"]
PEOPLE = "number | name | phone\n" + "\n".join(
    f"R-00{row} | {name} | {phone}"
    for row, (name, phone) in enumerate(
        zip(("Anna Orlova", "Boris Lebed"), PHONES, strict=True), start=1
    )
)
MOVED = r"beneficiary\.identity \d+ was changed or moved"


@pytest.fixture
def registered(society: AtWork) -> AtWork:
    society.approved(PEOPLE)
    return society


def phones_in(society: AtWork) -> list[str]:
    """The telephones of all people, as they are read by record and by column."""
    by_record = sorted(each.identity["phone"] for each in society.all_of(Beneficiary))
    by_column = society.see(lambda session: session.exec(select(Beneficiary.identity)).all())
    assert by_record == sorted(each["phone"] for each in by_column)
    return by_record


def behind_the_ledger(society: AtWork, act: Callable[[Connection], object]) -> None:
    engine = create_engine(society.engine.url)
    with engine.begin() as connection:
        act(connection)
    engine.dispose()


def swap_people(connection: Connection) -> None:
    """Send the one's money to the other's telephone."""
    (one, first), (other, second) = connection.execute(
        text("SELECT id, identity FROM beneficiary ORDER BY id")
    ).all()
    change = text("UPDATE beneficiary SET identity = :identity WHERE id = :id")
    values = [{"id": one, "identity": second}, {"id": other, "identity": first}]
    connection.execute(change, values)


def test_telephones_of_two_people_that_were_swapped_cannot_be_read(registered: AtWork) -> None:
    assert phones_in(registered) == PHONES
    behind_the_ledger(registered, swap_people)
    with pytest.raises(SettingError, match=MOVED):
        registered.all_of(Beneficiary)
    with pytest.raises(SettingError, match=MOVED):
        registered.see(lambda session: session.exec(select(Beneficiary.identity)).all())


def test_the_proof_names_a_value_that_was_moved(registered: AtWork) -> None:
    def fault(session: Session) -> str:
        found = prove(session, societies.get_society(session, registered.society_id)).fault
        return found.message if found else ""

    assert registered.see(fault) == ""
    behind_the_ledger(registered, swap_people)
    moved = re.match(r"A value of beneficiary\.identity (\d+) was ", registered.see(fault))
    assert moved
    people = registered.see(lambda session: session.exec(select(Beneficiary.id)).all())
    assert int(moved[1]) in people


def test_a_value_moved_to_another_table_cannot_be_read(society: AtWork) -> None:
    society.checked(TWO_PAID)
    move = text(
        "UPDATE sheet SET ask_examples = (SELECT content FROM sheet_file WHERE sheet_id = sheet.id)"
    )
    behind_the_ledger(society, lambda connection: connection.execute(move))
    with pytest.raises(SettingError, match=r"sheet\.ask_examples 1 "):
        society.all_of(Sheet)


def test_a_value_is_read_by_any_name_of_its_table(registered: AtWork) -> None:
    def phones(session: Session) -> list[tuple[str, str]]:
        other = aliased(Beneficiary)
        query = select(Beneficiary.identity, other.identity).join(
            other, col(other.id) != Beneficiary.id
        )
        return sorted((one["phone"], two["phone"]) for one, two in session.exec(query))

    assert registered.see(phones) == [(PHONES[0], PHONES[1]), (PHONES[1], PHONES[0])]


def test_a_value_that_is_changed_stays_bound_to_its_row(registered: AtWork) -> None:
    def change(session: Session) -> None:
        for person in session.exec(select(Beneficiary)):
            person.identity = person.identity | {"phone": "+996700000009"}
            session.flush()
            assert person.identity["phone"] == "+996700000009"

    registered.do(change)
    assert phones_in(registered) == ["+996700000009"] * 2
    behind_the_ledger(registered, swap_people)
    with pytest.raises(SettingError, match=MOVED):
        registered.all_of(Beneficiary)


def test_a_value_is_taken_away(society: AtWork) -> None:
    society.checked(TWO_PAID)

    def give(examples: dict[str, str] | None) -> object:
        def change(session: Session) -> None:
            session.exec(select(Sheet)).one().ask_examples = examples

        society.do(change)
        return society.all_of(Sheet)[0].ask_examples

    assert give({"find:amount": "5"}) == {"find:amount": "5"}
    assert give(None) is None


def test_a_value_is_not_written_without_its_row(registered: AtWork) -> None:
    change = update(Beneficiary).values(identity={"phone": PHONES[0]})
    with pytest.raises(StatementError, match=r"number of its row|TypeError"):
        registered.do(lambda session: session.execute(change))


def test_equal_telephones_of_two_societies_look_unequal(society: AtWork) -> None:
    other = society_at_work(society.ledger, "BRC")
    for place in (society, other):
        place.approved(PEOPLE)
    people = society.all_of(Beneficiary)
    assert len({each.identity["phone"] for each in people}) == 2
    assert len({each.phone_token for each in people}) == 4


def amendment(society: AtWork, sheet_id: int, cell: str) -> dict[str, Any]:
    return {
        "society_id": society.society_id,
        "sheet_id": sheet_id,
        "cell": cell,
        "number": 2,
        "before": f"before {cell}",
        "after": f"after {cell}",
        "made_at": clock.now(),
        "made_by": 1,
    }


def test_rows_that_the_database_counts_are_numbered_before_they_are_written(
    society: AtWork,
) -> None:
    sheet_id = society.checked(TWO_PAID)

    def add(session: Session) -> None:
        for cell in ("A1", "A2"):
            session.add(Amendment(**amendment(society, sheet_id, cell)))
        session.flush()
        insert_rows(
            session, Amendment, [amendment(society, sheet_id, cell) for cell in ("A3", "A4")]
        )
        session.add(Amendment(**amendment(society, sheet_id, "A5")))

    society.do(add)
    society.do(add)
    found = society.all_of(Amendment)
    assert [each.cell for each in sorted(found, key=lambda each: each.id)] == [
        *("A1", "A2", "A3", "A4", "A5"),
        *("A1", "A2", "A3", "A4", "A5"),
    ]
    assert all(each.after == f"after {each.cell}" for each in found)


def test_no_number_is_given_twice_where_rows_may_be_deleted(society: AtWork) -> None:
    def add(session: Session) -> int:
        headings = KnownHeadings(
            society_id=society.society_id,
            key="k",
            kind="cash",
            columns=[["A", "a", "none"]],
            made_at=clock.now(),
            made_by=1,
        )
        session.add(headings)
        session.flush()
        return headings.id

    def forget(session: Session) -> None:
        session.delete(session.exec(select(KnownHeadings)).one())

    first = society.do(add)
    society.do(forget)
    assert society.do(add) > first


def test_rows_that_name_themselves_are_written_in_bulk(registered: AtWork) -> None:
    [person, *_] = registered.all_of(Beneficiary)
    ids = new_ids(3)
    rows = [
        {
            "id": each,
            "society_id": person.society_id,
            "beneficiary_id": person.id,
            "kind": "moved",
            "from_on": date(2022, 11, 1),
            "note": f"note {each}",
            "made_by": 1,
            "made_at": clock.now(),
        }
        for each in ids
    ]
    registered.do(lambda session: insert_rows(session, PersonEvent, rows))
    assert {each.note for each in registered.all_of(PersonEvent)} == {f"note {n}" for n in ids}
