"""Tables of providers, payment lists, payments and what providers reported of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, Flag, Instant, LongInteger, SmallInt, Word
from cva.core.secret_columns import SecretBytes, SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class Provider(TenantOwned, table=True):
    """A bank, mobile money operator or other financial service provider (FSP).

    Attributes:
        mechanism: The delivery mechanism of all it pays.
        template: Which columns its payment lists have; a file in ``imports/providers``.
        tells_collection: It tells when people collect their money, so reached means collected;
            otherwise reached means paid.
    """

    __table_args__ = (UniqueConstraint("society_id", "code"), STRICT)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word)
    name: str = Field(sa_type=Word)
    mechanism: str = Field(sa_type=Word)
    template: str = Field(sa_type=Word)
    tells_collection: bool = Field(sa_type=Flag)


class PaymentListState(StrEnum):
    """How far a payment list is."""

    MADE = "made"
    SENT = "sent"
    #: Never sent, so its people can be on another list.
    CANCELLED = "cancelled"


class PaymentList(TenantOwned, table=True):
    """The payments of a round that one provider is instructed to make, as one file.

    Attributes:
        number: 1, 2, 3 ... for each provider.
        site: Only people of this site; None for all.
        sha256: Of the file as it was made; it is the same whenever it is sent.
    """

    __tablename__ = "payment_list"
    __table_args__ = (UniqueConstraint("provider_id", "number"), STRICT)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    round_id: int = Field(foreign_key="distribution_round.id", index=True)
    number: int
    site: str | None = Field(default=None, sa_type=Word)
    state: str = Field(default=PaymentListState.MADE, sa_type=Word)
    payments: int
    filename: str = Field(sa_type=Word)
    sha256: str = Field(sa_type=Word)
    made_by: int
    made_at: datetime = Field(sa_type=Instant)


class PaymentFile(TenantOwned, table=True):
    """The bytes of a payment list, encrypted at rest."""

    __tablename__ = "payment_file"
    __table_args__ = STRICT

    list_id: int = Field(primary_key=True, foreign_key="payment_list.id")
    content: bytes = Field(sa_type=SecretBytes("payment_file.content"))


class ListSending(AppendOnly, TenantOwned, table=True):
    """A payment list sent to its provider, once; again only for a reason.

    Attributes:
        turn: 1, then 2, 3 ... for each time it was sent again.
        reason: Why it was sent again; empty the first time.
    """

    __tablename__ = "list_sending"
    __table_args__ = (UniqueConstraint("list_id", "turn"), STRICT)

    id: int = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="payment_list.id")
    turn: int
    reason: str = Field(sa_type=SecretText("list_sending.reason"))
    sent_by: int
    sent_at: datetime = Field(sa_type=Instant)


class Payment(AppendOnly, TenantOwned, table=True):
    """One instruction to pay one instalment of one person. Added, never changed.

    Attributes:
        attempt: 1, then 2, 3 ... where earlier ones failed.
        reference: Our own, as the list gives it; ``reference_key`` is how it is compared.
    """

    __table_args__ = (
        UniqueConstraint("society_id", "reference_key"),
        UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "attempt"),
        CheckConstraint("amount_minor > 0", name="payment_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    list_id: int = Field(foreign_key="payment_list.id", index=True)
    provider_id: int = Field(foreign_key="provider.id")
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id", index=True)
    instalment: int = Field(sa_type=SmallInt)
    attempt: int = Field(sa_type=SmallInt)
    reference: str = Field(sa_type=Word)
    reference_key: str = Field(sa_type=Word)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)


class PaymentState(StrEnum):
    """What is known of a payment."""

    #: On a list, and nothing was reported of it yet.
    INSTRUCTED = "instructed"
    AVAILABLE = "available"
    PAID = "paid"
    COLLECTED = "collected"
    FAILED = "failed"
    EXPIRED = "expired"
    #: Paid, and all of it came back.
    RETURNED = "returned"
    #: Its list was never sent.
    CANCELLED = "cancelled"


#: Instructed, and nobody knows yet whether it is paid.
UNDER_WAY = (PaymentState.INSTRUCTED, PaymentState.AVAILABLE)

_LIVE = text("is_live")
_LIVE_ON_SQLITE = text("is_live = 1")


class PaymentStatus(TenantOwned, table=True):
    """The state of a payment; derived from its events, and what makes two live ones impossible.

    Attributes:
        is_live: It is or may still be paid, so the same is not instructed again.
        reported_on: The day of what was reported last.
        reason: Why it failed, in the provider's words.
    """

    __tablename__ = "payment_status"
    __table_args__ = (
        Index(
            "payment_live_once",
            "society_id",
            "round_id",
            "beneficiary_id",
            "instalment",
            unique=True,
            sqlite_where=_LIVE_ON_SQLITE,
            postgresql_where=_LIVE,
        ),
        STRICT,
    )

    society_id: int  # no foreign key: what the row belongs to has it
    payment_id: int = Field(sa_type=LongInteger, primary_key=True)
    list_id: int = Field(index=True)
    round_id: int
    beneficiary_id: int = Field(sa_type=LongInteger)
    instalment: int = Field(sa_type=SmallInt)
    state: str = Field(sa_type=Word)
    is_live: bool = Field(sa_type=Flag)
    reported_on: date | None = Field(default=None, sa_type=Day)
    reason: str | None = Field(default=None, sa_type=SecretText("payment_status.reason"))


class PaymentAnswer(StrEnum):
    """What a provider can tell of a payment, as it is recorded."""

    AVAILABLE = "available"
    PAID = "paid"
    COLLECTED = "collected"
    FAILED = "failed"
    EXPIRED = "expired"
    RETURNED = "returned"
    FEE = "fee"
    #: An earlier event was recorded wrongly: reversed as if it had never been.
    REVERSED = "reversed"


class PaymentEvent(AppendOnly, TenantOwned, table=True):
    """Something a provider reported of a payment, or the reversal of it.

    Attributes:
        amount_minor: What was paid, is there to be collected, came back or was charged; None where
            it failed.
        reference: The provider's own.
        transfer_id: The transfer that it made or that money came back from.
        reverses_id: The event that it reverses; ``request_id`` is the request for it.
    """

    __tablename__ = "payment_event"
    __table_args__ = (
        UniqueConstraint("reverses_id"),
        Index("payment_event_by_row", "sheet_id", "row_number"),
        CheckConstraint("amount_minor > 0", name="payment_event_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    payment_id: int = Field(sa_type=LongInteger, foreign_key="payment.id", index=True)
    kind: str = Field(sa_type=Word)
    happened_on: date = Field(sa_type=Day)
    currency: str = Field(sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    reference: str | None = Field(default=None, sa_type=Word)
    transfer_id: int | None = Field(default=None, sa_type=LongInteger, foreign_key="transfer.id")
    reverses_id: int | None = Field(
        default=None, sa_type=LongInteger, foreign_key="payment_event.id"
    )
    sheet_id: int
    row_number: int
    request_id: int | None = None
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)


class AnswerKey(TenantOwned, table=True):
    """What makes recording one answer twice impossible; derived, and freed by a reversal.

    Attributes:
        what: Such as ``"paid"`` or ``"fee paid"``; for a return its day and amount too.
    """

    __tablename__ = "answer_key"
    __table_args__ = (UniqueConstraint("society_id", "payment_id", "what"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    event_id: int = Field(sa_type=LongInteger, primary_key=True)
    payment_id: int = Field(sa_type=LongInteger)
    what: str = Field(sa_type=Word)


class ReferenceKey(TenantOwned, table=True):
    """The payment a provider's reference belongs to; derived, and freed by a reversal."""

    __tablename__ = "reference_key"
    __table_args__ = (UniqueConstraint("society_id", "reference_key", "provider_id"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    event_id: int = Field(sa_type=LongInteger, primary_key=True)
    provider_id: int
    payment_id: int = Field(sa_type=LongInteger)
    reference_key: str = Field(sa_type=Word)


class FloatMove(AppendOnly, TenantOwned, table=True):
    """Money moved to or from a provider outside of payments, as two people agreed.

    Attributes:
        kind: Of the deed: ``"advance_float"``, ``"return_float"`` or ``"provider_fee"``.
        slip: The reference of the bank's slip or the provider's invoice; each is used once.
        against: The account on the other side.
    """

    __tablename__ = "float_move"
    __table_args__ = (
        UniqueConstraint("society_id", "provider_id", "kind", "slip_key"),
        CheckConstraint("amount_minor > 0", name="float_move_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    kind: str = Field(sa_type=Word)
    moved_on: date = Field(sa_type=Day)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)
    slip: str = Field(sa_type=Word)
    slip_key: str = Field(sa_type=Word)
    against: str = Field(sa_type=Word)
    request_id: int
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)


class StatedBalance(AppendOnly, TenantOwned, table=True):
    """What a provider says it held for the society at the end of a day.

    Attributes:
        minor: May be below zero. ``source``: the statement it stands in.
    """

    __tablename__ = "stated_balance"
    __table_args__ = (Index("stated_balance_by_day", "provider_id", "stated_on"), STRICT)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    stated_on: date = Field(sa_type=Day)
    currency: str = Field(sa_type=Word)
    minor: int = Field(sa_type=LongInteger)
    source: str = Field(sa_type=Word)
    stated_by: int
    stated_at: datetime = Field(sa_type=Instant)
