"""One record by its id, for who has a right over it."""

from typing import TypeVar

from sqlmodel import Session, select

from cva.core.errors import NotFoundError
from cva.core.rights import Right
from cva.core.scope import SocietyOwned, actor_of
from cva.core.words import gettext as _

Owned = TypeVar("Owned", bound=SocietyOwned)


def get_record(
    session: Session, table: type[Owned], record_id: int, right: Right | None = None
) -> Owned:
    """The record of a table with an id.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    query = select(table).where(table.id == record_id)  # type: ignore[attr-defined]
    found = session.exec(query).one_or_none()
    if found is None:
        raise NotFoundError(_("There is no such record."))
    if right is not None:
        actor_of(session).require(right, found.society_id)
    return found
