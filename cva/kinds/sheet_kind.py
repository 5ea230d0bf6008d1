"""What the engine asks of a kind of sheet at each step; a kind answers with plain functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Select
from sqlmodel import Session

from cva.core.db import TableRows
from cva.core.maker_checker import ApprovedRequest
from cva.entitlements.delivery_comparison import Delivery
from cva.journal.entry_proof import EntryProof
from cva.programmes.models import Modality, Round
from cva.providers.uncollected import Available
from cva.sheets.checking.checked import Checked, CheckedRow
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import SheetState

#: Registered people by the comparable form of their number, each with what is known of them.
KnownPeople = Mapping[str, Mapping[str, Any]]


class Reversal(Protocol):
    """How the rows of a posted sheet are reversed."""

    @property
    def posted(self) -> Callable[[Session, int, int | None], TableRows]:
        """What is posted and not reversed of a sheet, or of one row of it."""

    def refuse(self, context: SheetContext, rows: TableRows) -> None:
        """Refuse what cannot be reversed now.

        Raises:
            RuleError: Something happened to one of these rows since.
            ConflictError: A person was paid or put on another payment list since.
        """

    def reverse(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        """Post the entries that reverse these rows, each on the day of the entry it reverses."""


class PendingDeliveries(NamedTuple):
    """What is reported of a round, with what nobody approved yet.

    Attributes:
        deliveries: All that was reported.
        available: What waits at a provider to be collected, by person and instalment.
    """

    deliveries: list[Delivery]
    available: dict[tuple[int, int], Available]


def _nothing_beside(*_asked: object) -> Mapping[str, list[Any]]:
    return {}


def _no_findings(*_asked: object) -> Sequence[Finding]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetKind:
    """One kind of sheet.

    Attributes:
        name: Its stable name: stored with sheets, seen by programs, never used for another kind.
        layout: Its layout, where that is not ``imports/layouts/<name>.toml``.
        post: Posts the rows that are ready or recorded as exceptions; returns how many. The
            caller holds the lock of the book and has compared the rows with the ledger.
        entry_days: The day of each entry that ``post`` would post, in their order; a day of
            several entries several times.
        reversal: How it is reversed; None where it cannot be.
        entry_proofs: What each kind of entry that it posts is proved from.
        is_handout: It says who was given cash or vouchers, so that receipt, evidence, and the
            list of the round are asked about.
        modalities: Of the rounds whose field lists come back as this kind.
        is_one_delivery_per_person: All rows of one person are one delivery.
        must_be_registered: Its people must be known where the programme takes nobody new.
        names_people: Its rows say who is meant; else something else does, such as a payment.
        takes_evidence: A scan of a signed list or another paper may belong to it.
        is_claim: Vendors claim vouchers with it.
        is_answer: Its rows are a provider's answers, of which several may be known already.
        pays_cash: Its rows are cash that reached people; ``paying_entries``: the kinds of entries
            that pay it out or take it back.
        hands_out_vouchers: Its rows are vouchers handed out, by face value.
        beside: Further columns of the staged rows; may ask a question of the sender.
        refuse: Why the sheet as a whole cannot be taken.
        compare_posted: What was posted before that a row would repeat.
        compare_records: What other records say against the rows that are left.
        compare_file: What the workbook says of itself against its rows.
        compare_people: What is to say of registered people beside what every kind says.
        posted_before: Selects the numbers of rows that earlier versions of the sheet posted.
        compare_renamed: Rows that earlier versions posted under another number.
        pending: Adds what undecided sheets of this kind report of a round.
    """

    name: str
    post: Callable[[SheetContext], int]
    entry_days: Callable[[SheetContext], Sequence[date]]
    entry_proofs: Mapping[str, EntryProof]
    layout: Path | None = None
    reversal: Reversal | None = None
    is_handout: bool = False
    modalities: frozenset[Modality | None] = frozenset()
    is_one_delivery_per_person: bool = False
    must_be_registered: bool = False
    names_people: bool = True
    takes_evidence: bool = True
    is_claim: bool = False
    is_answer: bool = False
    pays_cash: bool = False
    hands_out_vouchers: bool = False
    paying_entries: frozenset[str] = field(default_factory=frozenset)
    beside: Callable[[SheetContext, Checked], Mapping[str, list[Any]]] = _nothing_beside
    refuse: Callable[[SheetContext], Sequence[Finding]] = _no_findings
    compare_posted: Callable[[SheetContext], Sequence[Finding]] = _no_findings
    compare_records: Callable[[SheetContext], Sequence[Finding]] = _no_findings
    compare_file: Callable[[SheetContext, Checked], Sequence[Finding]] = _no_findings
    compare_people: Callable[
        [SheetContext, Sequence[CheckedRow], KnownPeople], Sequence[Finding]
    ] = _no_findings
    posted_before: Callable[[SheetContext, Sequence[int]], Select[Any]] | None = None
    compare_renamed: Callable[[SheetContext, Sequence[int]], Sequence[Finding]] = _no_findings
    pending: (
        Callable[
            [Session, Round, Iterable[Delivery], Sequence[SheetState]],
            PendingDeliveries,
        ]
        | None
    ) = None
