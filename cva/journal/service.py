"""What the book of a society says: balances, entries, its head."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from cva.journal.accounts import Account
from cva.journal.models import Book, Entry, Line


@dataclass(frozen=True, slots=True)
class Balance:
    """What was posted to an account in one currency."""

    account: str
    currency: str
    debit_minor: int
    credit_minor: int


def balances(
    session: Session,
    society_id: int,
    first: date | None = None,
    last: date | None = None,
    kinds: Sequence[str] = (),
) -> list[Balance]:
    """What was posted per account and currency, from ``first`` to ``last`` (both included).

    Of all entries, or of those of some ``kinds``.
    """
    amount = col(Line.amount_minor)
    query = (
        select(
            Line.account,
            Line.currency,
            func.sum(func.abs(amount) + amount) / 2,
            func.sum(func.abs(amount) - amount) / 2,
        )
        .join(Entry, col(Entry.id) == Line.entry_id)
        .where(Line.society_id == society_id)
        .group_by(Line.account, Line.currency)
        .order_by(Line.account, Line.currency)
    )
    if first is not None:
        query = query.where(Entry.effective_on >= first)
    if last is not None:
        query = query.where(Entry.effective_on <= last)
    if kinds:
        query = query.where(col(Entry.kind).in_(kinds))
    return [
        Balance(account, currency, int(debit), int(credit))
        for account, currency, debit, credit in session.exec(query).all()
    ]


def balance_of(
    session: Session, society_id: int, account: Account, **dimensions: int
) -> dict[str, int]:
    """What stands on an account for these dimensions, per currency; debits positive."""
    query = (
        select(Line.currency, func.sum(Line.amount_minor))
        .where(Line.society_id == society_id, Line.account == account)
        .group_by(Line.currency)
        .order_by(Line.currency)
    )
    for name, value in dimensions.items():
        query = query.where(getattr(Line, name) == value)
    return {currency: int(minor) for currency, minor in session.exec(query)}


def reversals_of(session: Session, entry_ids: Sequence[int]) -> dict[int, date]:
    """Of some entries those that were reversed whole, and on which day."""
    query = select(col(Entry.reversal_of), col(Entry.effective_on)).where(
        col(Entry.reversal_of).in_(entry_ids)
    )
    return {entry_id: on for entry_id, on in session.exec(query) if entry_id is not None}


@dataclass(frozen=True, slots=True)
class Recorded:
    """When an entry was posted, and by whom: the number of a person."""

    number: int
    at: datetime
    by: int


def recorded(session: Session, entry_ids: Collection[int]) -> dict[int, Recorded]:
    """When some entries were posted, by their ids."""
    query = select(Entry.id, Entry.number, Entry.posted_at, Entry.approved_by).where(
        col(Entry.id).in_(entry_ids)
    )
    return {
        entry_id: Recorded(number, posted_at, approved_by)
        for entry_id, number, posted_at, approved_by in session.exec(query)
    }


@dataclass(frozen=True, slots=True)
class Moved:
    """What the entries of one kind moved on an account, in one currency; debits positive."""

    kind: str
    currency: str
    minor: int


def moved_for_provider(
    session: Session, provider_id: int, account: Account, last: date | None = None
) -> list[Moved]:
    """What was moved on an account for a provider, up to and on the ``last`` day."""
    query = (
        select(Entry.kind, Line.currency, func.sum(Line.amount_minor))
        .join(Entry, col(Entry.id) == Line.entry_id)
        .where(Line.provider_id == provider_id, Line.account == account)
        .group_by(Entry.kind, Line.currency)
        .order_by(Line.currency, Entry.kind)
    )
    if last is not None:
        query = query.where(Entry.effective_on <= last)
    return [Moved(kind, currency, int(minor)) for kind, currency, minor in session.exec(query)]


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry's movement on an account for a provider; debits positive."""

    number: int
    effective_on: date
    kind: str
    sheet_id: int | None
    currency: str
    minor: int


def movements_of_amount(
    session: Session,
    provider_id: int,
    account: Account,
    currency: str,
    last: date,
    amounts: Collection[int],
    most: int,
) -> list[Movement]:
    """Movements of just these amounts, either way, for a provider up to a day; newest first."""
    by = (
        *(col(Entry.number), col(Entry.effective_on), col(Entry.kind), col(Entry.sheet_id)),
        col(Line.currency),
    )
    query = (
        select_columns(*by, func.sum(Line.amount_minor))
        .join(Entry, col(Entry.id) == Line.entry_id)
        .where(
            col(Line.provider_id) == provider_id,
            col(Line.account) == account,
            col(Line.currency) == currency,
            col(Entry.effective_on) <= last,
        )
        .group_by(*by)
        .having(func.abs(func.sum(Line.amount_minor)).in_(amounts))
        .order_by(col(Entry.effective_on).desc(), col(Entry.number).desc())
        .limit(most)
    )
    return [
        Movement(number, day, kind, sheet_id, of, int(minor))
        for number, day, kind, sheet_id, of, minor in session.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry that was posted from a sheet, or that took back what was."""

    entry_id: int
    number: int
    effective_on: date
    kind: str
    rows: int


def entries_of(session: Session, sheet_id: int) -> list[Posted]:
    """The entries of a sheet, by number."""
    query = (
        select_columns(
            *(col(Entry.id), col(Entry.number), col(Entry.effective_on)),
            *(col(Entry.kind), col(Entry.rows)),
        )
        .where(col(Entry.sheet_id) == sheet_id)
        .order_by(col(Entry.number))
    )
    return [Posted(*row) for row in session.execute(query)]


def head(session: Session, society_id: int) -> tuple[int, str]:
    """Number and hash that the book's head says are the last."""
    found = session.exec(select(Book).where(Book.society_id == society_id)).one_or_none()
    return (found.last_number, found.last_hash) if found else (0, "")


def is_posted(session: Session, round_id: int) -> bool:
    """Whether money was posted in a round."""
    query = select(Line.id).where(col(Line.round_id) == round_id).limit(1)
    return session.exec(query).first() is not None
