"""The entries of an approved sheet: one for each day."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from cva.core.db import TableRows
from cva.core.identifiers import new_id, new_ids
from cva.core.maker_checker import ApprovedRequest
from cva.entitlements.service import own_grants_of
from cva.journal import entry_posting
from cva.journal.accounts import Account
from cva.journal.entry_posting import NewEntry, NewLine
from cva.journal.row_digests import Behind, digest, digest_of_all
from cva.journal.service import Posted
from cva.programmes import service as programmes
from cva.programmes.models import Programme, VoucherExpense
from cva.programmes.planning import WHOLE_BP
from cva.programmes.service import BY_HAND
from cva.staging.context import SheetContext
from cva.staging.models import Sheet
from cva.staging.rows import days_to_post

#: The kind of sheets that register people, and of the entries of people registered.
REGISTRATIONS = "beneficiaries"


def entry_of(
    sheet: Sheet,
    entry_id: int,
    day: date,
    rows: int,
    rows_sha256: str,
    lines: Sequence[NewLine],
) -> NewEntry:
    """The entry of one day of a sheet, of the sheet's own kind."""
    return NewEntry(
        entry_id=entry_id,
        society_id=sheet.society_id,
        effective_on=day,
        kind=sheet.kind or "",
        key=f"sheet:{sheet.id}:{day.isoformat()}",
        sheet_id=sheet.id,
        sent_by=sheet.submitted_by or sheet.received_by,
        rows=rows,
        rows_sha256=rows_sha256,
        lines=lines,
    )


def with_entries(rows: TableRows, day_column: str) -> TableRows:
    """The rows with the ids of the entries of their days."""
    days = sorted({row[day_column] for row in rows})
    entry_ids = dict(zip(days, new_ids(len(days)), strict=True))
    return [row | {"entry_id": entry_ids[row[day_column]]} for row in rows]


def entry_days(context: SheetContext) -> Sequence[date]:
    """The days of the entries that ``post_by_day`` will post the rows of a sheet as."""
    return days_to_post(context.session, context.sheet.id, context.today)


def post_by_day(
    session: Session,
    sheet: Sheet,
    rows: TableRows,
    day_column: str,
    behind: Behind,
    lines: Callable[[TableRows], list[NewLine]],
) -> None:
    """Post the entry of each day of a sheet's rows, which ``with_entries`` named."""
    by_day: dict[date, TableRows] = defaultdict(list)
    for row in rows:
        by_day[row[day_column]].append(row)
    entry_posting.post(
        session,
        [
            entry_of(sheet, own[0]["entry_id"], day, len(own), behind.digest(own), lines(own))
            for day, own in sorted(by_day.items())
        ],
    )


def reversal_entry(
    sheet: Sheet,
    posted: Posted,
    request: ApprovedRequest,
    entry_id: int,
    kind: str,
    parts: Sequence[tuple[Behind, Sequence[dict[str, Any]]]],
    lines: Sequence[NewLine],
) -> NewEntry:
    """The entry that takes a posted one back on the same day; whole where as many rows do.

    Args:
        sheet: What it was posted from.
        posted: What is taken back.
        request: What two people agreed on.
        entry_id: Of the new entry.
        kind: Of the new entry.
        parts: The rows behind it.
        lines: As they were posted.
    """
    count = sum(len(rows) for _behind, rows in parts)
    return NewEntry(
        entry_id=entry_id,
        society_id=sheet.society_id,
        effective_on=posted.effective_on,
        kind=kind,
        key=f"{request.key}:{posted.number}",
        sheet_id=sheet.id,
        sent_by=request.asked_by,
        rows=count,
        rows_sha256=digest_of_all(parts),
        lines=reversed_lines(lines),
        reversal_of=posted.entry_id if count == posted.rows else None,
    )


def registration_entry(sheet: Sheet, day: date, person_ids: Sequence[int], key: str) -> NewEntry:
    """The entry of people who were registered from a sheet; it has no lines, as no money moves.

    The people prove it by their random ids alone.
    """
    ids = sorted(person_ids)
    entry = entry_of(sheet, new_id(), day, len(ids), digest(ids), [])
    return replace(entry, kind=REGISTRATIONS, key=key)


#: Where a payment against the rules is booked: recoverable, or lost.
EXCEPTIONS = {"recoverable": Account.RECEIVABLES, "loss": Account.LOSSES}

_VOUCHER_AGAINST = {
    VoucherExpense.HAND_OVER: Account.VOUCHERS_OUTSTANDING,
    VoucherExpense.BOUGHT_AHEAD: Account.CERTIFICATES,
}

#: Minor units by debit, credit, currency and grant.
Totals = dict[tuple[Account, Account, str, int | None], int]


@dataclass(frozen=True, slots=True)
class Dimensions:
    """What the rows of an entry belong to.

    Attributes:
        shares: Grants that carry the round, each with its hundredths of a per cent.
        own_grants: The grant that carries a person alone, by the person's id.
    """

    programme: Programme
    round_id: int
    shares: Sequence[tuple[int, int]] = ()
    own_grants: Mapping[int, int] = field(default_factory=dict)
    provider_id: int | None = None

    def by_grant(self, row: Mapping[str, Any]) -> list[tuple[int | None, int]]:
        """The amount of a row, by the grants that carry it.

        Each row is split by itself, so that reversing one reverses exactly what it booked.
        """
        own = self.own_grants.get(row.get("beneficiary_id", 0))
        if own is not None:
            return [(own, row["amount_minor"])]
        if not self.shares:
            return [(self.programme.grant_id, row["amount_minor"])]
        return split(row["amount_minor"], self.shares, first=row.get("id", 0))

    def dimensions(self, grant_id: int | None) -> dict[str, int]:
        """The dimensions of a line."""
        found = {"programme_id": self.programme.id, "round_id": self.round_id}
        if self.provider_id is not None:
            found["provider_id"] = self.provider_id
        return found if grant_id is None else found | {"grant_id": grant_id}


def split(
    minor: int, shares: Sequence[tuple[int, int]], first: int = 0
) -> list[tuple[int | None, int]]:
    """Split an amount by shares of 10,000, to the unit; parts of nothing are left out.

    Args:
        minor: Zero or more minor units.
        shares: ``(grant, hundredths of a per cent)``.
        first: Which share the units left over by rounding begin with, so that they spread.
    """
    parts = [minor * share_bp // WHOLE_BP for _grant, share_bp in shares]
    for step in range(minor - sum(parts)):
        parts[(first + step) % len(parts)] += 1
    return [(grant, part) for (grant, _share), part in zip(shares, parts, strict=True) if part]


def cash_lines(booked: Dimensions, rows: TableRows) -> list[NewLine]:
    """Debit assistance (or what an exception is), credit custody or the provider's float."""
    totals: Totals = defaultdict(int)
    for row in rows:
        debit = EXCEPTIONS.get(row["exception"], Account.CASH_ASSISTANCE)
        by_hand = row["mechanism"] in BY_HAND
        credit = Account.CASH_IN_CUSTODY if by_hand else Account.PROVIDER_ADVANCES
        for grant_id, minor in booked.by_grant(row):
            totals[debit, credit, row["currency"], grant_id] += minor
    return _pairs(booked, totals)


#: What a round and a provider are booked to.
DimensionsOf = Callable[[int, int | None], Dimensions]


def provider_lines(book: DimensionsOf, rows: TableRows) -> list[NewLine]:
    """The same for rows of several rounds and providers, each on its own float."""
    return [line for booked, own in _by_provider(book, rows) for line in cash_lines(booked, own)]


def fee_lines(book: DimensionsOf, rows: TableRows) -> list[NewLine]:
    """Debit the fees of delivery, credit the float they were kept from."""
    lines = []
    for booked, own in _by_provider(book, rows):
        totals: Totals = defaultdict(int)
        for row in own:
            key = (Account.DELIVERY_FEES, Account.PROVIDER_ADVANCES, row["currency"])
            for grant_id, minor in booked.by_grant(row):
                totals[(*key, grant_id)] += minor
        lines += _pairs(booked, totals)
    return lines


def _by_provider(book: DimensionsOf, rows: TableRows) -> list[tuple[Dimensions, TableRows]]:
    groups: dict[tuple[int, int], TableRows] = defaultdict(list)
    for row in rows:
        groups[row["round_id"], row["provider_id"] or 0].append(row)
    return [
        (book(round_id, provider_id or None), own)
        for (round_id, provider_id), own in sorted(groups.items())
    ]


def voucher_lines(booked: Dimensions, rows: TableRows) -> list[NewLine]:
    """Nothing until redemption, unless the programme expenses a voucher at hand-out."""
    against = _VOUCHER_AGAINST.get(VoucherExpense(booked.programme.voucher_expense))
    totals: Totals = defaultdict(int)
    for row in rows:
        if against is None or not row["amount_minor"]:
            continue
        debit = EXCEPTIONS.get(row["exception"], Account.VOUCHER_ASSISTANCE)
        for grant_id, minor in booked.by_grant(row):
            totals[debit, against, row["currency"], grant_id] += minor
    return _pairs(booked, totals)


def reversed_lines(lines: Sequence[NewLine]) -> list[NewLine]:
    """The same lines the other way round."""
    return [replace(line, amount_minor=-line.amount_minor) for line in lines]


def moved_to(account: Account, lines: Sequence[NewLine]) -> list[NewLine]:
    """What these lines debit, to another account instead of where it was debited to."""
    debits = [line for line in lines if line.amount_minor > 0]
    return [
        *(replace(line, account=account) for line in debits),
        *(replace(line, amount_minor=-line.amount_minor) for line in debits),
    ]


def _pairs(booked: Dimensions, totals: Totals) -> list[NewLine]:
    lines = []
    for key, minor in sorted(totals.items(), key=lambda pair: (*pair[0][:3], pair[0][3] or 0)):
        debit, credit, currency, grant_id = key
        dimensions = booked.dimensions(grant_id)
        lines.append(NewLine(debit, currency, minor, dimensions))
        lines.append(NewLine(credit, currency, -minor, dimensions))
    return lines


def dimensions_of(
    session: Session, programme: Programme, round_id: int, provider_id: int | None = None
) -> Dimensions:
    """The dimensions of a round's lines, read once for all rows."""
    return Dimensions(
        programme,
        round_id,
        programmes.shares_of(session, round_id),
        own_grants_of(session, round_id),
        provider_id,
    )
