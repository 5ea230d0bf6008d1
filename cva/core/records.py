"""One record by its id, for who has a right over it."""

from typing import TypeVar

from sqlmodel import Session, select

from cva.core.errors import NotFoundError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import TenantOwned, actor_of

Owned = TypeVar("Owned", bound=TenantOwned)


def get_record(
    session: Session, table: type[Owned], record_id: int, right: Permission | None = None
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
