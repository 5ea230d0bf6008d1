"""Tables of sheets, their files, staged rows and findings."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, UniqueConstraint, or_, text
from sqlmodel import Field, col

from cva.core.column_types import STRICT, Day, Flag, Instant, Json, LongInteger, SmallInt, Word
from cva.core.secret_columns import SecretBytes, SecretJson, SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class SheetState(StrEnum):
    """How far a sheet is on its way."""

    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    SUBMITTED = "submitted"
    KEPT = "kept"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    #: Approved and posted, and reversed since by two people.
    REVERSED = "reversed"


#: While a sheet is in one of these states, the same content is not taken again.
STANDING = (SheetState.CHECKED, SheetState.SUBMITTED, SheetState.KEPT, SheetState.APPROVED)

_STANDING_ONLY = text("state IN ('checked', 'submitted', 'kept', 'approved')")


class RowState(StrEnum):
    """What becomes of a row when its sheet is posted."""

    READY = "ready"
    ERROR = "error"
    NOT_RECEIVED = "not_received"
    OPEN = "open"
    EXCEPTED = "excepted"
    #: A field list or a provider's answer has the person, and does not say whether they received.
    NO_ANSWER = "no_answer"
    #: Posted with an earlier version of the sheet, so not offered again.
    POSTED = "posted"
    #: Posted, and reversed since.
    REVERSED = "reversed"


#: Rows that are posted when their sheet is approved.
GIVEN = (RowState.READY, RowState.EXCEPTED)


class Sheet(TenantOwned, table=True):
    """One file sent.

    Attributes:
        is_list: A list before hand-out: checked and kept, not posted.
        settled: What the sender settled beside the file, such as ``kind``, ``date_order`` or
            ``column:C`` (which field a column holds).
        content_sha256: Digest of the values as read, so that re-saving does not make it new.
        parts: Where several lists were taken together, each as a ``SheetPart``.
        columns: ``[{"column", "heading", "field"}]`` in the order of the sheet; no field
            where it is still asked about.
        asks: Questions that are open: ``[{"choice", "options", "heading", "details", "offered"}]``.
        ask_examples: By choice and option, texts of the sheet and how they would be read;
            encrypted, as they may be names.
        has_receipt: A column of the sheet says who received.
        version: Goes up with every change; an approval names the version it was shown.
        replaces_id: The sheet this one was sent to correct.
        submitted_totals: What was submitted, as ``control_totals_of`` adds it up; an approval
            adds up again and compares.
    """

    __table_args__ = (
        Index(
            "sheet_standing_once",
            "society_id",
            "is_list",
            "content_sha256",
            unique=True,
            sqlite_where=_STANDING_ONLY,
            postgresql_where=_STANDING_ONLY,
        ),
        Index("sheet_by_state", "society_id", "state"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    round_id: int | None = Field(default=None, foreign_key="distribution_round.id")
    is_list: bool = Field(default=False, sa_type=Flag)
    settled: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    filename: str = Field(sa_type=SecretText("sheet.filename"))
    size_bytes: int
    sha256: str = Field(sa_type=Word)
    content_sha256: str | None = Field(default=None, sa_type=Word)
    state: str = Field(default=SheetState.RECEIVED, sa_type=Word)
    version: int = 1
    received_at: datetime = Field(sa_type=Instant)
    received_by: int
    replaces_id: int | None = None
    kind: str | None = Field(default=None, sa_type=Word)
    sheet_name: str | None = Field(default=None, sa_type=Word)
    header_row: int | None = None
    parts: list[list[Any]] | None = Field(default=None, sa_type=Json)
    columns: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    asks: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    ask_examples: dict[str, Any] | None = Field(
        default=None, sa_type=SecretJson("sheet.ask_examples")
    )
    has_receipt: bool = Field(default=False, sa_type=Flag)
    rows: int = 0
    submitted_at: datetime | None = Field(default=None, sa_type=Instant)
    submitted_by: int | None = None
    submitted_totals: list[list[Any]] | None = Field(default=None, sa_type=Json)
    receipt_declared: bool = Field(default=False, sa_type=Flag)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: int | None = None
    decision_reason: str | None = Field(default=None, sa_type=SecretText("sheet.decision_reason"))


class SheetFile(TenantOwned, table=True):
    """The bytes of a file as they were sent, encrypted at rest."""

    __tablename__ = "sheet_file"
    __table_args__ = STRICT

    sheet_id: int = Field(primary_key=True, foreign_key="sheet.id")
    content: bytes = Field(sa_type=SecretBytes("sheet_file.content"))


RECORD = SecretJson("staged_row.record")


class StagedRow(TenantOwned, table=True):
    """One row as read: what is reviewed here is what is posted.

    Attributes:
        number: The row number Excel shows.
        record: ``[cells as typed, values as read by field]``, encrypted, and where it was asked
            the records that the person is not. The columns beside it are those the ledger compares
            and adds up.
        day: The day of distribution, or of redemption.
        vendor_id: Who claims, in a sheet of vouchers redeemed.
        reference_key: Our own reference of a payment; ``transaction_key`` is what the provider
            calls it.
        answer: What a row of payment results records of its payment.
        instalment: The one that a field list was written for; null where the sheet names none.
    """

    __tablename__ = "staged_row"
    __table_args__ = (Index("staged_row_by_sheet", "sheet_id", "number"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    id: int = Field(sa_type=LongInteger, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id")
    number: int
    state: str = Field(sa_type=Word)
    record: list[Any] = Field(sa_type=RECORD)
    registration_key: str | None = Field(default=None, sa_type=Word)
    voucher_key: str | None = Field(default=None, sa_type=Word)
    day: date | None = Field(default=None, sa_type=Day)
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    vendor_id: int | None = None
    reference_key: str | None = Field(default=None, sa_type=Word)
    transaction_key: str | None = Field(default=None, sa_type=Word)
    answer: str | None = Field(default=None, sa_type=Word)
    instalment: int | None = Field(default=None, sa_type=SmallInt)
    exception: str | None = Field(default=None, sa_type=Word)
    exception_reason: str | None = Field(
        default=None, sa_type=SecretText("staged_row.exception_reason")
    )


def is_summed() -> ColumnElement[bool]:
    """The condition that the amount of a staged row is money that reached a person.

    Of payment results only those that say so; what failed or came back is no hand-out.
    """
    answer = col(StagedRow.answer)
    return or_(answer.is_(None), answer.in_(("paid", "collected")))


class RowFinding(TenantOwned, table=True):
    """Something found in a sheet; ``finding`` is all of it with the value as typed, encrypted.

    Attributes:
        number: Excel's row number; null for a finding about the whole sheet.
        is_ledger: Found by comparing with the ledger, so found again at approval.
    """

    __tablename__ = "row_finding"
    __table_args__ = (Index("row_finding_by_sheet", "sheet_id", "number"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    id: int = Field(sa_type=LongInteger, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id")
    number: int | None = None
    severity: str = Field(sa_type=Word)
    code: str = Field(sa_type=Word)
    is_ledger: bool = Field(default=False, sa_type=Flag)
    finding: dict[str, Any] = Field(sa_type=SecretJson("row_finding.finding"))


class Amendment(AppendOnly, TenantOwned, table=True):
    """A cell corrected in the ledger and not in the file; of two about one cell the later counts.

    Attributes:
        cell: Such as L18; ``number`` is its row.
        before: As it was until then, encrypted like ``after``; blank is an empty text.
    """

    __table_args__ = (Index("amendment_by_sheet", "sheet_id", "id"), STRICT)

    id: int = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id")
    cell: str = Field(sa_type=Word)
    number: int
    before: str = Field(sa_type=SecretText("amendment.before"))
    after: str = Field(sa_type=SecretText("amendment.after"))
    made_at: datetime = Field(sa_type=Instant)
    made_by: int


class KnownHeadings(TenantOwned, table=True):
    """What a person decided about a set of headings, for every later sheet that has the same.

    Attributes:
        key: The same for the same set of headings.
        columns: ``[[heading as typed, its name, field or "none"]]``; encrypted, as a person may
            take a line of people for the headings.
        made_by: Who decided last.
    """

    __tablename__ = "known_headings"
    # No number is given twice: to forget number 1 must not mean a later one.
    __table_args__ = (
        UniqueConstraint("society_id", "key"),
        STRICT | {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    columns: list[list[str]] = Field(sa_type=SecretJson("known_headings.columns"))
    made_at: datetime = Field(sa_type=Instant)
    made_by: int


class Evidence(AppendOnly, TenantOwned, table=True):
    """A scan of a signed list or of another paper that proves a hand-out.

    Attributes:
        sheet_id: What it belongs to; else ``round_id``.
        kind: ``"pdf"``, ``"jpeg"`` or ``"png"``, by how the content begins.
        content: Encrypted like ``filename``, which may name a person.
    """

    __table_args__ = (
        UniqueConstraint("sheet_id", "sha256"),
        UniqueConstraint("round_id", "sha256"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    sheet_id: int | None = Field(default=None, foreign_key="sheet.id")
    round_id: int | None = Field(default=None, foreign_key="distribution_round.id")
    filename: str = Field(sa_type=SecretText("evidence.filename"))
    kind: str = Field(sa_type=Word)
    size_bytes: int
    sha256: str = Field(sa_type=Word)
    content: bytes = Field(sa_type=SecretBytes("evidence.content"))
    added_by: int
    added_at: datetime = Field(sa_type=Instant)
