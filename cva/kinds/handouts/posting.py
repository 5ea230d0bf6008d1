"""Posting an approved sheet: people, transfers or vouchers, and one entry per day."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.naming import names_of, number_of
from cva.beneficiaries.proxies import record_collectors
from cva.core import clock
from cva.core.random_ids import new_ids
from cva.journal import entry_posting as journal
from cva.journal.row_digests import digest, rows_digest, with_ids
from cva.kinds.dimensions import dimensions_of
from cva.kinds.handouts.absences import post_absences
from cva.kinds.payment_results.posting import post_results
from cva.kinds.posting_lines import Dimensions, Rows, cash_lines, voucher_lines
from cva.kinds.sheet_entries import entry_of
from cva.kinds.voucher_redemptions.posting import post_claim
from cva.programmes import service as programmes
from cva.programmes.models import Programme, Round
from cva.programmes.service import BY_HAND, Mechanism
from cva.providers.payment_events import live_instalments
from cva.societies import service as societies
from cva.staging.models import RowState, Sheet, StagedRow
from cva.transfers import service as transfers
from cva.vouchers import service as vouchers


@dataclass(frozen=True, slots=True)
class _Staged:
    """A staged row about to be posted."""

    number: int
    key: str
    values: dict[str, Any]
    day: date
    exception: str | None
    instalment: int | None


@dataclass(frozen=True, slots=True)
class _Person:
    person_id: int
    region: str | None
    household_size: int | None


@dataclass(frozen=True, slots=True)
class _Posting:
    """What the rows of a sheet have in common."""

    session: Session
    sheet: Sheet
    programme: Programme
    round: Round
    people: dict[str, _Person]
    booked: Dimensions

    def row(self, staged: _Staged) -> dict[str, Any]:
        """The columns that transfers and vouchers share."""
        person = self.people[staged.key]
        return {
            "society_id": self.sheet.society_id,
            "programme_id": self.sheet.programme_id,
            "round_id": self.round.id,
            "beneficiary_id": person.person_id,
            "currency": staged.values.get("currency"),
            "amount_minor": staged.values.get("amount_minor"),
            "region": staged.values.get("region") or person.region,
            "household_size": staged.values.get("household_size") or person.household_size,
            "exception": staged.exception,
            "sheet_id": self.sheet.id,
            "row_number": staged.number,
        }

    def mechanism(self, staged: _Staged) -> str:
        """The row's delivery mechanism, else the round's, else the programme's."""
        return (
            staged.values.get("delivery_mechanism")
            or self.round.mechanism
            or self.programme.mechanism
        )


def post_sheet(session: Session, sheet: Sheet) -> int:
    """Post the rows of a sheet that are ready or excepted; return how many.

    The caller holds the book's lock and has compared the rows with the ledger.
    """
    programme = programmes.get_programme(session, sheet.programme_id)
    if sheet.kind == "voucher_redemptions":
        return post_claim(session, sheet, programme)
    if sheet.kind == "payment_results":
        return post_results(session, sheet, programme)
    own_day = clock.today(societies.get_society(session, sheet.society_id).time_zone)
    rows = _rows(session, sheet, own_day)
    known = _known(session, sheet)
    new = _register(session, sheet, rows, known)
    if sheet.kind == "beneficiaries":
        _post_registrations(session, sheet, own_day, [person for _key, person in new.items()])
        return len(rows)
    named = programmes.get_round(session, sheet.round_id) if sheet.round_id else None
    the_round = named or programmes.own_round(session, programme, sheet.id)
    booked = dimensions_of(session, programme, the_round.id)
    posting = _Posting(session, sheet, programme, the_round, known | new, booked)
    post = _post_transfers if sheet.kind == "cash_transfers" else _post_vouchers
    post(posting, rows)
    post_absences(session, sheet)
    return len(rows)


def _rows(session: Session, sheet: Sheet, own_day: date) -> list[_Staged]:
    query = (
        select_columns(
            col(StagedRow.number),
            col(StagedRow.registration_key),
            col(StagedRow.record),
            col(StagedRow.day),
            col(StagedRow.exception),
            col(StagedRow.instalment),
        )
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
        )
        .order_by(col(StagedRow.number))
    )
    return [
        _Staged(number, key or "", record[1], day or own_day, exception, instalment)
        for number, key, record, day, exception, instalment in session.execute(query)
    ]


def _known(session: Session, sheet: Sheet) -> dict[str, _Person]:
    query = (
        select(
            Registration.number_key,
            Beneficiary.id,
            Beneficiary.region,
            Beneficiary.household_size,
        )
        .join(Beneficiary, col(Beneficiary.id) == Registration.beneficiary_id)
        .join(StagedRow, col(StagedRow.registration_key) == Registration.number_key)
        .where(StagedRow.sheet_id == sheet.id, Registration.society_id == sheet.society_id)
        .distinct()
    )
    return {key: _Person(*person) for key, *person in session.exec(query)}


def _register(
    session: Session, sheet: Sheet, rows: Sequence[_Staged], known: dict[str, _Person]
) -> dict[str, _Person]:
    first_rows: dict[str, _Staged] = {}
    for row in rows:
        if row.key not in known:
            first_rows.setdefault(row.key, row)
    people = [
        beneficiaries.NewPerson(number_of(row.values) or "", row.number, row.values, row.day)
        for row in first_rows.values()
    ]
    ids = beneficiaries.register(session, sheet.society_id, sheet.id, people)
    return {
        key: _Person(ids[key], row.values.get("region"), row.values.get("household_size"))
        for key, row in first_rows.items()
    }


def _post_registrations(
    session: Session, sheet: Sheet, day: date, people: Sequence[_Person]
) -> None:
    """People registered move no money: one entry without lines, over their random ids."""
    ids = sorted(person.person_id for person in people)
    entry = entry_of(sheet, new_ids(1)[0], day, len(ids), digest(ids), [])
    journal.post(session, [entry])


def _post_transfers(posting: _Posting, rows: Sequence[_Staged]) -> None:
    nth = _instalments(posting, rows)
    made = [
        posting.row(row)
        | {"instalment": nth(row), "paid_on": row.day, "mechanism": posting.mechanism(row)}
        for row in rows
    ]
    made = _post_by_day(posting, made, "paid_on", transfers.COLUMNS, cash_lines)
    transfers.record(posting.session, made, round_is_named=posting.round.is_named)
    _record_collectors(posting, rows, made)


def _instalments(posting: _Posting, rows: Sequence[_Staged]) -> Callable[[_Staged], int]:
    """Which instalment a row pays: the one it names, else the first that is left of its person.

    Left is what was neither paid nor is being paid; an exception takes it too.
    """
    paid: dict[int, set[int]] = defaultdict(set)
    if posting.round.is_named:
        people = sorted({posting.people[row.key].person_id for row in rows})
        round_id = posting.round.id
        paid |= transfers.instalments_paid(posting.session, round_id, people)
        for person_id, live in live_instalments(posting.session, round_id).items():
            paid[person_id] |= live

    def nth(row: _Staged) -> int:
        own = paid[posting.people[row.key].person_id]
        first = row.instalment
        if first is None or first in own:
            first = next(part for part in count(1) if part not in own)
        own.add(first)
        return first

    return nth


def _post_vouchers(posting: _Posting, rows: Sequence[_Staged]) -> None:
    made = [
        posting.row(row)
        | {
            "number": row.values["voucher_number"],
            "modality": (
                "commodity_voucher" if row.values.get("amount_minor") is None else "value_voucher"
            ),
            "kind": row.values.get("voucher_type"),
            "quantity": row.values.get("quantity"),
            "issued_on": row.day,
            "mechanism": _voucher_mechanism(posting.mechanism(row)),
        }
        for row in rows
    ]
    made = _post_by_day(posting, made, "issued_on", vouchers.COLUMNS, voucher_lines)
    vouchers.record(posting.session, made)
    _record_collectors(posting, rows, made)


def _record_collectors(
    posting: _Posting, rows: Sequence[_Staged], made: Sequence[dict[str, Any]]
) -> None:
    """Where the sheet does not name the person, the register does: was it somebody else?"""
    ids = {row["row_number"]: row["id"] for row in made}
    unnamed = {
        row.number: posting.people[row.key].person_id
        for row in rows
        if row.values.get("received_by") and not beneficiaries.name_of(row.values)
    }
    names = names_of(posting.session, unnamed.values())
    collected = {
        ids[row.number]: row.values | {"full_name": names[unnamed[row.number]]}
        if row.number in unnamed
        else row.values
        for row in rows
    }
    record_collectors(posting.session, posting.sheet.society_id, collected)


def _voucher_mechanism(mechanism: str) -> str:
    return Mechanism.PAPER_VOUCHER if mechanism in BY_HAND else mechanism


def _post_by_day(
    posting: _Posting,
    made: Sequence[dict[str, Any]],
    day_column: str,
    columns: Sequence[str],
    lines: Callable[[Dimensions, Rows], list[journal.NewLine]],
) -> list[dict[str, Any]]:
    """Post one entry per day; return the rows with their own ids and their entries'."""
    days = sorted({row[day_column] for row in made})
    entry_ids = dict(zip(days, new_ids(len(days)), strict=True))
    rows = with_ids([row | {"entry_id": entry_ids[row[day_column]]} for row in made])
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_day[row[day_column]].append(row)
    journal.post(
        posting.session,
        [
            entry_of(
                posting.sheet,
                entry_ids[day],
                day,
                len(by_day[day]),
                rows_digest(by_day[day], columns),
                lines(posting.booked, by_day[day]),
            )
            for day in days
        ],
    )
    return rows
