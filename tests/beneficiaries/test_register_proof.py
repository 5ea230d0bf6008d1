"""Exchanges in the database by which a number, a document or a telephone leads to somebody else."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from cva.core.db import reading
from cva.core.tenancy import SYSTEM
from cva.reports.verification import prove
from cva.societies.models import Society
from tests.makers import AtWork, sheet

PEOPLE = sheet(
    "number | name | phone | document number\n"
    "R-001 | Anna Lebed | +996700123987 | ZX7654321\n"
    "R-002 | Boris Zorin | +996700123988 | ZX7654322"
)


def _fault(society: AtWork) -> str:
    with reading(society.engine, SYSTEM) as session:
        found = session.exec(select(Society).where(Society.id == society.society_id)).one()
        fault = prove(session, found).fault
    return fault.message if fault else ""


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("beneficiary", "phone_token"),
        ("beneficiary", "id_number_token"),
        ("registration", "beneficiary_id"),
        ("registration", "number"),
    ],
)
def test_what_was_exchanged_between_two_people_is_named(
    society: AtWork, table: str, column: str
) -> None:
    society.approved(PEOPLE)
    assert _fault(society) == ""
    with society.engine.begin() as connection:
        rows = connection.execute(text(f"SELECT id, {column} FROM {table} ORDER BY id")).all()  # noqa: S608
        (one, first), (other, second) = rows
        change = text(f"UPDATE {table} SET {column} = :value WHERE id = :row")  # noqa: S608
        connection.execute(change, [{"value": second, "row": one}, {"value": first, "row": other}])
    assert f"{table}.{column}" in _fault(society)


def test_a_name_that_leads_to_another_person_is_told(society: AtWork) -> None:
    society.approved(PEOPLE)
    with society.engine.begin() as connection:
        query = text("SELECT token FROM name_token")
        token = connection.execute(query).scalars().all()[0]
        change = text("UPDATE name_token SET token = token + 1 WHERE token = :token")
        connection.execute(change, {"token": token})
    assert "name_token" in _fault(society)


def test_a_merged_record_is_sound(society: AtWork) -> None:
    society.approved(PEOPLE)
    society.agreed("merge_people", keep="R-001", drop="R-002")
    assert _fault(society) == ""
