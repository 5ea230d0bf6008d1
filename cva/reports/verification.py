"""Proof: everything recomputed from the rows, and the first wrong entry named in plain words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select, true

from cva.beneficiaries.models import Beneficiary
from cva.beneficiaries.register_proof import wrong_register
from cva.core import append_only
from cva.core.i18n import gettext as _
from cva.core.secret_columns import wrong_values
from cva.core.tenancy import owned_tables
from cva.entitlements import service as entitlements
from cva.journal import chain
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.entry_proof import FEES, OWED, EntryProof
from cva.journal.row_digests import digest, digest_of_all
from cva.kinds import registry
from cva.providers import float_movements
from cva.providers import payment_events as payments
from cva.societies.models import Society
from cva.transfers import service as transfers
from cva.transfers.models import PaymentKey, Transfer
from cva.vouchers import service as vouchers
from cva.vouchers import vendors, voucher_events, voucher_states
from cva.vouchers.models import Voucher, VoucherKey

_OUTSTANDING = frozenset({Account.VOUCHERS_OUTSTANDING})
_FLOAT = frozenset({Account.PROVIDER_ADVANCES})

#: Of an entry that moves no money.
_NO_PROOF = EntryProof(())
#: By kind of entry, those that no sheet is posted as. People registered stand behind theirs by
#: their ids alone.
_ENTRY_PROOFS = {
    "round_list": EntryProof((entitlements.BEHIND,)),
    "cash_excess": EntryProof((transfers.EVENTS_BEHIND,)),
    "voucher_void": EntryProof((voucher_events.BEHIND,)),
    "voucher_lost": EntryProof((voucher_events.BEHIND,)),
    "voucher_destroyed": EntryProof((voucher_events.BEHIND,)),
    "voucher_expired": EntryProof((voucher_events.BEHIND,), 1, _OUTSTANDING),
    "voucher_replaced": EntryProof((voucher_events.BEHIND, vouchers.BEHIND)),
    "redemption_false": EntryProof((voucher_events.BEHIND,), 1, OWED, may_be_bare=True),
    "vendor_payment": EntryProof((vendors.PAYMENTS_BEHIND,), 1, OWED),
    "vendor_payment_reversal": EntryProof((vendors.PAYMENTS_BEHIND,), -1, OWED, of_reversed=True),
    "advance_float": EntryProof((float_movements.BEHIND,), 1, _FLOAT),
    "return_float": EntryProof((float_movements.BEHIND,), -1, _FLOAT),
    "provider_fee": EntryProof((float_movements.BEHIND,), 1, FEES),
}


@dataclass(frozen=True, slots=True)
class ProofFault:
    """Something that is not as it was posted.

    Attributes:
        entry: The entry's number, or None for a fault of the whole book.
    """

    entry: int | None
    message: str


@dataclass(slots=True)
class Proof:
    """What was found in a society's book.

    Attributes:
        head: Hash of the last entry: whoever wrote it down can tell a rewritten book.
    """

    society: str
    entries: int = 0
    rows: int = 0
    head: str = ""
    fault: ProofFault | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def prove(session: Session, society: Society) -> Proof:
    """Recompute a society's book: numbers, chain, balance, digests, keys; stop at a fault."""
    proof = Proof(society.code)
    proof.fault = next(_faults(session, society.id, proof), None)
    return proof


def _faults(session: Session, society_id: int, proof: Proof) -> Iterator[ProofFault]:
    """Everything that is wrong; what was looked at before is counted in the proof."""
    for table in owned_tables():
        for place, row in wrong_values(session, table, society_id):
            message = _("A value of {place} was changed or moved outside the ledger.")
            yield ProofFault(None, message.format(place=f"{place} {row}"))
    rows = _Rows(session)
    for link in chain.walk(session, society_id):
        # Its own faults first: only an entry that is as posted says which rows to look at.
        for message in link.faults:
            yield ProofFault(link.entry.number, message)
        behind = rows.behind(link)
        for message in _row_faults(link, behind):
            yield ProofFault(link.entry.number, message)
        proof.entries, proof.head = link.entry.number, link.entry.hash
        proof.rows += behind.count
    if journal.head(session, society_id) != (proof.entries, proof.head):
        yield ProofFault(None, _("The last entries are missing."))
    yield from _key_faults(session, society_id)
    if payments.wrong_statuses(session, society_id):
        yield ProofFault(None, _("A payment is not where what was told of it says."))
    for place, row in wrong_register(session, society_id):
        message = _("{place} leads to another person than was registered.")
        yield ProofFault(None, message.format(place=f"{place} {row}"))
    missing = append_only.missing_triggers(session.connection())
    if missing:
        yield ProofFault(
            None,
            _("What protects posted records is missing: {names}.").format(names=", ".join(missing)),
        )


def _row_faults(link: chain.Link, behind: "_Found") -> Iterator[str]:
    if behind.count != link.entry.rows or behind.digest != link.entry.rows_sha256:
        yield _("The rows behind it were changed.")
    if behind.totals is not None and behind.totals != behind.kind.booked(link):
        yield _("The rows behind it do not add up to its lines.")


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    digest: str
    kind: EntryProof = _NO_PROOF
    totals: dict[str, int] | None = None


class _Rows:
    """The rows behind entries, read a sheet at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._proofs = {**_ENTRY_PROOFS, **registry.entry_proofs()}
        self._read: tuple[int, str] | None = None
        self._by_entry: dict[int, list[list[dict[str, Any]]]] = {}

    def behind(self, link: chain.Link) -> _Found:
        """Count, digest and sums of the rows behind an entry, from the rows as they are now."""
        kind = self._proofs.get(link.entry.kind)
        if kind is None:
            return self._registered(link.entry.sheet_id or 0)
        parts = [
            (part, rows) for part, rows in zip(kind.parts, self._rows(link, kind), strict=True)
        ]
        return _Found(
            count=sum(len(rows) for _part, rows in parts),
            digest=digest_of_all(parts),
            kind=kind,
            totals=kind.totals(link, parts[0][1] if parts else []),
        )

    def _rows(self, link: chain.Link, kind: EntryProof) -> list[list[dict[str, Any]]]:
        if link.entry.sheet_id is None:
            entry_id = (link.entry.reversal_of or 0) if kind.of_reversed else link.entry.id
            return [part.of_entry(self._session, entry_id) for part in kind.parts]
        if self._read != (link.entry.sheet_id, link.entry.kind):
            self._read = (link.entry.sheet_id, link.entry.kind)
            self._by_entry = defaultdict(lambda: [[] for _part in kind.parts])
            for place, part in enumerate(kind.parts):
                for row in part.of_sheet(self._session, link.entry.sheet_id):
                    self._by_entry[row["entry_id"]][place].append(row)
        return self._by_entry[link.entry.id]

    def _registered(self, sheet_id: int) -> _Found:
        ids = self._session.exec(
            select(Beneficiary.id)
            .where(Beneficiary.sheet_id == sheet_id)
            .order_by(col(Beneficiary.id))
        ).all()
        return _Found(len(ids), digest(list(ids)))


def _key_faults(session: Session, society_id: int) -> Iterator[ProofFault]:
    """Every live transfer and voucher has the key that keeps it from happening twice; no other."""
    for table, is_live, key_table, key_id in (
        (Transfer, transfers.holds_key(), PaymentKey, PaymentKey.transfer_id),
        (Voucher, vouchers.is_live(), VoucherKey, VoucherKey.voucher_id),
    ):
        rows = _count(session, table, society_id, is_live)
        matched = session.exec(
            select(func.count())
            .select_from(table)
            .join(key_table, col(key_id) == table.id)
            .where(table.society_id == society_id, is_live)
        ).one()
        if rows != matched or rows != _count(session, key_table, society_id, true()):
            yield ProofFault(None, _("The keys against paying twice do not match what was posted."))
    if not voucher_states.agree(session, society_id):
        yield ProofFault(
            None, _("What vouchers are said to be does not match what happened to them.")
        )


def _count(session: Session, table: Any, society_id: int, condition: Any) -> int:  # noqa: ANN401
    return session.exec(
        select(func.count()).select_from(table).where(table.society_id == society_id, condition)
    ).one()
