"""What people are known by: a number for everybody who reads, a name where the task needs it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.service import name_of

_BATCH = 10_000
_NAMES = ("full_name", "family_name", "first_name", "patronymic")


def number_of(values: Mapping[str, Any]) -> str | None:
    """The number a person is registered under: the registration number, else the source's id."""
    return values.get("registration_no") or values.get("source_id")


def numbers_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Registration numbers by person, as written; of several that of the record that was kept."""
    found: dict[int, str] = {}
    for part in _parts(people):
        rows = session.execute(
            select_columns(col(Registration.beneficiary_id), col(Registration.number))
            .where(col(Registration.beneficiary_id).in_(part))
            # The first number of a person has the person's own id; the last row counts.
            .order_by(col(Registration.id) == col(Registration.beneficiary_id))
        )
        found |= dict(rows.all())
    return found


def records_of(session: Session, people: Iterable[int]) -> dict[int, int]:
    """The records that stand for people, their own and those made one with it: each its person."""
    found: dict[int, int] = {}
    for part in _parts(people):
        rows = session.execute(
            select_columns(col(Beneficiary.id), col(Beneficiary.merged_into_id)).where(
                col(Beneficiary.merged_into_id).in_(part)
            )
        )
        found |= {person: person for person in part} | dict(rows.all())
    return found


def names_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Names by person, in the order of the parts."""
    found: dict[int, str] = {}
    for part in _parts(people):
        rows = session.execute(
            select_columns(
                col(Beneficiary.id), *(getattr(Beneficiary, name) for name in _NAMES)
            ).where(col(Beneficiary.id).in_(part))
        )
        found |= {person: name_of(dict(zip(_NAMES, names, strict=True))) for person, *names in rows}
    return found


def _parts(people: Iterable[int]) -> Iterator[Sequence[int]]:
    ids = sorted(set(people))
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
