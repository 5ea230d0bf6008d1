"""The approved list of a round, row by row."""

from typing import NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.entitlements.answers import Planned
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_current


class ListRow(NamedTuple):
    """What is planned for a person in an instalment.

    Attributes:
        version: Of the list that it came with.
    """

    planned: Planned
    site: str | None
    household_size: int | None
    version: int


def list_rows(session: Session, round_id: int, site: str | None = None) -> list[ListRow]:
    """The rows that hold now, of all sites or of one."""
    query = select_columns(
        col(Entitlement.beneficiary_id),
        col(Entitlement.instalment),
        col(Entitlement.currency),
        col(Entitlement.amount_minor),
        col(Entitlement.quantity),
        col(Entitlement.site),
        col(Entitlement.household_size),
        col(Entitlement.version),
    ).where(col(Entitlement.round_id) == round_id, is_current())
    if site is not None:
        query = query.where(col(Entitlement.site) == site)
    return [
        ListRow(_planned(person, instalment, currency, minor, quantity), *rest)
        for person, instalment, currency, minor, quantity, *rest in session.execute(query)
    ]


def _planned(
    person: int, instalment: int, currency: str | None, minor: int | None, quantity: int | None
) -> Planned:
    if minor is None:
        return Planned(person, instalment, None, quantity or 1)
    return Planned(person, instalment, currency, minor)
