"""Tables of vouchers."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from cva.core.columns import STRICT, Day, Whole, Word
from cva.core.scope import AppendOnly, SocietyOwned


class Voucher(AppendOnly, SocietyOwned, table=True):
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

    id: int = Field(sa_type=Whole, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int = Field(sa_type=Whole, foreign_key="beneficiary.id")
    number: str = Field(sa_type=Word)
    modality: str = Field(sa_type=Word)
    kind: str | None = Field(default=None, sa_type=Word)
    quantity: int | None = None
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=Whole)
    issued_on: date = Field(sa_type=Day)
    mechanism: str = Field(sa_type=Word)
    region: str | None = Field(default=None, sa_type=Word)
    household_size: int | None = None
    exception: str | None = Field(default=None, sa_type=Word)
    sheet_id: int = Field(index=True)
    row_number: int
    entry_id: int = Field(sa_type=Whole, foreign_key="entry.id")


class VoucherKey(SocietyOwned, table=True):
    """What makes issuing a number twice impossible; derived from vouchers, freed by a reversal."""

    __tablename__ = "voucher_key"
    __table_args__ = (UniqueConstraint("society_id", "number_key"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    voucher_id: int = Field(sa_type=Whole, primary_key=True)
    number_key: str = Field(sa_type=Word)
