"""Tables of cash transfers."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, LongInteger, SmallInt, Word
from cva.core.secret_columns import SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class Transfer(AppendOnly, TenantOwned, table=True):
    """Cash paid once to one person. Added, never changed: what happens later is a row of its own.

    Attributes:
        instalment: 1 unless the entitlement is paid in parts.
        paid_on: The true day of hand-out, in the society's calendar; the entry's effective day
            differs where that month was closed.
        region: Where it was handed out or, failing that, where the person lived on that day.
        exception: Why it was recorded though a rule forbids it: ``"recoverable"`` or ``"loss"``.
    """

    __table_args__ = (
        Index("transfer_by_day", "society_id", "paid_on", "beneficiary_id", "exception"),
        Index("transfer_by_round", "round_id"),
        Index("transfer_by_person", "society_id", "beneficiary_id", "paid_on"),
        CheckConstraint("amount_minor > 0", name="transfer_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id")
    instalment: int = Field(sa_type=SmallInt)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)
    paid_on: date = Field(sa_type=Day)
    mechanism: str = Field(sa_type=Word)
    region: str | None = Field(default=None, sa_type=Word)
    household_size: int | None = None
    exception: str | None = Field(default=None, sa_type=Word)
    sheet_id: int = Field(index=True)
    row_number: int
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id")


class TransferEventKind(StrEnum):
    """What can happen to a transfer once it is recorded."""

    #: It was recorded wrongly: reversed as if it had never been.
    REVERSED = "reversed"
    #: It was paid, and money came back.
    RETURNED = "returned"
    #: Two records were one person, who was paid twice: no assistance, recoverable or lost.
    RECOVERABLE = "recoverable"
    LOSS = "loss"
    #: A return was recorded wrongly: reversed as if it had never been.
    RETURN_REVERSED = "return_reversed"


#: Found to be paid twice.
EXCESS = (TransferEventKind.RECOVERABLE, TransferEventKind.LOSS)


class TransferEvent(AppendOnly, TenantOwned, table=True):
    """What happened to a transfer later.

    Attributes:
        happened_on: The day of the return; for a reversal the day of the transfer itself.
        amount_minor: What was reversed or returned, above zero.
        sheet_id: The sheet that told of it, or whose row was reversed; ``row_number`` its row.
        request_id: The request that a second person confirmed, which has the reason.
    """

    __tablename__ = "transfer_event"
    __table_args__ = (
        Index("transfer_event_by_day", "society_id", "happened_on"),
        CheckConstraint("amount_minor > 0", name="transfer_event_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    transfer_id: int = Field(sa_type=LongInteger, foreign_key="transfer.id", index=True)
    kind: str = Field(sa_type=Word)
    happened_on: date = Field(sa_type=Day)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)
    sheet_id: int | None = Field(default=None, index=True)
    row_number: int | None = None
    request_id: int | None = None
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)


class Absence(AppendOnly, TenantOwned, table=True):
    """A person who did not receive at a hand-out; a payment of the same instalment overrides it.

    Attributes:
        instalment: The one the sheet names, else the person's first that was not paid by then.
        reason: In the sheet's words, encrypted. It is not under the entry's digest, as it may name
            a person.
    """

    __table_args__ = (UniqueConstraint("sheet_id", "row_number"), STRICT)

    id: int = Field(sa_type=LongInteger, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id", index=True)
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id", index=True)
    instalment: int = Field(sa_type=SmallInt)
    reason: str | None = Field(default=None, sa_type=SecretText("absence.reason"))
    sheet_id: int
    row_number: int
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id")


class PaymentKey(TenantOwned, table=True):
    """What makes paying twice impossible; derived, and freed when all is reversed or came back.

    Attributes:
        instalment: Below 1 where records were made one and another one's answers the instalment.
        day_key: Programme, person, day and amount, for sheets that named no round; else null.
    """

    __tablename__ = "payment_key"
    __table_args__ = (
        UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment"),
        UniqueConstraint("society_id", "day_key"),
        STRICT,
    )

    society_id: int  # no foreign key: what the row belongs to has it
    transfer_id: int = Field(sa_type=LongInteger, primary_key=True)
    round_id: int
    beneficiary_id: int = Field(sa_type=LongInteger)
    instalment: int = Field(sa_type=SmallInt)
    day_key: str | None = Field(default=None, sa_type=Word)
