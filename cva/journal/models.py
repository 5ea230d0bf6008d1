"""Books, entries and lines. Entries and lines are added once; corrections are reversals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, Instant, LongInteger, Word
from cva.core.tenancy import AppendOnly, TenantOwned


class Book(TenantOwned, table=True):
    """The head of a society's book: locked first by whoever posts, so posting is one at a time."""

    __table_args__ = (UniqueConstraint("society_id"), STRICT)

    id: int = Field(default=None, primary_key=True)
    last_number: int = 0
    last_hash: str = Field(default="", sa_type=Word)
    last_posted_at: datetime | None = Field(default=None, sa_type=Instant)


class Entry(AppendOnly, TenantOwned, table=True):
    """A balanced set of lines on one effective day.

    Attributes:
        number: 1, 2, 3 ... per society, without a gap.
        effective_on: The day in the society's calendar whose month it belongs to.
        posted_at: The server's moment, never decreasing within a book.
        key: What makes posting the same thing twice impossible.
        rows: How many rows of people, transfers or vouchers prove it.
        rows_sha256: Digest over every column of those rows.
        hash: SHA-256 over this entry, its lines and ``previous_hash``.
    """

    __table_args__ = (
        UniqueConstraint("society_id", "number"),
        UniqueConstraint("society_id", "key"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    number: int
    effective_on: date = Field(sa_type=Day, index=True)
    posted_at: datetime = Field(sa_type=Instant)
    kind: str = Field(sa_type=Word)
    key: str = Field(sa_type=Word)
    sheet_id: int | None = Field(default=None, index=True)
    sent_by: int
    approved_by: int
    rows: int
    rows_sha256: str = Field(sa_type=Word)
    reversal_of: int | None = Field(
        default=None, sa_type=LongInteger, unique=True, foreign_key="entry.id"
    )
    previous_hash: str = Field(sa_type=Word)
    hash: str = Field(sa_type=Word)


class Line(AppendOnly, TenantOwned, table=True):
    """One leg of an entry: debits positive, credits negative, in minor units of ``currency``.

    The dimensions say what the amount belongs to; each is null where it does not apply. A person
    is never one of them. Lines are inserted before their entry, which seals them.
    """

    __table_args__ = (
        CheckConstraint("amount_minor <> 0", name="line_not_zero"),
        CheckConstraint("length(currency) = 3", name="line_currency"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    entry_id: int = Field(
        sa_column=Column(
            LongInteger,
            ForeignKey("entry.id", deferrable=True, initially="DEFERRED"),
            index=True,
            nullable=False,
        )
    )
    account: str = Field(sa_type=Word, index=True)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)
    programme_id: int | None = Field(default=None, foreign_key="programme.id")
    round_id: int | None = Field(default=None, foreign_key="distribution_round.id")
    grant_id: int | None = Field(default=None, sa_type=LongInteger)
    bank_account_id: int | None = Field(default=None, sa_type=LongInteger)
    custodian_id: int | None = Field(default=None, sa_type=LongInteger)
    provider_id: int | None = Field(default=None, sa_type=LongInteger)
    vendor_id: int | None = Field(default=None, sa_type=LongInteger)
    donor_id: int | None = Field(default=None, sa_type=LongInteger)
    voucher_book_id: int | None = Field(default=None, sa_type=LongInteger)
    incident_id: int | None = Field(default=None, sa_type=LongInteger)
