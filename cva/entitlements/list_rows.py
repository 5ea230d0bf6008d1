"""A list row by row: as it holds now, and as the budget holder reads it, who sees no name."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary, Registration
from cva.entitlements.delivery_comparison import PlannedDelivery
from cva.entitlements.models import DraftRow, Entitlement
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


#: So many rows are shown; the whole list is in the field list.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SiteSum:
    """What one site is to be given, in minor units of the round's currency."""

    site: str | None
    people: int
    minor: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One person and instalment of a list."""

    number: str
    instalment: int
    site: str | None
    household_size: int | None
    minor: int | None


def sites_of(session: Session, round_id: int, *, is_approved: bool) -> list[SiteSum]:
    """The list summed by site."""
    table = Entitlement if is_approved else DraftRow
    person = col(Entitlement.beneficiary_id) if is_approved else col(DraftRow.number_key)
    query = select_columns(
        col(table.site),
        func.count(person.distinct()),
        func.coalesce(func.sum(table.amount_minor), 0),
    ).where(col(table.round_id) == round_id)
    if is_approved:
        query = query.where(is_planned())
    rows = session.execute(query.group_by(col(table.site)).order_by(col(table.site)))
    return [SiteSum(site, people, int(minor)) for site, people, minor in rows]


def rows_of(session: Session, round_id: int, *, is_approved: bool) -> list[ShownRow]:
    """The first rows of the list, by number."""
    table = Entitlement if is_approved else DraftRow
    number = col(Registration.number) if is_approved else col(DraftRow.number)
    query = select_columns(
        number,
        col(table.instalment),
        col(table.site),
        col(table.household_size),
        col(table.amount_minor),
    ).where(col(table.round_id) == round_id)
    if is_approved:
        # The first number of a person has the person's own id.
        query = query.join(Registration, col(Registration.id) == Entitlement.beneficiary_id)
        query = query.where(is_planned())
    rows = session.execute(query.order_by(number, col(table.instalment)).limit(MOST_SHOWN))
    return [ShownRow(*row) for row in rows]
