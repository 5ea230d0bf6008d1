"""Posting entries to the book of a society: balanced, numbered, chained, once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from cva.core import clock
from cva.core.db import insert_rows
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import new_ids
from cva.core.maker_checker import ApprovedRequest
from cva.core.tenancy import actor_of
from cva.journal.accounts import Account
from cva.journal.chain import DIMENSIONS, entry_hash
from cva.journal.models import Book, Entry, Line
from cva.journal.row_digests import Behind, digest_of_all


@dataclass(frozen=True, slots=True)
class NewLine:
    """One leg to post: debits positive, credits negative, in minor units of ``currency``."""

    account: Account
    currency: str
    amount_minor: int
    dimensions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to post.

    Attributes:
        entry_id: Random; chosen by the caller, whose rows name it and stand under ``rows_sha256``.
        effective_on: The day in the society's calendar.
        key: What makes posting it twice impossible, such as ``"sheet:12:2022-11-05"``.
        sheet_id: The sheet it comes from; None where people asked for it without one.
        lines: None at all, where no money moved; else at least two, zero in sum per currency.
        reversal_of: The entry that this one reverses whole.
    """

    entry_id: int
    society_id: int
    effective_on: date
    kind: str
    key: str
    sheet_id: int | None
    sent_by: int
    rows: int
    rows_sha256: str
    lines: Sequence[NewLine]
    reversal_of: int | None = None


def lock_book(session: Session, society_id: int) -> Book:
    """Take the head of a society's book; whoever else wants to post waits until we commit.

    Always the first lock a transaction takes, so that two never wait for each other.
    """
    query = (
        select(Book)
        .where(Book.society_id == society_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.exec(query).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(Book(society_id=society_id))
    except IntegrityError:
        pass
    return session.exec(query).one()


def post(session: Session, entries: Sequence[NewEntry]) -> None:
    """Post entries of one society, in the given order, with the next numbers of its book.

    Raises:
        RuleError: An entry does not balance in each currency.
        ConflictError: Its key is posted already.
    """
    if not entries:
        return
    book = lock_book(session, entries[0].society_id)
    _refuse_posted(session, entries)
    posted_at = max(clock.now(), book.last_posted_at or clock.now())
    headers, lines = [], []
    for new in entries:
        _refuse_unbalanced(new)
        header, own_lines = _header(session, new, book, posted_at), _lines(new)
        header["hash"] = entry_hash(header, own_lines)
        book.last_number, book.last_hash = header["number"], header["hash"]
        headers.append(header)
        lines += own_lines
    book.last_posted_at = posted_at
    insert_rows(session, Line, lines)
    insert_rows(session, Entry, headers)


def post_request(
    session: Session,
    request: ApprovedRequest,
    *,
    entry_id: int,
    effective_on: date,
    kind: str,
    parts: Sequence[tuple[Behind, Sequence[dict[str, Any]]]],
    lines: Sequence[NewLine],
    reversal_of: int | None = None,
) -> None:
    """Post the one entry of what two people agreed on; no sheet brought it.

    Args:
        session: The transaction of who confirmed it.
        request: What was agreed on.
        entry_id: As the rows behind the entry name it.
        effective_on: In the society's calendar.
        kind: Of the entry.
        parts: The rows behind it, by table.
        lines: What it moves in the accounts.
        reversal_of: The entry that it reverses whole.

    Raises:
        RuleError: It does not balance in each currency.
    """
    new = NewEntry(
        entry_id=entry_id,
        society_id=request.society_id,
        effective_on=effective_on,
        kind=kind,
        key=request.key,
        sheet_id=None,
        sent_by=request.asked_by,
        rows=sum(len(rows) for _behind, rows in parts),
        rows_sha256=digest_of_all(parts),
        lines=lines,
        reversal_of=reversal_of,
    )
    post(session, [new])


def _refuse_posted(session: Session, entries: Sequence[NewEntry]) -> None:
    posted = session.exec(
        select(Entry.number, Entry.key).where(
            Entry.society_id == entries[0].society_id,
            col(Entry.key).in_([entry.key for entry in entries]),
        )
    ).first()
    if posted is not None:
        raise ConflictError(
            _("This is posted already, as entry {number}.").format(number=posted[0]),
            code="posted_already",
        )


def _refuse_unbalanced(entry: NewEntry) -> None:
    totals: dict[str, int] = defaultdict(int)
    for line in entry.lines:
        totals[line.currency] += line.amount_minor
    if any(totals.values()):
        raise RuleError(
            _("The entry does not balance: {totals}.").format(totals=dict(totals)),
            code="entry_unbalanced",
        )


def _header(session: Session, new: NewEntry, book: Book, posted_at: datetime) -> dict[str, Any]:
    return {
        "id": new.entry_id,
        "society_id": new.society_id,
        "number": book.last_number + 1,
        "effective_on": new.effective_on,
        "posted_at": posted_at,
        "kind": new.kind,
        "key": new.key,
        "sheet_id": new.sheet_id,
        "sent_by": new.sent_by,
        "approved_by": actor_of(session).user_id,
        "rows": new.rows,
        "rows_sha256": new.rows_sha256,
        "reversal_of": new.reversal_of,
        "previous_hash": book.last_hash,
    }


def _lines(new: NewEntry) -> list[dict[str, Any]]:
    nothing = dict.fromkeys(DIMENSIONS)
    return [
        {
            "id": line_id,
            "society_id": new.society_id,
            "entry_id": new.entry_id,
            "account": str(line.account),
            "currency": line.currency,
            "amount_minor": line.amount_minor,
            **nothing,
            **line.dimensions,
        }
        for line_id, line in zip(new_ids(len(new.lines)), new.lines, strict=True)
    ]
