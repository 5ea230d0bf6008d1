"""The draft of a round's list: rebuilt as a whole by the round's rule until it is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete

from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.status import departed_by_now
from cva.core import audit, clock
from cva.core.db import insert_rows
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.entitlements.models import DraftRow, Entitlement, ListState, RoundList
from cva.entitlements.service import is_planned, list_of
from cva.journal.entry_posting import lock_book
from cva.journal.row_digests import with_ids
from cva.programmes import planning
from cva.programmes.models import Modality, Round, UnknownPeople
from cva.programmes.service import get_programme


@dataclass(frozen=True, slots=True)
class ToList:
    """One person to put on a list.

    Attributes:
        number: The registration number as written.
        person_id: None for a person who is to be registered.
        listed: What the uploaded list says: ``amount_minor``, ``currency``, ``quantity``,
            ``site``, ``grant`` (a code), ``household_size``.
        row_name: What ``row_number`` is called, with its tab where there are several.
    """

    number: str
    person_id: int | None
    listed: Mapping[str, Any]
    sheet_id: int | None = None
    row_number: int | None = None
    row_name: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the registered people; what is None does not narrow."""

    region: str | None = None
    district: str | None = None
    settlement: str | None = None
    sex: str | None = None
    smallest_household: int | None = None
    largest_household: int | None = None


def draft_from_filter(session: Session, round_id: int, chosen: Filter) -> int:
    """Make the draft of the registered people a filter finds; return how many.

    Raises:
        RuleError: The list is submitted or approved already, or nobody is found.
    """
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    found = _registered(session, planned, _conditions(session, planned.society_id, chosen))
    return replace_draft(session, planned, "filter", found)


def _conditions(session: Session, society_id: int, chosen: Filter) -> list[Any]:
    """What the filter asks of a person.

    Places are compared without regard to case, in every script: by the few there are.
    """
    conditions = []
    for name in ("region", "district", "settlement", "sex"):
        wanted, column = getattr(chosen, name), getattr(Beneficiary, name)
        if wanted:
            known = session.scalars(
                select_columns(column)
                .where(col(Beneficiary.society_id) == society_id, column.is_not(None))
                .distinct()
            )
            key = wanted.strip().casefold()
            conditions.append(column.in_([one for one in known if one.casefold() == key]))
    size = col(Beneficiary.household_size)
    if chosen.smallest_household is not None:
        conditions.append(size >= chosen.smallest_household)
    if chosen.largest_household is not None:
        conditions.append(size <= chosen.largest_household)
    return conditions


def draft_from_round(session: Session, round_id: int, source_id: int) -> int:
    """Make the draft of the people on another round's approved list; return how many.

    What each is given follows this round's own rule; where that is ``as_listed``, what it was.
    """
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    source = planning.see_round(session, source_id, Permission.PREPARE)
    if source.society_id != planned.society_id:
        raise RuleError(_("The two rounds belong to different societies."), code="society_differs")
    rows = session.execute(
        select_columns(
            col(Registration.number),
            col(Entitlement.beneficiary_id),
            col(Entitlement.amount_minor),
            col(Entitlement.currency),
            col(Entitlement.quantity),
            col(Entitlement.site),
            col(Beneficiary.household_size),
        )
        .join(Beneficiary, col(Beneficiary.id) == Entitlement.beneficiary_id)
        .join(Registration, col(Registration.id) == Beneficiary.id)
        .where(
            col(Entitlement.round_id) == source_id, col(Entitlement.instalment) == 1, is_planned()
        )
        .order_by(col(Registration.number_key))
    )
    names = ("amount_minor", "currency", "quantity", "site", "household_size")
    people = [
        ToList(number, person_id, dict(zip(names, values, strict=True)))
        for number, person_id, *values in rows
    ]
    return replace_draft(session, planned, "round", people)


def _registered(session: Session, planned: Round, conditions: Sequence[Any]) -> list[ToList]:
    rows = session.execute(
        select_columns(
            col(Registration.number),
            col(Beneficiary.id),
            col(Beneficiary.household_size),
            col(Beneficiary.settlement),
        )
        # The first number of a person has the person's own id.
        .join(Registration, col(Registration.id) == Beneficiary.id)
        .where(
            col(Beneficiary.society_id) == planned.society_id,
            col(Beneficiary.merged_into_id).is_(None),
            *conditions,
        )
        .order_by(col(Registration.number_key))
    )
    sites = set(planned.sites or [])
    return [
        ToList(
            number, person_id, {"household_size": size, "site": place if place in sites else None}
        )
        for number, person_id, size, place in rows
    ]


def replace_draft(
    session: Session, planned: Round, made_from: str, people: Sequence[ToList]
) -> int:
    """Put a new draft in the place of the one there was; return how many people it has.

    Raises:
        RuleError: The list is submitted or approved, the round is not planned, or nobody is on it.
        ConflictError: A person is on it twice.
    """
    actor_of(session).require(Permission.PREPARE, planned.society_id)
    lock_book(session, planned.society_id)
    session.refresh(planned)  # its plan may have been changed while we waited
    _refuse_fixed(session, planned)
    if not people:
        raise RuleError(
            _("Nobody was found for this list, so it was not changed."), code="list_nobody_found"
        )
    rows = _rows(session, planned, people)
    session.execute(delete(DraftRow).where(col(DraftRow.round_id) == planned.id))
    insert_rows(session, DraftRow, rows)
    _note(session, planned, made_from, len(people))
    return len(people)


def _refuse_fixed(session: Session, planned: Round) -> None:
    if planned.starts_on is None:
        raise RuleError(
            _("Plan round {code} first: its days, its value.").format(code=planned.code),
            code="round_not_planned",
        )
    known = list_of(session, planned.id)
    if known is None or known.state == ListState.DRAFT:
        return
    if known.state == ListState.SUBMITTED:
        raise RuleError(
            _("The list waits for approval. Take it back first."), code="list_submitted"
        )
    raise RuleError(
        _("The list is approved. Ask for a named change of it instead."), code="list_approved"
    )


def _rows(session: Session, planned: Round, people: Sequence[ToList]) -> list[dict[str, Any]]:
    programme = get_programme(session, planned.programme_id)
    refuses = programme.unknown_people == UnknownPeople.REFUSE
    grants = {
        grant.code.casefold(): grant.id
        for grant in planning.list_grants(session, planned.society_id)
    }
    _refuse_twice(people)
    departed = departed_by_now(session, planned.society_id, planned.starts_on)
    rows: list[dict[str, Any]] = []
    for person in people:
        row = _row(planned, person, grants)
        if person.person_id is None and refuses:
            row["fault"] = "unknown"
        if person.person_id in departed:
            row["fault"] = "not-active"
        parts = range(1, (planned.instalments or 1) + 1)
        rows += [row | {"instalment": instalment} for instalment in parts]
    return with_ids(rows)


def _row(planned: Round, person: ToList, grants: Mapping[str, int | None]) -> dict[str, Any]:
    listed = person.listed
    is_same = listed.get("currency") in {None, planned.currency}
    minor = planning.value_of(planned).for_household(
        listed.get("household_size"), listed.get("amount_minor") if is_same else None
    )
    needs_amount = planned.modality != Modality.COMMODITY_VOUCHER
    return {
        "society_id": planned.society_id,
        "round_id": planned.id,
        "beneficiary_id": person.person_id,
        "number": person.number,
        "number_key": comparable(person.number),
        "site": listed.get("site"),
        "currency": planned.currency if needs_amount else None,
        "amount_minor": minor if needs_amount else None,
        "quantity": listed.get("quantity"),
        "household_size": listed.get("household_size"),
        "grant_id": grants.get(str(listed.get("grant") or "").casefold()),
        "fault": "no-amount" if needs_amount and not minor else None,
        "sheet_id": person.sheet_id,
        "row_number": person.row_number,
    }


def _refuse_twice(people: Sequence[ToList]) -> None:
    seen: dict[str, ToList] = {}
    for person in people:
        other = seen.setdefault(comparable(person.number), person)
        if other is not person:
            raise ConflictError(_twice(person, other), code="list_person_twice")


def _twice(person: ToList, other: ToList) -> str:
    if person.row_number is None or other.row_number is None:
        return _("{number} is on the list twice.").format(number=person.number)
    return _("{number} is on the list twice: rows {first} and {second}.").format(
        number=person.number, first=other.row_name, second=person.row_name
    )


def _note(session: Session, planned: Round, made_from: str, people: int) -> None:
    known = list_of(session, planned.id)
    planned.list_drafts += 1
    made: dict[str, Any] = {
        "drafts": planned.list_drafts,
        "made_from": made_from,
        "made_by": actor_of(session).user_id,
        "made_at": clock.now(),
    }
    if known is None:
        session.add(RoundList(society_id=planned.society_id, round_id=planned.id, **made))
    else:
        known.sqlmodel_update(made)
    session.flush()
    audit.record_about(session, audit.Act.LIST_DRAFTED, planned, people=people)
