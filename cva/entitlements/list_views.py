"""A list as the budget holder reads it: by site, and its people by number; never a name."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Registration
from cva.entitlements.models import DraftRow, Entitlement
from cva.entitlements.service import is_planned

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
