"""Proof: everything recomputed from the rows, and the first wrong entry named in plain words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary
from cva.core import walls
from cva.core.words import gettext as _
from cva.journal import chain
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.rows import digest, rows_digest
from cva.societies import service as societies
from cva.societies.models import Society
from cva.transfers import service as transfers
from cva.transfers.models import PaymentKey, Transfer
from cva.vouchers import service as vouchers
from cva.vouchers.models import Voucher, VoucherKey

#: Accounts a cash transfer may be debited to.
_PAID = (Account.CASH_ASSISTANCE, Account.RECEIVABLES, Account.LOSSES)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was posted.

    Attributes:
        entry: The entry's number, or None for a fault of the whole book.
    """

    entry: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a society's book.

    Attributes:
        head: Hash of the last entry: whoever wrote it down can tell a rewritten book.
    """

    society: str
    entries: int
    rows: int
    head: str
    fault: Fault | None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def prove(session: Session, society: Society) -> Proof:
    """Recompute a society's book: numbers, chain, balance, digests, keys; stop at a fault."""
    society_id = societies.id_of(society)
    counted = _Counted()
    fault = next(_faults(session, society_id, counted), None)
    return Proof(society.code, counted.entries, counted.rows, counted.head, fault)


@dataclass(slots=True)
class _Counted:
    entries: int = 0
    rows: int = 0
    head: str = ""


def _faults(session: Session, society_id: int, counted: _Counted) -> Iterator[Fault]:
    rows = _Rows(session)
    for link in chain.walk(session, society_id):
        # Its own faults first: only an entry that is as posted says which rows to look at.
        for message in link.faults:
            yield Fault(link.number, message)
        behind = rows.behind(link)
        for message in _row_faults(link, behind):
            yield Fault(link.number, message)
        counted.entries, counted.head = link.number, link.hash
        counted.rows += behind.count
    if journal.head(session, society_id) != (counted.entries, counted.head):
        yield Fault(None, _("The last entries are missing."))
    yield from _key_faults(session, society_id)
    missing = walls.missing_triggers(session.connection())
    if missing:
        yield Fault(
            None,
            _("What protects posted records is missing: {names}.").format(names=", ".join(missing)),
        )


def _row_faults(link: chain.Link, behind: "_Behind") -> Iterator[str]:
    if behind.count != link.rows or behind.digest != link.rows_sha256:
        yield _("The rows behind it were changed.")
    if behind.totals is not None and behind.totals != _debits(link):
        yield _("The rows behind it do not add up to its lines.")


def _debits(link: chain.Link) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for account, currency, minor in link.debits:
        if account in _PAID:
            totals[currency] += minor
    return dict(totals)


@dataclass(frozen=True, slots=True)
class _Behind:
    count: int
    digest: str
    totals: dict[str, int] | None = None


class _Rows:
    """The rows behind entries, read a sheet at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sheet_id: int | None = None
        self._by_entry: dict[int, list[dict[str, Any]]] = {}

    def behind(self, link: chain.Link) -> _Behind:
        """Count, digest and sums of the rows behind an entry, from the rows as they are now."""
        if link.kind == "beneficiaries":
            return self._registered(link.sheet_id)
        is_cash = link.kind == "cash_transfers"
        if link.sheet_id != self._sheet_id:
            self._sheet_id, self._by_entry = link.sheet_id, defaultdict(list)
            read = transfers.of_sheet if is_cash else vouchers.of_sheet
            for row in read(self._session, link.sheet_id):
                self._by_entry[row["entry_id"]].append(row)
        rows = self._by_entry.get(link.entry_id, [])
        columns = transfers.COLUMNS if is_cash else vouchers.COLUMNS
        return _Behind(len(rows), rows_digest(rows, columns), _totals(rows) if is_cash else None)

    def _registered(self, sheet_id: int) -> _Behind:
        ids = self._session.exec(
            select(Beneficiary.id)
            .where(Beneficiary.sheet_id == sheet_id)
            .order_by(col(Beneficiary.id))
        ).all()
        return _Behind(len(ids), digest(list(ids)))


def _totals(rows: list[dict[str, Any]]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row["currency"]] += row["amount_minor"]
    return dict(totals)


def _key_faults(session: Session, society_id: int) -> Iterator[Fault]:
    """Every transfer and voucher has the key that keeps it from happening twice, and no other."""
    for table, key_table, key_id in (
        (Transfer, PaymentKey, PaymentKey.transfer_id),
        (Voucher, VoucherKey, VoucherKey.voucher_id),
    ):
        rows = _count(session, table, society_id)
        matched = session.exec(
            select(func.count())
            .select_from(table)
            .join(key_table, col(key_id) == table.id)
            .where(table.society_id == society_id)
        ).one()
        if rows != matched or rows != _count(session, key_table, society_id):
            yield Fault(None, _("The keys against paying twice do not match what was posted."))


def _count(session: Session, table: Any, society_id: int) -> int:  # noqa: ANN401
    return session.exec(
        select(func.count()).select_from(table).where(table.society_id == society_id)
    ).one()
