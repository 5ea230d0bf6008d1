"""What becomes of a person: active, deceased, moved; said by a day, the last word counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.beneficiaries import service
from cva.beneficiaries.models import Beneficiary, PersonEvent, PersonEventKind, Registration
from cva.core import audit, clock
from cva.core.errors import ForbiddenError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_id
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.societies import service as societies

#: What a person says of somebody; a merge takes two people and is asked for.
SAYABLE = (PersonEventKind.ACTIVE, PersonEventKind.DECEASED, PersonEventKind.MOVED)


@dataclass(frozen=True, slots=True)
class Status:
    """What holds of a person from a day on."""

    kind: str
    from_on: date


def find_person(session: Session, society_id: int, number: str) -> Beneficiary:
    """The person a registration number stands for; after a merge either number does.

    Raises:
        ForbiddenError: The actor's role does not see people, whether there is one or not.
        InputError: There is no number.
        NotFoundError: Nobody is registered under it.
    """
    actor_of(session).require(Permission.SEE_SHEETS, society_id)
    if not number.strip():
        raise InputError(_("Write the registration number."), code="number_missing")
    found = session.exec(
        select(Beneficiary)
        .join(Registration, col(Registration.beneficiary_id) == Beneficiary.id)
        .where(
            Registration.society_id == society_id,
            Registration.number_key == comparable(number),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(
            _("Nobody is registered under {number}.").format(number=number), code="person_unknown"
        )
    return found


def get_person(session: Session, person_id: int) -> Beneficiary:
    """A person the actor may see; of a merged record the one that stands for it.

    Raises:
        NotFoundError: There is none, or the actor does not see the people of their society.
    """
    found = get_record(session, Beneficiary, person_id)
    try:
        actor_of(session).require(Permission.SEE_SHEETS, found.society_id)
    except ForbiddenError as error:
        hidden = NotFoundError(_("There is no such record."))
        hidden.denied = error.denied
        raise hidden from error
    if found.merged_into_id is not None:
        return get_person(session, found.merged_into_id)
    return found


def numbers_of(session: Session, person_id: int) -> Sequence[str]:
    """The numbers a person is registered under, as written."""
    query = select(Registration.number).where(Registration.beneficiary_id == person_id)
    return session.exec(query.order_by(col(Registration.number_key))).all()


def say(
    session: Session,
    person_id: int,
    kind: str,
    from_on: date | None,
    note: str,
    successor: str = "",
) -> None:
    """Say what becomes of a person from a day on.

    Args:
        session: The caller's transaction.
        person_id: Whom it is about.
        kind: One of ``SAYABLE``.
        from_on: The first day it holds.
        note: How it is known.
        successor: The number of whoever receives for the household from then on, if anybody.

    Raises:
        InputError: The day or the note is missing, the day is still to come, or the successor is
            the person.
        ForbiddenError: The actor's role does not prepare lists.
        NotFoundError: Nobody is registered under the successor's number.
    """
    person = get_person(session, person_id)
    actor_of(session).require(Permission.PREPARE, person.society_id)
    faults: dict[str, list[str]] = {}
    if kind not in SAYABLE:
        faults["kind"] = [_("Choose what became of the person.")]
    if from_on is None or from_on > clock.now().date():
        faults["from_on"] = [_("Write the day since when, not one to come.")]
    if not note.strip():
        faults["note"] = [_("Say how it is known.")]
    if from_on is None or faults:
        raise InputError(
            " ".join(each for messages in faults.values() for each in messages),
            faults,
            code="status_invalid",
        )
    other_id = _successor(session, person, successor) if successor.strip() else None
    record(session, person, PersonEventKind(kind), from_on, note.strip(), other_id=other_id)
    audit.record(
        session,
        audit.Act.PERSON_CHANGED,
        society_id=person.society_id,
        subject_id=0,
        kind=str(kind),
    )


def _successor(session: Session, person: Beneficiary, number: str) -> int:
    other = find_person(session, person.society_id, number)
    if other.id == person.id:
        message = _("Name somebody else: {number} is the person's own number.").format(
            number=number.strip()
        )
        raise InputError(message, {"successor": [message]}, code="successor_same_person")
    return other.id


def record(
    session: Session,
    person: Beneficiary,
    kind: PersonEventKind,
    from_on: date,
    note: str,
    *,
    other_id: int | None = None,
    request_id: int | None = None,
) -> None:
    """Add what happened to a person's record."""
    session.add(
        PersonEvent(
            id=new_id(),
            society_id=person.society_id,
            beneficiary_id=person.id,
            kind=kind,
            from_on=from_on,
            other_id=other_id,
            note=note,
            request_id=request_id,
            made_by=actor_of(session).user_id,
            made_at=clock.now(),
        )
    )
    session.flush()


def not_active(session: Session, society_id: int) -> Mapping[int, Status]:
    """People of a society who are deceased or have moved, by id: few beside all others."""
    rows = session.execute(
        select_columns(
            col(PersonEvent.beneficiary_id), col(PersonEvent.kind), col(PersonEvent.from_on)
        )
        .where(
            col(PersonEvent.society_id) == society_id,
            col(PersonEvent.kind) != PersonEventKind.MERGED,
        )
        .order_by(col(PersonEvent.made_at), col(PersonEvent.id))
    )
    last = {person_id: Status(kind, from_on) for person_id, kind, from_on in rows}
    return {
        person_id: status
        for person_id, status in last.items()
        if status.kind != PersonEventKind.ACTIVE
    }


def departed_by_now(
    session: Session, society_id: int, day: date | None = None
) -> Mapping[int, Status]:
    """Who is not active any more today, or on a later day, the first of a round."""
    today = clock.today(societies.get_society(session, society_id).time_zone)
    last = max(today, day or today)
    found = not_active(session, society_id)
    return {person_id: status for person_id, status in found.items() if status.from_on <= last}


def successors_of(session: Session, society_id: int, people: Collection[int]) -> dict[int, str]:
    """Numbers of those who receive for the households of people who died or moved, by person."""
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
    numbers = service.numbers_of(session, [other_id for other_id in last.values() if other_id])
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
