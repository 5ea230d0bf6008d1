"""What several forms offer to choose from."""

from collections.abc import Sequence

from sqlmodel import Session

from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.societies import service as societies
from cva.societies.models import Society


def offered_programmes(
    session: Session, right: Permission
) -> list[tuple[Society, Sequence[Programme]]]:
    """The societies in which the actor holds a right, each with its programmes."""
    return [
        (society, programmes.list_programmes(session, society.id))
        for society in societies.societies_with(session, right)
    ]
