"""The register as people use it: by number, document, telephone or name, a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries import status
from cva.beneficiaries.matching.names import NameLikeness, compare_names
from cva.beneficiaries.models import Beneficiary, NameToken, Registration
from cva.beneficiaries.name_keys import name_tokens, words_of
from cva.beneficiaries.service import id_number_token, name_of, numbers_of, phone_token
from cva.core import audit
from cva.core.db import rows_among
from cva.core.errors import NotFoundError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.lookup_keys import Tokens, tokens_of
from cva.core.paging import Page, page_of, place_of_page
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.sheets.cells.other_cells import read_phone
from cva.societies import service as societies

#: So many people are shown at once.
PEOPLE_PER_PAGE = 50


class FoundBy(StrEnum):
    """What of a person the text is, the surest first."""

    NUMBER = "number"
    DOCUMENT = "document"
    PHONE = "phone"
    NAME = "name"
    #: A name that is spelt otherwise, or in another alphabet.
    ALIKE = "alike"


_LIKENESS = {
    NameLikeness.SAME: FoundBy.NAME,
    NameLikeness.PART: FoundBy.NAME,
    NameLikeness.ALIKE: FoundBy.ALIKE,
    NameLikeness.LONGER: FoundBy.ALIKE,
}


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A line of the register; never a document or a telephone.

    Attributes:
        number: The registration number; of several that of the record that was kept.
        became: ``deceased`` or ``moved``, where either was said.
        found_by: None where everybody is listed.
    """

    person_id: int
    number: str
    full_name: str
    settlement: str
    became: str = ""
    found_by: FoundBy | None = None


def search_register(
    session: Session, society_id: int, text: str = "", settlement: str = "", page: int = 1
) -> Page[RegisteredPerson]:
    """People of a society, a page of them; the trail says that somebody looked, not for whom.

    Args:
        session: The caller's transaction.
        society_id: Whose register.
        text: A registration number, a document, a telephone or at least two parts of a name;
            blank for everybody, who was registered last first.
        settlement: Where they live; as it is written in sheets, but for capitals.
        page: Which page, from 1; beyond the last page is the last page.

    Raises:
        ForbiddenError: The actor's role does not see people.
        NotFoundError: The text is nothing of anybody.
    """
    actor_of(session).require(Permission.SEE_SHEETS, society_id)
    audit.record(session, audit.Act.REGISTER_SEARCHED, society_id=society_id, subject_id=0)
    if not text.strip():
        return _everybody(session, society_id, settlement, page)
    found = _found_by(session, society_id, text)
    if not found:
        raise NotFoundError(
            _(
                "Nobody was found. Write the number as it is on the card, a document, a telephone, "
                "or at least two parts of the name."
            ),
            code="person_unknown",
        )
    people = [
        person
        for person in _lines(session, society_id, found)
        if not settlement or _folded(person.settlement) == _folded(settlement)
    ]
    order = tuple(FoundBy)
    people.sort(key=lambda one: (order.index(one.found_by or FoundBy.ALIKE), one.number))
    return page_of(people, page, PEOPLE_PER_PAGE)


def _folded(settlement: str) -> str:
    return settlement.strip().casefold()


def _everybody(
    session: Session, society_id: int, settlement: str, page: int
) -> Page[RegisteredPerson]:
    conditions = [
        col(Beneficiary.society_id) == society_id,
        col(Beneficiary.merged_into_id).is_(None),
    ]
    if settlement:
        conditions.append(
            col(Beneficiary.settlement).in_(_spellings(session, society_id, settlement))
        )
    count = select_columns(func.count()).select_from(Beneficiary).where(*conditions)
    total = session.execute(count).scalar_one()
    number, pages = place_of_page(page, total, PEOPLE_PER_PAGE)
    query = (
        select_columns(col(Beneficiary.id))
        .where(*conditions)
        .order_by(col(Beneficiary.sheet_id).desc(), col(Beneficiary.row_number))
        .offset((number - 1) * PEOPLE_PER_PAGE)
        .limit(PEOPLE_PER_PAGE)
    )
    people = session.execute(query).scalars().all()
    lines = {one.person_id: one for one in _lines(session, society_id, dict.fromkeys(people))}
    return Page([lines[person] for person in people], total, number, pages)


def _spellings(session: Session, society_id: int, settlement: str) -> list[str]:
    """A settlement as it stands in the register, in whatever capitals."""
    query = (
        select_columns(col(Beneficiary.settlement))
        .where(col(Beneficiary.society_id) == society_id, col(Beneficiary.settlement).is_not(None))
        .distinct()
    )
    return [
        known for known in session.execute(query).scalars() if _folded(known) == _folded(settlement)
    ]


def _found_by(session: Session, society_id: int, text: str) -> dict[int, FoundBy]:
    """The people whom a text names, by the surest that it names them by."""
    found: dict[int, FoundBy] = {}
    for why, records in _records_found(session, society_id, text):
        for record in records:
            found.setdefault(record, why)
    return found


def _records_found(
    session: Session, society_id: int, text: str
) -> Iterator[tuple[FoundBy, Sequence[int]]]:
    """Records by what the text may be of them, the surest first."""
    tokens = tokens_of(session, society_id)
    number = select_columns(col(Registration.beneficiary_id)).where(
        col(Registration.society_id) == society_id,
        col(Registration.number_key) == comparable(text),
    )
    yield FoundBy.NUMBER, session.execute(number).scalars().all()
    country = societies.get_society(session, society_id).country
    phone = read_phone(text, country).value
    for why, column, token in (
        (FoundBy.DOCUMENT, col(Beneficiary.id_number_token), id_number_token(tokens, text)),
        (FoundBy.PHONE, col(Beneficiary.phone_token), phone and phone_token(tokens, str(phone))),
    ):
        query = select_columns(col(Beneficiary.id)).where(
            col(Beneficiary.society_id) == society_id, column == token
        )
        yield why, session.execute(query).scalars().all() if token else ()
    named = _named(session, society_id, tokens, text)
    for why in (FoundBy.NAME, FoundBy.ALIKE):
        yield why, [record for record, its in named.items() if its == why]


def _named(
    session: Session, society_id: int, tokens: Tokens, text: str
) -> dict[int, FoundBy | None]:
    """Records whose names share two parts with the text, and how the names compare."""
    words = words_of(text)
    query = select_columns(col(NameToken.beneficiary_id)).distinct()
    shared = rows_among(session, query, NameToken.token, name_tokens(tokens, text))
    records = [record for (record,) in shared]
    return {
        record: _LIKENESS.get(compare_names(words, words_of(name_of(identity))))
        for record, identity in _identities(session, society_id, records).items()
    }


def _identities(
    session: Session, society_id: int, records: Sequence[int]
) -> dict[int, Mapping[str, str]]:
    query = select_columns(col(Beneficiary.id), col(Beneficiary.identity)).where(
        col(Beneficiary.society_id) == society_id
    )
    return dict(rows_among(session, query, Beneficiary.id, records))


def _lines(
    session: Session, society_id: int, found: Mapping[int, FoundBy | None]
) -> list[RegisteredPerson]:
    """Records as lines; of a merged one the line of the record that stands for it."""
    merged = select_columns(col(Beneficiary.id), col(Beneficiary.merged_into_id)).where(
        col(Beneficiary.society_id) == society_id
    )
    people: dict[int, FoundBy | None] = {}
    order = {why: at for at, why in enumerate(FoundBy)}
    for record, merged_into in rows_among(session, merged, Beneficiary.id, found):
        person, why = merged_into or record, found[record]
        people[person] = min(people.get(person, why), why, key=lambda it: order.get(it, 0))
    query = select_columns(
        *(col(Beneficiary.id), col(Beneficiary.identity), col(Beneficiary.settlement))
    )
    numbers = numbers_of(session, people)
    departed = status.departed_by_now(session, society_id)
    return [
        RegisteredPerson(
            person_id=person,
            number=numbers[person],
            full_name=name_of(identity),
            settlement=settlement or "",
            became=departed[person].kind if person in departed else "",
            found_by=people[person],
        )
        for person, identity, settlement in rows_among(session, query, Beneficiary.id, people)
    ]
