"""Registering people, and finding those who are registered."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, func, update

from cva.beneficiaries.models import Beneficiary, NameToken, Registration
from cva.beneficiaries.name_keys import name_tokens
from cva.core import clock
from cva.core.db import insert_columns, rows_among
from cva.core.identifiers import comparable, new_ids
from cva.core.lookup_keys import Tokens, renews_tokens, tokens_of
from cva.core.secret_columns import is_readable

_SIGNS = re.compile(r"[\W_]+")
#: Fields of a sheet by which lists choose people and figures count them; they stay readable.
_GROUPING = (
    "sex",
    "household_size",
    "country",
    "region",
    "district",
    "settlement",
    "pcode",
)
#: The parts of a name, the whole one first.
NAMES = ("full_name", "family_name", "first_name", "patronymic")
#: Fields of a sheet that say who a person is.
IDENTITY = (
    *NAMES,
    "date_of_birth",
    "age",
    "household_id",
    "phone",
    "id_type",
    "id_number",
    "account",
    "address",
    "source_id",
)


#: In an identity the number that the person was registered under, as a proof of ``registration``.
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to register.

    Attributes:
        number: The registration number as written.
        values: What a sheet says of them, by field, as ``cva.sheets`` read it.
        told_on: The day the sheet speaks of; an age counts from it.
    """

    number: str
    row_number: int
    values: Mapping[str, Any]
    told_on: date


def register(
    session: Session, society_id: int, sheet_id: int, people: Sequence[NewPerson]
) -> dict[str, int]:
    """Register people who are not known yet; return their ids by comparable number."""
    ids, tokens = new_ids(len(people)), tokens_of(session, society_id)
    keys_of = [comparable(person.number) for person in people]
    insert_columns(
        session,
        Beneficiary,
        {"id": ids, "society_id": society_id, "sheet_id": sheet_id} | _columns(tokens, people),
    )
    insert_columns(
        session,
        Registration,
        {
            "id": ids,
            "society_id": society_id,
            "beneficiary_id": ids,
            "number": [person.number for person in people],
            "number_key": keys_of,
        },
    )
    _record_names(session, society_id, tokens, [name_of(person.values) for person in people], ids)
    return dict(zip(keys_of, ids, strict=True))


def _record_names(
    session: Session,
    society_id: int,
    tokens: Tokens,
    names: Sequence[str],
    people: Sequence[int],
) -> None:
    """Record what people are found by; several have the same name, which is read once."""
    found_by = {name: name_tokens(tokens, name) for name in set(names)}
    pairs = sorted(
        (token, person_id)
        for name, person_id in zip(names, people, strict=True)
        for token in found_by[name]
    )
    columns: dict[str, list[int]] = {
        "token": [token for token, _person in pairs],
        "beneficiary_id": [person_id for _token, person_id in pairs],
    }
    insert_columns(session, NameToken, {**columns, "society_id": society_id})


def _columns(tokens: Tokens, people: Sequence[NewPerson]) -> dict[str, Any]:
    """The columns of people, from what their sheets say."""
    rows = [person.values for person in people]
    columns: dict[str, Any] = {name: [values.get(name) for values in rows] for name in _GROUPING}
    columns["identity"] = list(map(_identity, people))
    columns["phone_token"] = [phone_token(tokens, values.get("phone")) for values in rows]
    columns["id_number_token"] = [
        id_number_token(tokens, values.get("id_number")) for values in rows
    ]
    columns["birth_token"] = [birth_token(tokens, values.get("date_of_birth")) for values in rows]
    columns["made_at"] = clock.now()
    columns["row_number"] = [person.row_number for person in people]
    return columns


def _identity(person: NewPerson) -> dict[str, Any]:
    found = {name: value for name in IDENTITY if (value := person.values.get(name)) is not None}
    found |= {NUMBER: person.number}
    return found | ({"age_on": person.told_on.isoformat()} if "age" in found else {})


def phone_token(tokens: Tokens, phone: str | None) -> str | None:
    """What a phone in E.164 is found by."""
    return tokens.of("phone", phone) if phone else None


def birth_token(tokens: Tokens, day: str | None) -> int | None:
    """What days of birth are compared by."""
    return tokens.number("birth", day) if day else None


def id_number_token(tokens: Tokens, number: str | None) -> str | None:
    """What a document number is found by."""
    return tokens.of("id number", plain_document(number)) if number else None


def plain_document(number: str) -> str:
    """A document's number without the signs between its parts."""
    plain = comparable(number)
    return _SIGNS.sub("", plain) or plain


@renews_tokens
def _renew_tokens(session: Session, society_id: int, tokens: Tokens) -> None:
    query = select_columns(col(Beneficiary.id), col(Beneficiary.identity)).where(
        col(Beneficiary.society_id) == society_id, is_readable(session, Beneficiary, society_id)
    )
    rows = session.execute(query).all()
    renewed = [
        {
            "id": person_id,
            "phone_token": phone_token(tokens, identity.get("phone")),
            "id_number_token": id_number_token(tokens, identity.get("id_number")),
            "birth_token": birth_token(tokens, identity.get("date_of_birth")),
        }
        for person_id, identity in rows
    ]
    if renewed:
        session.execute(update(Beneficiary), renewed)
    names = [name_of(identity) for _person, identity in rows]
    people = [person_id for person_id, _identity in rows]
    session.execute(delete(NameToken).where(col(NameToken.society_id) == society_id))
    _record_names(session, society_id, tokens, names, people)


def name_of(values: Mapping[str, Any]) -> str:
    """The name in full, for people to read."""
    if values.get("full_name"):
        return str(values["full_name"])
    return " ".join(str(values[name]) for name in NAMES if values.get(name))


def same_name(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records may name the same person: the words of one are all in the other.

    Order, case and ё/е do not count; a record without any name agrees with every other.
    """
    first, second = _words(one), _words(other)
    return first <= second or second <= first


def _words(values: Mapping[str, Any]) -> set[str]:
    return set(name_of(values).casefold().replace("ё", "е").split())


def holders_of(session: Session, column: str, tokens: Iterable[str]) -> dict[str, set[int]]:
    """People by the token of their telephone or document; of merged records who stands for them.

    Args:
        session: The caller's session.
        column: ``phone_token`` or ``id_number_token``.
        tokens: Of one society.
    """
    found: dict[str, set[int]] = {}
    token = getattr(Beneficiary, column)
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id))
    for each, person_id in rows_among(session, select_columns(token, person), token, tokens):
        found.setdefault(each, set()).add(person_id)
    return found


def number_of(values: Mapping[str, Any]) -> str | None:
    """The number a person is registered under: the registration number, else the source's id."""
    return values.get("registration_no") or values.get("source_id")


def numbers_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Registration numbers by person, as written; of several that of the record that was kept."""
    # The first number of a person has the person's own id; the last row counts.
    query = select_columns(col(Registration.beneficiary_id), col(Registration.number)).order_by(
        col(Registration.id) == col(Registration.beneficiary_id)
    )
    return dict(rows_among(session, query, Registration.beneficiary_id, people))


def records_of(session: Session, people: Collection[int]) -> dict[int, int]:
    """The records that stand for people, their own and those made one with it: each its person."""
    query = select_columns(col(Beneficiary.id), col(Beneficiary.merged_into_id))
    merged = rows_among(session, query, Beneficiary.merged_into_id, people)
    return {person: person for person in people} | dict(merged)


def names_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Names by person, in the order of the parts."""
    query = select_columns(col(Beneficiary.id), col(Beneficiary.identity))
    return {
        person: name_of(identity)
        for person, identity in rows_among(session, query, Beneficiary.id, people)
    }
