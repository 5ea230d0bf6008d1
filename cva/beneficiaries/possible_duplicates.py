"""People who may be registered twice: the same document, or the same phone, under two numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.service import name_of
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of

#: So many groups are listed at once.
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One record of a group: number and name, never the phone or the document."""

    person_id: int
    number: str
    full_name: str


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Records that share something.

    Attributes:
        shared: ``"document"`` or ``"phone"``; a family may share a phone.
    """

    shared: str
    people: Sequence[KnownPerson]


def find_duplicates(session: Session, society_id: int) -> list[DuplicateGroup]:
    """Groups of records with the same document, then with the same phone; at most 500.

    Four statements over the tokens, however many people there are.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see people.
    """
    actor_of(session).require(Permission.SEE_SHEETS, society_id)
    found = [
        *_sharing(session, society_id, "document", "id_number_token"),
        *_sharing(session, society_id, "phone", "phone_token"),
    ]
    return found[:MOST_LISTED]


def _sharing(session: Session, society_id: int, shared: str, column: str) -> list[DuplicateGroup]:
    token = getattr(Beneficiary, column)
    standing = (
        col(Beneficiary.society_id) == society_id,
        col(Beneficiary.merged_into_id).is_(None),
    )
    several = session.scalars(
        select_columns(token)
        .where(*standing, token.is_not(None))
        .group_by(token)
        .having(func.count() > 1)
        .order_by(token)
        .limit(MOST_LISTED)
    ).all()
    rows = session.execute(
        select_columns(
            token,
            col(Beneficiary.id),
            col(Registration.number),
            col(Beneficiary.identity),
        )
        # The first number of a person has the person's own id.
        .join(Registration, col(Registration.id) == Beneficiary.id)
        .where(*standing, token.in_(several))
        .order_by(token, col(Registration.number_key))
    )
    groups: dict[str, list[KnownPerson]] = {}
    for key, person_id, number, identity in rows:
        groups.setdefault(key, []).append(KnownPerson(person_id, number, name_of(identity)))
    return [DuplicateGroup(shared, people) for people in groups.values()]
