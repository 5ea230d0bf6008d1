"""Who died or moved away, since when, and who receives for the household from then on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary, PersonEvent, PersonEventKind
from cva.beneficiaries.service import numbers_of
from cva.beneficiaries.status import Status, not_active
from cva.core import clock
from cva.core.i18n import gettext as _
from cva.societies import service as societies


def departed_by_now(
    session: Session, society_id: int, day: date | None = None
) -> Mapping[int, Status]:
    """Who is not active any more today, or on a later day, the first of a round."""
    today = clock.today(societies.get_society(session, society_id).time_zone)
    last = max(today, day or today)
    found = not_active(session, society_id)
    return {person_id: status for person_id, status in found.items() if status.from_on <= last}


def successors_of(session: Session, society_id: int, people: Collection[int]) -> dict[int, str]:
    """Numbers of those who receive for the households of some people who are gone, by person."""
    rows = session.execute(
        select_columns(
            col(PersonEvent.beneficiary_id),
            func.coalesce(col(Beneficiary.merged_into_id), col(PersonEvent.other_id)),
        )
        .join(Beneficiary, col(Beneficiary.id) == PersonEvent.other_id, isouter=True)
        .where(
            col(PersonEvent.society_id) == society_id,
            col(PersonEvent.kind) != PersonEventKind.MERGED,
        )
        .order_by(col(PersonEvent.made_at), col(PersonEvent.id))
    )
    last = {person_id: other_id for person_id, other_id in rows if person_id in people}
    numbers = numbers_of(session, [other_id for other_id in last.values() if other_id])
    return {person_id: numbers[other] for person_id, other in last.items() if other}


def departure_texts(numbers: Sequence[str], successors: Mapping[str, str]) -> str:
    """Who is left off a list, each with the successor where one was named."""
    people = [
        f"{number}: {successor_text(successors[number])}" if number in successors else number
        for number in numbers
    ]
    return _("Not on it, as deceased or moved away: {numbers}").format(numbers=", ".join(people))


def successor_text(number: str) -> str:
    """Who receives for the household from then on."""
    return _("successor {number}").format(number=number)


def since_text(status: Status, day: str) -> str:
    """What became of a person, with the day as it is shown."""
    if status.kind == PersonEventKind.DECEASED:
        return _("deceased, {day}").format(day=day)
    return _("moved away, {day}").format(day=day)
