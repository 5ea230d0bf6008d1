"""A staged sheet compared with the ledger: what every kind of sheet is asked, then its own kind.

Every question is one statement over the staged rows, however many there are. It is asked when a
sheet is checked and again when it is approved, since other sheets may have been posted between.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select, true

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.ages import age_in
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.registration_numbers import is_like_given
from cva.beneficiaries.service import number_of
from cva.beneficiaries.status import not_active
from cva.core import clock
from cva.core.db import batches
from cva.core.identifiers import comparable
from cva.core.lookup_keys import tokens_of
from cva.kinds.registry import kind_of
from cva.programmes.models import UnknownPeople
from cva.sheets.checking.checked import CheckedRow
from cva.sheets.findings.finding import Finding
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import RowFinding, StagedRow
from cva.staging.rows import insert_findings, mark_errors, values_of
from cva.staging.workflow import names_no_numbers
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher

#: Days further back than this are hardly ever sent by intention.
LONG_PAST = timedelta(days=180)


def compare_with_ledger(context: SheetContext) -> list[Finding]:
    """Compare the staged rows with the ledger as it is now; return what is new to say."""
    session, sheet = context.session, context.sheet
    kind = kind_of(sheet)
    session.execute(
        delete(RowFinding).where(
            col(RowFinding.sheet_id) == sheet.id,
            col(RowFinding.is_ledger) == true(),
            col(RowFinding.severity) == "warning",
        )
    )
    found = [
        *_foreign_currencies(context),
        *_unknown_people(context),
        *_numbers_not_given(context),
        *_days_long_past(context),
        *kind.compare_posted(context),
    ]
    mark_errors(session, sheet.id, rows_with_errors(found))
    known = {(finding.code, finding.row) for finding in found}
    found += [
        finding
        for finding in kind.compare_records(context)
        if finding.row is None or (finding.code, finding.row) not in known
    ]
    insert_findings(session, sheet, found, is_ledger=True)
    mark_errors(session, sheet.id, rows_with_errors(found))
    return found


def rows_with_errors(findings: Sequence[Finding]) -> set[int]:
    """The numbers of the rows about which an error was found."""
    return {
        finding.row
        for finding in findings
        if finding.severity == "error" and finding.row is not None
    }


def _foreign_currencies(context: SheetContext) -> list[Finding]:
    """Amounts in another currency than the programme's: perhaps the wrong programme was chosen."""
    currencies = context.session.exec(
        select(StagedRow.currency)
        .where(
            context.is_ready,
            col(StagedRow.currency).is_not(None),
            col(StagedRow.currency) != context.programme.currency,
        )
        .distinct()
        .order_by(col(StagedRow.currency))
    )
    own = context.programme.currency
    return [
        context.locator.about_sheet("currency-foreign", currency or "", currency=own)
        for currency in currencies
    ]


def _days_long_past(context: SheetContext) -> list[Finding]:
    """Money or vouchers given so long ago that months change which everybody has read."""
    kind, sheet = kind_of(context.sheet), context.sheet
    if sheet.is_list or not (kind.is_handout or kind.is_claim):
        return []
    sent_on = clock.day_of(sheet.received_at, context.society.time_zone)
    days = col(StagedRow.day)
    is_old = days < sent_on - LONG_PAST
    count, first, last = context.session.execute(
        select_columns(func.count(), func.min(days), func.max(days)).where(context.is_ready, is_old)
    ).one()
    if not count:
        return []
    between = {"first": first, "last": last, "count": count, "days": LONG_PAST.days}
    return [context.locator.about_sheet("days-long-past", **between)]


def _unknown_people(context: SheetContext) -> list[Finding]:
    refuses = context.programme.unknown_people == UnknownPeople.REFUSE
    if not (refuses and kind_of(context.sheet).must_be_registered):
        return []
    rows = context.session.exec(
        select(StagedRow.number, StagedRow.record)
        .join(Registration, context.is_registered, isouter=True)
        .where(context.is_ready, col(Registration.id).is_(None))
        .order_by(col(StagedRow.number))
    )
    # Where the ledger gives the numbers, nobody has seen them yet.
    named = beneficiaries.name_of if names_no_numbers(context.sheet) else number_of
    return [
        context.locator.at_number("unknown-beneficiary", number, named(values_of(record)) or "")
        for number, record in rows
    ]


def _numbers_not_given(context: SheetContext) -> list[Finding]:
    """Numbers that are written like those the ledger gives, under which nobody is registered."""
    society = context.society
    if not society.numbered or names_no_numbers(context.sheet):
        return []
    rows = context.session.exec(
        select(StagedRow.number, StagedRow.registration_key)
        .join(Registration, context.is_registered, isouter=True)
        .where(
            context.is_ready,
            col(StagedRow.registration_key).is_not(None),
            col(Registration.id).is_(None),
        )
        .order_by(col(StagedRow.number))
    )
    return [
        context.locator.at_number("number-not-given", number, key.upper())
        for number, key in rows
        if key and is_like_given(key, society.number_prefix)
    ]


#: What people are looked up by: its field, the finding, the column of its token, the token.
_LOOKED_UP = (
    ("phone", "phone-shared", "phone_token", beneficiaries.phone_token),
    ("id_number", "document-shared", "id_number_token", beneficiaries.id_number_token),
)
#: Rows of registered people, each with the number it gives and what is known of the person.
_Named = Sequence[tuple[CheckedRow, str, Mapping[str, Any]]]


def compare_people(context: SheetContext, rows: Sequence[CheckedRow]) -> list[Finding]:
    """Warnings about people who are registered under another name, or whose phone others gave."""
    session, locator, kind = context.session, context.locator, kind_of(context.sheet)
    known = _known(context)
    named = [
        (row, number, known[key])
        for row in rows
        if (number := number_of(row.values)) and (key := comparable(number)) in known
    ]
    found: list[Finding] = []
    for row, number, person in named:
        if not beneficiaries.same_name(row.values, person):
            here, registered = map(beneficiaries.name_of, (row.values, person))
            names = {"here": here, "registered": registered}
            found.append(locator.at_number("identity-differs", row.number, number, **names))
    if kind.names_people:
        found += _not_active(context, named)
    found += _other_households(session, named, locator)
    found += kind.compare_people(context, rows, known)
    return [*found, *_shared(context, rows, named, locator)]


def _not_active(context: SheetContext, named: _Named) -> Iterator[Finding]:
    """Hand-outs on a day when the person was deceased or had moved."""
    departed = not_active(context.session, context.sheet.society_id)
    for row, number, person in named:
        day = str(row.values.get("distribution_date") or "")
        status = departed.get(person["id"])
        if status is not None and (not day or day >= status.from_on.isoformat()):
            since = status.from_on
            yield context.locator.at_number("person-not-active", row.number, number, day=since)


def _other_households(session: Session, named: _Named, locator: CellLocator) -> Iterator[Finding]:
    """Households of another size than when they were last given something, or registered."""
    here: dict[int, tuple[int, str, int, int | None]] = {}
    for row, number, person in named:
        size, registered = row.values.get("household_size"), person["household_size"]
        if isinstance(size, int) and size != registered:
            here[person["id"]] = (row.number, number, size, registered)
    lately = _sizes_last_given(session, here)
    for person_id, (row_number, number, size, registered) in here.items():
        before = lately.get(person_id, registered)
        if before is not None and before != size:
            at = (row_number, "household_size", number)
            yield locator.finding("household-differs", *at, before=before, now=size)


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
    query = context.registered(
        *(col(Beneficiary.id), col(Beneficiary.household_size), col(Beneficiary.identity))
    )
    return {
        key: identity | {"id": person_id, "household_size": size, "age": age_in(identity)}
        for key, person_id, size, identity in context.session.execute(query)
    }


def _shared(
    context: SheetContext, rows: Sequence[CheckedRow], named: _Named, locator: CellLocator
) -> Iterator[Finding]:
    """Telephones and documents that somebody else gave; a row without a number is nobody's yet."""
    numbered = [row for row in rows if number_of(row.values)]
    own = {row.number: person["id"] for row, _number, person in named}
    for field, code, column, token_of in _LOOKED_UP:
        texts = {row.number: str(text) for row in numbered if (text := row.values.get(field))}
        if not texts:
            continue
        tokens = tokens_of(context.session, context.sheet.society_id)
        found = {number: token_of(tokens, text) or "" for number, text in texts.items()}
        holders = beneficiaries.holders_of(context.session, column, {*found.values()})
        others = {
            number: holders.get(token, set()) - {own.get(number)} for number, token in found.items()
        }
        numbers = beneficiaries.numbers_of(context.session, set[int]().union(*others.values()))
        for number, people in others.items():
            if people:
                other = min(numbers[person] for person in people)
                yield locator.finding(code, number, field, texts[number], other=other)
