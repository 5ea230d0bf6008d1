"""Tables of vouchers: books of numbers, hand-outs, what happened later, vendors and payments."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, Instant, LongInteger, SmallInt, Word
from cva.core.secret_columns import SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class Voucher(AppendOnly, TenantOwned, table=True):
    """A voucher handed out once to one person. Added, never changed.

    Attributes:
        modality: ``"value_voucher"`` or ``"commodity_voucher"``.
        kind: What it is for, as the sheet says, such as ``"clothes"``.
        amount_minor: Face value in minor units of ``currency``; null for a commodity voucher.
        exception: Why it was recorded though a rule forbids it.
    """

    __table_args__ = (
        Index("voucher_by_day", "society_id", "issued_on", "beneficiary_id", "exception"),
        Index("voucher_by_person", "society_id", "beneficiary_id", "issued_on"),
        Index("voucher_by_round", "round_id"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id")
    number: str = Field(sa_type=Word)
    modality: str = Field(sa_type=Word)
    kind: str | None = Field(default=None, sa_type=Word)
    quantity: int | None = None
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    issued_on: date = Field(sa_type=Day)
    mechanism: str = Field(sa_type=Word)
    region: str | None = Field(default=None, sa_type=Word)
    household_size: int | None = None
    exception: str | None = Field(default=None, sa_type=Word)
    sheet_id: int = Field(index=True)
    row_number: int
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id")


class VoucherKey(TenantOwned, table=True):
    """What makes issuing a number twice impossible; derived from vouchers, freed by a reversal."""

    __tablename__ = "voucher_key"
    __table_args__ = (UniqueConstraint("society_id", "number_key"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    voucher_id: int = Field(sa_type=LongInteger, primary_key=True)
    number_key: str = Field(sa_type=Word)


class Vendor(TenantOwned, table=True):
    """A shop or trader that takes vouchers and claims the money for them.

    Attributes:
        name: Encrypted, as a trader may go by his own name; ``name_token`` finds it.
        contract: The reference of the contract.
    """

    __table_args__ = (
        UniqueConstraint("society_id", "code_key"),
        UniqueConstraint("society_id", "name_token"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word)
    code_key: str = Field(sa_type=Word)
    name: str = Field(sa_type=SecretText("vendor.name"))
    name_token: str = Field(sa_type=Word)
    contract: str | None = Field(default=None, sa_type=Word)
    made_at: datetime = Field(sa_type=Instant)
    made_by: int


class VoucherBook(TenantOwned, table=True):
    """Vouchers printed together: a prefix and the numbers after it, from the first to the last.

    Attributes:
        width: Digits after the prefix, filled up with zeros; 0 where they are not filled up.
        kind: What the vouchers are for, such as ``"clothes"``.
        face_minor: Face value in minor units of ``currency``; null for commodity vouchers.
        goods: What a commodity voucher is exchanged for.
        expires_on: The last day on which a vendor may take them.
        vendor_id: The only vendor that may take them.
    """

    __tablename__ = "voucher_book"
    __table_args__ = (
        UniqueConstraint("society_id", "code_key"),
        UniqueConstraint("society_id", "prefix_key", "width", "first"),
        CheckConstraint("first >= 0 AND last >= first", name="voucher_book_range"),
        CheckConstraint("face_minor > 0", name="voucher_book_positive"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    code: str = Field(sa_type=Word)
    code_key: str = Field(sa_type=Word)
    prefix: str = Field(sa_type=Word)
    prefix_key: str = Field(sa_type=Word)
    width: int = Field(sa_type=SmallInt)
    first: int = Field(sa_type=LongInteger)
    last: int = Field(sa_type=LongInteger)
    kind: str | None = Field(default=None, sa_type=Word)
    goods: str | None = Field(default=None, sa_type=Word)
    currency: str | None = Field(default=None, sa_type=Word)
    face_minor: int | None = Field(default=None, sa_type=LongInteger)
    expires_on: date | None = Field(default=None, sa_type=Day)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id")
    made_at: datetime = Field(sa_type=Instant)
    made_by: int

    @property
    def printed(self) -> int:
        """How many vouchers it has."""
        return self.last - self.first + 1


class BookLocation(StrEnum):
    """Where a voucher is that nobody was given yet."""

    PRINTER = "printer"
    STORE = "store"
    TEAM = "team"


class MoveKind(StrEnum):
    """How vouchers of a book move before they are handed out."""

    RECEIVED = "received"
    TO_TEAM = "to_team"
    BACK = "back"


class BookMovement(AppendOnly, TenantOwned, table=True):
    """A run of a book's numbers that went from one place to another.

    Attributes:
        step: 1, 2, 3 ... within the book, so that two at once cannot both happen.
        team: Who took them or brought them back.
    """

    __tablename__ = "book_movement"
    __table_args__ = (
        UniqueConstraint("book_id", "step"),
        CheckConstraint("last >= first", name="book_movement_range"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    book_id: int = Field(foreign_key="voucher_book.id")
    step: int
    kind: str = Field(sa_type=Word)
    first: int = Field(sa_type=LongInteger)
    last: int = Field(sa_type=LongInteger)
    moved_on: date = Field(sa_type=Day)
    team: str | None = Field(default=None, sa_type=SecretText("book_movement.team"))
    made_at: datetime = Field(sa_type=Instant)
    made_by: int


class VoucherEventKind(StrEnum):
    """What can happen to a voucher; before it is handed out too, where its book is known."""

    REDEEMED = "redeemed"
    VOID = "void"
    LOST = "lost"
    #: Void, and another number handed out for it.
    REPLACED = "replaced"
    DESTROYED = "destroyed"
    #: Its value left the accounts, where it was an expense from the hand-over on.
    EXPIRED = "expired"
    #: The hand-out was recorded wrongly: reversed as if it had never been.
    REVERSED = "reversed"
    #: The redemption was recorded wrongly.
    REDEMPTION_REVERSED = "redemption_reversed"
    #: The vendor claimed it falsely.
    REDEMPTION_FALSE = "redemption_false"


#: After one of these no vendor may take the voucher any more.
ENDINGS = (
    VoucherEventKind.VOID,
    VoucherEventKind.LOST,
    VoucherEventKind.REPLACED,
    VoucherEventKind.DESTROYED,
)
#: These take a redemption back.
UNDOING = (VoucherEventKind.REDEMPTION_REVERSED, VoucherEventKind.REDEMPTION_FALSE)


class VoucherEvent(AppendOnly, TenantOwned, table=True):
    """What happened to a voucher later.

    Attributes:
        number_key: The number as it is compared. ``nth``: 1, 2, 3 ... of this number, so that
            two at once cannot both happen.
        voucher_id: The hand-out it happened to; null where the number was not handed out.
        amount_minor: What was redeemed, or reversed of it; null for a commodity voucher.
        undoes_id: The redemption that is reversed, which happens once.
        replacement_id: The hand-out that took its place.
        sheet_id: The claim that told of it, or whose row was reversed; ``row_number`` its row.
        request_id: The request that a second person confirmed, which has reason and witness.
    """

    __tablename__ = "voucher_event"
    __table_args__ = (
        UniqueConstraint("society_id", "number_key", "nth"),
        Index("voucher_event_by_vendor", "society_id", "vendor_id", "happened_on"),
        CheckConstraint("amount_minor > 0", name="voucher_event_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    number_key: str = Field(sa_type=Word)
    nth: int
    voucher_id: int | None = Field(
        default=None, sa_type=LongInteger, foreign_key="voucher.id", index=True
    )
    kind: str = Field(sa_type=Word)
    happened_on: date = Field(sa_type=Day)
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id")
    undoes_id: int | None = Field(
        default=None, sa_type=LongInteger, unique=True, foreign_key="voucher_event.id"
    )
    replacement_id: int | None = Field(
        default=None, sa_type=LongInteger, unique=True, foreign_key="voucher.id"
    )
    sheet_id: int | None = Field(default=None, index=True)
    row_number: int | None = None
    request_id: int | None = None
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)


class VoucherStatus(StrEnum):
    """What a voucher is, apart from its date of expiry."""

    OUT = "out"
    REDEEMED = "redeemed"
    VOID = "void"
    LOST = "lost"
    REPLACED = "replaced"
    DESTROYED = "destroyed"


class VoucherState(TenantOwned, table=True):
    """What each number is now that was handed out or can no longer be: derived, can be rebuilt.

    Attributes:
        voucher_id: Null where the number was not handed out.
        book_id: Its book, with ``serial`` in it and the ``place`` it was last in unissued.
        redeemed_minor: Of the face value; ``redeemed`` counts redemptions that stand.
    """

    __tablename__ = "voucher_state"
    __table_args__ = (
        UniqueConstraint("society_id", "number_key"),
        Index("voucher_state_by_book", "society_id", "book_id", "state"),
        CheckConstraint(
            "redeemed_minor >= 0 AND (face_minor IS NULL OR redeemed_minor <= face_minor)",
            name="voucher_state_not_over",
        ),
        STRICT,
    )

    society_id: int  # no foreign key: what the row belongs to has it
    id: int = Field(sa_type=LongInteger, primary_key=True)
    number_key: str = Field(sa_type=Word)
    programme_id: int
    voucher_id: int | None = Field(default=None, sa_type=LongInteger)
    book_id: int | None = None
    serial: int | None = Field(default=None, sa_type=LongInteger)
    place: str | None = Field(default=None, sa_type=Word)
    state: str = Field(sa_type=Word)
    currency: str | None = Field(default=None, sa_type=Word)
    face_minor: int | None = Field(default=None, sa_type=LongInteger)
    redeemed_minor: int = Field(default=0, sa_type=LongInteger)
    redeemed: int = 0

    @property
    def rest_minor(self) -> int | None:
        """What is left of its face value."""
        return None if self.face_minor is None else self.face_minor - self.redeemed_minor


class VendorPayment(AppendOnly, TenantOwned, table=True):
    """Money paid to a vendor for vouchers; an invoice is paid once."""

    __tablename__ = "vendor_payment"
    __table_args__ = (
        UniqueConstraint("society_id", "vendor_id", "invoice_key"),
        CheckConstraint("amount_minor > 0", name="vendor_payment_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id")
    programme_id: int = Field(foreign_key="programme.id")
    paid_on: date = Field(sa_type=Day)
    currency: str = Field(sa_type=Word)
    amount_minor: int = Field(sa_type=LongInteger)
    invoice: str = Field(sa_type=Word)
    invoice_key: str = Field(sa_type=Word)
    request_id: int
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)
