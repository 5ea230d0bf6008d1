"""People in a sheet compared with people who are registered: other names, households, phones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.ages import Age
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.service import number_of
from cva.beneficiaries.status import not_active
from cva.core.db import batches
from cva.core.identifiers import comparable
from cva.kinds.registry import kind_of
from cva.sheets.checking.checked import CheckedRow
from cva.sheets.findings.finding import Finding
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import StagedRow
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher


def compare_people(context: SheetContext, rows: Sequence[CheckedRow]) -> list[Finding]:
    """Warnings about people who are registered under another name, or whose phone others gave."""
    session, locator = context.session, context.locator
    known = _known(context)
    found: list[Finding] = []
    for row in rows:
        number, person = _person(row, known)
        if person is not None and not beneficiaries.same_name(row.values, person):
            here, registered = map(beneficiaries.name_of, (row.values, person))
            names = {"here": here, "registered": registered}
            found.append(locator.at_number("identity-differs", row.number, number or "", **names))
    kind = kind_of(context.sheet)
    if kind.names_people:
        found += _not_active(context, rows, known)
    found += _other_households(session, rows, known, locator)
    found += kind.compare_people(context, rows, known)
    return found + _shared_phones(session, rows, known, locator)


def _person(
    row: CheckedRow, known: Mapping[str, dict[str, Any]]
) -> tuple[str | None, dict[str, Any] | None]:
    """The registration number that a row names, and what is known of the person."""
    number = number_of(row.values)
    return number, known.get(comparable(number)) if number else None


def _not_active(
    context: SheetContext, rows: Sequence[CheckedRow], known: Mapping[str, dict[str, Any]]
) -> list[Finding]:
    """Hand-outs on a day when the person was deceased or had moved."""
    departed, locator = not_active(context.session, context.sheet.society_id), context.locator
    found = []
    for row in rows if departed else ():
        day = str(row.values.get("distribution_date") or "")
        number, person = _person(row, known)
        status = departed.get(person["id"]) if person else None
        if status is not None and (not day or day >= status.from_on.isoformat()):
            since = status.from_on
            found.append(
                locator.at_number("person-not-active", row.number, number or "", day=since)
            )
    return found


def _other_households(
    session: Session,
    rows: Sequence[CheckedRow],
    known: Mapping[str, dict[str, Any]],
    locator: CellLocator,
) -> list[Finding]:
    """Households of another size than when they were last given something, or registered."""
    here: dict[int, tuple[int, str, int]] = {}
    for row in rows:
        size = row.values.get("household_size")
        number, person = _person(row, known)
        if person and number and isinstance(size, int) and size != person["household_size"]:
            here[person["id"]] = (row.number, number, size)
    lately = _sizes_last_given(session, here)
    registered = {person["id"]: person["household_size"] for person in known.values()}
    found = []
    for person_id, (row_number, number, size) in here.items():
        before = lately.get(person_id, registered[person_id])
        if before is not None and before != size:
            at = (row_number, "household_size", number)
            found.append(locator.finding("household-differs", *at, before=before, now=size))
    return found


def _sizes_last_given(session: Session, person_ids: Iterable[int]) -> dict[int, int]:
    """The size of each household on the last day it was given something."""
    last: dict[int, tuple[date, int]] = {}
    for part in batches(person_ids):
        for table, day in ((Transfer, Transfer.paid_on), (Voucher, Voucher.issued_on)):
            query = select_columns(
                col(table.beneficiary_id), col(day), col(table.household_size)
            ).where(col(table.beneficiary_id).in_(part), col(table.household_size).is_not(None))
            for person_id, on, size in session.execute(query):
                last[person_id] = max(last.get(person_id, (on, size)), (on, size))
    return {person_id: size for person_id, (_on, size) in last.items()}


def _known(context: SheetContext) -> dict[str, dict[str, Any]]:
    """What is known of the people in a staged sheet who are registered, by comparable number."""
    names = ("full_name", "family_name", "first_name", "patronymic")
    query = (
        select_columns(
            col(Registration.number_key),
            col(Beneficiary.id),
            col(Beneficiary.household_size),
            *(col(Beneficiary.date_of_birth), col(Beneficiary.age), col(Beneficiary.age_on)),
            *(getattr(Beneficiary, name) for name in names),
        )
        .join(Beneficiary, col(Beneficiary.id) == Registration.beneficiary_id)
        .join(StagedRow, context.is_registered)
        .where(col(StagedRow.sheet_id) == context.sheet.id)
        .distinct()
    )
    return {
        key: {"id": person_id, "household_size": size, "age": Age(born_on, age, age_on)}
        | dict(zip(names, found, strict=True))
        for key, person_id, size, born_on, age, age_on, *found in context.session.execute(query)
    }


def _shared_phones(
    session: Session,
    rows: Sequence[CheckedRow],
    known: Mapping[str, dict[str, Any]],
    locator: CellLocator,
) -> list[Finding]:
    phones = {
        row.number: beneficiaries.phone_digest(str(row.values["phone"]))
        for row in rows
        if row.values.get("phone")
    }
    digests = sorted({digest for digest in phones.values() if digest})
    holders = beneficiaries.holders_of(session, digests) if digests else {}
    found = []
    for row in rows:
        others = holders.get(phones.get(row.number) or "", set())
        _number, person = _person(row, known)
        if others - ({person["id"]} if person else set()):
            phone = str(row.values["phone"])
            found.append(locator.finding("phone-shared", row.number, "phone", phone))
    return found
