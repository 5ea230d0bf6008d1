"""The chain of entries: how each is hashed, and whether it still is what was posted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.core.i18n import gettext as _
from cva.journal.models import Entry, Line
from cva.journal.row_digests import digest

#: What an amount may belong to; the columns of a line, in the order the hash reads them.
DIMENSIONS = (
    "programme_id",
    "round_id",
    "grant_id",
    "bank_account_id",
    "custodian_id",
    "provider_id",
    "vendor_id",
    "donor_id",
    "voucher_book_id",
    "incident_id",
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the chain, with what is wrong with it by itself and against the one before.

    Attributes:
        lines: Every column that the hash of the entry reads.
        faults: In plain words; none where the entry is what was posted.
    """

    entry: Entry
    lines: Sequence[Mapping[str, Any]]
    faults: Sequence[str]


#: What the hash of an entry reads of it, in this order.
_HASHED = (
    "society_id",
    "number",
    "previous_hash",
    "id",
    "effective_on",
    "posted_at",
    "kind",
    "key",
    "sheet_id",
    "sent_by",
    "approved_by",
    "rows",
    "rows_sha256",
    "reversal_of",
)


def entry_hash(entry: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over all that an entry says, its lines and the hash before it.

    Canonical form: one JSON array, no blanks, whole numbers only, days as ISO text, the moment as
    microseconds since 1970 in UTC, lines in the order of their ids.
    """
    names = ("id", "account", "currency", "amount_minor", *DIMENSIONS)
    ordered = sorted(lines, key=lambda line: int(line["id"]))
    content = ["cva entry 1", *(entry[name] for name in _HASHED)]
    since = entry["posted_at"] - datetime(1970, 1, 1, tzinfo=UTC)
    content[1 + _HASHED.index("posted_at")] = since // timedelta(microseconds=1)
    return digest([*content, [[line[name] for name in names] for line in ordered]])


def walk(session: Session, society_id: int) -> Iterator[Link]:
    """Every entry of a book, by number, each compared with its own hash and the one before."""
    lines = _lines_by_entry(session, society_id)
    number, last_hash, posted_at = 0, "", None
    for entry in session.exec(
        select(Entry).where(Entry.society_id == society_id).order_by(col(Entry.number))
    ):
        own = lines.get(entry.id, [])
        faults = [*_misplaced(entry, number, last_hash, posted_at), *_changed(entry, own)]
        yield Link(entry, own, faults)
        number, last_hash, posted_at = entry.number, entry.hash, entry.posted_at


def _lines_by_entry(session: Session, society_id: int) -> dict[int, list[dict[str, Any]]]:
    columns = ("id", "entry_id", "account", "currency", "amount_minor", *DIMENSIONS)
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    query = select_columns(*(getattr(Line, name) for name in columns)).where(
        col(Line.society_id) == society_id
    )
    for row in session.execute(query):
        line = dict(zip(columns, row, strict=True))
        lines[line["entry_id"]].append(line)
    return lines


def _misplaced(
    entry: Entry, number: int, last_hash: str, posted_at: datetime | None
) -> Iterator[str]:
    if entry.number != number + 1:
        yield _("The entry before it is missing.")
    if entry.previous_hash != last_hash:
        yield _("It does not follow the entry before it.")
    if posted_at is not None and entry.posted_at < posted_at:
        yield _("It was posted before the entry before it.")


def _changed(entry: Entry, lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    if entry_hash(entry.model_dump(), lines) != entry.hash:
        yield _("The entry or one of its lines was changed.")
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        totals[line["currency"]] += line["amount_minor"]
    if any(totals.values()):
        yield _("Its lines do not balance.")
