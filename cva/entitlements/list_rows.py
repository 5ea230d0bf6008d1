"""The approved list of a round, row by row."""

from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.entitlements.delivery_comparison import PlannedDelivery
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_planned


class ListRow(NamedTuple):
    """What is planned for a person in an instalment.

    Attributes:
        version: Of the list that it came with.
        grant_id: The grant that carries this person alone.
    """

    planned: PlannedDelivery
    site: str | None
    household_size: int | None
    version: int
    grant_id: int | None


def list_rows(session: Session, round_id: int) -> list[ListRow]:
    """The rows that hold now; of two records made one those of one."""
    query = select_columns(
        func.coalesce(col(Beneficiary.merged_into_id), col(Entitlement.beneficiary_id)),
        col(Entitlement.instalment),
        col(Entitlement.currency),
        col(Entitlement.amount_minor),
        col(Entitlement.quantity),
        col(Entitlement.site),
        col(Entitlement.household_size),
        col(Entitlement.version),
        col(Entitlement.grant_id),
    )
    query = query.join(Beneficiary, col(Beneficiary.id) == Entitlement.beneficiary_id)
    query = query.where(col(Entitlement.round_id) == round_id, is_planned())
    rows = session.execute(query.order_by(col(Entitlement.version), col(Entitlement.id)))
    return [
        ListRow(_planned(person, instalment, currency, minor, quantity), *rest)
        for person, instalment, currency, minor, quantity, *rest in rows
    ]


def _planned(
    person: int, instalment: int, currency: str | None, minor: int | None, quantity: int | None
) -> PlannedDelivery:
    if minor is None:
        return PlannedDelivery(person, instalment, None, quantity or 1)
    return PlannedDelivery(person, instalment, currency, minor)
